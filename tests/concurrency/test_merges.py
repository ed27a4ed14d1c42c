"""Many writers merge into one section at the same time: no sentence is lost and none doubled."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from documents.merging.models import WorkingCopy
from platform_api.ledger.verification import verify
from tests.api import ApiClient
from tests.documents.desk import Desk
from tests.documents.support import refusal, verify_chain
from tests.factories import token_for
from tests.postgres import ClonedDatabase

from .test_sections import chain_of, seal_all
from .threads import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

WRITERS = 200
SENTENCES = 100
Call = Callable[[], Any]


def _sentence(number: int, word: str = "stands") -> str:
    return f"Sentence n{number}n of the text {word} here."


def test_of_two_hundred_merges_each_is_written_or_a_conflict_and_nothing_is_lost(
    desk: Desk, cloned_db: ClonedDatabase
) -> None:
    """Two writers for each of a hundred sentences, of two ministries, all from one revision."""
    text = " ".join(_sentence(number) for number in range(SENTENCES))
    section = desk.section(common=True, body=text)
    tokens = [token_for(desk.drafter), token_for(desk.albanian)]

    def body(number: int) -> str:
        place = number % SENTENCES
        return text.replace(_sentence(place), _sentence(place, f"w{number}w"))

    def writer(number: int) -> Call:
        sent = {"base": str(section.head), "body": body(number)}
        token = tokens[number // SENTENCES]
        return lambda: ApiClient(token).post(f"sections/{section.pk}/merge", sent)

    with cloned_db.as_role("runtime"):
        answers = at_once([writer(number) for number in range(WRITERS)])

    statuses = [answer.status_code for answer in answers]
    assert Counter(statuses) == {200: SENTENCES, 409: SENTENCES}
    section.refresh_from_db()
    for place in range(SENTENCES):
        pair = (place, place + SENTENCES)
        (winner,) = (number for number in pair if statuses[number] == 200)
        (loser,) = (number for number in pair if statuses[number] == 409)
        assert section.body.count(f"n{place}n") == section.body.count(f"w{winner}w") == 1
        assert f"w{loser}w" not in section.body
        assert refusal(answers[loser]) == (409, "edit_conflict")
        told = answers[loser].json()
        assert told["yours"]["body"] == body(loser)
        assert [unit["yours"] for unit in told["conflicts"]] == [_sentence(place, f"w{loser}w")]
    kept = set(WorkingCopy.objects.values_list("author_id", "body"))
    assert {author for author, _ in kept} <= {desk.drafter.pk, desk.albanian.pk}
    assert {words for _, words in kept} <= {
        body(number) for number, status in enumerate(statuses) if status == 409
    }
    chain = chain_of(ApiClient(tokens[0]), section)
    assert len(chain) == SENTENCES + 1
    verify_chain(chain)
    seal_all()
    assert verify().ok


def test_of_patches_with_one_tag_beside_merges_at_most_one_succeeds(
    desk: Desk, cloned_db: ClonedDatabase
) -> None:
    text = " ".join(_sentence(number) for number in range(20))
    section = desk.section(common=True, body=text)
    token = token_for(desk.drafter)
    path = f"sections/{section.pk}"

    def patch(number: int) -> Call:
        changed = {"body": text.replace(_sentence(number), _sentence(number, f"p{number}p"))}
        return lambda: ApiClient(token).patch(path, changed, if_match="1")

    def merge(number: int) -> Call:
        changed = text.replace(_sentence(number), _sentence(number, f"m{number}m"))
        sent = {"base": str(section.head), "body": changed}
        return lambda: ApiClient(token).post(f"{path}/merge", sent)

    with cloned_db.as_role("runtime"):
        answers = at_once([*map(patch, range(10)), *map(merge, range(10, 20))])

    statuses = [answer.status_code for answer in answers]
    assert statuses[10:] == [200] * 10
    assert Counter(statuses[:10]) in (Counter({412: 10}), Counter({412: 9, 200: 1}))
    section.refresh_from_db()
    assert all(section.body.count(f"m{number}m") == 1 for number in range(10, 20))
    assert all(section.body.count(f"n{number}n") == 1 for number in range(20))
    written = [number for number in range(10) if f"p{number}p" in section.body]
    assert [statuses[number] for number in written] == [200] * len(written)
    verify_chain(chain_of(ApiClient(token), section))
