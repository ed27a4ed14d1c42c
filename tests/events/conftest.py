"""A desk on a database of its own: events are told once they are committed and sealed."""

from typing import Any

import pytest

from tests.documents.desk import Desk, lay_desk
from tests.postgres import ClonedDatabase
from tests.sharing import sharing

__all__ = ["committed", "sharing"]


@pytest.fixture
def committed(cloned_db: ClonedDatabase, settings: Any) -> Desk:
    """The desk of the documents' tests, committed; nobody is throttled."""
    settings.THROTTLE_PER_MINUTE = settings.THROTTLE_BURST = 1_000_000
    return lay_desk()
