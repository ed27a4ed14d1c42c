"""What the OpenAPI document says of comments, with examples on the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from forums.examples import HOST, SEAT_BA, SEAT_RS, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SECTION: Json = next(iter(TEXTS["sections_release"].response.values()))
_RS: Json = {"id": SEAT_RS, "country": "RS", "organisation": None}
_BA: Json = {"id": SEAT_BA, "country": "BA", "organisation": None}
_QUOTE = "pending a final ruling"
_START = _SECTION["body"].index(_QUOTE)
_COMMENT: Json = {
    "id": "b7a9c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
    "section": _SECTION["id"],
    "thread": None,
    "delegation": _BA,
    "audience": "internal",
    "body": "Do we know when it is expected?",
    "state": "open",
    "posted_at": "2026-03-17T08:20:00Z",
    "edited_at": None,
    "deleted_at": None,
    "resolved_at": None,
    "resolved_by": None,
    "anchor": {
        "revision": "019cade2-11c0-78f6-994e-3bf91a61dbe2",
        "quote": _QUOTE,
        "standing": "placed",
        "target": {
            "source": f"{HOST}/sections/{_SECTION['id']}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": _QUOTE,
                    "prefix": _SECTION["body"][_START - 64 : _START],
                    "suffix": _SECTION["body"][_START + len(_QUOTE) :][:64],
                },
                {
                    "type": "TextPositionSelector",
                    "start": _START,
                    "end": _START + len(_QUOTE),
                },
            ],
        },
    },
}
_OWN: Json = {"revise": True, "delete": True, "resolve": True, "reopen": False, "promote": True}
_SHOWN: Json = {**_COMMENT, "abilities": _OWN}
_GROUP: Json = {**_COMMENT, "audience": "drafting_group", "posted_at": "2026-03-18T09:00:00Z"}
_RESOLVED: Json = {
    **_GROUP,
    "state": "resolved",
    "resolved_at": "2026-03-19T10:00:00Z",
    "resolved_by": _RS,
}
_REPLY: Json = {
    **_GROUP,
    "id": "0c1d2e3f-5a6b-4c7d-9e8f-a0b1c2d3e4f5",
    "thread": _COMMENT["id"],
    "delegation": _RS,
    "body": "In the autumn.",
    "posted_at": "2026-03-18T11:00:00Z",
    "anchor": None,
}

TAGS = {
    "comments": "What delegations say on a section, each to the readers it names.",
}

_SEAT = "It is not your seat's."
_DRAFTER = "Your seat may, but not in your role; a drafter may."
_RINGS = {
    "not_drafting_group": "Your seat is not in the drafting group.",
    "comment_grant_required": "Your seat was let read the section, not comment on it to others.",
}
_AT_HOME = "The section is at home; only its owner can be addressed from there."
_WRONG_STATE = "Its thread is not in a state that allows this; `allowed` says which are."

OPERATIONS: dict[str, OperationDoc] = {
    "section_comments_list": OperationDoc(
        summary="List the comments on a section",
        description="In the order of posting, replies among them; `thread` narrows it to one "
        "thread. You get those of the rings you are in. The place of each anchor is worked out "
        "for the present text.",
        response={"A thread": page(item(_GROUP, '"g1"'), item(_REPLY, '"g1"'))},
    ),
    "section_comments_create": OperationDoc(
        summary="Comment on a section",
        description="Begins a thread on the section or on a passage of it, or replies in one. "
        "Nobody but your own delegation reads it unless you name a wider audience, the section's "
        "owner included. A reply has the audience of its thread. A passage is named by its place "
        "in Unicode code points, or by its words with what stands around them.",
        request={
            "Among ourselves": {
                "body": _COMMENT["body"],
                "anchor": {"exact": _QUOTE, "prefix": "Court, "},
            },
            "To the drafting group": {
                "body": "A footnote is missing.",
                "audience": "drafting_group",
            },
            "A reply": {"body": _REPLY["body"], "thread": _COMMENT["id"]},
        },
        response={"Among ourselves": _SHOWN},
        problems={
            403: {
                "not_seat": "You act for no seat.",
                "drafter_required": _DRAFTER,
                "not_of_the_thread": "Your seat is not one of the two of this thread.",
                **_RINGS,
            },
            409: {"at_home": _AT_HOME},
        },
    ),
    "comments_retrieve": OperationDoc(
        summary="Get a comment",
        description="The comment with the state of its thread and the place of its passage now.",
        response={"Among ourselves": _SHOWN},
    ),
    "comments_revise": OperationDoc(
        summary="Change a comment",
        description="Changes its words or its passage; an anchor is changed as a whole, and null "
        "makes it a comment on the whole section.",
        request={"Other words": {"body": "Is it known when?"}},
        response={
            "With other words": _SHOWN
            | {"body": "Is it known when?", "edited_at": "2026-03-17T08:25:00Z"}
        },
        problems={
            403: {
                "not_seat": _SEAT,
                "drafter_required": _DRAFTER,
            },
            409: {"deleted": "It was taken back."},
        },
    ),
    "comments_delete": OperationDoc(
        summary="Take a comment back",
        description="Its words and its anchor go; its place in the thread stays.",
        problems={
            403: {
                "not_seat": _SEAT,
                "drafter_required": _DRAFTER,
            },
            409: {"deleted": "It was taken back before."},
        },
    ),
    "comments_resolve": OperationDoc(
        summary="Resolve a thread",
        description="Named by its first comment. It is for that comment's seat and for the "
        "section's owner; at a common section for every seat of the drafting group.",
        response={
            "Resolved": _RESOLVED
            | {"abilities": {**_OWN, "resolve": False, "reopen": True, "promote": False}}
        },
        problems={
            403: {
                "not_seat": _SEAT,
                "drafter_required": _DRAFTER,
                "reply": "A reply is not resolved; its thread is.",
            },
            409: {"wrong_state": _WRONG_STATE},
        },
    ),
    "comments_reopen": OperationDoc(
        summary="Reopen a thread",
        description="Takes a resolved thread up again.",
        response={"Open again": _GROUP | {"abilities": _OWN}},
        problems={
            403: {"not_seat": _SEAT, "drafter_required": _DRAFTER},
            409: {"wrong_state": _WRONG_STATE},
        },
    ),
    "comments_promote": OperationDoc(
        summary="Let a wider audience read a comment",
        description="By its own seat alone. Of its replies only those go along that are named and "
        "are the seat's own. To the wider audience it is as if it had been written now: nothing "
        "tells of the time before, nor of text that it does not read.",
        request={"To the drafting group": {"audience": "drafting_group"}},
        response={"To the drafting group": _GROUP | {"abilities": _OWN}},
        problems={
            403: {
                "not_seat": _SEAT,
                "drafter_required": _DRAFTER,
                **_RINGS,
            },
            409: {
                "deleted": "It was taken back.",
                "wrong_state": _WRONG_STATE,
                "at_home": _AT_HOME,
                "wider_than_thread": "A reply reaches no further than its thread.",
                "anchor_lost": "The passage is no longer in the text; anchor it anew.",
            },
        },
    ),
}
