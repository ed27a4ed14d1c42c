"""What a seat, or every seat of a party, could see in a time, and what the ledger says it did."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from forums.membership.models import ClientBinding, Delegate, Delegation
from platform_api.core.access import require_operator
from platform_api.core.actor import Actor
from platform_api.core.registry import registry
from platform_api.ledger.models import Entry

AT_MOST = 1000
"""How many ids of one type are told; the counts are whole."""

_SEEN = "SELECT table_name, through, total, ids FROM forums_exposure(%s::uuid[], %s, %s, %s)"


@dataclass(slots=True)
class Told:
    """Objects of a type: through what (``scope``, ``grant``, or what was done), how many, which."""

    type: str
    through: str
    count: int = 0
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Exposure:
    """The report. could_see: by type and way. did: by type and kind of ledger entry."""

    since: datetime
    until: datetime
    could_see: Sequence[Told]
    did: Sequence[Told]


def exposure(
    *, actor: Actor, seats: Sequence[Delegation], since: datetime, until: datetime
) -> Exposure:
    """What seats of one party could see and did, as far as rows still tell; for operators.

    Grants that were taken back before are in the ledger alone. What is read through its parent
    is told by the parent. Raises Forbidden.
    """
    require_operator(actor)
    return Exposure(since, until, _could_see(seats, since, until), _did(seats, since, until))


def _could_see(seats: Sequence[Delegation], since: datetime, until: datetime) -> list[Told]:
    holders = {seat.pk for seat in seats} | {seat.party.pk for seat in seats}
    types = {each.model._meta.db_table: each.type_name for each in registry.protections}
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [list(holders), since, until, AT_MOST])
        rows = cursor.fetchall()
    found = [
        Told(types[table], through, total, [str(each) for each in ids])
        for table, through, total, ids in rows
        if total and table in types
    ]
    return sorted(found, key=lambda each: (each.type, each.through))


def _did(seats: Sequence[Delegation], since: datetime, until: datetime) -> list[Told]:
    """Entries of whoever acted for the seats then, without those made for another seat."""
    ids = [seat.pk for seat in seats]
    people = Delegate.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=since), delegation__in=ids, valid_from__lt=until
    )
    clients = ClientBinding.objects.filter(delegation__in=ids)
    elsewhere = Delegate.objects.filter(
        user=OuterRef("actor_id"), delegation=OuterRef("seat_id")
    ).exclude(delegation__in=ids)
    entries = Entry.objects.filter(
        Q(actor_id__in=people.values("user")) | Q(actor_id__in=clients.values("client__user")),
        ~Exists(elsewhere),
        at__gte=since,
        at__lt=until,
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    times: dict[tuple[str, str], int] = defaultdict(int)
    rows = entries.values_list("object_type", "kind", "object_id")
    for type_name, kind, object_id in rows.iterator():
        found[type_name, kind].add(object_id)
        times[type_name, kind] += 1
    return [Told(*key, count=times[key], ids=sorted(found[key])[:AT_MOST]) for key in sorted(found)]
