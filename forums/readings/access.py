"""Who learns of readings: a seat of its own people's; an object's owner which seats there were."""

from django.db.models import Q

from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import Reading

SCOPE = "access:manage"
OWNER = Rule(SCOPE, through=("owner",), role=Role.READER)
"""Asking who opened an object, whatever its type: anybody who reads for its owner."""


def _of_own_seats(actor: Actor) -> Q:
    return Q(seat__in=actor.seats)


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=Reading,
            type_name="reading",
            read_scope=SCOPE,
            scope_field=None,
            also=_of_own_seats,
        )
    )
