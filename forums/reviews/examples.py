"""What the OpenAPI document says of access reviews, with examples."""

from typing import Any

from forums.examples import SEAT_BA, SEAT_RS, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SUMMARY: Json = {
    "id": "019d1f0a-7c30-7a44-8e1b-2b9d5f3c6a71",
    "delegation": SEAT_RS,
    "opened_at": "2026-04-01T08:00:00Z",
    "due_at": "2026-05-01T00:00:00Z",
    "closed_at": None,
}
_NONE = {"open": 0, "confirmed": 0, "ended": 0, "lapsed": 0, "superseded": 0}
_REVIEW: Json = {
    **_SUMMARY,
    "counts": {
        "grant_given": {**_NONE, "open": 12, "confirmed": 30, "ended": 1},
        "grant_received": {**_NONE, "confirmed": 4},
        "delegate": {**_NONE, "open": 1, "confirmed": 6},
        "client": {**_NONE, "confirmed": 1},
    },
    "abilities": {},
}
_ITEM: Json = {
    "id": "019d1f0a-7c31-7b02-9a40-8c1e4d7f2b53",
    "kind": "grant_given",
    "object": {"type": "document", "id": "019c1d6b-57a0-7a5d-8c31-4f0b9e2d7c68"},
    "holder": SEAT_BA,
    "level": "draft",
    "user": None,
    "role": "",
    "until": None,
    "outcome": "open",
    "decided_at": None,
    "decided_by": None,
    "alone": False,
    "abilities": {"confirm": True, "end": True},
}
_DECIDED: Json = {
    "decided_at": "2026-04-10T09:00:00Z",
    "decided_by": "019c1d6b-57a0-7a17-895e-60af93bd04cf",
}
_PROBLEMS = {
    409: {
        "already_decided": "It was decided already.",
        "already_ended": "It has ended meanwhile.",
        "review_over": "The review is over.",
    }
}

TAGS = {
    "access-reviews": "Looking through all access of a seat; what nobody confirms ends by itself.",
    "access-review-items": "Each access under review, and the decision on it.",
}

OPERATIONS: dict[str, OperationDoc] = {
    "access_reviews_list": OperationDoc(
        summary="List access reviews",
        description="Those of the seats whose access you manage, newest first; all for an "
        "operator.",
        response={"A review": page(item(_SUMMARY, '"1"'))},
    ),
    "access_reviews_create": OperationDoc(
        summary="Open an access review",
        description="Lists every grant on the seat's objects, every grant that names the seat, "
        "every delegate and every service client. Nothing changes now. What is not confirmed by "
        "`due_at` ends then, by itself. Opened by the seat's access manager or an operator; the "
        "home seat of a country or organisation reviews the grants that name it as a whole.",
        request={"Due in a month": {"delegation": SEAT_RS, "due_at": "2026-05-01T00:00:00Z"}},
        response={"A review": _REVIEW},
        problems={
            403: {
                "access_manager_required": "The seat's access manager opens reviews.",
                "not_seat": "You do not act for this seat.",
            },
            409: {"review_open": "A review of this seat has not ended."},
        },
    ),
    "access_reviews_retrieve": OperationDoc(
        summary="Get an access review with its report",
        description="How many accesses of each kind were confirmed, ended, or lapsed.",
        response={"A review under way": _REVIEW},
    ),
    "access_review_items_list": OperationDoc(
        summary="List what is under review",
        description="Each access as it was when the review opened, without titles.",
        response={"A grant": page(item(_ITEM))},
    ),
    "access_review_items_retrieve": OperationDoc(
        summary="Get an access under review",
        description="What it is and what was decided on it.",
        response={"A grant": _ITEM},
    ),
    "access_review_items_confirm": OperationDoc(
        summary="Confirm an access",
        description="It goes on to the end that it had before. Whoever confirms their own role "
        "has to be the seat's only access manager, and the item says `alone`.",
        response={"A confirmed grant": {**_ITEM, **_DECIDED, "outcome": "confirmed"}},
        problems={**_PROBLEMS, 403: {"four_eyes": "Another access manager confirms this."}},
    ),
    "access_review_items_end": OperationDoc(
        summary="End an access",
        description="It ends at this moment.",
        response={"An ended grant": {**_ITEM, **_DECIDED, "outcome": "ended"}},
        problems=_PROBLEMS,
    ),
}
