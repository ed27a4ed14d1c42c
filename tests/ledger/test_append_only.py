"""Nobody changes the ledger: not the runtime role, not the owner, not by the back door."""

import psycopg
import pytest
from django.db.transaction import TransactionManagementError

from platform_api.ledger.models import Detail, Entry, Seal
from platform_api.ledger.services import record
from tests.ledger.helpers import PERSON, seal, write
from tests.postgres import ClonedDatabase, Role

pytestmark = pytest.mark.concurrency

REFUSED = psycopg.errors.InsufficientPrivilege
ROLES: list[Role] = ["runtime", "owner", "superuser"]


CHANGES = [
    "UPDATE ledger_entry SET kind = 'a.b'",
    "UPDATE ledger_entry SET kind = 'a.b' WHERE false",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_entry CASCADE",
    "UPDATE ledger_seal SET position = position + 1",
    "DELETE FROM ledger_seal",
    "TRUNCATE ledger_seal",
    "UPDATE ledger_detail SET payload = '{}'",
    "DELETE FROM ledger_detail",
    "TRUNCATE ledger_detail",
    "UPDATE ledger_event SET type = 'a.b'",
    "DELETE FROM ledger_event",
    "TRUNCATE ledger_event",
]


@pytest.mark.parametrize("role", ROLES)
def test_a_change_is_refused(cloned_db: ClonedDatabase, role: Role) -> None:
    write()
    seal()
    with cloned_db.connect(role, autocommit=True) as bare:
        for change in CHANGES:
            with pytest.raises(REFUSED) as refusal:
                bare.execute(change)
            if role != "runtime":
                assert "the ledger refuses" in str(refusal.value), change
    assert (Entry.objects.count(), Seal.objects.count(), Detail.objects.count()) == (1, 1, 1)


def test_replication_role_does_not_switch_the_refusal_off(cloned_db: ClonedDatabase) -> None:
    write()
    with cloned_db.connect("superuser") as bare:
        bare.execute("SET session_replication_role = replica")
        with pytest.raises(REFUSED, match="the ledger refuses"):
            bare.execute("DELETE FROM ledger_entry")


def test_the_owner_cannot_erase_as_the_policy_role_without_a_record(
    cloned_db: ClonedDatabase,
) -> None:
    """Neither with nothing, nor beside another entry, nor with an older transaction's record.

    Nor with the record of what is erased elsewhere, nor as itself.
    """
    entry, other = write(), write()
    about = (
        "INSERT INTO ledger_entry"
        " (id, kind, actor_kind, client_id, request_id, object_type, object_id)"
        " VALUES (gen_random_uuid(), %s, 'system', '', '', 'ledger.entry', %s)"
    )
    erase = "DELETE FROM ledger_detail"
    with cloned_db.connect("owner", autocommit=True) as bare:
        bare.execute("SET ROLE rcp_policy")
        with pytest.raises(REFUSED, match="the ledger refuses DELETE"):
            bare.execute(erase)
        bare.execute("BEGIN")
        bare.execute(about, ["detail.looked_at", str(entry.pk)])
        with pytest.raises(REFUSED, match="the ledger refuses DELETE"):
            bare.execute(erase)
        bare.execute("ROLLBACK")
        bare.execute(about, ["detail.erased", str(entry.pk)])
        with pytest.raises(REFUSED, match="the ledger refuses DELETE"):
            bare.execute(erase)
        bare.execute("BEGIN")
        bare.execute(about, ["detail.erased", str(other.pk)])
        with pytest.raises(REFUSED, match="the ledger refuses DELETE"):
            bare.execute(f"{erase} WHERE entry_id = %s", [entry.pk])
        bare.execute("ROLLBACK")
        bare.execute("BEGIN")
        bare.execute(about, ["detail.erased", str(entry.pk)])
        bare.execute("RESET ROLE")
        with pytest.raises(REFUSED, match="the ledger refuses DELETE"):
            bare.execute(f"{erase} WHERE entry_id = %s", [entry.pk])
        bare.execute("ROLLBACK")


BY_HAND = [
    "INSERT INTO ledger_seal SELECT 1, sha256(''), sha256(''), now(), id FROM ledger_entry",
    "INSERT INTO ledger_unsealed SELECT xid, id FROM ledger_entry",
    "DELETE FROM ledger_unsealed",
    "UPDATE ledger_unsealed SET xid = '1'",
    "SET ROLE rcp_policy",
    "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_entry_refuse ON ledger_entry",
]


def test_the_runtime_role_cannot_seal_by_hand(cloned_db: ClonedDatabase) -> None:
    write()
    with cloned_db.connect("runtime", autocommit=True) as bare:
        for statement in BY_HAND:
            with pytest.raises(REFUSED):
                bare.execute(statement)


def test_details_are_not_added_in_a_later_transaction(cloned_db: ClonedDatabase) -> None:
    entry = write(details=None)
    with cloned_db.connect("runtime") as bare, pytest.raises(REFUSED, match="never later"):
        bare.execute(
            "INSERT INTO ledger_detail (entry_id, salt, payload) VALUES (%s, sha256(''), '{}')",
            [entry.pk],
        )


def test_recording_outside_a_transaction_is_refused(cloned_db: ClonedDatabase) -> None:
    with pytest.raises(TransactionManagementError):
        record(kind="a.b", actor=PERSON, object_type="x", object_id="1")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_an_entry_gets_no_event_later(cloned_db: ClonedDatabase, role: Role) -> None:
    """It could lie behind a reader's cursor, and never be told."""
    entry = write()
    with (
        cloned_db.connect(role, autocommit=True) as bare,
        pytest.raises(REFUSED, match="never later"),
    ):
        bare.execute(
            "INSERT INTO ledger_event (id, entry_id, ordinal, type, object_type, object_id)"
            " VALUES (gen_random_uuid(), %s, 1, 'a.b', 'section', gen_random_uuid())",
            [entry.pk],
        )
