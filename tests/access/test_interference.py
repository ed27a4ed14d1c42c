"""What Serbia drafts at home changes nothing that Montenegro can learn, not by one byte."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from tests.api import ApiClient, api
from tests.factories import DocumentFactory, ForumFactory, SectionFactory, delegate, seat

from .crawl import Answer, ask, crawl
from .routes import API_ROUTES, METHODS, Route

pytestmark = [pytest.mark.access, pytest.mark.django_db]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


@dataclass
class Desk:
    """A document that Serbia and Montenegro write together, and one that is empty yet."""

    serbia: Delegation
    document: Document
    empty: Document
    commons: list[Section]
    drafter: ApiClient
    head: ApiClient
    second_head: ApiClient
    montenegro: ApiClient
    private: list[str] = field(default_factory=list)


@pytest.fixture
def desk() -> Desk:
    forum = ForumFactory(slug="seemic")
    serbia, montenegro = seat(forum, "RS"), seat(forum, "ME")
    document = DocumentFactory(delegation=serbia, drafting_group=[montenegro])
    commons = [
        SectionFactory(document=document, delegation=each, common=True)
        for each in (serbia, montenegro, serbia)
    ]
    SectionFactory(document=document, delegation=montenegro)
    heads = [api(delegate(serbia, "head").user) for _ in range(2)]
    return Desk(
        serbia=serbia,
        document=document,
        empty=DocumentFactory(delegation=serbia, drafting_group=[montenegro]),
        commons=commons,
        drafter=api(delegate(serbia, "drafter").user),
        head=heads[0],
        second_head=heads[1],
        montenegro=api(delegate(montenegro, "head").user),
    )


def _draft(desk: Desk, client: ApiClient, document: Document, **given: Any) -> str:
    body = {"title": "Draft", "body": "Words.", "language": "en", **given}
    made = client.post(f"documents/{document.pk}/sections", body)
    assert made.status_code == 201, made.content
    desk.private.append(made.json()["id"])
    return str(made.json()["id"])


def _revise(client: ApiClient, section: str, body: str) -> None:
    read = client.get(f"sections/{section}")
    assert client.patch(f"sections/{section}", {"body": body}, if_match=read).status_code == 200


def _work_at_home(desk: Desk) -> None:
    """Serbia drafts in every place, revises, and fails at things."""
    first, second, _ = (str(section.pk) for section in desk.commons)
    alone = _draft(desk, desk.drafter, desk.empty)
    last = _draft(desk, desk.drafter, desk.document)
    _draft(desk, desk.drafter, desk.document, after=first)
    below = _draft(desk, desk.drafter, desk.document, parent=second)
    child = _draft(desk, desk.head, desk.document, parent=below)
    _draft(desk, desk.drafter, desk.document, parent=child)
    for section in (alone, last, child):
        _revise(desk.drafter, section, "Second words.")
        _revise(desk.head, section, "Third words.")
    _rearrange_at_home(desk, below)
    release = f"sections/{last}/release"
    failures = [
        desk.head.post(release, {}, if_match="h3"),
        desk.second_head.post(release, {}, if_match="h1"),
        desk.second_head.post(release, {}),
        desk.second_head.post(release, {"no_such_member": 1}, if_match="h3"),
        desk.second_head.post(f"sections/{child}/release", {}, if_match="h3"),
        desk.drafter.post(release, {}, if_match="h3"),
        desk.drafter.patch(f"sections/{last}", {"body": 1}, if_match="h3"),
        desk.drafter.patch(f"sections/{last}", {"body": "Lost."}, if_match="h1"),
        desk.drafter.patch(f"documents/{desk.document.pk}", {"titles": {"en": "x"}}, if_match="9"),
        desk.drafter.post(f"documents/{desk.document.pk}/sections", {"title": "x"}, key="k-1"),
    ]
    statuses = [answer.status_code for answer in failures]
    assert statuses == [403, 412, 428, 400, 409, 403, 400, 412, 412, 400]


def _rearrange_at_home(desk: Desk, below: str) -> None:
    """Serbia moves, splits, joins, deletes and restores drafts of its own."""
    first, second = (
        _draft(desk, desk.drafter, desk.document, body="One.\n\nTwo.", parent=below)
        for _ in range(2)
    )
    client = desk.drafter
    made = client.post(f"sections/{first}/split", {"at": 6, "title": "Part"}, if_match="h1")
    part = made.json()["id"]
    desk.private.append(part)
    place = {"parent": str(desk.commons[0].pk), "after": None}
    answers = [
        made,
        client.post(f"sections/{second}/move", place, if_match="h1"),
        client.post(f"sections/{first}/join", {"with": part, "revision": "h1"}, if_match="h2"),
        client.delete(f"sections/{second}", if_match="h2"),
        client.post(f"sections/{second}/restore", {}, if_match="h3"),
        client.delete(f"sections/{first}", if_match="h3"),
    ]
    assert [answer.status_code for answer in answers] == [201, 200, 200, 200, 200, 200]


def _home_ids(desk: Desk) -> Iterator[str]:
    """Every id that is Serbia's alone: private sections and their revisions."""
    for section in desk.private:
        yield section
        for revision in desk.drafter.get(f"sections/{section}/revisions").json()["items"]:
            yield revision["id"]


