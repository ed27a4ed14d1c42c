"""`manage.py verify_ledger` names every place that does not fit."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from platform_api.ledger.models import Seal
from platform_api.ledger.sealing import seal_pending
from platform_api.ledger.services import detail_erase
from platform_api.ledger.verification import ProblemKind, verify
from tests.ledger.helpers import PERSON, positions, seal, settle, tampered, write, write_full
from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

THIRD = "(SELECT entry_id FROM ledger_seal WHERE position = 3)"
FIFTH = "(SELECT entry_id FROM ledger_seal WHERE position = 5)"


@pytest.fixture
def ledger(cloned_db: ClonedDatabase) -> ClonedDatabase:
    """Seven sealed entries with every column filled; the seventh has no details."""
    for _ in range(6):
        write_full()
    write(details=None)
    assert seal() == 7
    return cloned_db


def found() -> list[tuple[str, int | None]]:
    return [(problem.kind.value, problem.position) for problem in verify().problems]


def test_a_sound_ledger_verifies(ledger: ClonedDatabase) -> None:
    report = verify()
    assert report.ok
    assert (report.sealed, report.head_position, report.unsealed) == (7, 7, 0)
    assert report.head_chain_hash == bytes(Seal.objects.get(position=7).chain_hash)


def test_an_empty_ledger_verifies(cloned_db: ClonedDatabase) -> None:
    report = verify()
    assert (report.ok, report.sealed, report.head_position) == (True, 0, 0)


ENTRY_CHANGES = [
    "at = at + interval '1 microsecond'",
    "kind = 'section.released'",
    "actor_id = gen_random_uuid()",
    "actor_id = NULL",
    "actor_kind = 'person'",
    "seat_id = NULL",
    "seat_id = gen_random_uuid()",
    "client_id = 'another'",
    "request_id = request_id || 'x'",
    "object_type = 'document'",
    "object_id = '1'",
    "owner_seat_id = gen_random_uuid()",
    "effective_scope_id = 8",
    "effective_scope_id = NULL",
]


def test_a_changed_column_of_an_entry_is_named(ledger: ClonedDatabase) -> None:
    for change in ENTRY_CHANGES:
        with tampered(f"UPDATE ledger_entry SET {change} WHERE id = {THIRD}"):
            assert found() == [("entry_altered", 3)], change
    with tampered(f"UPDATE ledger_entry SET details_hash = sha256('') WHERE id = {THIRD}"):
        assert found() == [("entry_altered", 3), ("details_altered", 3)]
    with tampered(f"UPDATE ledger_entry SET id = gen_random_uuid() WHERE id = {THIRD}"):
        assert found() == [
            ("entry_missing", 3),
            ("entry_not_queued", None),
            ("details_orphaned", None),
        ]
    assert found() == []


SEAL_CHANGES = {
    "chain_hash = sha256('')": [("chain_broken", 3), ("chain_broken", 4)],
    "entry_hash = sha256('')": [("chain_broken", 3), ("entry_altered", 3)],
    "sealed_at = sealed_at + interval '1 microsecond'": [("chain_broken", 3)],
    "entry_id = gen_random_uuid()": [("entry_missing", 3), ("entry_not_queued", None)],
    "position = 10": [("gap", 3), ("gap", 8)],
}


def test_a_changed_column_of_a_seal_is_named(ledger: ClonedDatabase) -> None:
    for change, expected in SEAL_CHANGES.items():
        with tampered(f"UPDATE ledger_seal SET {change} WHERE position = 3"):
            assert found() == expected, change


def test_swapped_seals_are_named(ledger: ClonedDatabase) -> None:
    with tampered(
        "UPDATE ledger_seal SET position = 100 WHERE position = 3",
        "UPDATE ledger_seal SET position = 3 WHERE position = 4",
        "UPDATE ledger_seal SET position = 4 WHERE position = 100",
    ):
        assert found() == [("chain_broken", 3), ("chain_broken", 4), ("chain_broken", 5)]


DETAIL_CHANGES = {
    'payload = payload || \'{"reason": "forged"}\'': [("details_altered", 3)],
    "payload = payload - 'reason'": [("details_altered", 3)],
    "payload = jsonb_set(payload, '{n}', '3.0')": [("details_altered", 3)],
    "payload = jsonb_set(payload, '{n}', '\"3\"')": [("details_altered", 3)],
    "payload = jsonb_set(payload, '{n}', repeat('9', 5000)::jsonb)": [("details_altered", 3)],
    "salt = sha256('')": [("details_altered", 3)],
    "entry_id = (SELECT entry_id FROM ledger_seal WHERE position = 7)": [
        ("details_missing", 3),
        ("details_unexpected", 7),
    ],
    "entry_id = gen_random_uuid()": [("details_missing", 3), ("details_orphaned", None)],
}


def test_a_changed_column_of_details_is_named(ledger: ClonedDatabase) -> None:
    for change, expected in DETAIL_CHANGES.items():
        with tampered(f"UPDATE ledger_detail SET {change} WHERE entry_id = {THIRD}"):
            assert found() == expected, change


REMOVALS = {
    f"DELETE FROM ledger_detail WHERE entry_id IN ({THIRD}, {FIFTH})": [
        ("details_missing", 3),
        ("details_missing", 5),
    ],
    f"DELETE FROM ledger_entry WHERE id = {THIRD}": [
        ("entry_missing", 3),
        ("details_orphaned", None),
    ],
    "DELETE FROM ledger_seal WHERE position = 3": [("gap", 3), ("entry_not_queued", None)],
    "DELETE FROM ledger_seal WHERE position = 1": [("gap", 1), ("entry_not_queued", None)],
}


def test_what_was_removed_is_named(ledger: ClonedDatabase) -> None:
    for removal, expected in REMOVALS.items():
        with tampered(removal):
            assert found() == expected, removal


def test_purged_details_that_a_restore_brought_back_are_named(ledger: ClonedDatabase) -> None:
    entry = Seal.objects.get(position=3).entry
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt, payload FROM ledger_detail WHERE entry_id = %s", [entry.pk])
        kept = cursor.fetchone()
    detail_erase(actor=PERSON, entry=entry, reason="x")
    assert found() == []
    restore = "INSERT INTO ledger_detail (entry_id, salt, payload) VALUES (%s, %s, %s::jsonb)"
    with tampered(restore, values=[entry.pk, *kept]):
        assert found() == [("details_not_erased", 3)]


def test_entry_and_queue_that_do_not_agree_are_named(ledger: ClonedDatabase) -> None:
    queue = "INSERT INTO ledger_unsealed (xid, entry_id) VALUES"
    with tampered(f"{queue} ('7', gen_random_uuid())", f"{queue} ('7', {THIRD})"):
        assert found() == [("queue_orphaned", None), ("queued_though_sealed", None)]
    write()
    with tampered("DELETE FROM ledger_unsealed"):
        assert found() == [("entry_not_queued", None)]


def test_details_of_an_unsealed_entry_are_checked(ledger: ClonedDatabase) -> None:
    entry = write()
    forge = "UPDATE ledger_detail SET payload = '{}' WHERE entry_id = %s"
    with tampered(forge, values=[entry.pk]):
        (problem,) = verify().problems
    assert (problem.kind, problem.position) == (ProblemKind.DETAILS_ALTERED, None)
    assert problem.entry == entry.pk


def test_a_rewritten_chain_is_exposed_by_a_hash_kept_outside(ledger: ClonedDatabase) -> None:
    """An entry is forged, and it and all later ones are sealed again, as the owner could."""
    kept = {seal.position: bytes(seal.chain_hash) for seal in Seal.objects.all()}
    with tampered(
        f"UPDATE ledger_entry SET kind = 'section.released' WHERE id = {THIRD}",
        "INSERT INTO ledger_unsealed (xid, entry_id)"
        " SELECT e.xid, e.id FROM ledger_seal s JOIN ledger_entry e ON e.id = s.entry_id"
        " WHERE s.position >= 3",
        "DELETE FROM ledger_seal WHERE position >= 3",
    ):
        assert seal_pending() == 5
        assert verify().ok
        assert verify(known=(2, kept[2])).ok
        (problem,) = verify(known=(5, kept[5])).problems
        assert (problem.kind, problem.position) == (ProblemKind.DIFFERS_FROM_KNOWN, 5)


def test_a_chain_cut_at_its_end_is_exposed_by_a_hash_kept_outside(ledger: ClonedDatabase) -> None:
    kept = bytes(Seal.objects.get(position=7).chain_hash)
    with tampered(
        "DELETE FROM ledger_entry WHERE id = (SELECT entry_id FROM ledger_seal WHERE position = 7)",
        "DELETE FROM ledger_seal WHERE position = 7",
    ):
        assert verify().ok
        (problem,) = verify(known=(7, kept)).problems
        assert (problem.kind, problem.position) == (ProblemKind.DIFFERS_FROM_KNOWN, 7)


def command(*arguments: str) -> tuple[int, str]:
    output = io.StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=output)
    except SystemExit as end:
        return int(str(end.code)), output.getvalue()
    return 0, output.getvalue()


def test_the_command_reports_a_sound_ledger(ledger: ClonedDatabase) -> None:
    write()
    code, text = command("--no-seal")
    assert code == 0
    assert "Sealed:   7 entries" in text
    assert "Unsealed: 1, the oldest of 20" in text
    assert text.rstrip().endswith("The ledger verifies.")
    assert positions()[-1] == 7

    settle()
    code, text = command()
    assert "Sealed:   8 entries" in text
    assert "Unsealed: 0\n" in text
    head = next(line for line in text.splitlines() if line.startswith("Head:"))
    assert command("--known", head.split()[1])[0] == 0


def test_the_command_names_the_first_and_all_problems_up_to_a_cap(ledger: ClonedDatabase) -> None:
    erased = Seal.objects.get(position=2).entry
    detail_erase(actor=PERSON, entry=erased, reason="x")
    seal()
    forge = "UPDATE ledger_entry SET kind = 'x.y' WHERE kind = 'section.revised'"
    with tampered(forge):
        code, text = command("--cap", "3")
        json_code, json_text = command("--json", "--cap", "2")

    assert code == 1
    assert f"position 2, entry {erased.pk}: purged by person {PERSON.user_id} at 20" in text
    assert "THE LEDGER DOES NOT VERIFY. Problems: 7, first: position 1, entry" in text
    assert text.count("[entry_altered]") == 3
    assert "… and 4 more" in text

    assert json_code == 1
    told: dict[str, Any] = json.loads(json_text)
    assert (told["ok"], told["sealed"], told["problem_count"]) == (False, 8, 7)
    assert [p["position"] for p in told["problems"]] == [1, 2]
    assert told["problems"][0]["kind"] == "entry_altered"
    assert told["purges"][0]["by"] == f"person {PERSON.user_id}"
    assert told["head"]["position"] == 8


def test_memory_does_not_grow_with_the_ledger(
    cloned_db: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform_api.ledger.verification._BATCH", 100)

    def peak() -> int:
        seal()
        tracemalloc.start()
        try:
            assert verify().ok
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def add(count: int) -> None:
        with cloned_db.connect() as bare:
            bare.execute(
                "INSERT INTO ledger_entry"
                " (id, kind, actor_kind, client_id, request_id, object_type, object_id)"
                " SELECT uuidv7(), 'import.done', 'system', '', '', 'project', n::text"
                " FROM generate_series(1, %s) n",
                [count],
            )

    add(200)
    small = peak()
    add(5000)
    assert peak() < small * 1.5
