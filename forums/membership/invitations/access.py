"""Who sees and withdraws invitations: the seat's access managers, and operators."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from forums.membership.selectors import managed_seats
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import Invitation

INVITATION_RULES: Mapping[str, Rule] = {
    "withdraw": Rule("access:manage", through=("seat", "operator"), role=Role.ACCESS_MANAGER),
}


def _seat(actor: Actor, invitation: Any) -> frozenset[Role]:
    return actor.roles_at(invitation.delegation_id)


def _as_operator(actor: Actor, invitation: Any) -> frozenset[Role]:
    return frozenset({Role.ACCESS_MANAGER}) if actor.is_operator else frozenset()


def _seen(actor: Actor) -> Q:
    if actor.is_operator:
        return ~Q(pk=None)
    return Q(delegation__in=managed_seats(actor))


def register() -> None:
    """Tell the access engine of invitations."""
    registry.protect(
        Protection(
            model=Invitation,
            type_name="invitation",
            read_scope="forums:read",
            rules=INVITATION_RULES,
            relations={"seat": _seat, "operator": _as_operator},
            scope_field=None,
            also=_seen,
        )
    )
