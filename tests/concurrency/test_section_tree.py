"""Tree acts that come at the same time: no circle, and nobody waits for what is none of theirs."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from documents.texts.models import Section
from tests.api import ApiClient
from tests.documents.desk import Desk
from tests.documents.support import refusal
from tests.factories import token_for
from tests.postgres import ClonedDatabase

from .test_sections import fail_on_waiting, until_one_waits
from .threads import LONGEST_WAIT, at_once, closing, held

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]


def moving(user: Any, section: Section, parent: Section, tag: str) -> Callable[[], Any]:
    token, body = token_for(user), {"parent": str(parent.pk)}
    return lambda: ApiClient(token).post(f"sections/{section.pk}/move", body, if_match=tag)


@pytest.mark.parametrize("common", [False, True], ids=["own", "common"])
def test_of_two_moves_below_each_other_one_is_refused(
    desk: Desk, cloned_db: ClonedDatabase, common: bool
) -> None:
    """The second waits for the first before it looks at the tree."""
    a, b = (desk.section(common=common) for _ in range(2))
    tag = a.etag_revision
    other = desk.albanian if common else desk.head
    with (
        cloned_db.as_role("runtime"),
        held(moving(desk.drafter, a, b, tag)) as first,
        ThreadPoolExecutor(1) as pool,
    ):
        second = pool.submit(closing, moving(other, b, a, tag))
        until_one_waits(cloned_db)
        assert first.finish().status_code == 200
        answer = second.result(LONGEST_WAIT)

    assert refusal(answer) == (409, "cycle")
    parents = dict(Section.objects.filter(pk__in=[a.pk, b.pk]).values_list("pk", "parent_id"))
    assert parents == {a.pk: b.pk, b.pk: None}


def test_moves_around_a_ring_leave_it_open(desk: Desk, cloned_db: ClonedDatabase) -> None:
    ring = [desk.section() for _ in range(6)]
    calls = [
        moving(desk.drafter, section, ring[(at + 1) % 6], "h1") for at, section in enumerate(ring)
    ]
    with cloned_db.as_role("runtime"):
        answers = at_once(calls)

    assert Counter(answer.status_code for answer in answers) == {200: 5, 409: 1}
    parents = dict(Section.objects.filter(pk__in=[s.pk for s in ring]).values_list("pk", "parent"))
    assert sorted(each is None for each in parents.values()) == [False] * 5 + [True]


def test_another_seats_acts_do_not_wait_for_those_at_home(
    desk: Desk, cloned_db: ClonedDatabase
) -> None:
    fail_on_waiting(cloned_db)
    common = desk.section(common=True)
    draft = desk.section()
    theirs = desk.section(delegation=desk.albania, author=desk.albanian)
    others = desk.section(common=True)
    calls = [
        moving(desk.albanian, theirs, common, "h1"),
        moving(desk.albanian, others, common, "1"),
    ]
    with held(moving(desk.drafter, draft, common, "h1")) as first:
        answers = at_once(calls)

        assert [answer.status_code for answer in answers] == [200, 200]
        assert first.is_open
        assert first.finish().status_code == 200


def test_of_two_who_split_at_once_one_succeeds(desk: Desk, cloned_db: ClonedDatabase) -> None:
    section = desk.section(body="One.\n\nTwo.")
    tokens = [token_for(user) for user in (desk.drafter, desk.head)]
    body = {"at": 6, "title": "Second"}
    path = f"sections/{section.pk}/split"
    calls = [lambda t=token: ApiClient(t).post(path, body, if_match="h1") for token in tokens]

    with cloned_db.as_role("runtime"):
        answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert Section.objects.filter(document=desk.document).count() == 2
