"""A browser's session of an operator, without the browser."""

import pytest
from django.test import Client

from tests.factories import OperatorFactory


@pytest.fixture
def operator_session(db):
    """A Django test client that is signed in as an operator."""
    client = Client()
    client.force_login(OperatorFactory())
    return client
