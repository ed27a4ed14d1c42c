"""What the OpenAPI document says of transitions, with examples of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.texts.examples import TEXT_FIXED
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_MANUAL: Json = next(iter(TEXTS["documents_retrieve"].response.values()))
_RELEASED: Json = TEXTS["sections_retrieve"].response["Released"]
_SUCCESSOR_ID = "019cb1f0-55aa-7c1e-8d0f-2b6a4e9c7d13"
_REASON = {"reason": "The Constitutional Court has ruled."}

_OWNER = {
    "not_owner": "You act for no seat that owns it.",
    "head_required": "Your seat may, but not in your role; its head may.",
}
_DECIDING = {
    "not_document_owner": "You act neither for the document's owner or secretariat nor for its "
    "penholder.",
    "head_required": "Your seat may, but not in your role; its head may.",
}


def _manual(state: str, *allowed: str) -> Json:
    abilities = {name: name in allowed for name in _MANUAL["abilities"]}
    return {**_MANUAL, "state": state, "abilities": abilities}


def _section(state: str, *allowed: str) -> Json:
    abilities = {name: name in allowed for name in _RELEASED["abilities"]}
    return {**_RELEASED, "state": state, "abilities": abilities}


_ENDS = ("withdraw", "supersede", "manage_access")
_WRITTEN = ("revise", "add_section", "make_version")

OPERATIONS: dict[str, OperationDoc] = {
    "documents_consult": OperationDoc(
        summary="Open a document to its forum",
        description="From now on every seat of the forum reads what is released of the document, "
        "its versions and revisions, as far as marks allow. What is at home with a delegation "
        "stays there. Whoever newly reads it is notified.",
        response={
            "In consultation": _manual("consultation", *_WRITTEN, "finalise", "reopen", *_ENDS)
        },
        problems={403: _OWNER},
    ),
    "documents_finalise": OperationDoc(
        summary="Declare a document's final draft",
        description="Nothing is written of it any more until it is reopened. Every section that "
        "all its readers read has to be provisionally agreed or closed; one that is at home or "
        "for fewer readers is no part of the final draft, and neither hinders it nor is told of.",
        response={"The final draft": _manual("final_draft", "make_version", "reopen", *_ENDS)},
        problems={
            403: _OWNER,
            409: {
                "nothing_released": "Nothing of the document is released yet.",
                "open_brackets": "Some wording is in brackets; `brackets` names them.",
                "sections_not_agreed": "Some sections are not agreed; `sections` names them.",
            },
        },
    ),
    "documents_reopen": OperationDoc(
        summary="Take a document back to its drafting group",
        description="Of a document in consultation or a final draft the drafting group alone goes "
        "on. Sections that are agreed stay agreed. The reason is recorded.",
        request={"New facts": _REASON},
        response={"Being drafted again": _manual("drafting", *_WRITTEN, "consult", *_ENDS)},
        problems={403: _OWNER},
    ),
    "documents_withdraw": OperationDoc(
        summary="Withdraw a document",
        description="For good. Whoever reads it goes on reading it. The reason is recorded.",
        request={"Overtaken": {"reason": "The working group has closed."}},
        response={"Withdrawn": _manual("withdrawn", "manage_access")},
        problems={403: _OWNER},
    ),
    "documents_supersede": OperationDoc(
        summary="Put another document in a document's place",
        description="For good. The other document is of the same forum; `superseded_by` names it "
        "to those who see it.",
        request={"By the next edition": {"by": _SUCCESSOR_ID, "reason": "Second edition."}},
        response={
            "Superseded": _manual("superseded", "manage_access") | {"superseded_by": _SUCCESSOR_ID}
        },
        problems={
            403: _OWNER,
            409: {"successor_ended": "The other document is withdrawn or superseded itself."},
        },
    ),
    "sections_agree": OperationDoc(
        summary="Agree on a section provisionally",
        description="The text rests: it is revised again only once it is reopened. It is said by "
        "a head of the document's owner (of a common document's secretariat) or of its penholder.",
        response={
            "Provisionally agreed": _section(
                "provisionally_agreed", "add_section", "close", "reopen"
            )
        },
        problems={
            403: _DECIDING,
            409: TEXT_FIXED
            | {"open_brackets": "Some wording is in brackets; `brackets` names them."},
        },
    ),
    "sections_close": OperationDoc(
        summary="Close a section",
        description="A section that is provisionally agreed is closed; nothing is added below it.",
        response={"Closed": _section("closed", "reopen")},
        problems={403: _DECIDING, 409: TEXT_FIXED},
    ),
    "sections_reopen": OperationDoc(
        summary="Reopen a section",
        description="A section that is agreed or closed is revised again. The reason is recorded.",
        request={"New facts": _REASON},
        response={
            "Released again": _section("released", "revise", "add_section", "bracket", "agree")
        },
        problems={403: _DECIDING, 409: TEXT_FIXED},
    ),
}
