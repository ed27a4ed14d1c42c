"""Writing the ledger: ``record`` for what happened, ``detail_erase`` for purging."""

from collections.abc import Mapping
from secrets import token_bytes
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.http.request_ids import current_request_id
from platform_api.core.ids import new_id
from platform_api.core.service import service

from .canonical import canonical_json, details_hash, plain, storable
from .models import Entry

SALT_BYTES = 32

# One statement for both rows, and no RETURNING, which row-level security would judge as a read.
_INSERT_ENTRY = """
INSERT INTO ledger_entry (
    id, kind, actor_id, actor_kind, seat_id, client_id, request_id,
    object_type, object_id, owner_seat_id, effective_scope_id, details_hash
) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_INSERT_WITH_DETAIL = """
WITH entry AS (
    INSERT INTO ledger_entry (
        id, kind, actor_id, actor_kind, seat_id, client_id, request_id,
        object_type, object_id, owner_seat_id, effective_scope_id, details_hash
    ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
)
INSERT INTO ledger_detail (entry_id, salt, payload) VALUES (%s, %s, %s::jsonb)
"""
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
) -> Entry:
    """Write an entry in the caller's transaction: the only way to.

    kind: stable dotted name, ``section.revised``. seat_id: the delegation acted for.
    owner_seat_id, effective_scope_id: who may read the entry later.
    details: before and after, reason, note; kept apart, erasable, bound by a salted hash.

    ``at`` and ``xid`` are the database's; the returned entry fetches them when asked.
    Raises TransactionManagementError outside a transaction, where the entry could outlive
    the change it tells of; TypeError for details without a plain form.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{kind} was recorded outside a transaction")
    salt, payload = (token_bytes(SALT_BYTES), plain(details)) if details else (None, None)
    names = (
        "id", "kind", "actor_id", "actor_kind", "seat_id", "client_id", "request_id",
        "object_type", "object_id", "owner_seat_id", "effective_scope_id", "details_hash",
    )  # fmt: skip
    values: list[Any] = [
        new_id(),
        kind,
        actor.user_id,
        actor.kind.value,
        seat_id,
        actor.client_id,
        storable(current_request_id())[:200],
        object_type,
        storable(str(object_id))[:200],
        owner_seat_id,
        effective_scope_id,
        details_hash(salt, payload) if salt else None,
    ]
    with connection.cursor() as cursor:
        if salt:
            text = canonical_json(payload).decode()
            cursor.execute(_INSERT_WITH_DETAIL, [*values, values[0], salt, text])
        else:
            cursor.execute(_INSERT_ENTRY, values)
    return Entry.from_db(connection.alias, names, values)


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
