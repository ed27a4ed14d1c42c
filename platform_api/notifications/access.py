"""Notifications are their addressee's alone."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import Notification

NOTIFICATION_RULES: Mapping[str, Rule] = {
    "read": Rule("notifications:write", through=("addressee",), role=Role.READER),
    "acknowledge": Rule("notifications:write", through=("addressee",), role=Role.READER),
}


def _addressee(actor: Actor, notification: Any) -> frozenset[Role]:
    own = notification.user_id == actor.user_id
    return frozenset({Role.READER}) if own else frozenset()


def _own(actor: Actor) -> Q:
    return Q(user=actor.user_id) if actor.user_id else Q(pk__in=[])


def register() -> None:
    """Tell the access engine of this app's protected models."""
    registry.protect(
        Protection(
            model=Notification,
            type_name="notification",
            read_scope="notifications:read",
            rules=NOTIFICATION_RULES,
            relations={"addressee": _addressee},
            scope_field=None,
            also=_own,
        )
    )
