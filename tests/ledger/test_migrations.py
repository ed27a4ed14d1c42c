"""The migrations of the ledger can be taken back and made again, by the owner."""

import pytest
from django.core.management import call_command
from django.db import connection

from platform_api.ledger.sealing import seal_pending
from tests.ledger.helpers import seal, settle, write
from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]


def leftovers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'ledger\\_%%'"
            " UNION SELECT proname FROM pg_proc WHERE proname LIKE 'ledger\\_%%'"
        )
        return [name for (name,) in cursor.fetchall()]


def test_the_migrations_are_reversible(cloned_db: ClonedDatabase) -> None:
    write()
    seal()
    with cloned_db.as_role("owner"):
        call_command("migrate", "ledger", "zero", verbosity=0, skip_checks=True)
        assert leftovers() == []
        call_command("migrate", "ledger", verbosity=0, skip_checks=True)
    write()
    settle()
    with cloned_db.as_role("runtime"):
        assert seal_pending() == 1
