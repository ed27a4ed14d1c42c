"""Opening an object by break-glass, looking at it, closing it. The database judges again."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from forums.membership.models import Office
from forums.membership.selectors import forum_slug_of, office_holders
from platform_api.core.access import require_operator
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import FieldError, Forbidden, Invalid, NotVisible
from platform_api.core.registry import Protection, registry
from platform_api.core.service import service
from platform_api.ledger.services import record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .kinds import opened_types
from .models import LASTS, LIVE_OPENING, Opening

LEAST_REASON = 10
"""Characters that a reason needs, so that it says something."""


@service
def opening_make(*, actor: Actor, type_name: str, object_id: UUID, reason: str) -> Opening:
    """Open one object to an operator for 15 minutes.

    Heads and access managers of its owner's seat are told at once; for an object that is common
    to its forum, those of the forum's secretariat. Raises Forbidden, Invalid (reason, type),
    NotVisible when there is no such object.
    """
    require_operator(actor)
    if len(reason.strip()) < LEAST_REASON:
        told = f"Say why, in {LEAST_REASON} characters or more."
        raise Invalid([FieldError("/reason", "required", told)])
    protection = opened_types().get(type_name)
    if protection is None:
        raise Invalid([FieldError("/type", "unknown", "There is no such type.")])
    seats = _seats_to_tell(protection, object_id)
    now = database_now()
    opening = Opening(
        operator_id=actor.require_user(),
        object_type=type_name,
        object_table=protection.model._meta.db_table,
        object_id=object_id,
        owner_seat_id=min(seats, default=None),
        reason=reason.strip(),
        opened_at=now,
        until=now + LASTS,
    )
    opening.save(force_insert=True)
    details = {"reason": opening.reason, "until": opening.until, "opening": opening.pk}
    entry = _recorded("breakglass.opened", actor, opening, details)
    for seat in sorted(seats):
        notify(
            actor=actor,
            to=people_at([seat], [Role.HEAD, Role.ACCESS_MANAGER]),
            kind="breakglass.opened",
            matter=entry,
            object_type=type_name,
            object_id=object_id,
            forum=forum_slug_of(seat),
        )
    return opening


@service
def opening_view(*, actor: Actor, opening_id: UUID) -> tuple[Opening, Mapping[str, Any]]:
    """The opened object's row as it is now; each look is recorded.

    Raises NotVisible for another operator's, Forbidden ``opening_ended`` after its end.
    """
    require_operator(actor)
    opening = _own(actor, opening_id)
    row = _one("SELECT forums_opening_row(%s)::text", [opening.pk])
    if row is None or row[0] is None:
        raise Forbidden("This opening has ended. Open the object anew.", code="opening_ended")
    _recorded("breakglass.viewed", actor, opening, {"opening": opening.pk})
    return opening, json.loads(row[0])


@service
def opening_close(*, actor: Actor, opening_id: UUID) -> None:
    """Close an opening before its end. Raises NotVisible, Forbidden as ``opening_view``."""
    require_operator(actor)
    opening = _own(actor, opening_id)
    if not Opening.objects.filter(LIVE_OPENING, pk=opening.pk).exists():
        raise Forbidden("This opening has ended.", code="opening_ended")
    opening.closed_at = database_now()
    opening.save(update_fields=["closed_at"])
    _recorded("breakglass.closed", actor, opening, {"opening": opening.pk})


def _own(actor: Actor, opening_id: UUID) -> Opening:
    opening = (
        Opening.objects.select_for_update()
        .filter(pk=opening_id, operator=actor.require_user())
        .first()
    )
    if opening is None:
        raise NotVisible
    return opening


def _seats_to_tell(protection: Protection, object_id: UUID) -> set[UUID]:
    """The owner's seat; for what is common, the secretariat of its own or its parent's forum.

    Raises NotVisible when there is no such object.
    """
    place = _one(
        "SELECT owner, forum, above FROM forums_opening_place(%s, %s, %s)",
        [
            protection.model._meta.db_table,
            object_id,
            f"{protection.parent_field}_id" if protection.parent_field else None,
        ],
    )
    if place is None:
        raise NotVisible
    owner, forum, above = place
    if owner is not None:
        return {owner}
    if forum is not None:
        return office_holders(forum, Office.Kind.SECRETARIAT)
    if above is not None and protection.parent_field:
        parent = protection.model._meta.get_field(protection.parent_field).related_model
        assert isinstance(parent, type)
        return _seats_to_tell(registry.protection_of(parent), above)
    return set()


def _one(statement: str, values: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _recorded(kind: str, actor: Actor, opening: Opening, details: Mapping[str, Any]) -> Any:
    return record(
        kind=kind,
        actor=actor,
        object_type=opening.object_type,
        object_id=opening.object_id,
        seat_id=opening.owner_seat_id,
        owner_seat_id=opening.owner_seat_id,
        details=details,
    )
