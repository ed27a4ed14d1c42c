"""The desk of these tests, and clients for those who sit around it."""

import pytest

from tests.api import ApiClient, api

from .desk import Desk, desk
from .support import Ledger

__all__ = ["desk"]


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
