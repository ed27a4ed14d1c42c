"""Giving committed entries their positions and chain hashes.

The work is the database function ``ledger_seal``: whoever calls it, one at a time, takes
from the queue what no running transaction can precede any more. Writers hold no lock. What
shall stand in the change feed hangs on an entry, and so has its position.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

BATCH = 1000

_TAIL = """
SELECT count(*), min(e.at) FROM ledger_unsealed q LEFT JOIN ledger_entry e ON e.id = q.entry_id
"""


@dataclass(frozen=True, slots=True)
class Tail:
    """Entries that were committed and have no position yet. oldest: when the first was made."""

    count: int
    oldest: datetime | None


def seal_pending(*, at_most: int | None = None) -> int:
    """Seal what can be sealed now; how many entries this call sealed.

    0 as well when another session is sealing, on a read-only connection, and inside a
    transaction that is not read committed. What an older open transaction may still precede
    waits for that one's end. Each batch is a transaction of its own outside a transaction;
    inside one the sealing becomes visible, and the next sealer's turn comes, at its end.
    at_most: about how many, for a reader who is in a hurry.
    """
    total = 0
    while at_most is None or total < at_most:
        batch = BATCH if at_most is None else min(BATCH, at_most - total)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT ledger_seal(%s)", [batch])
            sealed: int = cursor.fetchone()[0]
        total += sealed
        if sealed < batch:
            break
    return total


def unsealed_tail() -> Tail:
    """How many entries wait, and since when."""
    with connection.cursor() as cursor:
        cursor.execute(_TAIL)
        return Tail(*cursor.fetchone())
