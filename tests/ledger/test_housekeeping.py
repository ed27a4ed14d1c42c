"""`manage.py ledger_housekeeping` removes what has served its time."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from platform_api.core.http.idempotency import StoredAnswer
from platform_api.ledger import housekeeping
from platform_api.ledger.denials import record_denial
from platform_api.ledger.housekeeping import Removed, clean_up
from platform_api.ledger.idempotency import DatabaseIdempotencyStore
from platform_api.ledger.throttling import DatabaseThrottle
from tests.ledger.helpers import PERSON
from tests.postgres import ClonedDatabase

pytestmark = pytest.mark.concurrency


def fill(name: str) -> None:
    answer = StoredAnswer(200, {}, b"", None, False)
    store = DatabaseIdempotencyStore()
    with transaction.atomic():
        store.keep(caller="a", key=name, request_sha256=b"", answer=answer)
    DatabaseThrottle().take(name, per_minute=1, burst=1)
    record_denial(PERSON, "release", "section", name, "four_eyes")


def test_only_what_is_old_is_removed(
    cloned_db: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "_BATCH", 2)
    for number in range(5):
        fill(f"old-{number}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_idempotentanswer SET made_at = made_at - interval '2 days'")
        cursor.execute("UPDATE ledger_throttle SET full_at = full_at - interval '2 days'")
        cursor.execute("UPDATE ledger_denialcount SET first_at = first_at - interval '2 days'")
    fill("new")
    with cloned_db.as_role("runtime"):
        assert clean_up() == Removed(answers=5, buckets=5, denial_counts=5)
        assert clean_up() == Removed(0, 0, 0)
    output = io.StringIO()
    call_command("ledger_housekeeping", stdout=output)
    assert output.getvalue().startswith("Removed 0 kept answers")
