"""The migrations of the feed, of notifications and of the queue's rights can be taken back."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

APPS = ("ops", "notifications", "events")


def present() -> list[list[Any]]:
    """Tables, functions, triggers and policies by name."""
    queries = (
        "SELECT oid::regclass::text, relacl::text FROM pg_class WHERE relkind = 'r'",
        """SELECT oid::regprocedure::text, proowner::regrole::text FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT polname, polrelid::regclass::text FROM pg_policy",
    )
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"{query} ORDER BY 1, 2")
            found.append(cursor.fetchall())
    return found


def test_the_migrations_are_reversible(cloned_db: ClonedDatabase) -> None:
    with cloned_db.as_role("owner"):
        before = present()
        for app in APPS:
            call_command("migrate", app, "zero", verbosity=0, skip_checks=True)
        tables = [name for name, _ in present()[0]]
        assert not [name for name in tables if name.startswith(("events_", "notifications_"))]
        call_command("migrate", verbosity=0, skip_checks=True)
        assert present() == before
