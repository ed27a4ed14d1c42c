"""Refused attempts: the first is an entry, its repetitions within the hour a number.

So a client that asks the same forbidden thing ten thousand times leaves two entries:
``access.denied``, and ``access.denied.repeated`` with the number once the hour is over.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from platform_api.core.actor import Actor, ActorKind
from platform_api.core.transaction import acting

from .canonical import canonical_json, storable
from .services import record

DENIED = "access.denied"
REPEATED = "access.denied.repeated"

# The row lock makes concurrent first denials agree on one of them.
_COUNT = """
INSERT INTO ledger_denialcount AS c (
    fingerprint, actor_id, actor_kind, client_id, action, object_type, object_id, reason,
    repeats, first_at, last_at
) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0, clock_timestamp(), clock_timestamp())
ON CONFLICT (fingerprint) DO UPDATE SET
    last_at = excluded.last_at,
    repeats = CASE WHEN {live} THEN c.repeats + 1 ELSE 0 END,
    first_at = CASE WHEN {live} THEN c.first_at ELSE excluded.first_at END,
    entry_id = CASE WHEN {live} THEN c.entry_id END
RETURNING new.repeats = 0, old.entry_id, coalesce(old.repeats, 0), old.first_at, old.last_at
""".format(live="c.first_at > excluded.first_at - interval '1 hour'")

_NAME_ENTRY = "UPDATE ledger_denialcount SET entry_id = %s WHERE fingerprint = %s"

_TAKE_OVER = """
DELETE FROM ledger_denialcount WHERE fingerprint IN (
    SELECT fingerprint FROM ledger_denialcount
    WHERE first_at <= clock_timestamp() - interval '1 hour'
    ORDER BY first_at LIMIT %s FOR UPDATE SKIP LOCKED
)
RETURNING actor_id, actor_kind, client_id, action, object_type, object_id, reason,
    entry_id, repeats, first_at, last_at
"""


class _Denial(NamedTuple):
    actor: Actor
    action: str
    object_type: str
    object_id: str
    reason: str

    @property
    def fingerprint(self) -> bytes:
        what = [str(self.actor.user_id), self.actor.client_id, *self[1:]]
        return hashlib.sha256(canonical_json(what)).digest()


def record_denial(
    actor: Actor, action: str, object_type: str, object_id: UUID | str | int, reason: str
) -> None:
    """Keep a refused attempt, in a transaction of its own unless one is open.

    To be called after the refused request was rolled back. reason: the stable code of the
    refusal. What cannot be stored in full is cut.
    """
    denial = _Denial(
        actor,
        storable(action)[:100],
        storable(object_type)[:100],
        storable(str(object_id))[:200],
        storable(reason)[:100],
    )
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            [denial.fingerprint, actor.user_id, actor.kind.value, actor.client_id, *denial[1:]],
        )
        is_first, earlier_entry, repeats, first_at, last_at = cursor.fetchone()
        if not is_first:
            return
        if repeats:
            _record_repeats(denial, earlier_entry, repeats, first_at, last_at)
        entry = record(
            kind=DENIED,
            actor=actor,
            object_type=denial.object_type,
            object_id=denial.object_id,
            details={"action": denial.action, "reason": denial.reason},
        )
        cursor.execute(_NAME_ENTRY, [entry.pk, denial.fingerprint])


def finish_denial_counts(*, at_most: int = 500) -> int:
    """Turn counts whose hour is over into entries and remove them; how many were removed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_OVER, [at_most])
        rows = cursor.fetchall()
        for user_id, kind, client_id, action, of_type, object_id, reason, *count in rows:
            actor = Actor(kind=ActorKind(kind), user_id=user_id, client_id=client_id)
            entry_id, repeats, first_at, last_at = count
            if repeats:
                denial = _Denial(actor, action, of_type, object_id, reason)
                _record_repeats(denial, entry_id, repeats, first_at, last_at)
    return len(rows)


def _record_repeats(
    denial: _Denial, entry_id: UUID, repeats: int, first_at: datetime, last_at: datetime
) -> None:
    record(
        kind=REPEATED,
        actor=denial.actor,
        object_type=denial.object_type,
        object_id=denial.object_id,
        details={
            "action": denial.action,
            "reason": denial.reason,
            "entry": entry_id,
            "repeats": repeats,
            "first_at": first_at,
            "last_at": last_at,
        },
    )
