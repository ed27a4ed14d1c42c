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


@laid
def callers(region: Region) -> dict[str, ApiClient]:
    """Clients of those who sit there."""
    return {
        "head": api(delegate(region.montenegro, "head")),
        "drafter": api(delegate(region.montenegro, "drafter")),
        "reader": api(delegate(region.montenegro, "reader")),
        "macedonian": api(delegate(region.macedonia, "head")),
        "croatian": api(delegate(region.croatia, "head")),
    }


@pytest.fixture
def head(callers: dict[str, ApiClient]) -> ApiClient:
    """Montenegro's head."""
    return callers["head"]


@pytest.fixture
def drafter(callers: dict[str, ApiClient]) -> ApiClient:
    """Montenegro's drafter."""
    return callers["drafter"]


@pytest.fixture
def reader(callers: dict[str, ApiClient]) -> ApiClient:
    """A reader of Montenegro's seat."""
    return callers["reader"]


@pytest.fixture
def macedonian(callers: dict[str, ApiClient]) -> ApiClient:
    """North Macedonia's head: of the same forum, another country."""
    return callers["macedonian"]


@pytest.fixture
def croatian(callers: dict[str, ApiClient]) -> ApiClient:
    """Croatia's head, of the other forum."""
    return callers["croatian"]


@pytest.fixture
def nobody() -> ApiClient:
    """A caller without credentials."""
    return ApiClient()
