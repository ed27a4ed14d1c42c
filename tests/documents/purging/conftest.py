"""What the tests of purging begin with."""

from typing import Any

import pytest

from tests.api import api
from tests.factories import delegate, release

from .asking import WORD


@pytest.fixture
def section(desk, drafting) -> Any:
    """A released section whose name stood in it at home and in public, among what stays."""
    made = desk.section(title="Complaints", body="An outline.")
    path = f"sections/{made.pk}"
    text = f"Before.\n\nThe complaint of Ana\n{WORD} was heard.\n\nAfter."
    drafting.patch(path, {"body": text, "note": f"About {WORD}."}, if_match="h1")
    made.refresh_from_db()
    release(made)
    drafting.patch(path, {"title": "Complaints heard"}, if_match="1")
    return made


@pytest.fixture
def confirming(desk) -> Any:
    """Another head of Serbia's seat than ``heading``."""
    return api(delegate(desk.serbia, "head"))
