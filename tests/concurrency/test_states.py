"""A final draft and what is written of its document at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from documents.texts.models import Document, Section
from tests.api import ApiClient
from tests.documents.desk import Desk
from tests.documents.support import refusal
from tests.factories import token_for
from tests.postgres import ClonedDatabase

from .test_sections import until_one_waits
from .threads import LONGEST_WAIT, at_once, closing, held

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

Call = Callable[[], Any]


@pytest.fixture
def acts(desk: Desk) -> tuple[Call, Call, Section]:
    """Declaring the final draft, releasing a draft into it, and that draft."""
    token = token_for(desk.head)
    client = ApiClient(token)
    document = f"documents/{desk.document.pk}"
    agreed, draft = desk.section(released=True), desk.section()
    assert client.post(f"sections/{agreed.pk}/agree", if_match="1").status_code == 200
    assert client.post(f"{document}/consult", if_match="1").status_code == 200
    return (
        lambda: ApiClient(token).post(f"{document}/finalise", if_match="2"),
        lambda: ApiClient(token).post(f"sections/{draft.pk}/release", {}, if_match="h1"),
        draft,
    )


def behind(cloned_db: ClonedDatabase, first: Call, second: Call) -> tuple[Any, Any]:
    """The answers to a call that stands still before its commit, and to one that waits for it."""
    with held(first) as ahead, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(closing, second)
        until_one_waits(cloned_db)
        answer = ahead.finish()
        return answer, waiting.result(LONGEST_WAIT)


def test_a_final_draft_waits_for_a_release_and_sees_it(
    desk: Desk, cloned_db: ClonedDatabase, acts: tuple[Call, Call, Section]
) -> None:
    finalise, release, draft = acts

    released, final = behind(cloned_db, release, finalise)

    assert released.status_code == 200
    assert refusal(final) == (409, "sections_not_agreed")
    assert final.json()["sections"] == [str(draft.pk)]


def test_a_release_waits_for_a_final_draft_and_is_refused(
    desk: Desk, cloned_db: ClonedDatabase, acts: tuple[Call, Call, Section]
) -> None:
    finalise, release, draft = acts

    final, released = behind(cloned_db, finalise, release)

    assert final.status_code == 200
    assert refusal(released) == (409, "text_fixed")
    draft.refresh_from_db()
    assert (draft.state, draft.inherits) == ("private_drafting", False)


def test_of_two_documents_that_supersede_each_other_at_once_one_does(desk: Desk) -> None:
    token = token_for(desk.head)
    other = ApiClient(token).post(
        "documents",
        {
            "forum": "seemic",
            "delegation": str(desk.serbia.pk),
            "kind": "report",
            "titles": {"en": "Other"},
            "working_language": "en",
            "drafting_group": [str(desk.serbia.pk)],
        },
    )
    pair = [str(desk.document.pk), other.json()["id"]]

    def supersede(old: str, new: str) -> Call:
        path = f"documents/{old}/supersede"
        return lambda: ApiClient(token).post(path, {"by": new}, if_match="1")

    answers = at_once([supersede(*pair), supersede(*reversed(pair))])

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert sorted(Document.objects.filter(pk__in=pair).values_list("state", flat=True)) == [
        "drafting",
        "superseded",
    ]
