"""Recording that something restricted was opened."""

from typing import Any
from uuid import UUID

from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.registry import registry
from platform_api.core.service import service

from .models import Reading


@service
def reading_record(*, actor: Actor, obj: Any, version: str, owner_id: UUID | None) -> None:
    """Record that an actor opens a restricted object, once a person, version and day.

    It belongs to the transaction that shows the object: what cannot be recorded is not shown, and
    what was not shown is not recorded. A list opens nothing.
    """
    seats = sorted(seat for seat, roles in actor.seats.items() if Role.READER in roles)
    if not seats:
        return
    seat = owner_id if owner_id in seats else seats[0]
    Reading.objects.bulk_create(
        [
            Reading(
                object_type=registry.protection_of(type(obj)).type_name,
                object_id=obj.pk,
                object_version=version,
                owner_delegation_id=owner_id,
                seat_id=seat,
                person_id=actor.require_user(),
                day=database_now().date(),
            )
        ],
        ignore_conflicts=True,
    )
