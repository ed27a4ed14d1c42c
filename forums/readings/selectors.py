"""Who opened an object."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from forums.membership.models import Delegation
from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.http.references import referred
from platform_api.core.registry import registry

from .models import Reading

READ_TYPES = frozenset({"section", "document_version"})
"""The types whose readings are recorded."""


def object_read(actor: Actor, named: Mapping[str, Any]) -> Model:
    """The visible object of a type and id, whose readings are kept. Raises Invalid."""
    if named["type"] not in READ_TYPES:
        raise Invalid([FieldError("/object", "unknown", "Readings of no such type are kept.")])
    model = registry.protection_named(named["type"]).model
    return referred(actor, "/object", model, pk=named["id"])


def readings_of(actor: Actor, obj: Any) -> list[dict[str, Any]]:
    """The seats that opened an object of the actor's seat, with their first and last time.

    persons: of the actor's own seats alone. Of other seats the database tells no more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seat_id, first_at, last_at FROM forums_readings_of(%s)", [obj.pk])
        rows = cursor.fetchall()
    seats = Delegation.objects.select_related("country", "organisation").in_bulk(
        [row[0] for row in rows]
    )
    persons: dict[UUID, set[str]] = defaultdict(set)
    own = Reading.objects.visible_to(actor).filter(object_id=obj.pk)
    for seat_id, name in own.values_list("seat_id", "person__name"):
        persons[seat_id].add(name)
    return [
        {
            "seat": seats[seat_id],
            "first_at": first_at,
            "last_at": last_at,
            "persons": sorted(persons[seat_id]) if seat_id in actor.seats else None,
        }
        for seat_id, first_at, last_at in rows
    ]
