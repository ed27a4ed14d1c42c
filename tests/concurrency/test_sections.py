"""Writers that come at the same time: one wins, nobody waits for nothing, nothing is lost."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from documents.texts.models import Document, ReleaseCommitment, Revision, Section
from platform_api.ledger.models import Entry, Seal
from platform_api.ledger.sealing import seal_pending, unsealed_tail
from platform_api.ledger.verification import verify
from tests.api import ApiClient
from tests.documents.desk import Desk
from tests.documents.support import refusal, verify_chain
from tests.factories import delegate, token_for
from tests.postgres import ClonedDatabase

from .threads import LONGEST_WAIT, at_once, closing, held

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

WRITERS = 200
Call = Callable[[], Any]


def chain_of(client: ApiClient, section: Section) -> list[dict[str, Any]]:
    """The revisions of a section's only chain, oldest first."""
    items = client.get(f"sections/{section.pk}/revisions", {"limit": 200}).json()["items"]
    return [client.get(f"revisions/{item['id']}").json() for item in reversed(items)]


def fail_on_waiting(cloned_db: ClonedDatabase) -> None:
    """Let connections from now on refuse rather than wait for another's lock."""
    with cloned_db.connect("superuser", autocommit=True) as bare:
        bare.execute(f"ALTER DATABASE {cloned_db.name} SET lock_timeout = '5s'")


def until_one_waits(cloned_db: ClonedDatabase) -> None:
    """Return when a connection to the database waits for another's lock."""
    waiting = "SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    query = f"{waiting} WHERE NOT l.granted AND a.datname = %s"
    with cloned_db.connect("superuser", autocommit=True) as bare:
        give_up = time.monotonic() + LONGEST_WAIT
        while bare.execute(query, [cloned_db.name]).fetchone() is None:
            assert time.monotonic() < give_up


def seal_all() -> None:
    """Seal until nothing waits; transactions of other databases of the server may hold it up."""
    give_up = time.monotonic() + LONGEST_WAIT
    while unsealed_tail().count:
        assert time.monotonic() < give_up
        seal_pending()


def entries(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


def test_of_two_hundred_writers_with_one_tag_one_succeeds(
    desk: Desk, cloned_db: ClonedDatabase
) -> None:
    """As the production's own database role; half the writers are another person."""
    section = desk.section(body="As it was.")
    tokens = [token_for(desk.drafter), token_for(desk.head)]
    tag = ApiClient(tokens[0]).get(f"sections/{section.pk}").headers["ETag"]

    def writer(number: int) -> Call:
        return lambda: ApiClient(tokens[number % 2]).patch(
            f"sections/{section.pk}", {"body": f"Of writer {number}."}, if_match=tag
        )

    with cloned_db.as_role("runtime"):
        answers = at_once([writer(number) for number in range(WRITERS)])

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: WRITERS - 1}
    (winner,) = (n for n, answer in enumerate(answers) if answer.status_code == 200)
    for number, answer in enumerate(answers):
        if number != winner:
            assert refusal(answer) == (412, "precondition_failed")
            assert answer.headers["ETag"] == '"h2"'
    section.refresh_from_db()
    assert (section.body, section.revision) == (f"Of writer {winner}.", 2)
    chain = chain_of(ApiClient(tokens[0]), section)
    assert [one["body"] for one in chain] == ["As it was.", section.body]
    verify_chain(chain)
    assert entries("section.revised") == 1
    seal_all()
    assert verify().ok


def revisions_of(desk: Desk) -> list[tuple[str, str, Any, str]]:
    sections = [desk.section() for _ in range(16)]
    return [("patch", f"sections/{s.pk}", {"body": "New."}, "h1") for s in sections]


def releases_of(desk: Desk) -> list[tuple[str, str, Any, str]]:
    sections = [desk.section() for _ in range(16)]
    return [("post", f"sections/{s.pk}/release", {}, "h1") for s in sections]


def new_sections_of(desk: Desk) -> list[tuple[str, str, Any, str]]:
    body = {"title": "New", "language": "en", "common": True}
    return [("post", f"documents/{desk.document.pk}/sections", body, "")] * 16


def new_documents_of(desk: Desk) -> list[tuple[str, str, Any, str]]:
    body = {
        "forum": "seemic",
        "delegation": str(desk.serbia.pk),
        "kind": "report",
        "titles": {"en": "Report"},
        "working_language": "en",
        "drafting_group": [str(desk.serbia.pk), str(desk.albania.pk)],
    }
    return [("post", "documents", body, "")] * 16


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (revisions_of, "section.revised"),
        (releases_of, "section.released"),
        (new_sections_of, "section.created"),
        (new_documents_of, "document.created"),
    ],
)
def test_sixteen_writers_of_different_things_do_not_wait_for_each_other(
    desk: Desk, cloned_db: ClonedDatabase, make: Any, kind: str
) -> None:
    """One stands still in its open transaction; the other fifteen commit meanwhile."""
    requests = make(desk)
    fail_on_waiting(cloned_db)
    token = token_for(desk.head)
    before = set(Entry.objects.values_list("pk", flat=True))

    def call(request: Any) -> Call:
        method, path, body, tag = request
        return lambda: getattr(ApiClient(token), method)(path, body, if_match=tag or None)

    with held(call(requests[0])) as first:
        answers = at_once([call(request) for request in requests[1:]])

        assert [answer.status_code // 100 for answer in answers] == [2] * 15
        assert first.is_open
        new = Entry.objects.exclude(pk__in=before)
        assert [entry.kind for entry in new] == [kind] * 15
        # What the open one may still precede has no position yet.
        seal_pending()
        assert not Seal.objects.filter(entry__in=new).exists()
        assert first.finish().status_code // 100 == 2

    seal_all()
    positions = list(Seal.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(before) + 17))
    assert verify().ok


