"""Fixtures for tests of every part."""

from dataclasses import dataclass

import pytest

from forums.membership.models import Delegation, Forum
from platform_api.identity.models import User

from .api import ApiClient
from .factories import ForumFactory, OperatorFactory, delegate, seat
from .laying import laid

_ROLES = ("reader", "drafter", "head", "access_manager")


@dataclass(frozen=True)
class Table:
    """A forum in which Serbia and Albania sit, with a decoy forum of Montenegro alone."""

    forum: Forum
    serbia: Delegation
    albania: Delegation
    decoy: Forum
    montenegro: Delegation


@laid
def table() -> Table:
    """Two forums: ``seemic`` with two seats, and one that its seats must not learn of."""
    forum, decoy = ForumFactory(slug="seemic"), ForumFactory(slug="other")
    return Table(forum, seat(forum, "RS"), seat(forum, "AL"), decoy, seat(decoy, "ME"))


@pytest.fixture
def operator_user(db: None) -> User:
    """An operator of the instance."""
    return OperatorFactory()


@laid
def staff(table: Table) -> dict[str, User]:
    """A person in each role of Serbia's seat, and a head of Montenegro's in the other forum."""
    people = {role: delegate(table.serbia, role).user for role in _ROLES}
    return {**people, "stranger": delegate(table.montenegro, "head").user}


@pytest.fixture
def reader(staff: dict[str, User]) -> User:
    """A reader of Serbia's seat."""
    return staff["reader"]


@pytest.fixture
def drafter(staff: dict[str, User]) -> User:
    """A drafter of Serbia's seat."""
    return staff["drafter"]


@pytest.fixture
def head(staff: dict[str, User]) -> User:
    """The head of Serbia's seat."""
    return staff["head"]


@pytest.fixture
def access_manager(staff: dict[str, User]) -> User:
    """The access manager of Serbia's seat, who is no reader thereby."""
    return staff["access_manager"]


@pytest.fixture
def stranger(staff: dict[str, User]) -> User:
    """A head of Montenegro's seat in the other forum."""
    return staff["stranger"]


@pytest.fixture
def anonymous() -> ApiClient:
    """A caller without credentials."""
    return ApiClient()