@pytest.mark.slow
def test_drafting_at_home_changes_nothing_that_others_can_read(desk: Desk) -> None:
    before = crawl(desk.montenegro)
    _work_at_home(desk)
    after = crawl(desk.montenegro)

    assert [url for url in before if before[url] != after.get(url)] == []
    assert after == before
    assert sum(status == 200 for status, _, _ in before.values()) > 40
    told = b"".join(body for _, _, body in after.values()).decode()
    assert not [id_ for id_ in _home_ids(desk) if id_ in told]


@pytest.mark.slow
def test_every_private_id_answers_as_one_that_does_not_exist(desk: Desk) -> None:
    """By every method, with the right precondition and body or without: the first section and
    the first revision by every route, every third of the others by those of their kinds."""
    _work_at_home(desk)
    routes = [route for route in API_ROUTES if _takes_an_id(route)]
    near = [route for route in routes if route.subject in ("document", "section", "revision")]
    absent = _probed(desk.montenegro, str(uuid4()), routes)
    assert {status for status, _, _ in absent.values()} == {404, 405}

    section, revision, *others = _home_ids(desk)
    for id_ in (section, revision):
        answers = _probed(desk.montenegro, id_, routes)
        assert [key for key in absent if answers[key] != absent[key]] == []
    for id_ in others[::3]:
        answers = _probed(desk.montenegro, id_, near, undeclared=False)
        assert [key for key in answers if answers[key] != absent[key]] == [], id_


def _takes_an_id(route: Route) -> bool:
    return [type(each).__name__ for each in route.kwargs.values()] == ["UUIDConverter"]


_VARIANTS: tuple[tuple[Any, Any], ...] = (
    (None, None),
    ({"title": "x", "language": "en"}, '"h1"'),
    ({"no": 1}, '"1"'),
)


def _probed(
    client: ApiClient, id_: str, routes: Sequence[Route], *, undeclared: bool = True
) -> dict[str, Answer]:
    """What every method of these routes answers to an id, which is taken out of the answers."""
    answers = {}
    for route in routes:
        url = route.url(**dict.fromkeys(route.kwargs, id_))
        for method in METHODS if undeclared else route.actions:
            writes = method in route.actions and method != "GET"
            for body, match in _VARIANTS if writes else _VARIANTS[:1]:
                answer = ask(client, url, method, body=body, if_match=match)
                answers[f"{method} {route.name} {body}"] = _without(id_, answer)
    return answers


@pytest.mark.slow
def test_a_private_id_in_a_body_or_query_is_as_unknown_as_any_other(desk: Desk) -> None:
    _work_at_home(desk)
    sections = f"documents/{desk.document.pk}/sections"
    move, join = (f"sections/{desk.commons[0].pk}/{verb}" for verb in ("move", "join"))
    other = {"revision": "h1"}

    def asked(id_: str) -> list[Answer]:
        body = {"title": "x", "language": "en"}
        return [
            _without(id_, answer)
            for answer in (
                ask(desk.montenegro, sections, "POST", body={**body, "parent": id_}),
                ask(desk.montenegro, sections, "POST", body={**body, "after": id_}),
                ask(desk.montenegro, sections, "POST", body={**body, "delegation": id_}),
                ask(desk.montenegro, "documents", query={"ids": id_}),
                ask(desk.montenegro, move, "POST", body={"parent": id_}, if_match='"1"'),
                ask(desk.montenegro, move, "POST", body={"after": id_}, if_match='"1"'),
                ask(desk.montenegro, join, "POST", body={"with": id_, **other}, if_match='"1"'),
            )
        ]

    absent = asked(str(uuid4()))
    assert [status for status, _, _ in absent] == [400, 400, 403, 200, 400, 400, 400]
    for id_ in _home_ids(desk):
        assert asked(id_) == absent


def test_others_write_the_same_with_and_without_a_hidden_draft_beside(desk: Desk) -> None:
    """Ranks, numbers, revisions and tags of what Montenegro writes do not depend on it."""
    twin = DocumentFactory(
        delegation=desk.serbia, drafting_group=[*desk.document.drafting_group.all()]
    )
    for document in (desk.empty, twin):
        SectionFactory(document=document, common=True, title="Common")
    _draft(desk, desk.drafter, desk.empty)
    first = Section.objects.filter(document=desk.empty).order_by("rank")[0]
    _draft(desk, desk.drafter, desk.empty, after=str(first.pk))
    _draft(desk, desk.drafter, desk.empty, parent=str(first.pk))

    def written(document: Document) -> list[Answer]:
        client, path = desk.montenegro, f"documents/{document.pk}/sections"
        common = client.get(path).json()["items"][0]["id"]
        body = {"title": "Ours", "language": "en", "common": True}
        answers = [
            ask(client, path, "POST", body=body),
            ask(client, path, "POST", body={**body, "after": common}),
            ask(client, path, "POST", body={**body, "parent": common}),
            ask(client, f"sections/{common}", "PATCH", body={"body": "New."}, if_match="1"),
            ask(client, path),
        ]
        return [_in_order(answer) for answer in answers]

    assert written(desk.empty) == written(twin)


