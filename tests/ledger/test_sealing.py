"""Positions are gapless, in commit-safe order, and nothing is lost."""

import random
import threading
from itertools import pairwise

import pytest
from django.db import connection, transaction

from platform_api.core.ids import new_id
from platform_api.core.transaction import acting
from platform_api.ledger.canonical import GENESIS, chain_hash
from platform_api.ledger.models import Entry, Seal, Unsealed
from platform_api.ledger.sealing import seal_pending, unsealed_tail
from platform_api.ledger.services import record
from platform_api.ledger.verification import verify
from tests.ledger.helpers import PERSON, in_threads, positions, seal, settle, write
from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

INSERT = (
    "INSERT INTO ledger_entry (id, kind, actor_kind, client_id, request_id, object_type, object_id)"
    " VALUES (%s, 'section.revised', 'system', '', '', 'section', '1')"
)


def test_entries_are_unnumbered_until_sealed(cloned_db: ClonedDatabase) -> None:
    entries = [write() for _ in range(3)]
    assert (positions(), Unsealed.objects.count()) == ([], 3)
    tail = unsealed_tail()
    assert (tail.count, tail.oldest) == (3, Entry.objects.get(pk=entries[0].pk).at)

    assert seal() == 3
    assert seal() == 0

    assert (positions(), Unsealed.objects.count()) == ([1, 2, 3], 0)
    assert unsealed_tail().count == 0
    seals = list(Seal.objects.order_by("position"))
    assert [seal.entry_id for seal in seals] == [entry.pk for entry in entries]
    first = seals[0]
    assert first.chain_hash == chain_hash(
        GENESIS, bytes(first.entry_hash), position=1, sealed_at=first.sealed_at
    )


def test_the_runtime_role_seals(cloned_db: ClonedDatabase) -> None:
    with cloned_db.as_role("runtime"):
        write()
        assert seal() == 1
    assert positions() == [1]


def test_the_owner_seals(cloned_db: ClonedDatabase) -> None:
    write()
    with cloned_db.as_role("owner"):
        assert seal() == 1


def test_what_an_open_transaction_may_still_precede_waits(cloned_db: ClonedDatabase) -> None:
    early, late = new_id(), new_id()
    with cloned_db.connect() as slow, cloned_db.connect() as fast:
        slow.execute(INSERT, [early])
        fast.execute(INSERT, [late])
        fast.commit()

        assert seal_pending() == 0
        assert unsealed_tail().count == 1

        slow.commit()
        assert seal() == 2
    assert list(Seal.objects.order_by("position").values_list("entry_id", flat=True)) == [
        early,
        late,
    ]


def test_an_aborted_transaction_leaves_no_hole(cloned_db: ClonedDatabase) -> None:
    write()
    with cloned_db.connect() as bare:
        bare.execute(INSERT, [new_id()])
        bare.rollback()
    write()
    assert seal() == 2
    assert positions() == [1, 2]


def test_the_callers_own_entries_wait_for_its_commit(cloned_db: ClonedDatabase) -> None:
    write()
    settle()
    with acting(PERSON):
        record(kind="a.b", actor=PERSON, object_type="x", object_id="1")
        assert seal_pending() == 1
    assert seal() == 1
    assert verify().ok


def test_at_most_limits_one_call(cloned_db: ClonedDatabase) -> None:
    for _ in range(5):
        write()
    assert seal(at_most=2) == 2
    assert seal(at_most=0) == 0
    assert seal() == 3
    assert positions() == [1, 2, 3, 4, 5]


def test_more_than_one_batch_is_sealed(cloned_db: ClonedDatabase) -> None:
    with cloned_db.connect() as bare:
        bare.execute(
            "INSERT INTO ledger_entry"
            " (id, kind, actor_kind, client_id, request_id, object_type, object_id)"
            " SELECT uuidv7(), 'import.done', 'system', '', '', 'project', n::text"
            " FROM generate_series(1, 2500) n"
        )
    assert seal() == 2500
    assert positions() == list(range(1, 2501))
    assert verify().ok


def test_one_seals_while_another_holds_the_turn(cloned_db: ClonedDatabase) -> None:
    write()
    settle()
    with cloned_db.connect() as other:
        assert other.execute("SELECT ledger_seal(10)").fetchone() == (1,)
        assert seal_pending() == 0
        other.rollback()
    assert seal() == 1
    assert positions() == [1]


@pytest.mark.parametrize("mode", ["READ ONLY", "ISOLATION LEVEL REPEATABLE READ"])
def test_a_transaction_that_cannot_seal_safely_does_not(
    cloned_db: ClonedDatabase, mode: str
) -> None:
    write()
    settle()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION {mode}")
        assert seal_pending() == 0
    assert seal() == 1


def test_a_ledger_restored_on_another_server_is_sealed(cloned_db: ClonedDatabase) -> None:
    """There the transaction numbers of unsealed entries may lie in the future."""
    for _ in range(3):
        write()
    with cloned_db.connect("superuser") as bare:
        bare.execute("UPDATE ledger_unsealed SET xid = (xid::text::bigint + 1000000)::text::xid8")
    assert seal_pending() == 3
    assert verify().ok


def test_sixteen_writers_and_two_sealers_lose_nothing(cloned_db: ClonedDatabase) -> None:
    """Commits in random order, a third of them aborted, two sealers at work all the while."""
    writers, each = 16, 25
    done = threading.Event()
    committed: list[set[str]] = [set() for _ in range(writers)]

    def writing(number: int) -> None:
        chance = random.Random(number)
        with cloned_db.connect() as bare:
            for _ in range(each):
                batch = [new_id() for _ in range(chance.randint(1, 3))]
                for entry_id in batch:
                    bare.execute(INSERT, [entry_id])
                    bare.execute("SELECT pg_sleep(%s)", [chance.random() / 200])
                if chance.random() < 1 / 3:
                    bare.rollback()
                else:
                    bare.commit()
                    committed[number] |= set(map(str, batch))

    def sealing() -> None:
        while not done.is_set():
            seal_pending()
            # What has a position keeps it, and nothing appears below the last one.
            now = positions()
            assert now == list(range(1, len(now) + 1))

    def all_writing() -> None:
        try:
            in_threads([lambda n=n: writing(n) for n in range(writers)], at_once=writers)
        finally:
            done.set()

    in_threads([all_writing, sealing, sealing], at_once=3)
    seal()

    expected = set[str]().union(*committed)
    in_order = [str(pk) for pk in Seal.objects.order_by("position").values_list("entry", flat=True)]
    assert set(in_order) == expected
    assert positions() == list(range(1, len(expected) + 1))
    xids = dict(Entry.objects.values_list("id", "xid"))
    ordered = [
        xids[pk] for pk in Seal.objects.order_by("position").values_list("entry_id", flat=True)
    ]
    assert all(before <= after for before, after in pairwise(ordered))
    assert verify().ok


def test_writers_do_not_wait_for_each_other(cloned_db: ClonedDatabase) -> None:
    """Sixteen open transactions with an entry each, and the sealer at work, all at once."""
    open_ones = [cloned_db.connect() for _ in range(16)]
    try:
        for bare in open_ones:
            bare.execute("SET lock_timeout = '1ms'")
            bare.execute(INSERT, [new_id()])
        write()
        assert seal_pending() == 0
        for bare in reversed(open_ones):
            bare.execute(INSERT, [new_id()])
            bare.commit()
    finally:
        for bare in open_ones:
            bare.close()
    assert seal() == 33
