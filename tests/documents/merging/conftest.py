"""A text that two delegations write."""

import pytest

from documents.texts.models import Section

from .support import TEXT


@pytest.fixture
def rule(desk) -> Section:
    """A common section of Serbia and Albania."""
    return desk.section(common=True, title="Deadlines", body=TEXT)
