"""What the OpenAPI document says of texts, with examples of the scenario's Manual."""

from typing import Any

from forums.examples import (
    HOST,
    SEAT_BA,
    SEAT_ME,
    SEAT_MK,
    SEAT_RS,
    SEAT_SEESAC,
    item,
    page,
)
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_DOCUMENT_ID = "019cade2-11c0-70be-96b4-cb244a23d596"
_INTRODUCTION_ID = "5f557203-3018-40c5-a38f-d547923a7369"
_SERBIA_ID = "34b9b5df-9e77-49b1-8f42-05b4907a70c3"
_LEGAL_BASIS_ID = "6d76b07e-881e-4162-ae2e-b1547f150524"
_HOME_REVISION_ID = "019cade2-11c0-724e-84ef-8aa392276658"
_PUBLIC_REVISION_ID = "019cade2-11c0-78f6-994e-3bf91a61dbe2"

_SERBIA: Json = {"id": SEAT_RS, "country": "RS", "organisation": None}
_SEESAC: Json = {"id": SEAT_SEESAC, "country": None, "organisation": "undp-seesac"}
_TITLES: Json = {
    "en": "Regional Manual on Combating Gender-Based Discrimination, Sexual Harassment and Abuse",
    "sr-Cyrl": "Регионални приручник за сузбијање родно засноване дискриминације, сексуалног "
    "узнемиравања и злостављања",
}
_BODY = (
    "Since 27 June 2024 the execution of acts based on the Law has been suspended by an order of "
    "the Constitutional Court, pending a final ruling.[^1]\n\n"
    "[^1]: The statement describes the position known to the authors at the time of drafting.\n"
)

_DOCUMENT_SUMMARY: Json = {
    "id": _DOCUMENT_ID,
    "forum": "wb-mod",
    "kind": "manual",
    "state": "drafting",
    "titles": _TITLES,
    "working_language": "en",
    "owner_delegation": None,
    "created_at": "2026-03-02T09:30:00Z",
}
_DOCUMENT: Json = {
    **_DOCUMENT_SUMMARY,
    "penholder": "undp-seesac",
    "drafting_group": [
        {"id": SEAT_BA, "country": "BA", "organisation": None},
        {"id": SEAT_ME, "country": "ME", "organisation": None},
        {"id": SEAT_MK, "country": "MK", "organisation": None},
        _SERBIA,
        _SEESAC,
    ],
    "superseded_by": None,
    "abilities": {
        "revise": False,
        "add_section": True,
        "make_version": False,
        "consult": False,
        "finalise": False,
        "reopen": False,
        "withdraw": False,
        "supersede": False,
        "manage_access": False,
    },
}
INTRODUCTION: Json = {
    "id": _INTRODUCTION_ID,
    "document": _DOCUMENT_ID,
    "parent": None,
    "number": "1",
    "depth": 0,
    "title": "Introduction",
    "language": "en",
    "state": "released",
    "owner_delegation": None,
    "updated_at": "2026-03-02T09:31:00Z",
    "deleted_at": None,
}
_LEGAL_BASIS: Json = {
    "id": _LEGAL_BASIS_ID,
    "document": _DOCUMENT_ID,
    "parent": _SERBIA_ID,
    "number": None,
    "depth": 1,
    "title": "Legal basis",
    "language": "en",
    "state": "private_drafting",
    "owner_delegation": _SERBIA,
    "updated_at": "2026-03-09T14:05:12Z",
    "deleted_at": None,
}
_AT_HOME: Json = {
    **_LEGAL_BASIS,
    "body": _BODY,
    "head": _HOME_REVISION_ID,
    "released_at": None,
    "single_person_release": False,
    "abilities": {
        "revise": True,
        "add_section": True,
        "release": False,
        "bracket": False,
        "agree": False,
        "close": False,
        "reopen": False,
        "restructure": True,
        "restore": False,
        "comment": True,
        "amend": False,
        "manage_access": False,
    },
}
_RELEASED: Json = {
    **_AT_HOME,
    "number": "5.1",
    "state": "released",
    "head": _PUBLIC_REVISION_ID,
    "updated_at": "2026-03-16T10:00:00Z",
    "released_at": "2026-03-16T10:00:00Z",
    "abilities": {
        "revise": True,
        "add_section": True,
        "release": False,
        "bracket": True,
        "agree": False,
        "close": False,
        "reopen": False,
        "restructure": True,
        "restore": False,
        "comment": True,
        "amend": True,
        "manage_access": False,
    },
}
_PUBLIC_REVISION: Json = {
    "id": _PUBLIC_REVISION_ID,
    "number": 1,
    "at_home": False,
    "created_at": "2026-03-16T10:00:00Z",
    "delegation": _SERBIA,
    "note": "",
    "act": "written",
    "title": "Legal basis",
    "language": "en",
    "worked_on": None,
    "content_sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    "home_commitment": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
    "chain_hash": "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6",
    "purged": None,
}
_HOME_REVISION: Json = {
    **_PUBLIC_REVISION,
    "id": _HOME_REVISION_ID,
    "number": 2,
    "at_home": True,
    "created_at": "2026-03-09T14:05:12Z",
    "note": "The order of the Constitutional Court.",
    "home_commitment": None,
    "chain_hash": "18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4",
}

