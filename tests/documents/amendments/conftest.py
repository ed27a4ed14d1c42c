"""A floor that is laid once for all tests of amendments."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from tests.documents.desk import Desk
from tests.postgres import ClonedDatabase, DatabaseServer

from .floor import Floor, lay_floor


@pytest.fixture(scope="session")
def laid_floor(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    postgres_server: DatabaseServer,
) -> Iterator[tuple[ClonedDatabase, Floor]]:
    """A database of this worker's in which a floor is laid and committed."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    clone = ClonedDatabase(f"{postgres_server.prefix}_{worker}_floor", postgres_server)
    postgres_server.clone(clone.name)
    with django_db_blocker.unblock(), clone.as_role("superuser"):
        floor = lay_floor()
    yield clone, floor
    postgres_server.drop(clone.name)


@pytest.fixture(scope="module")
def floor_of_module(
    laid_floor: tuple[ClonedDatabase, Floor], django_db_blocker: Any
) -> Iterator[Floor]:
    """One connection to that database for all tests of a module."""
    clone, laid = laid_floor
    with django_db_blocker.unblock(), clone.as_role("superuser"):
        yield laid


@pytest.fixture
def floor(floor_of_module: Floor, django_db_blocker: Any) -> Iterator[Floor]:
    """The floor as it was laid; what a test does to it is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield deepcopy(floor_of_module)
        transaction.set_rollback(True)


@pytest.fixture
def desk(floor: Floor) -> Desk:
    """The desk beside the floor."""
    return floor.desk
