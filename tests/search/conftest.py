"""The desk of the documents' tests, with texts to be found on it."""

from typing import Any

import pytest

from tests.api import ApiClient, api
from tests.documents.desk import Desk, desk

__all__ = ["desk"]


def found(answer: Any) -> list[str]:
    """The titles of what a search found, in its order."""
    assert answer.status_code == 200, answer.content
    return [item["title"] for item in answer.json()["items"]]


@pytest.fixture
def home(desk: Desk) -> ApiClient:
    """Serbia's reader."""
    return api(desk.reader)


@pytest.fixture
def abroad(desk: Desk) -> ApiClient:
    """Albania's drafter, of the same drafting group."""
    return api(desk.albanian)


@pytest.fixture
def outside(desk: Desk) -> ApiClient:
    """A head of the other forum."""
    return api(desk.stranger)
