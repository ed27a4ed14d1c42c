"""Reading the change feed: sealed events in order, a bounded look at a time.

Here is told what an entry says of its readers (a scope, a role group). Whether a caller sees the
object itself is for the layer above to ask.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from .sealing import BATCH, seal_pending

WINDOW = 10_000
"""How many positions one look passes at most."""
CANDIDATES = 1_000
"""How many events one look brings at most."""

_WAITING = "SELECT EXISTS (SELECT FROM ledger_unsealed)"

_MARKS = """
WITH head AS (SELECT coalesce(max(position), 0) AS position FROM ledger_seal)
SELECT head.position, s.position, encode(substr(s.chain_hash, 1, 6), 'hex')
FROM head LEFT JOIN ledger_seal s
    ON s.position IN (%(position)s, least(head.position, %(position)s + %(window)s))
"""

_LOOK = """
SELECT s.position, e.ordinal, encode(substr(s.chain_hash, 1, 6), 'hex'),
    e.id, e.type, e.object_type, e.object_id, e.audience_group_id IS NOT NULL, n.at
FROM ledger_seal s
JOIN ledger_event e ON e.entry_id = s.entry_id
JOIN ledger_entry n ON n.id = s.entry_id
WHERE s.position BETWEEN %(position)s AND %(edge)s
    AND (s.position > %(position)s OR e.ordinal > %(ordinal)s)
    AND (e.audience_group_id IS NULL OR e.audience_group_id = any(%(groups)s::int[]))
    AND (e.narrow_scope_id IS NULL OR e.narrow_scope_id = any(%(scopes)s::int[]))
    AND e.object_type = any(%(object_types)s::text[])
    AND (%(types)s::text[] IS NULL OR e.type = any(%(types)s::text[]))
ORDER BY s.position, e.ordinal
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the feed: behind the event of an ordinal at a position.

    check: the first 6 bytes of the chain hash there, in hex; another one there means that the
    ledger was put back to an earlier state since, and went on differently.
    """

    position: int
    ordinal: int
    check: str


BEGINNING = Mark(0, 0, "")


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """A sealed event. by_audience: told to a role group, whoever sees the object."""

    mark: Mark
    id: UUID
    type: str
    object_type: str
    object_id: UUID
    by_audience: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought.

    edge: where the next look goes on when nothing of this one is kept.
    at_head: it passed everything that is sealed.
    """

    events: list[FeedEvent]
    edge: Mark
    at_head: bool


class Superseded(Exception):
    """The ledger has no such place any more: it was restored to an earlier state."""


def seal_tail() -> None:
    """Seal what waits, so that a feed needs no sealer beside it; cheap when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        waits = cursor.fetchone()[0]
    if waits:
        seal_pending(at_most=BATCH)


def head() -> Mark:
    """The place behind everything that is sealed."""
    last, checks = _marks(0, window=None)
    return Mark(last, _LAST, checks[last]) if last else BEGINNING


def look(
    after: Mark,
    *,
    groups: Collection[int],
    scopes: Collection[int],
    object_types: Collection[str],
    types: Collection[str] | None = None,
) -> Look:
    """The events behind a mark that the groups and scopes may be told of, oldest first.

    types: only these types of event. Raises Superseded.
    """
    last, checks = _marks(after.position, window=WINDOW)
    if after.position and checks.get(after.position) != after.check:
        raise Superseded
    edge = min(last, after.position + WINDOW)
    values: dict[str, Any] = {
        "position": after.position,
        "ordinal": after.ordinal,
        "edge": edge,
        "groups": sorted(groups),
        "scopes": sorted(scopes),
        "object_types": sorted(object_types),
        "types": None if types is None else sorted(types),
        "limit": CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values)
        events = [_event(row) for row in cursor.fetchall()]
    if len(events) == CANDIDATES:
        return Look(events, events[-1].mark, at_head=False)
    behind = Mark(edge, _LAST, checks[edge]) if edge else BEGINNING
    return Look(events, behind, at_head=edge == last)


_LAST = 2**31 - 1
"""An ordinal behind every event of an entry."""


def _marks(position: int, *, window: int | None) -> tuple[int, dict[int, str]]:
    """The last position, and the checks at a position and at the end of a window behind it."""
    # Any window that is at least as long as the ledger ends at its head.
    values = {"position": position, "window": 2**62 if window is None else window}
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, values)
        rows = cursor.fetchall()
    return rows[0][0], {place: check for _, place, check in rows if place is not None}


def _event(row: tuple[Any, ...]) -> FeedEvent:
    position, ordinal, check, *rest = row
    return FeedEvent(Mark(position, ordinal, check), *rest)
