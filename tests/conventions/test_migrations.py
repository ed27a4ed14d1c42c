"""Migrations say all that the models say, and every one can be taken back."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from platform_api.core.access import permission_id
from tests.postgres import ClonedDatabase

from .source import PACKAGES

pytestmark = pytest.mark.conventions

_CATALOGUES = {
    "columns": (
        "SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull,"
        " pg_get_expr(adbin, adrelid) FROM pg_attribute"
        " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
        " JOIN pg_class c ON c.oid = attrelid"
        " WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped"
    ),
    "constraints": (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
    ),
    "functions": (
        "SELECT proname, pg_get_functiondef(oid), proowner::regrole::text, proacl::text"
        " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"
    ),
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": (
        "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies"
        " WHERE schemaname = 'public'"
    ),
    "tables": (
        "SELECT relname, relkind::text, relowner::regrole::text, relpersistence::text,"
        " relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace"
    ),
    "triggers": (
        "SELECT tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal"
    ),
    "types": (
        "SELECT typname, typtype::text FROM pg_type WHERE typnamespace = 'public'::regnamespace"
    ),
}


_OF_THE_QUEUE = "procrastinate"
"""What the queue's library makes is its own to keep; our migrations only grant rights on it."""


def _schema() -> dict[str, set[Any]]:
    with connection.cursor() as cursor:
        found = {}
        for name, query in _CATALOGUES.items():
            cursor.execute(query)
            rows = cursor.fetchall()
            found[name] = {row for row in rows if not row[0].startswith(_OF_THE_QUEUE)}
    return found


def _own_labels() -> list[str]:
    """The labels of the platform's apps that have models, those that others stand on last."""
    order = ("documents", "policies", "forums", "identity", "ledger")
    labels = {
        config.label
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] in PACKAGES and config.models_module and config.models
    }
    return sorted(labels, key=lambda label: (order.index(label) if label in order else -1, label))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
def test_every_migration_can_be_taken_back_and_made_again(cloned_db: ClonedDatabase) -> None:
    """By the owner, app by app down to nothing; what comes back is the same to the last policy."""
    labels = _own_labels()
    try:
        with cloned_db.as_role("owner"):
            before = _schema()
            for label in labels:
                call_command("migrate", label, "zero", verbosity=0, skip_checks=True)
            bare = _schema()
            call_command("migrate", verbosity=0, skip_checks=True)
            after = _schema()
    finally:
        permission_id.cache_clear()

    left = {name: {row[0] for row in rows} for name, rows in bare.items()}
    prefixes = tuple(f"{label}_" for label in labels)
    for name in ("tables", "types", "policies"):
        assert [one for one in left[name] if one.startswith(("rcp_", *prefixes))] == [], name
    for name in ("functions", "triggers"):
        # Those of the queue, which is not ours, cannot be taken back.
        assert [one for one in left[name] if not one.startswith("procrastinate_")] == [], name
    for name, rows in before.items():
        assert after[name] == rows, name
