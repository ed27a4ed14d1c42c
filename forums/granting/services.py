"""Giving and ending access to one object: a grant names a seat, or a country or organisation.

A grant to a country or organisation is for all its live seats, present and future. Each level
includes those below it; a level is carried by the role groups of the holder that may use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from forums.countries.models import Country
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import FieldError, Invalid, NotVisible
from platform_api.core.hooks import Hook
from platform_api.core.registry import registry
from platform_api.core.service import locked_row, service
from platform_api.identity.groups import role_groups_of
from platform_api.ledger.services import record

Holder = Delegation | Country | Organisation

ROLE_OF_LEVEL: Mapping[Level, Role] = {
    Level.READ: Role.READER,
    Level.COMMENT: Role.DRAFTER,
    Level.DRAFT: Role.DRAFTER,
    Level.MANAGE: Role.HEAD,
}


@dataclass(frozen=True, slots=True)
class GrantChanged:
    """What a holder was granted on an object has changed, or ended (``gained`` is False)."""

    obj: Model
    type_name: str
    reader_group: int
    gained: bool


grant_changed: Hook[GrantChanged] = Hook("forums.grant_changed")


@service
def grant_give(
    *,
    actor: Actor,
    obj: Model,
    holder: Holder,
    level: Level = Level.READ,
    until: datetime | None = None,
    reason: str = "",
) -> None:
    """Give a holder access to an object, or change the level, end or reason of what it has.

    Needs the ability ``share`` on the object. Raises Forbidden, Invalid (an end in the past).
    """
    protection = registry.protection_of(type(obj))
    locked = locked_row(type(obj)._default_manager.all(), obj.pk)
    access.require(actor, "share", locked)
    if until is not None and until <= database_now():
        raise Invalid([FieldError("/until", "in_the_past", "The end lies in the past.")])
    assert protection.grants is not None
    table: Any = protection.grants._default_manager
    groups = role_groups_of(holder.pk)
    carried = {
        (groups[ROLE_OF_LEVEL[each]], access.permission_id(type(obj), each))
        for each in Level
        if each <= level
    }
    for row in table.filter(content_object_id=obj.pk, group_id__in=groups.values()):
        if (row.group_id, row.permission_id) in carried:
            carried.remove((row.group_id, row.permission_id))
            row.expires_at, row.reason = until, reason
            row.granted_by_id = actor.require_user()
            row.save()
        else:
            row.delete()
    for group_id, permission_id in carried:
        table.model(
            content_object_id=obj.pk,
            group_id=group_id,
            permission_id=permission_id,
            expires_at=until,
            reason=reason,
            granted_by_id=actor.require_user(),
        ).save(force_insert=True)
    _told(
        "grant.given",
        actor,
        locked,
        holder,
        {"level": level.name.lower(), "until": until and until.isoformat(), "reason": reason},
    )
    grant_changed.fire(GrantChanged(locked, protection.type_name, groups[Role.READER], gained=True))


@service
def grant_end(*, actor: Actor, obj: Model, holder: Holder, reason: str = "") -> None:
    """End what a holder was granted on an object, at once.

    Raises Forbidden, and NotVisible when the holder has no grant there.
    """
    protection = registry.protection_of(type(obj))
    locked = locked_row(type(obj)._default_manager.all(), obj.pk)
    access.require(actor, "share", locked)
    assert protection.grants is not None
    groups = role_groups_of(holder.pk)
    held = protection.grants._default_manager.filter(
        content_object_id=obj.pk, group_id__in=groups.values()
    )
    if not held.exists():
        raise NotVisible
    held.delete()
    _told("grant.ended", actor, locked, holder, {"reason": reason})
    grant_changed.fire(
        GrantChanged(locked, protection.type_name, groups[Role.READER], gained=False)
    )


def _told(kind: str, actor: Actor, obj: Any, holder: Holder, details: Mapping[str, Any]) -> None:
    protection = registry.protection_of(type(obj))
    record(
        kind=kind,
        actor=actor,
        object_type=protection.type_name,
        object_id=obj.pk,
        seat_id=obj.owner_delegation_id,
        owner_seat_id=obj.owner_delegation_id,
        details={"holder": str(holder.pk), **details},
    )
