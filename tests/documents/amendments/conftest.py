"""A released section of Serbia's, and Albania's amendments to it."""

import pytest

from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.identity.models import User
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.factories import delegate

from .support import BODY


@pytest.fixture
def section(desk: Desk) -> Section:
    """Three paragraphs of Serbia's that the drafting group reads."""
    return desk.section(released=True, title="Complaints", body=BODY)


@pytest.fixture
def common(desk: Desk) -> Section:
    """The same text in a common section of the document, which is Serbia's."""
    return desk.section(common=True, title="Complaints", body=BODY)


@pytest.fixture
def albania(desk: Desk) -> ApiClient:
    """Albania's drafter."""
    return api(desk.albanian)


@pytest.fixture
def albania_head(desk: Desk) -> ApiClient:
    """Albania's head, who wrote nothing."""
    return api(desk.albanian_head)


@pytest.fixture
def serbia(desk: Desk) -> ApiClient:
    """Serbia's drafter, who decides on amendments to its chapter."""
    return api(desk.drafter)


def second_drafter(seat: Delegation) -> User:
    """Another drafter of a seat."""
    return delegate(seat, "drafter").user