def test_of_two_heads_who_release_at_once_one_succeeds(desk: Desk) -> None:
    section = desk.section()
    tokens = [token_for(desk.head), token_for(delegate(desk.serbia, "head").user)]

    def head(token: str) -> Call:
        return lambda: ApiClient(token).post(f"sections/{section.pk}/release", {}, if_match='"h1"')

    answers = at_once([head(token) for token in tokens])

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert Revision.objects.filter(section=section).count() == 2
    assert ReleaseCommitment.objects.filter(home_revision__section=section).count() == 1
    assert entries("section.released") == 1


def test_what_waits_behind_a_release_is_refused_and_stays_at_home(
    desk: Desk, cloned_db: ClonedDatabase
) -> None:
    """Begun at home, a revision must not land in public behind the head's back."""
    section = desk.section(body="Agreed.")
    head, drafter = token_for(desk.head), token_for(desk.drafter)
    path = f"sections/{section.pk}"

    with (
        held(lambda: ApiClient(head).post(f"{path}/release", {}, if_match="h1")) as releasing,
        ThreadPoolExecutor(1) as pool,
    ):
        revising = pool.submit(
            closing,
            lambda: ApiClient(drafter).patch(path, {"body": "For us alone."}, if_match="h1"),
        )
        until_one_waits(cloned_db)
        assert releasing.finish().status_code == 200
        answer = revising.result(LONGEST_WAIT)

    assert refusal(answer) == (412, "precondition_failed")
    assert answer.headers["ETag"] == '"1"'
    section.refresh_from_db()
    assert (section.body, section.state) == ("Agreed.", "released")


def test_of_a_release_and_a_revision_at_once_one_succeeds(desk: Desk) -> None:
    """The head releases the text it read, or nothing."""
    section = desk.section()
    head, drafter = token_for(desk.head), token_for(desk.drafter)
    path = f"sections/{section.pk}"

    answers = at_once(
        [
            lambda: ApiClient(head).post(f"{path}/release", {}, if_match="h1"),
            lambda: ApiClient(drafter).patch(path, {"body": "Later."}, if_match="h1"),
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    section.refresh_from_db()
    if answers[0].status_code == 200:
        assert (section.state, section.body != "Later.") == ("released", True)
    else:
        assert (section.state, section.body) == ("private_drafting", "Later.")


def test_a_request_whose_key_is_at_work_is_told_so_and_later_replayed(desk: Desk) -> None:
    token = token_for(desk.drafter)
    path = f"documents/{desk.document.pk}/sections"

    def create() -> Any:
        body = {"title": "Once", "language": "en"}
        return ApiClient(token).post(path, body, key="only-once")

    with held(create) as first:
        meanwhile = at_once([create])[0]
        assert first.is_open
        answer = first.finish()

    assert answer.status_code == 201
    assert refusal(meanwhile) == (409, "request_in_progress")
    assert meanwhile.headers["Retry-After"] == "1"
    again = create()
    assert (again.status_code, again.content) == (201, answer.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Section.objects.filter(title="Once").count() == 1
    assert entries("section.created") == Section.objects.count()


def test_many_requests_with_one_key_make_one_thing(desk: Desk) -> None:
    token = token_for(desk.drafter)
    path = f"documents/{desk.document.pk}/sections"

    def create() -> Any:
        body = {"title": "Once", "language": "en"}
        return ApiClient(token).post(path, body, key="only-once")

    answers = at_once([create] * 16)

    made = [a for a in answers if a.status_code == 201]
    assert len({a.content for a in made}) == 1
    assert sum("Idempotency-Replayed" not in a.headers for a in made) == 1
    refused = [refusal(a) for a in answers if a.status_code != 201]
    assert set(refused) <= {(409, "request_in_progress")}
    assert Section.objects.filter(title="Once").count() == 1


def test_sections_added_at_one_place_at_once_are_all_there(desk: Desk) -> None:
    first, last = desk.section(common=True), desk.section(common=True)
    tokens = [token_for(desk.drafter), token_for(desk.albanian)]
    path = f"documents/{desk.document.pk}/sections"

    def add(number: int) -> Call:
        body = {"title": f"n{number}", "language": "en", "common": True, "after": str(first.pk)}
        return lambda: ApiClient(tokens[number % 2]).post(path, body)

    answers = at_once([add(number) for number in range(12)])

    assert {answer.status_code for answer in answers} == {201}
    trees = [ApiClient(token).get(path).json()["items"] for token in tokens]
    orders = [[item["id"] for item in tree] for tree in trees]
    assert orders[0] == orders[1]
    assert (orders[0][0], orders[0][-1]) == (str(first.pk), str(last.pk))
    assert set(orders[0][1:-1]) == {answer.json()["id"] for answer in answers}
    assert [item["number"] for item in trees[0]] == [str(n) for n in range(1, 15)]


def test_readers_wait_for_no_writer(desk: Desk) -> None:
    section = desk.section(body="Before.")
    token = token_for(desk.drafter)
    path = f"sections/{section.pk}"

    with held(lambda: ApiClient(token).patch(path, {"body": "After."}, if_match="h1")) as writing:
        reads = [
            lambda: ApiClient(token).get(path),
            lambda: ApiClient(token).get(f"{path}/revisions"),
            lambda: ApiClient(token).get(f"documents/{desk.document.pk}/sections"),
        ]
        seen = at_once(reads)
        assert writing.is_open
        assert [answer.status_code for answer in seen] == [200, 200, 200]
        assert seen[0].json()["body"] == "Before."
        writing.finish()

    assert ApiClient(token).get(path).json()["body"] == "After."
    assert Document.objects.get(pk=desk.document.pk).revision == 1
