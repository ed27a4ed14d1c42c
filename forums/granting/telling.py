"""Tells a holder of access that it has gained or lost it, however that came about."""

from typing import Any
from uuid import UUID

from forums.membership.selectors import forum_slug_of
from platform_api.core.actor import Role
from platform_api.core.transaction import current_actor
from platform_api.identity.models import RoleGroup
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .services import GrantChanged, grant_changed

ORDER = 100
"""Among the subscribers of ``grant_changed``: after those that keep rows."""


def subscribe() -> None:
    """Take part in every change of a grant."""
    grant_changed.subscribe(tell, order=ORDER)


def tell(change: GrantChanged) -> None:
    """Type and id of the object to whoever reads for the holder, in the change feed; what was
    gained to its heads and access managers as a notification too."""
    actor = current_actor()
    if actor is None:
        raise LookupError("a grant was changed outside a service")
    kind = "access.gained" if change.gained else "access.ended"
    obj: Any = change.obj
    owner: UUID | None = getattr(obj, "owner_delegation_id", None)
    entry = record(
        kind=kind,
        actor=actor,
        object_type=change.type_name,
        object_id=obj.pk,
        seat_id=owner,
        owner_seat_id=owner,
        details={"group": change.reader_group},
        events=[EventSpec(kind, audience_group_id=change.reader_group)],
    )
    if change.gained:
        holder = RoleGroup.objects.get(group_id=change.reader_group).holder_id
        notify(
            actor=actor,
            to=people_at([holder], [Role.HEAD, Role.ACCESS_MANAGER]),
            kind=kind,
            matter=entry,
            object_type=change.type_name,
            object_id=obj.pk,
            forum=forum_slug_of(holder),
        )
