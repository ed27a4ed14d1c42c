"""Whether the process lives, and whether it can serve."""

from typing import Any

import pytest
from django.db import OperationalError, connection

from platform_api.core.http import health


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", set())


def test_live_asks_nothing_of_the_database(api: Any) -> None:
    answer = api.client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_reads_are_answered(api: Any) -> None:
    assert api.client.post("/health/live").status_code == 405


def test_not_ready_without_a_database(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Any:
        raise OperationalError("could not connect to host 10.0.0.1")

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = api.client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (
        503,
        {
            "status": "unavailable",
            "checks": {"database": "unreachable", "migrations": "unknown"},
        },
    )


@pytest.mark.django_db
def test_ready_with_a_migrated_database(api: Any, django_assert_num_queries: Any) -> None:
    answer = api.client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "checks": {"database": "ok", "migrations": "ok"}},
    )
    with django_assert_num_queries(1):
        assert api.client.get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(api: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'contenttypes'")

    answer = api.client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (
        503,
        {"database": "ok", "migrations": "pending"},
    )
