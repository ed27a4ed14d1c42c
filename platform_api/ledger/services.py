"""Writing the ledger: ``record`` for what happened, ``detail_erase`` for purging."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.http.request_ids import current_request_id
from platform_api.core.ids import new_id, new_private_id
from platform_api.core.service import service

from .canonical import canonical_json, details_hash, plain, storable
from .models import Entry

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class EventSpec:
    """What an entry tells the change feed.

    type: stable dotted name, ``section.released``; usually the entry's kind.
    object_type, object_id: those of the entry unless given; the type is a protected one.
    narrow_scope_id: tell only readers of this scope, for what happened at home.
    audience_group_id: tell only members of this role group, whether they see the object or not.
    """

    type: str
    object_type: str = ""
    object_id: UUID | None = None
    narrow_scope_id: int | None = None
    audience_group_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySpec:
    """What is recorded of one thing that happened; the fields are those of ``record``."""

    kind: str
    object_type: str
    object_id: UUID | str | int
    seat_id: UUID | None = None
    owner_seat_id: UUID | None = None
    effective_scope_id: int | None = None
    details: Mapping[str, Any] | None = None
    events: Sequence[EventSpec] = ()


# One statement for all rows, and no RETURNING, which row-level security would judge as a read.
_ENTRIES = """
INSERT INTO ledger_entry (
    id, kind, actor_id, actor_kind, seat_id, client_id, request_id,
    object_type, object_id, owner_seat_id, effective_scope_id, details_hash
) SELECT * FROM unnest(
    %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[],
    %s::text[], %s::text[], %s::uuid[], %s::int[], %s::bytea[]
)
"""
_DETAILS = """
INSERT INTO ledger_detail (entry_id, salt, payload)
SELECT d.entry, d.salt, d.payload::jsonb
FROM unnest(%s::uuid[], %s::bytea[], %s::text[]) d(entry, salt, payload)
"""
_EVENTS = """
INSERT INTO ledger_event (
    entry_id, ordinal, id, type, object_type, object_id, narrow_scope_id, audience_group_id
) SELECT * FROM unnest(
    %s::uuid[], %s::int[], %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::int[], %s::int[]
)
"""
_NAMES = (
    "id", "kind", "actor_id", "actor_kind", "seat_id", "client_id", "request_id",
    "object_type", "object_id", "owner_seat_id", "effective_scope_id", "details_hash",
)  # fmt: skip
_ERASE = "SELECT ledger_erase_detail(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"
_NO_DATA_FOUND = "P0002"


def record(
    *,
    kind: str,
    actor: Actor,
    object_type: str,
    object_id: UUID | str | int,
    seat_id: UUID | None = None,
    owner_seat_id: UUID | None = None,
    effective_scope_id: int | None = None,
    details: Mapping[str, Any] | None = None,
    events: Sequence[EventSpec] = (),
) -> Entry:
    """Write an entry in the caller's transaction: the only way to.

    kind: stable dotted name, ``section.revised``. seat_id: the delegation acted for.
    owner_seat_id, effective_scope_id: who may read the entry later.
    details: before and after, reason, note; kept apart, erasable, bound by a salted hash.
    events: what the change feed tells of it, in this order.

    ``at`` and ``xid`` are the database's; the returned entry fetches them when asked.
    Raises TransactionManagementError outside a transaction, where the entry could outlive
    the change it tells of; TypeError for details without a plain form; ValueError for an
    event about an object without a UUID.
    """
    (entry,) = record_all(
        actor,
        [
            EntrySpec(
                kind=kind,
                object_type=object_type,
                object_id=object_id,
                seat_id=seat_id,
                owner_seat_id=owner_seat_id,
                effective_scope_id=effective_scope_id,
                details=details,
                events=events,
            )
        ],
    )
    return entry


def record_all(actor: Actor, specs: Sequence[EntrySpec]) -> list[Entry]:
    """Write an entry for each of many things that happened at once, in this order; as ``record``.

    One statement writes them all.
    """
    if not specs:
        return []
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{specs[0].kind} was recorded outside a transaction")
    request_id = storable(current_request_id())[:200]
    entries: list[tuple[Any, ...]] = []
    details: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    for spec in specs:
        salt, payload = (
            (token_bytes(SALT_BYTES), plain(spec.details)) if spec.details else (None, None)
        )
        key = new_id()
        entries.append(
            (
                key,
                spec.kind,
                actor.user_id,
                actor.kind.value,
                spec.seat_id,
                actor.client_id,
                request_id,
                spec.object_type,
                storable(str(spec.object_id))[:200],
                spec.owner_seat_id,
                spec.effective_scope_id,
                details_hash(salt, payload) if salt else None,
            )
        )
        if salt:
            details.append((key, salt, canonical_json(payload).decode()))
        events += [
            (
                key,
                ordinal,
                new_private_id(),
                event.type,
                event.object_type or spec.object_type,
                event.object_id or UUID(str(spec.object_id)),
                event.narrow_scope_id,
                event.audience_group_id,
            )
            for ordinal, event in enumerate(spec.events, start=1)
        ]
    parts = [(_ENTRIES, entries), (_DETAILS, details), (_EVENTS, events)]
    written = [(statement, rows) for statement, rows in parts if rows]
    given = [list(column) for _, rows in written for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_as_one([statement for statement, _ in written]), given)
    return [Entry.from_db(connection.alias, _NAMES, values) for values in entries]


def _as_one(statements: Sequence[str]) -> str:
    """The statements as one: all but the last become parts of its WITH."""
    *before, last = statements
    parts = ", ".join(f"part{number} AS ({text})" for number, text in enumerate(before))
    return f"WITH {parts} {last}" if parts else last


@service
def detail_erase(*, actor: Actor, entry: Entry, reason: str, seat_id: UUID | None = None) -> Entry:
    """Erase the details of an entry; returns the ``detail.erased`` entry that says so.

    The entry, its hash and its place in the chain stay. Who may purge, and that two persons
    agreed, is for the caller to have checked.

    Raises Invalid without a reason, Conflict ``nothing_to_erase`` when the entry has no
    details, or none any more.
    """
    if not reason.strip():
        raise Invalid([FieldError("/reason", "required", "Say why the details are erased.")])
    payload = plain({"reason": reason})
    salt = token_bytes(SALT_BYTES)
    erasure_id = new_id()
    values: list[Any] = [
        entry.pk,
        erasure_id,
        actor.user_id,
        actor.kind.value,
        seat_id,
        actor.client_id,
        storable(current_request_id())[:200],
        details_hash(salt, payload),
        salt,
        canonical_json(payload).decode(),
    ]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ERASE, values)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) != _NO_DATA_FOUND:
            raise
        raise Conflict(
            "The entry has no details, or they were erased before.", code="nothing_to_erase"
        ) from error
    return Entry.objects.get(pk=erasure_id)
