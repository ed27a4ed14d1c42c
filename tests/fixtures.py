"""Fixtures for tests of every part."""

from dataclasses import dataclass

import pytest

from forums.membership.models import Delegation, Forum
from platform_api.identity.models import User

from .api import ApiClient
from .factories import ForumFactory, OperatorFactory, delegate, seat
from .laying import laid


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


@pytest.fixture
def reader(table: Table) -> User:
    """A reader of Serbia's seat."""
    return delegate(table.serbia, "reader").user


@pytest.fixture
def drafter(table: Table) -> User:
    """A drafter of Serbia's seat."""
    return delegate(table.serbia, "drafter").user


@pytest.fixture
def head(table: Table) -> User:
    """The head of Serbia's seat."""
    return delegate(table.serbia, "head").user


@pytest.fixture
def access_manager(table: Table) -> User:
    """The access manager of Serbia's seat, who is no reader thereby."""
    return delegate(table.serbia, "access_manager").user


@pytest.fixture
def stranger(table: Table) -> User:
    """A head of Montenegro's seat in the other forum."""
    return delegate(table.montenegro, "head").user


@pytest.fixture
def anonymous() -> ApiClient:
    """A caller without credentials."""
    return ApiClient()
