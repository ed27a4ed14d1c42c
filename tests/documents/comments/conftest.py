"""A released section of Serbia's, who comments on it, and short ways to do so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from documents.texts.models import Section
from platform_api.core.actor import Level
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.factories import delegate, grant, seat
from tests.laying import laid

BODY = (
    "# Complaints\n\nA complaint shall be filed within 30 days.\n\n"
    "The commander decides. Žalba se podnosi u roku od 15 dana.\n"
)

Write = Callable[..., Any]


@dataclass(frozen=True)
class Callers:
    """Clients of the API. serbia, albania: drafters of the document's group.

    bulgaria: a drafter of a seat of the forum outside the group. croatia: of one that was granted
    to comment, greece: of one that was granted to read; montenegro: of the other forum.
    """

    serbia: ApiClient
    serbia_reader: ApiClient
    albania: ApiClient
    albania_reader: ApiClient
    bulgaria: ApiClient
    croatia: ApiClient
    greece: ApiClient
    montenegro: ApiClient

    def seeing(self, comment: Any) -> set[str]:
        """The names of those who get a comment by its address."""
        path = f"comments/{comment['id']}"
        return {name for name, client in vars(self).items() if client.get(path).status_code == 200}


@laid
def released(desk: Desk) -> Section:
    return desk.section(body=BODY, released=True)


@laid
def at_home(desk: Desk) -> Section:
    return desk.section(body=BODY)


@laid
def callers(desk: Desk, released: Section, at_home: Section) -> Callers:
    bulgaria, croatia = seat(desk.forum, "BG"), seat(desk.montenegro.forum, "HR")
    greece = seat(desk.montenegro.forum, "GR")
    for section in (released, at_home):
        grant(section, croatia, Level.COMMENT)
        grant(section, greece, Level.READ)
    return Callers(
        serbia=api(desk.drafter),
        serbia_reader=api(desk.reader),
        albania=api(desk.albanian),
        albania_reader=api(delegate(desk.albania, "reader").user),
        bulgaria=api(delegate(bulgaria, "drafter").user),
        croatia=api(delegate(croatia, "drafter").user),
        greece=api(delegate(greece, "drafter").user),
        montenegro=api(desk.stranger),
    )


def written(client: ApiClient, section: Any, body: str = "A remark.", **given: Any) -> Any:
    """Write a comment and return the answer's members."""
    answer = client.post(f"sections/{section.pk}/comments", {"body": body, **given})
    assert answer.status_code == 201, answer.content
    return {**answer.json(), "etag": answer.headers["ETag"]}


@pytest.fixture
def write() -> Write:
    """Writes a comment."""
    return written


def passage(text: str, words: str) -> dict[str, int]:
    """The place of words in a text, as an anchor."""
    start = text.index(words)
    return {"start": start, "end": start + len(words)}
