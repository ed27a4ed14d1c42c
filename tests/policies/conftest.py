"""Montenegro among its neighbours: who keeps instruments and practices, and who must not see."""

from dataclasses import dataclass

import pytest

from forums.membership.models import Delegation, Forum
from tests.api import ApiClient, api
from tests.factories import ForumFactory, delegate, seat
from tests.laying import laid


@dataclass(frozen=True)
class Region:
    """Forum ``wb-mod`` seats Montenegro, North Macedonia and Serbia; ``seemic`` seats Croatia,
    and Montenegro a second time."""

    forum: Forum
    other: Forum
    montenegro: Delegation
    macedonia: Delegation
    serbia: Delegation
    croatia: Delegation
    montenegro_elsewhere: Delegation


@laid
def region() -> Region:
    """Two forums with five seats; nothing is kept yet."""
    forum, other = ForumFactory(slug="wb-mod"), ForumFactory(slug="seemic")
    return Region(
        forum=forum,
        other=other,
        montenegro=seat(forum, "ME"),
        macedonia=seat(forum, "MK"),
        serbia=seat(forum, "RS"),
        croatia=seat(other, "HR"),
        montenegro_elsewhere=seat(other, "ME"),
    )


@pytest.fixture
def head(region: Region) -> ApiClient:
    """Montenegro's head."""
    return api(delegate(region.montenegro, "head"))


@pytest.fixture
def drafter(region: Region) -> ApiClient:
    """Montenegro's drafter."""
    return api(delegate(region.montenegro, "drafter"))


@pytest.fixture
def reader(region: Region) -> ApiClient:
    """A reader of Montenegro's seat."""
    return api(delegate(region.montenegro, "reader"))


@pytest.fixture
def macedonian(region: Region) -> ApiClient:
    """North Macedonia's head: of the same forum, another country."""
    return api(delegate(region.macedonia, "head"))


@pytest.fixture
def croatian(region: Region) -> ApiClient:
    """Croatia's head, of the other forum."""
    return api(delegate(region.croatia, "head"))


@pytest.fixture
def nobody() -> ApiClient:
    """A caller without credentials."""
    return ApiClient()
