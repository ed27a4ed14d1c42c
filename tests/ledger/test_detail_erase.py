"""Erasing details leaves the entry, its hash, and a record of who did it."""

import psycopg
import pytest
from django.db import connection

from platform_api.core.errors import Conflict, Invalid
from platform_api.core.ids import new_id
from platform_api.ledger.models import Detail, Entry
from platform_api.ledger.services import detail_erase
from platform_api.ledger.verification import verify
from tests.ledger.helpers import OTHER, PERSON, in_threads, seal, write, write_full
from tests.postgres import ClonedDatabase, Role

pytestmark = pytest.mark.concurrency


def test_the_details_go_and_an_entry_says_so(cloned_db: ClonedDatabase) -> None:
    entry = write_full()
    decoy = write(details={"name": "stays"})
    seal()

    erasure = detail_erase(actor=PERSON, entry=entry, reason="A name was in it.")

    assert list(Detail.objects.values_list("entry_id", flat=True)) == [decoy.pk, erasure.pk]
    kept = Entry.objects.get(pk=entry.pk)
    assert kept.details_hash == entry.details_hash
    erasure = Entry.objects.get(pk=erasure.pk)
    assert erasure.kind == "detail.erased"
    assert (erasure.object_type, erasure.object_id) == ("ledger.entry", str(entry.pk))
    assert (erasure.actor_id, erasure.actor_kind) == (PERSON.user_id, "person")
    assert erasure.owner_seat_id == kept.owner_seat_id
    assert erasure.effective_scope_id == kept.effective_scope_id
    assert Detail.objects.get(pk=erasure.pk).payload == {"reason": "A name was in it."}


@pytest.mark.parametrize("sealed_before", [True, False])
def test_verify_names_who_purged_and_when(cloned_db: ClonedDatabase, sealed_before: bool) -> None:
    entry = write()
    if sealed_before:
        seal()
    erasure = detail_erase(actor=OTHER, entry=entry, reason="court order")
    for position in (1 if sealed_before else None, 1):
        report = verify()
        assert report.ok
        assert report.purge_count == 1
        purge = report.purges[0]
        assert (purge.position, purge.entry) == (position, entry.pk)
        assert purge.by == f"client {OTHER.user_id}"
        assert purge.at == erasure.at
        seal()


def test_the_runtime_role_erases(cloned_db: ClonedDatabase) -> None:
    with cloned_db.as_role("runtime"):
        entry = write()
        detail_erase(actor=PERSON, entry=entry, reason="x")
    assert not Detail.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("role", ["runtime", "owner", "superuser"])
def test_what_was_erased_is_not_put_back(cloned_db: ClonedDatabase, role: Role) -> None:
    entry = write()
    put_back = "INSERT INTO ledger_detail (entry_id, salt, payload) VALUES (%s, %s, '{}')"
    detail = Detail.objects.get(pk=entry.pk)
    detail_erase(actor=PERSON, entry=entry, reason="x")

    with (
        cloned_db.connect(role, autocommit=True) as bare,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="never later"),
    ):
        bare.execute(put_back, [entry.pk, bytes(detail.salt)])


def test_a_reason_is_needed(cloned_db: ClonedDatabase) -> None:
    entry = write()
    with pytest.raises(Invalid):
        detail_erase(actor=PERSON, entry=entry, reason="  ")
    assert Detail.objects.count() == 1


def test_what_has_no_details_cannot_be_erased(cloned_db: ClonedDatabase) -> None:
    once, without = write(), write(details=None)
    detail_erase(actor=PERSON, entry=once, reason="x")
    for entry in (once, without, Entry(pk=new_id())):
        with pytest.raises(Conflict) as refusal:
            detail_erase(actor=PERSON, entry=entry, reason="x")
        assert refusal.value.code == "nothing_to_erase"
    assert Entry.objects.count() == 3


def test_the_details_of_an_erasure_can_be_erased(cloned_db: ClonedDatabase) -> None:
    erasure = detail_erase(actor=PERSON, entry=write(), reason="Because of Ana")
    detail_erase(actor=PERSON, entry=erasure, reason="named a person")
    seal()
    report = verify()
    assert (report.ok, report.purge_count, report.sealed) == (True, 2, 3)


@pytest.mark.slow
def test_eight_erasures_at_once_are_one(cloned_db: ClonedDatabase) -> None:
    entry = write()

    def erase() -> bool:
        try:
            detail_erase(actor=PERSON, entry=entry, reason="x")
        except Conflict:
            return False
        return True

    assert sum(in_threads([erase] * 8, at_once=8)) == 1
    assert Entry.objects.filter(kind="detail.erased").count() == 1
    seal()
    assert verify().ok


def test_the_erased_words_are_nowhere_in_the_tables(cloned_db: ClonedDatabase) -> None:
    entry = write(details={"name": "Unmistakable"})
    seal()
    detail_erase(actor=PERSON, entry=entry, reason="purge")
    with connection.cursor() as cursor:
        for table in ("entry", "detail", "seal", "unsealed"):
            cursor.execute(f"SELECT count(*) FROM ledger_{table} t WHERE t::text LIKE '%Unmis%'")
            assert cursor.fetchone() == (0,), table
