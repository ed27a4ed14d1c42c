"""What the OpenAPI document says of brackets, with an example of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.texts.examples import TEXT_FIXED
from forums.examples import SEAT_ME, SEAT_RS, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SECTION: Json = TEXTS["sections_retrieve"].response["Released"]
_REVISION: Json = TEXTS["revisions_retrieve"].response["The first public revision"]
_BRACKET_ID = "019cb3d4-9a10-7d3c-8f51-6b2e4c8a7d90"
_STANDING_ID = "019cb3d4-9a11-71f0-a2b3-c4d5e6f70819"
_OTHER_ID = "019cb3d4-9a11-7a2c-9e4d-5f60718293a4"
_SERBIA: Json = {"id": SEAT_RS, "country": "RS", "organisation": None}
_MONTENEGRO: Json = {"id": SEAT_ME, "country": "ME", "organisation": None}
_START = _SECTION["body"].index("pending a final ruling")
_END = _START + len("pending a final ruling")

_STANDING: Json = {
    "id": _STANDING_ID,
    "standing": True,
    "text": "pending a final ruling",
    "proposed_by": None,
    "proponents": [_SERBIA],
}
_OTHER: Json = {
    "id": _OTHER_ID,
    "standing": False,
    "text": "until the Court has ruled",
    "proposed_by": _MONTENEGRO,
    "proponents": [_MONTENEGRO],
}
_LISTED: Json = {
    "id": _BRACKET_ID,
    "section": _SECTION["id"],
    "revision": _REVISION["id"],
    "start": _START,
    "end": _END,
    "quote": "pending a final ruling",
    "state": "open",
    "place": {
        "section": _SECTION["id"],
        "start": _START,
        "end": _END,
        "text": "pending a final ruling",
    },
    "orphaned": False,
    "put_by": _MONTENEGRO,
    "note": "To be brought into line with chapter 4.",
    "alternatives": [_STANDING, _OTHER],
    "chosen": None,
    "created_at": "2026-03-23T08:15:00Z",
    "closed_at": None,
}
_OPEN: Json = {**_LISTED, "abilities": {"support": True, "resolve": False, "withdraw": True}}
_CLOSED: Json = {
    **_OPEN,
    "place": None,
    "closed_at": "2026-03-25T10:00:00Z",
    "abilities": {"support": False, "resolve": False, "withdraw": False},
}

TAGS = {
    "brackets": "Disagreed wording in square brackets, with those who stand by each wording.",
}

_GROUP = {
    "not_drafting_group": "You act for no seat of the drafting group.",
    "drafter_required": "Your seat may, but not in your role; a drafter may.",
}
_FIXED = {
    **TEXT_FIXED,
    "passage_lost": "Too little of the passage is left in the text.",
}

OPERATIONS: dict[str, OperationDoc] = {
    "section_brackets_list": OperationDoc(
        summary="List the brackets of a section",
        description="Newest first. Whoever reads the section reads them. A bracket stays bound to "
        "the revision in which it was put; `place` says where its passage stands now. An open one "
        "is listed with the section where that is, also when the text was split off or joined.",
        response={"An open bracket": page(item(_LISTED, '"1"'))},
    ),
    "section_brackets_create": OperationDoc(
        summary="Put a passage in brackets",
        description="Marks a passage of a released section as not agreed, with other wordings for "
        "it; an empty one strikes it out. Your seat stands by the first. The section's body stays "
        "as it is; a section with open brackets is not agreed.",
        request={
            "Another wording": {
                "revision": _REVISION["id"],
                "start": _START,
                "end": _END,
                "alternatives": ["until the Court has ruled"],
                "note": "To be brought into line with chapter 4.",
            }
        },
        response={"An open bracket": _OPEN},
        problems={
            403: _GROUP,
            409: _FIXED
            | {"brackets_overlap": "Part of it is in brackets already; `brackets` names them."},
        },
    ),
    "section_bracketed_text_text": OperationDoc(
        summary="Get a section's text with its brackets",
        description="For people to read. The wordings of each passage stand in square brackets, "
        "the standing one first, parted by `|`, each behind the codes of those who stand by it.",
        response={
            "One disagreed passage": {
                "section": _SECTION["id"],
                "section_revision": "1",
                "text": _SECTION["body"].replace(
                    "pending a final ruling",
                    "[RS: pending a final ruling | ME: until the Court has ruled]",
                ),
                "brackets": [_BRACKET_ID],
                "orphaned": [],
            }
        },
    ),
    "brackets_retrieve": OperationDoc(
        summary="Get a bracket",
        description="The passage with its wordings and those who stand by each.",
        response={"An open bracket": _OPEN},
    ),
    "bracket_alternatives_add_alternative": OperationDoc(
        summary="Add a wording",
        description="Adds a wording to an open bracket; your seat stands by it from now on.",
        request={"To strike it out": {"text": ""}},
        response={
            "An open bracket": {
                **_OPEN,
                "alternatives": [_STANDING, _OTHER, {**_OTHER, "text": ""}],
            }
        },
        problems={403: _GROUP},
    ),
    "brackets_support": OperationDoc(
        summary="Stand by a wording",
        description="Your seat stands by one wording of a bracket at a time.",
        request={"The standing one": {"alternative": _STANDING_ID}},
        response={"An open bracket": _OPEN},
        problems={403: _GROUP},
    ),
    "brackets_unsupport": OperationDoc(
        summary="Stand by no wording",
        description="Your seat stands by none of the bracket's wordings any more.",
        request={"For your only seat": {}},
        response={"An open bracket": _OPEN},
        problems={403: _GROUP},
    ),
    "brackets_resolve": OperationDoc(
        summary="Resolve a bracket",
        description="The wording takes the place of what stands in the passage now, as the "
        "section's next revision; the standing one leaves the text as it is. It is for whoever "
        "may revise the section, and names the section's revision that was read.",
        request={"Agreed": {"alternative": _OTHER_ID, "section_revision": "1", "note": "Agreed."}},
        response={"Resolved": {**_CLOSED, "state": "resolved", "chosen": _OTHER_ID}},
        problems={
            403: {
                "not_reviser": "You may not revise the section.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: _FIXED
            | {"text_changed": "The text is another now; `section_revision` names its revision."},
        },
    ),
    "brackets_withdraw": OperationDoc(
        summary="Withdraw a bracket",
        description="It is for the seat that put it, as long as no other one stands by a wording "
        "that would change the text.",
        response={"Withdrawn": {**_CLOSED, "state": "withdrawn"}},
        problems={
            403: {
                "not_proposer": "Another seat put it.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: {"others_stand_by": "Others stand by a wording; `delegations` names them."},
        },
    ),
}
