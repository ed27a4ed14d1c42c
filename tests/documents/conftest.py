"""The desk of these tests, and clients for those who sit around it."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from tests.api import ApiClient, api
from tests.postgres import ClonedDatabase, DatabaseServer

from .desk import Desk, lay_desk
from .support import Ledger


@pytest.fixture(scope="session")
def laid_desk(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    postgres_server: DatabaseServer,
) -> Iterator[tuple[ClonedDatabase, Desk]]:
    """A database of this worker's in which a desk is laid, once for all tests.

    Committed rather than held in a long transaction, which would keep the ledgers of all
    databases of the server from being sealed.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    clone = ClonedDatabase(f"{postgres_server.prefix}_{worker}_desk", postgres_server)
    postgres_server.clone(clone.name)
    with django_db_blocker.unblock(), clone.as_role("superuser"):
        desk = lay_desk()
    yield clone, desk
    postgres_server.drop(clone.name)


@pytest.fixture(scope="module")
def desk_of_module(
    laid_desk: tuple[ClonedDatabase, Desk], django_db_blocker: Any
) -> Iterator[Desk]:
    """One connection to that database for all tests of a module; it is warm after the first."""
    clone, laid = laid_desk
    with django_db_blocker.unblock(), clone.as_role("superuser"):
        yield laid


@pytest.fixture
def desk(desk_of_module: Desk, django_db_blocker: Any) -> Iterator[Desk]:
    """The desk as it was laid; what a test does to it is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield deepcopy(desk_of_module)
        transaction.set_rollback(True)


@pytest.fixture
def drafting(desk: Desk) -> ApiClient:
    """Serbia's drafter."""
    return api(desk.drafter)


@pytest.fixture
def heading(desk: Desk) -> ApiClient:
    """Serbia's head."""
    return api(desk.head)


@pytest.fixture
def reading(desk: Desk) -> ApiClient:
    """Serbia's reader."""
    return api(desk.reader)


@pytest.fixture
def abroad(desk: Desk) -> ApiClient:
    """Albania's drafter."""
    return api(desk.albanian)


@pytest.fixture
def outside(desk: Desk) -> ApiClient:
    """A head of the other forum."""
    return api(desk.stranger)


@pytest.fixture
def ledger(desk: Desk) -> Ledger:
    """What the ledger has gained since the desk was laid."""
    return Ledger()
