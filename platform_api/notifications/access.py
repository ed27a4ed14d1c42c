"""Notifications are their addressee's alone."""

from django.db.models import Q

from platform_api.core.actor import Actor
from platform_api.core.registry import Protection, registry

from .models import Notification


def _own(actor: Actor) -> Q:
    return Q(user=actor.user_id) if actor.user_id else Q(pk__in=[])


def register() -> None:
    """Tell the access engine of this app's protected models."""
    registry.protect(
        Protection(
            model=Notification,
            type_name="notification",
            read_scope="events:read",
            scope_field=None,
            also=_own,
        )
    )
