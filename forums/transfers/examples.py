"""What the OpenAPI document says of transfers."""

from typing import Any

from forums.examples import SEAT_BA, SEAT_RS, page
from forums.marking.examples import OBJECT
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_OFFERED: Json = {
    "id": "019cd2b3-7e10-7f00-8a6c-5e0d2b9f4c11",
    "object": OBJECT,
    "giver": {"id": SEAT_RS, "country": "RS", "organisation": None},
    "receiver": {"id": SEAT_BA, "country": "BA", "organisation": None},
    "reason": "The chapter is Bosnia and Herzegovina's to write from now on.",
    "state": "offered",
    "created_at": "2026-03-20T11:00:00Z",
    "decided_at": None,
}
_TO_RECEIVER: Json = {
    **_OFFERED,
    "abilities": {"accept": True, "decline": True, "withdraw": False},
}
_TO_GIVER: Json = {**_OFFERED, "abilities": {"accept": False, "decline": False, "withdraw": True}}
_NOTHING_LEFT = {"accept": False, "decline": False, "withdraw": False}


def _decided(state: str) -> Json:
    return {
        **_OFFERED,
        "state": state,
        "decided_at": "2026-03-23T08:30:00Z",
        "abilities": _NOTHING_LEFT,
    }


_RECEIVER = {
    "not_receiver": "It was not offered to your seat.",
    "head_required": "Your seat may, but not in your role; its head may.",
}
_DECIDED = {"wrong_state": "It was accepted, declined or withdrawn before."}
_KEPT = {
    "at_home": "What is still at home with its owner is not handed over; release it first.",
    "identifier_taken": "The receiver has one of this identifier.",
    "not_drafting_group": "The receiver does not draft the document.",
    "not_releasable": "The marks leave the receiver out.",
}

OPERATIONS: dict[str, OperationDoc] = {
    "access_transfers_list": OperationDoc(
        summary="List transfers",
        description="Those that your seats offered or were offered, newest first.",
        response={"An offer": page(_OFFERED | {"etag": "1"})},
    ),
    "access_transfers_create": OperationDoc(
        summary="Offer an object to another seat",
        description="An owner changes only by this: the head of the one seat offers, the head of "
        "the other accepts, and both have it in their ledger. Until then nothing changes. Grants "
        "stay. A chapter goes with the sections below it, while what was drafted at home before "
        "its release stays with the giver; a practice goes with its draft, a project with its "
        "transactions.",
        request={
            "A document": {"object": OBJECT, "to": SEAT_BA, "reason": _OFFERED["reason"]},
        },
        response={"A document": _TO_GIVER},
        problems={
            403: {
                "not_owner": "Your seat does not own it.",
                "head_required": "Your seat may, but not in your role; its head may.",
            },
            409: {
                **_KEPT,
                "no_owner": "It is the forum's own.",
                "already_offered": "It is offered to a seat already.",
                "other_forum": "The seats are not of one forum.",
                "document_hidden": "The section's document is hidden from you meanwhile.",
                "part_of_a_chapter": "It goes with the chapter that it is part of.",
            },
        },
    ),
    "access_transfers_retrieve": OperationDoc(
        summary="Get a transfer",
        description="To both seats; the object itself is shown to who reads it.",
        response={"An offer": _TO_RECEIVER},
    ),
    "access_transfers_accept": OperationDoc(
        summary="Accept a transfer",
        description="From now on the object is the receiving seat's.",
        response={"Accepted": _decided("accepted")},
        problems={
            403: _RECEIVER,
            409: {**_DECIDED, **_KEPT, "gone": "It is not the giver's any more."},
        },
    ),
    "access_transfers_decline": OperationDoc(
        summary="Decline a transfer",
        description="The object stays where it is.",
        response={"Declined": _decided("declined")},
        problems={403: _RECEIVER, 409: _DECIDED},
    ),
    "access_transfers_withdraw": OperationDoc(
        summary="Withdraw a transfer",
        description="The giver's head takes the offer back.",
        response={"Withdrawn": _decided("withdrawn")},
        problems={
            403: {
                "not_giver": "Your seat did not offer it.",
                "head_required": "Your seat may, but not in your role; its head may.",
            },
            409: _DECIDED,
        },
    ),
}
