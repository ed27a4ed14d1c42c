"""A browser's session of an operator, without the browser."""

import pytest

from tests.factories import OperatorFactory

from .sessions import signed_in


@pytest.fixture
def operator_session(db):
    """A Django test client of an operator who has shown the second factor."""
    return signed_in(OperatorFactory())
