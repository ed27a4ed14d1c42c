"""One world for every test of access: a database of its own, built once and never changed."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.ledger.helpers import seal
from tests.postgres import ClonedDatabase, DatabaseServer

from .world import World, build


@pytest.fixture(scope="session")
def world_database(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    postgres_server: DatabaseServer,
) -> Iterator[tuple[ClonedDatabase, World]]:
    """The database that holds the world, committed, and the world."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{postgres_server.prefix}_{worker}_world_{secrets.token_hex(4)}"
    postgres_server.clone(name)
    database = ClonedDatabase(name, postgres_server)
    try:
        with django_db_blocker.unblock(), database.as_role("superuser"):
            world = build()
            # Otherwise what the change feed tells would hang on what else runs on the server.
            seal()
        yield database, world
    finally:
        postgres_server.drop(name)


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    world_database: tuple[ClonedDatabase, World],
    django_db_blocker: Any,
) -> Iterator[World]:
    """The world, in a transaction that is rolled back; Django logs in as the superuser.

    Not to be combined with ``django_db``, whose database is another one.
    """
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        pytest.fail("world stands instead of django_db and db.")
    database, built = world_database
    with django_db_blocker.unblock(), database.as_role("superuser"), transaction.atomic():
        yield built
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def unthrottled(settings: Any) -> None:
    """Let callers ask as often as a test needs; throttling is tested elsewhere."""
    settings.THROTTLE_PER_MINUTE = settings.THROTTLE_UNAUTHENTICATED_PER_MINUTE = 1_000_000
    settings.THROTTLE_BURST = settings.THROTTLE_UNAUTHENTICATED_BURST = 1_000_000
