"""A desk that is committed to a database of the test's own."""

import pytest

from tests.documents.desk import Desk, lay_desk
from tests.postgres import ClonedDatabase


@pytest.fixture
def desk(cloned_db: ClonedDatabase) -> Desk:
    """The desk as the tests of documents have it."""
    return lay_desk()
