"""Who sees and decides transfers: the two seats, each by its head."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import Transfer, TransferState

SCOPE = "access:manage"
_OFFERED = frozenset({TransferState.OFFERED})

TRANSFER_RULES: Mapping[str, Rule] = {
    "accept": Rule(SCOPE, through=("receiver",), role=Role.HEAD, states=_OFFERED),
    "decline": Rule(SCOPE, through=("receiver",), role=Role.HEAD, states=_OFFERED),
    "withdraw": Rule(SCOPE, through=("giver",), role=Role.HEAD, states=_OFFERED),
}
OFFER = Rule(SCOPE, through=("owner",), role=Role.HEAD)
"""Offering an object, whatever its type: its owner's head."""


def _giver(actor: Actor, transfer: Any) -> frozenset[Role]:
    return actor.roles_at(transfer.giver_id)


def _receiver(actor: Actor, transfer: Any) -> frozenset[Role]:
    return actor.roles_at(transfer.receiver_id)


def _of_own_seats(actor: Actor) -> Q:
    return Q(giver__in=actor.seats) | Q(receiver__in=actor.seats)


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=Transfer,
            type_name="transfer",
            read_scope=SCOPE,
            rules=TRANSFER_RULES,
            relations={"giver": _giver, "receiver": _receiver},
            scope_field=None,
            state_field="state",
            also=_of_own_seats,
        )
    )
