"""The scenario, loaded once for all its tests."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from platform_api.scenario.loader import Loader
from tests.postgres import ClonedDatabase, DatabaseServer


@pytest.fixture(scope="session")
def scenario_database(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    postgres_server: DatabaseServer,
) -> Iterator[ClonedDatabase]:
    """The database that holds the scenario, committed."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{postgres_server.prefix}_{worker}_scenario_{secrets.token_hex(4)}"
    postgres_server.clone(name)
    database = ClonedDatabase(name, postgres_server)
    try:
        with django_db_blocker.unblock(), database.as_role("superuser"):
            Loader(progress=lambda step: None).load(renew_credentials=False)
        yield database
    finally:
        postgres_server.drop(name)


@pytest.fixture
def scenario(scenario_database: ClonedDatabase, django_db_blocker: Any) -> Iterator[None]:
    """The scenario, in a transaction that is rolled back; stands instead of ``db``."""
    with django_db_blocker.unblock(), scenario_database.as_role("superuser"), transaction.atomic():
        yield
        transaction.set_rollback(True)
