"""What the OpenAPI document says of purges."""

from typing import Any

from documents.attachments.examples import OPERATIONS as ATTACHMENTS
from documents.texts.examples import OPERATIONS as TEXTS
from forums.examples import SEAT_RS, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_DOCUMENT: Json = next(iter(TEXTS["documents_retrieve"].response.values()))
_REVISION: Json = next(iter(TEXTS["revisions_retrieve"].response.values()))
_PASSAGE = "the names of the two complainants in the third paragraph"
_REASON = "Personal data of people who never agreed to be named."
_REQUESTED: Json = {
    "id": "019cd2b3-7e10-7d21-9c44-0b7e8f1a2c35",
    "section": _REVISION["section"],
    "document": None,
    "attachment": None,
    "delegation": {"id": SEAT_RS, "country": "RS", "organisation": None},
    "passage": _PASSAGE,
    "revision": None,
    "reason": _REASON,
    "state": "requested",
    "created_at": "2026-04-01T07:30:00Z",
    "decided_at": None,
}
_OPEN = {"abilities": {"carry_out": True, "withdraw": True}}


def _decided(state: str) -> Json:
    return {
        **_REQUESTED,
        "passage": "",
        "state": state,
        "decided_at": "2026-04-01T08:00:00Z",
        "abilities": {"carry_out": False, "withdraw": False},
    }


_FILE: Json = ATTACHMENTS["attachments_retrieve"].response["A decision"]
_KEEPER = "Your seat does not keep it."
_DECIDED = {"wrong_state": "It was carried out or withdrawn before."}

TAGS = {"purges": "Removing for good what should never have been written; two persons, a reason."}

OPERATIONS: dict[str, OperationDoc] = {
    "purges_list": OperationDoc(
        summary="List purges",
        description="Those of the sections and documents that your seats keep, newest first. No "
        "other seat learns of a request.",
        response={"A request": page(_REQUESTED | {"etag": "1"})},
    ),
    "purges_create": OperationDoc(
        summary="Ask for a purge",
        description="Names a passage that is to leave a section, its revisions, the versions made "
        "of it and everything that hangs on it, or one earlier revision whose content is to go; a "
        "passage that is to leave a document's titles and what its versions and files are called; "
        "or an attached file that is to go with its name. Nothing is removed until another "
        "person, a head of the seat that keeps it, carries it out.",
        request={
            "A passage": {
                "section": _REVISION["section"],
                "passage": _PASSAGE,
                "reason": _REASON,
            },
            "A revision": {
                "section": _REVISION["section"],
                "revision": _REVISION["id"],
                "reason": _REASON,
            },
            "Words of a document's titles": {
                "document": _DOCUMENT["id"],
                "passage": "in the matter of Ana M.",
                "reason": _REASON,
            },
            "A file": {"attachment": _FILE["id"], "reason": _REASON},
        },
        response={"A request": _REQUESTED | _OPEN},
        problems={
            403: {
                "not_keeper": _KEEPER,
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
                "person_required": "Two persons purge; a service client is none.",
            },
            409: {
                "present_text": "The revision is the section's present text; revise that first.",
                "purged": "Its content, or the file, is purged already.",
            },
        },
    ),
    "purges_retrieve": OperationDoc(
        summary="Get a purge",
        description="What was asked for and what became of it. Once it is decided the passage is "
        "forgotten here, too.",
        response={"A request": _REQUESTED | _OPEN, "Carried out": _decided("carried_out")},
    ),
    "purges_carry_out": OperationDoc(
        summary="Carry a purge out",
        description="The content of every revision that holds the passage is removed and leaves "
        "its hashes; the present text goes on in a new revision without the passage. It leaves "
        "versions, search, details of the ledger, kept answers and what others wrote on the "
        "section, also where that is hidden from you. Attached text and office files that hold it "
        "go as a whole; those that can't be read for words (PDF, pictures) are named themselves. "
        "Of a file its hash is left. `verify` then says who purged it and when.",
        response={"Carried out": _decided("carried_out")},
        problems={
            403: {
                "not_keeper": _KEEPER,
                "head_required": "Your seat may, but not in your role; its head may.",
                "two_persons": "Whoever asked for it does not carry it out.",
                "person_required": "Two persons purge; a service client is none.",
            },
            409: {
                **_DECIDED,
                "gone": "The seat does not keep it any more.",
                "present_text": "The revision is the section's present text; revise that first.",
                "purged": "Its content, or the file, is purged already.",
                "title_empty": "The passage is the whole present title; give it another first.",
            },
        },
    ),
    "purges_withdraw": OperationDoc(
        summary="Withdraw a purge",
        description="Nothing is removed; the passage it named is forgotten.",
        response={"Withdrawn": _decided("withdrawn")},
        problems={
            403: {
                "not_keeper": _KEEPER,
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: _DECIDED,
        },
    ),
}
