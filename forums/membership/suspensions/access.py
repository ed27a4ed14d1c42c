"""Who knows of suspensions: operators."""

from django.db.models import Q

from platform_api.core.actor import Actor
from platform_api.core.registry import Protection, registry

from .models import Suspension


def _operator(actor: Actor) -> Q:
    return ~Q(pk=None) if actor.is_operator else Q(pk__in=[])


def register() -> None:
    """Tell the access engine of suspensions."""
    registry.protect(
        Protection(
            model=Suspension,
            type_name="suspension",
            read_scope="forums:read",
            scope_field=None,
            also=_operator,
        )
    )