@pytest.mark.slow
def test_a_hidden_object_costs_the_same_statements_as_an_absent_one(desk: Desk) -> None:
    _work_at_home(desk)
    sections = f"documents/{desk.document.pk}/sections"
    common = desk.commons[0].pk

    def statements(id_: str) -> list[list[str]]:
        captured = []
        for method, path, body in (
            ("GET", f"sections/{id_}", None),
            ("PATCH", f"sections/{id_}", {"body": "x"}),
            ("POST", f"sections/{id_}/release", {}),
            ("GET", f"sections/{id_}/revisions", None),
            ("POST", f"sections/{id_}/move", {}),
            ("POST", f"sections/{id_}/split", {"at": 6, "title": "x"}),
            ("DELETE", f"sections/{id_}", None),
            ("GET", f"sections/{id_}/lineage", None),
            ("POST", f"sections/{common}/move", {"parent": id_}),
            ("POST", f"sections/{common}/move", {"after": id_}),
            ("GET", f"revisions/{id_}", None),
            ("GET", f"documents/{id_}", None),
            ("POST", sections, {"title": "x", "language": "en", "parent": id_}),
            ("POST", sections, {"title": "x", "language": "en", "after": id_}),
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                ask(desk.montenegro, path, method, body=body, if_match='"h1"')
            captured.append([_shape(query["sql"]) for query in queries])
        return captured

    statements(str(uuid4()))  # so that what is looked up once a process is known
    absent = statements(str(uuid4()))
    assert all(absent)
    for id_ in list(_home_ids(desk))[:4]:
        assert statements(id_) == absent


@pytest.mark.slow
def test_after_the_release_nothing_tells_of_the_drafting_at_home(desk: Desk) -> None:
    _work_at_home(desk)
    section = desk.private[1]
    home = desk.drafter.get(f"sections/{section}/revisions").json()["items"]
    assert len(home) == 3
    before = crawl(desk.montenegro)
    known = _times(before) | _uuids(before)
    begun = datetime.now(UTC)
    released = desk.second_head.post(f"sections/{section}/release", {}, if_match="h3")
    assert released.status_code == 200, released.content

    seen = crawl(desk.montenegro)
    detail = json.loads(seen[f"/api/v1/sections/{section}"][2])
    (revision,) = json.loads(seen[f"/api/v1/sections/{section}/revisions"][2])["items"]

    assert UUID(section).version == 4
    assert seen[f"/api/v1/sections/{section}"][1]["ETag"].startswith('"1.')
    assert detail["updated_at"] == detail["released_at"]
    assert (revision["number"], revision["at_home"], revision["note"]) == (1, False, "")
    assert revision["home_commitment"] not in {each["chain_hash"] for each in home}
    new_times = _times(seen) - known
    assert new_times
    assert all(datetime.fromisoformat(time) >= begun for time in new_times)
    told = _uuids(seen)
    assert not {each["id"] for each in home} & told
    made = [UUID(id_) for id_ in told - known if UUID(id_).version == 7]
    assert made
    assert all(id_.int >> 80 >= int(begun.timestamp() * 1000) for id_ in made)
    still_home = {*desk.private} - {section}
    assert not still_home & told


def test_the_ids_of_drafts_tell_no_time(desk: Desk) -> None:
    """They are random, so that a released section does not say when it was begun at home."""
    made = [_draft(desk, desk.drafter, desk.empty) for _ in range(8)]

    assert {UUID(id_).version for id_ in made} == {4}
    assert made != sorted(made)


def _without(id_: str, answer: Answer) -> Answer:
    status, headers, body = answer
    return status, headers, body.replace(id_.encode(), b"<id>")


def _in_order(answer: Answer) -> Answer:
    """The answer with ids and times replaced by the order in which they come; digests left out."""
    status, headers, body = answer
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        return names.setdefault(match.group(), f"<{len(names)}>")

    text = _TIME.sub("<time>", _UUID.sub(named, body.decode()))
    kept = {n: v for n, v in headers.items() if n not in ("ETag", "Location", "Content-Length")}
    tag = headers.get("ETag", "").partition(".")[0]
    return (
        status,
        {**kept, "revision": tag if "." in headers.get("ETag", "") else ""},
        text.encode(),
    )


def _shape(statement: str) -> str:
    """A statement without its values."""
    without_names = re.sub(r'SAVEPOINT "\w+"', "SAVEPOINT", statement)
    return re.sub(r"\b\d+\b", "N", re.sub(r"'(?:[^']|'')*'", "S", without_names))


def _times(answers: dict[str, Answer]) -> set[str]:
    return {time for _, _, body in answers.values() for time in _TIME.findall(body.decode())}


def _uuids(answers: dict[str, Answer]) -> set[str]:
    return {id_ for _, _, body in answers.values() for id_ in _UUID.findall(body.decode())}
