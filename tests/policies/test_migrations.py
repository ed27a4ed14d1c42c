"""The migrations of policies can be taken back and made again, by the owner."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]


def leftovers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'policies\\_%%'"
            " UNION SELECT proname FROM pg_proc WHERE proname LIKE 'policies\\_%%'"
        )
        return [name for (name,) in cursor.fetchall()]


def test_the_migrations_are_reversible(cloned_db: ClonedDatabase) -> None:
    with cloned_db.as_role("owner"):
        before = leftovers()
        call_command("migrate", "policies", "zero", verbosity=0, skip_checks=True)
        assert leftovers() == []
        call_command("migrate", "policies", verbosity=0, skip_checks=True)
        assert sorted(leftovers()) == sorted(before)


def test_no_migration_is_missing(cloned_db: ClonedDatabase) -> None:
    call_command("makemigrations", "policies", check=True, dry_run=True, verbosity=0)
