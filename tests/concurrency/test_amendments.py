"""Decisions on amendments that come at the same time: what fits lands, nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from documents.amendments.models import Amendment
from documents.texts.models import Section
from tests.api import ApiClient
from tests.documents.amendments.floor import Floor, lay_floor
from tests.documents.amendments.support import FIRST, THIRD, drafted, submitted, text
from tests.documents.desk import lay_desk
from tests.documents.support import refusal
from tests.factories import token_for
from tests.postgres import ClonedDatabase

from .threads import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

ONE, TWO = "A complaint is filed within 15 days.", "The file is kept for ten years."
Call = Callable[[], Any]


@pytest.fixture
def floor(cloned_db: ClonedDatabase) -> Floor:
    """A floor that is committed to a database of the test's own."""
    return lay_floor(lay_desk())


def proposed(floor: Floor, **paragraphs: str) -> Any:
    return submitted(floor.albanian, floor.albanian_head, floor.section, text(**paragraphs))


def acceptance(token: str, amendment: Any) -> Call:
    path = f"amendments/{amendment['id']}/accept"
    return lambda: ApiClient(token).post(path, {}, if_match='"1"')


def chain(floor: Floor) -> list[str]:
    """The texts of the section's public chain, which holds, oldest first."""
    client = floor.serbian_head
    rows = client.get(f"sections/{floor.section.pk}/revisions", {"limit": 50}).json()["items"]
    public = [client.get(f"revisions/{row['id']}").json() for row in rows if not row["at_home"]]
    return [revision["body"] for revision in reversed(public)]


def test_two_acceptances_that_fit_both_land(floor: Floor, cloned_db: ClonedDatabase) -> None:
    amendments = [proposed(floor, first=ONE), proposed(floor, third=TWO)]
    tokens = [token_for(floor.desk.drafter), token_for(floor.desk.head)]

    with cloned_db.as_role("runtime"):
        answers = at_once([acceptance(*each) for each in zip(tokens, amendments, strict=True)])

    assert [answer.status_code for answer in answers] == [200, 200]
    texts = chain(floor)
    assert texts[0] == text()
    assert texts[1] in (text(first=ONE), text(third=TWO))
    assert texts[2:] == [text(first=ONE, third=TWO)]


def test_of_two_acceptances_that_clash_one_lands(floor: Floor, cloned_db: ClonedDatabase) -> None:
    amendments = [proposed(floor, first=ONE), proposed(floor, first="At once.")]
    tokens = [token_for(floor.desk.drafter), token_for(floor.desk.head)]

    with cloned_db.as_role("runtime"):
        answers = at_once([acceptance(*each) for each in zip(tokens, amendments, strict=True)])

    (won,) = (n for n, answer in enumerate(answers) if answer.status_code == 200)
    assert refusal(answers[1 - won]) == (409, "edit_conflict")
    assert chain(floor) == [text(), amendments[won]["body"]]
    states = {str(row.pk): row.state for row in Amendment.objects.all()}
    assert states[amendments[won]["id"]] == "accepted"
    assert states[amendments[1 - won]["id"]] == "submitted"


def test_an_acceptance_and_a_revision_lose_nothing_of_each_other(
    floor: Floor, cloned_db: ClonedDatabase
) -> None:
    """Either the revision is merged with, or it comes late and is told so."""
    amendment = proposed(floor, first=ONE)
    token = token_for(floor.desk.head)
    path = f"sections/{floor.section.pk}"

    def revision() -> Any:
        return ApiClient(token).patch(path, {"body": text(third=TWO)}, if_match='"1"')

    with cloned_db.as_role("runtime"):
        accepted, revised = at_once(
            [acceptance(token_for(floor.desk.drafter), amendment), revision]
        )

    assert accepted.status_code == 200, accepted.content
    body = Section.objects.get(pk=floor.section.pk).body
    if revised.status_code == 200:
        assert chain(floor) == [text(), text(third=TWO), text(first=ONE, third=TWO)]
    else:
        assert refusal(revised) == (412, "precondition_failed")
        assert chain(floor) == [text(), text(first=ONE)]
    assert body == chain(floor)[-1]
    assert (FIRST in body, THIRD in body) == (False, revised.status_code == 412)


def test_submissions_at_one_moment_get_numbers_one_after_the_other(
    floor: Floor, cloned_db: ClonedDatabase
) -> None:
    drafts = [
        *(drafted(floor.albanian, floor.section, text(first=f"{n}.")) for n in range(4)),
        *(drafted(floor.macedonian, floor.section, text(third=f"{n}.")) for n in range(4)),
    ]
    heads = [floor.albanian_head.token] * 4 + [floor.macedonian_head.token] * 4

    def submission(token: str, draft: Any) -> Call:
        path = f"amendments/{draft['id']}/submit"
        return lambda: ApiClient(token).post(path, if_match='"h1"')

    with cloned_db.as_role("runtime"):
        answers = at_once([submission(*each) for each in zip(heads, drafts, strict=True)])

    assert sorted(answer.json()["number"] for answer in answers) == list(range(1, 9))


def test_one_amendment_is_accepted_once(floor: Floor, cloned_db: ClonedDatabase) -> None:
    amendment = proposed(floor, first=ONE)
    tokens = [token_for(floor.desk.drafter), token_for(floor.desk.head)] * 4

    with cloned_db.as_role("runtime"):
        answers = at_once([acceptance(token, amendment) for token in tokens])

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, *[412] * 7]
    assert chain(floor) == [text(), text(first=ONE)]