TAGS = {
    "documents": "Texts that a drafting group of delegations writes together.",
    "revisions": "Immutable states of a section, chained by hashes.",
    "sections": "The parts of a document: at home with one delegation, then released to all.",
}

_MARKED: dict[int, dict[str, str]] = {
    422: {
        "classification_mark": "The text bears marks of classified information; `errors` says "
        "where. A head may say in `not_classified` why they are none."
    }
}
_OWNER = "You act for no seat that owns it."
_DRAFTER = "Your seat may, but not in your role; a drafter may."

TEXT_FIXED = {
    "text_fixed": "The document's text is not written any more; `allowed` says in which states "
    "it would be.",
}
"""A refusal of what would change a text."""

OPERATIONS: dict[str, OperationDoc] = {
    "documents_list": OperationDoc(
        summary="List documents",
        description="The documents you may see, newest first.",
        response={
            "The Manual": page(
                item(_DOCUMENT_SUMMARY, '"1"'),
                following=f"{HOST}/documents?limit=1&cursor=Zk9tYy1QbGFjZS1JbnRoZUxpc3Q",
            )
        },
    ),
    "documents_create": OperationDoc(
        summary="Begin a document",
        description="Begins a document of a forum. Its drafting group reads it from now on; your "
        "own seat is one of the group.",
        request={
            "The Manual": {
                "forum": "wb-mod",
                "delegation": SEAT_SEESAC,
                "kind": "manual",
                "titles": _TITLES,
                "working_language": "en",
                "drafting_group": [SEAT_BA, SEAT_ME, SEAT_MK, SEAT_RS, SEAT_SEESAC],
                "penholder": "undp-seesac",
                "common": True,
            }
        },
        response={
            "The Manual": _DOCUMENT
            | {
                "abilities": {
                    "revise": True,
                    "add_section": True,
                    "make_version": True,
                    "consult": False,
                    "finalise": False,
                    "reopen": False,
                    "withdraw": False,
                    "supersede": False,
                    "manage_access": False,
                }
            }
        },
        problems={
            403: {
                "drafter_required": "A drafter of the seat begins a document.",
                "not_secretariat": "Only the secretariat begins a common document.",
            }
        },
    ),
    "documents_retrieve": OperationDoc(
        summary="Get a document",
        description="The document with its drafting group and penholder. Its text is in its "
        "sections.",
        response={"The Manual": _DOCUMENT},
    ),
    "documents_revise": OperationDoc(
        summary="Change a document's titles",
        description="A JSON Merge Patch (RFC 7396): titles that are not named stay, a title of "
        "null is taken out. The working language needs a title.",
        request={
            "A title in Macedonian": {
                "titles": {"mk": "Регионален прирачник за борба против дискриминацијата"}
            }
        },
        response={
            "The Manual with one title more": _DOCUMENT
            | {
                "titles": _TITLES | {"mk": "Регионален прирачник за борба против дискриминацијата"},
                "abilities": {
                    "revise": True,
                    "add_section": True,
                    "make_version": True,
                    "consult": False,
                    "finalise": False,
                    "reopen": False,
                    "withdraw": False,
                    "supersede": False,
                    "manage_access": False,
                },
            }
        },
        problems={403: {"not_owner": _OWNER, "drafter_required": _DRAFTER}},
    ),
    "document_sections_list": OperationDoc(
        summary="List the sections of a document",
        description="The whole tree in reading order, without the texts. Numbers are computed over "
        "released sections; a section that is still at home with a delegation has none, and is in "
        "the list of that delegation only.",
        response={
            "A released section and one at home": page(
                item(INTRODUCTION, '"1"'), item(_LEGAL_BASIS, '"2"')
            )
        },
    ),
    "document_sections_create": OperationDoc(
        summary="Add a section",
        description="Adds a section after a sibling, or as the last of its parent. It begins at "
        "home with your delegation, where nobody else sees it; a common one is read by the "
        "drafting group at once.",
        request={
            "A section of Serbia's chapter": {
                "title": "Legal basis",
                "body": "",
                "language": "en",
                "parent": _SERBIA_ID,
            },
            "A common chapter": {
                "title": "Using this Manual in training",
                "body": "Training gives the text its effect.\n",
                "language": "en",
                "common": True,
                "note": "First draft.",
            },
        },
        response={"A section of Serbia's chapter": _AT_HOME | {"body": ""}},
        problems={
            403: {
                "not_drafting_group": "You act for no seat of the drafting group.",
                "not_owner": "Under a delegation's section only that delegation adds.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
                "head_required": "A head says why a mark is none.",
            },
            **_MARKED,
        },
    ),
    "sections_retrieve": OperationDoc(
        summary="Get a section",
        description="The section with its present text: CommonMark with tables and footnotes. Its "
        "ETag is what a change has to name.",
        response={"At home with its delegation": _AT_HOME, "Released": _RELEASED},
    ),
    "sections_revise": OperationDoc(
        summary="Revise a section",
        description="Writes the section's next revision as a JSON Merge Patch (RFC 7396): what is "
        "not named stays. A change that changes nothing makes no revision. Sent with an `If-Match` "
        "that is stale, nothing is written and 412 tells the present ETag, so that no sentence of "
        "anybody is lost.",
        request={
            "A new text": {"body": _BODY, "note": "The order of the Constitutional Court."},
            "Another title": {"title": "Legal basis and its present state"},
        },
        response={"The section with its new text": _AT_HOME},
        problems={
            403: {
                "not_owner": _OWNER,
                "drafter_required": _DRAFTER,
                "head_required": "A head says why a mark is none.",
            },
            409: TEXT_FIXED,
            **_MARKED,
        },
    ),
    "document_sections_release": OperationDoc(
        summary="Release sections to the drafting group",
        description="Releases many sections of a document at once, at most 200: all of them or "
        "none. Each is named with the revision that the head has read, and is released as if it "
        "were alone, by the same rules. One below another that is still at home is released with "
        "it. An error names the section by its place, and its code is what the release of it alone "
        "would be refused with.",
        request={"One section": {"sections": [{"id": _LEGAL_BASIS_ID, "revision": "h2"}]}},
        response={
            "What was released": page(
                item(_LEGAL_BASIS, '"1"')
                | {"number": "5.1", "state": "released", "updated_at": "2026-03-16T10:00:00Z"}
            )
        },
        problems={
            409: {
                "text_fixed": "The document's text is not written any more; `allowed` says in "
                "which states it would be.",
            },
        },
    ),
    "sections_release": OperationDoc(
        summary="Release a section to the drafting group",
        description="From now on the drafting group reads the section. It is the approval of the "
        "owner's head, who must not have written any of it where the forum has the four-eyes rule. "
        "The public chain of revisions begins with the present text; what was written before "
        "stays with the owner.",
        request={
            "This section alone": {},
            "With everything below it": {"include_descendants": True},
        },
        response={"The released section": _RELEASED},
        problems={
            403: {
                "not_owner": _OWNER,
                "head_required": "Your seat may, but not in your role; its head may.",
                "four_eyes": "Whoever wrote any of it does not release it.",
                "not_drafting_group": "The document has been hidden from your seat meanwhile.",
            },
            409: {
                "parent_not_released": "The section above is still at home.",
                **TEXT_FIXED,
            },
        },
    ),
    "sections_verify": OperationDoc(
        summary="Verify the chains of a section",
        description="Recomputes the digest and the link of every revision that you see, and names "
        "the first that does not fit; the owner's check includes what was written at home. A "
        "revision whose content was purged verifies by its digest, and tells who purged it.",
        response={
            "Nothing was touched": {
                "intact": True,
                "revisions": 3,
                "first_difference": None,
                "purged": [],
                "abilities": _RELEASED["abilities"],
            },
            "One was changed, another purged": {
                "intact": False,
                "revisions": 3,
                "first_difference": {
                    "revision": _PUBLIC_REVISION_ID,
                    "number": 1,
                    "at_home": False,
                    "what": "content",
                },
                "purged": [
                    {
                        "revision": _HOME_REVISION_ID,
                        "number": 2,
                        "at_home": True,
                        "by": _SERBIA,
                        "at": "2026-04-01T08:00:00Z",
                    }
                ],
                "abilities": _RELEASED["abilities"],
            },
        },
    ),
    "section_revisions_list": OperationDoc(
        summary="List the revisions of a section",
        description="Newest first, without the texts. The owner sees those made at home too; "
        "everybody else sees the public chain, which binds them without telling anything of them.",
        response={"What the owner sees": page(_PUBLIC_REVISION, _HOME_REVISION)},
    ),
    "revisions_retrieve": OperationDoc(
        summary="Get a revision",
        description="One revision with its text. A revision never changes.",
        response={
            "The first public revision": {
                **_PUBLIC_REVISION,
                "section": _LEGAL_BASIS_ID,
                "body": _BODY,
                "abilities": {},
            }
        },
    ),
}
