"""What the tests of the ledger share."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction

from platform_api.core.actor import Actor, ActorKind
from platform_api.core.ids import new_id
from platform_api.core.transaction import acting
from platform_api.ledger.models import Entry, Seal
from platform_api.ledger.sealing import seal_pending
from platform_api.ledger.services import record

T = TypeVar("T")

PERSON = Actor(kind=ActorKind.PERSON, user_id=UUID("01900000-0000-7000-8000-000000000001"))
OTHER = Actor(
    kind=ActorKind.CLIENT,
    user_id=UUID("01900000-0000-7000-8000-000000000002"),
    client_id="ministry-client",
)


def write(actor: Actor = PERSON, **changes: Any) -> Entry:
    """One entry, in a transaction of its own as the runtime role."""
    values: dict[str, Any] = {
        "kind": "section.revised",
        "object_type": "section",
        "object_id": new_id(),
        "details": {"before": "Članak 1", "after": "Члан 1"},
    }
    with acting(actor):
        return record(actor=actor, **(values | changes))


def write_full() -> Entry:
    """An entry with a value in every column."""
    return write(
        OTHER,
        seat_id=new_id(),
        owner_seat_id=new_id(),
        effective_scope_id=7,
        details={"reason": "agreed", "n": 3, "list": [1, None, True, "x"]},
    )


def in_threads(jobs: Iterable[Callable[[], T]], *, at_once: int) -> list[T]:
    """Run jobs in threads with connections of their own; their results in order."""

    def run(job: Callable[[], T]) -> T:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(run, jobs))


def settle(*, within: float = 60) -> None:
    """Wait until nothing that runs can still precede what is queued.

    The databases of other test workers are on the same server, and their open transactions
    hold the sealer back as any writer's do.
    """
    deadline = time.monotonic() + within
    query = (
        "SELECT coalesce(bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())), true)"
        " FROM ledger_unsealed"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return
        assert time.monotonic() < deadline, "another transaction holds the sealer back"
        time.sleep(0.02)


def seal(*, at_most: int | None = None) -> int:
    """``seal_pending`` once nothing holds it back."""
    settle()
    return seal_pending(at_most=at_most)


def positions() -> list[int]:
    return list(Seal.objects.order_by("position").values_list("position", flat=True))


@contextmanager
def tampered(*statements: str, values: Sequence[Any] = ()) -> Iterator[None]:
    """Do what only a superuser who switches triggers and constraints off can; then undo it."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_seal", "ledger_detail", "ledger_unsealed"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement, values)
            assert cursor.rowcount > 0, statement
        yield
        transaction.set_rollback(True)
