"""Who opened an object."""

from collections import defaultdict
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

READ_TYPES = frozenset({"section", "document_version", "attachment"})
"""The types whose readings are recorded."""


def object_of_key(actor: Actor, key: str) -> Model:
    """The visible object of ``<type>:<id>``. Raises Invalid."""
    type_name, _, id_ = key.partition(":")
    if type_name not in READ_TYPES:
        raise Invalid([FieldError("/object", "unknown", "Readings of no such type are kept.")])
    try:
        pk = UUID(id_)
    except ValueError:
        raise Invalid([FieldError("/object", "unknown", "There is no such object.")]) from None
    return referred(actor, "/object", registry.protection_named(type_name).model, pk=pk)


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
