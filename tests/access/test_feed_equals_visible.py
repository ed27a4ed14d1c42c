"""The feed, ``visible_to``, the wall, the details and a plain reckoning agree on every list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from documents.texts.models import Document, DocumentGrant
from forums.membership.models import Forum
from platform_api.core.access import is_visible, permission_id
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Level
from platform_api.core.feed import PermissionFeed
from platform_api.core.http.pages import Count, PageSpec, paginate_feed
from platform_api.core.ids import new_private_id
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import Membership, RoleGroup, Scope, ScopeReader, User
from tests.api import ApiClient, api
from tests.factories import ForumFactory, UserFactory

pytestmark = [pytest.mark.access, pytest.mark.properties, pytest.mark.django_db]

SMALL = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Each example is undone before the next, so that the fixture may be one for all."""

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
GROUPS, SCOPES = 3, 3

Span = tuple[int, int | None]
"""Begin and end in hours from now; no end is None."""

_SPANS: tuple[Span, ...] = ((-2, None), (-2, 1), (-2, None), (-2, -1), (1, None))
"""Those that last are the more, so that there is something to see."""
_spans = st.sampled_from(_SPANS)
_groups = st.integers(0, GROUPS - 1)


@dataclass(frozen=True)
class Granted:
    """A grant to a group; end in hours from now."""

    group: int
    level: Level
    end: int | None


@dataclass(frozen=True)
class Written:
    """A document. minute: of its making, with ties. scope: 0 is public, None restricts it."""

    minute: int
    scope: int | None
    grants: tuple[Granted, ...]
    id: UUID = field(default_factory=new_private_id)
    kind: str = "report"
    language: str = "en"


@dataclass(frozen=True)
class Plan:
    """Who is in which group, which group reads which scope, and what there is to read."""

    memberships: dict[int, Span]
    suspended: frozenset[int]
    readers: dict[tuple[int, int], Span]
    documents: tuple[Written, ...]

    def expected(self) -> list[UUID]:
        """The ids of what the user sees, newest first."""
        return [document.id for document in self.seen()]

    def seen(self) -> list[Written]:
        """What the user sees, newest first: the rules of access in plain words."""
        groups = {
            group
            for group, span in self.memberships.items()
            if _lasts(span) and group not in self.suspended
        }
        scopes = {0} | {
            scope
            for (scope, group), span in self.readers.items()
            if group in groups and _lasts(span)
        }
        seen = [
            document
            for document in self.documents
            if document.scope in scopes
            or any(
                grant.level is Level.READ
                and grant.group in groups
                and (grant.end is None or grant.end > 0)
                for grant in document.grants
            )
        ]
        seen.sort(key=lambda document: (document.minute, document.id), reverse=True)
        return seen


_grants = st.lists(
    st.builds(
        Granted, _groups, st.sampled_from([Level.READ, Level.DRAFT]), st.sampled_from([None, -1, 1])
    ),
    max_size=3,
    unique_by=lambda grant: (grant.group, grant.level),
).map(tuple)
_plans = st.builds(
    Plan,
    memberships=st.dictionaries(_groups, _spans, min_size=2),
    suspended=st.sampled_from([frozenset(), frozenset(), frozenset({0})]),
    readers=st.dictionaries(
        st.tuples(st.integers(1, SCOPES), _groups), _spans, min_size=2, max_size=5
    ),
    documents=st.lists(
        st.builds(
            Written,
            minute=st.integers(0, 4),
            scope=st.sampled_from([None, None, 0, *range(1, SCOPES + 1)]),
            grants=_grants,
            id=st.uuids(version=4),
            kind=st.sampled_from(["report", "manual"]),
            language=st.sampled_from(["en", "en", "sr"]),
        ),
        min_size=3,
        max_size=12,
        unique_by=lambda document: document.id,
    ).map(tuple),
)
_limits = st.lists(st.integers(1, 4), min_size=1, max_size=5)


def _lasts(span: Span) -> bool:
    begin, end = span
    return begin <= 0 and (end is None or end > 0)


@dataclass(frozen=True)
class Stage:
    """Where plans are played: a forum, a user, groups and scopes without anything in them."""

    forum: Forum
    user: User
    groups: Sequence[int]
    scopes: Sequence[int]

    def actor(self) -> Actor:
        return actor_of(self.user)


@pytest.fixture
def stage() -> Stage:
    groups = [Group.objects.create(name=f"group {number}") for number in range(GROUPS)]
    for group in groups:
        RoleGroup.objects.create(
            group=group, kind=RoleGroup.Kind.SEAT, holder_id=new_private_id(), role="reader"
        )
    scopes = [
        Scope.objects.create(kind=Scope.Kind.DRAFTING_GROUP, key=f"scope {number}")
        for number in range(SCOPES)
    ]
    return Stage(
        ForumFactory(),
        UserFactory(),
        [group.pk for group in groups],
        [PUBLIC_SCOPE, *(scope.pk for scope in scopes)],
    )


def _play(stage: Stage, plan: Plan) -> None:
    """Make the rows of a plan, as a superuser and without the services' help."""
    now = datetime.now(UTC)

    def times(span: Span) -> dict[str, Any]:
        begin, end = span
        return {
            "valid_from": now + begin * HOUR,
            "valid_until": None if end is None else now + end * HOUR,
        }

    for group, span in plan.memberships.items():
        Membership.objects.create(
            user=stage.user, group_id=stage.groups[group], source_id=new_private_id(), **times(span)
        )
    held = [stage.groups[group] for group in plan.suspended]
    RoleGroup.objects.filter(group_id__in=held).update(suspended_at=now)
    for (scope, group), span in plan.readers.items():
        ScopeReader.objects.create(
            scope_id=stage.scopes[scope], group_id=stage.groups[group], **times(span)
        )
    with writing():
        for document in plan.documents:
            _write(stage, document, now)


def _write(stage: Stage, document: Written, now: datetime) -> None:
    Document(
        id=document.id,
        forum=stage.forum,
        kind=document.kind,
        titles={"en": "A report"},
        working_language=document.language,
        drafting_scope_id=PUBLIC_SCOPE,
        effective_scope_id=None if document.scope is None else stage.scopes[document.scope],
    ).save(force_insert=True)
    made = BEGINNING + timedelta(minutes=document.minute)
    Document.objects.filter(pk=document.id).update(created_at=made)
    for grant in document.grants:
        DocumentGrant(
            content_object_id=document.id,
            group_id=stage.groups[grant.group],
            permission_id=permission_id(Document, grant.level),
            expires_at=None if grant.end is None else now + grant.end * HOUR,
            granted_by_id=stage.user.pk,
        ).save(force_insert=True)


def _walked(feed: PermissionFeed, limits: Sequence[int], known: int) -> tuple[list[Any], list[Any]]:
    """The feed's ids walked to its end and back again, by pages of these sizes in turn."""
    forth: list[Any] = []
    turns = 0
    while turns <= known + 1:
        limit = limits[turns % len(limits)]
        page = feed.fetch(after=forth[-1] if forth else None, before=None, limit=limit)
        assert len(page) <= limit
        forth += page
        turns += 1
        if not page:
            break
    back = forth[-1:]
    while back and turns <= 3 * known + 3:
        page = feed.fetch(after=None, before=back[0], limit=limits[turns % len(limits)])
        back = [*page, *back]
        turns += 1
        if not page:
            break
    return [id_ for _, id_ in forth], [id_ for _, id_ in back]


@given(plan=_plans, limits=_limits)
@SMALL
def test_the_feed_is_what_is_visible_walked_either_way(
    stage: Stage, plan: Plan, limits: list[int]
) -> None:
    """By the application alone, and again as the actor under row-level security."""
    expected = plan.expected()
    event(f"sees {min(len(expected), 5)}")
    with transaction.atomic():
        _play(stage, plan)
        actor = stage.actor()
        _agree(actor, plan, limits, expected)
        with acting(actor):
            _agree(actor, plan, limits, expected)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT id FROM documents_document ORDER BY created_at DESC, id DESC"
                )
                assert [row[0] for row in cursor.fetchall()] == expected
        transaction.set_rollback(True)


def _agree(actor: Actor, plan: Plan, limits: Sequence[int], expected: list[UUID]) -> None:
    visible = Document.objects.visible_to(actor)
    feed = PermissionFeed(Document, actor, queryset=visible)
    forth, back = _walked(feed, limits, len(plan.documents))

    assert list(visible.order_by("-created_at", "-id").values_list("pk", flat=True)) == expected
    assert forth == expected
    assert back == expected
    assert {row.pk for row in feed.load(forth)} == set(expected)
    assert feed.count(3) == Count(min(len(expected), 3), capped=len(expected) > 3)
    seen = [each.id for each in plan.documents if is_visible(actor, Document(pk=each.id))]
    assert set(seen) == set(expected)


@given(
    plan=_plans,
    limit=st.integers(1, 3),
    window=st.integers(1, 5),
    kind=st.sampled_from([None, "report", "manual"]),
    language=st.sampled_from([None, "en", "sr"]),
)
@SMALL
def test_a_filtered_feed_is_what_is_visible_and_matches(
    stage: Stage, plan: Plan, limit: int, window: int, kind: str | None, language: str | None
) -> None:
    """By the kind that has an index, by a language that has none, and by both; either way."""
    wanted = {"kind": kind, "working_language": language}
    filters = {name: value for name, value in wanted.items() if value is not None}
    expected = [
        document.id
        for document in plan.seen()
        if kind in (None, document.kind) and language in (None, document.language)
    ]
    event(f"matches {min(len(expected), 5)}")
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("platform_api.core.feed.WINDOW", window)
        _play(stage, plan)
        actor = stage.actor()
        visible = Document.objects.visible_to(actor)
        with acting(actor):
            found = visible.filter(**filters).order_by("-created_at", "-id")
            assert list(found.values_list("pk", flat=True)) == expected
            feed = PermissionFeed(Document, actor, queryset=visible, filters=filters)
            pages = list(_paged(feed, f"/?limit={limit}", "next"))
            assert [id_ for ids, _ in pages for id_ in ids] == expected
            back = list(_paged(feed, pages[-1][1], "previous"))[1:]
            assert [id_ for ids, _ in reversed(back) for id_ in ids] == [
                id_ for ids, _ in pages[:-1] for id_ in ids
            ]
            count = feed.count(3)
            assert count.value <= len(expected)
            assert count.capped or count.value == len(expected)
        transaction.set_rollback(True)


def _paged(feed: PermissionFeed, url: str, direction: str) -> Iterator[tuple[list[UUID], str]]:
    """The ids of each page and its own address, as far as the links lead."""
    following: str | None = url
    turns = 0
    while following:
        page = paginate_feed(feed, PageSpec(), RequestFactory().get(following))
        yield [item.pk for item in page.items], following
        following = getattr(page, direction)
        turns += 1
        assert turns < 60, "the links lead nowhere"


@given(plan=_plans, limit=st.integers(1, 4))
@settings(SMALL, max_examples=6)
def test_the_list_of_the_api_is_what_its_details_are(stage: Stage, plan: Plan, limit: int) -> None:
    """Pages forth and back, the count, the list by ids, and each document by itself."""
    expected = [str(id_) for id_ in plan.expected()]
    with transaction.atomic():
        _play(stage, plan)
        client = api(stage.user)
        pages = list(_pages(client, f"documents?limit={limit}", "next"))
        assert [id_ for page in pages for id_ in page[0]] == expected
        assert all(len(ids) == limit for ids, _ in pages[:-1])
        back = list(_pages(client, pages[-1][1], "previous"))[1:] if len(pages) > 1 else []
        assert [id_ for page in reversed(back) for id_ in page[0]] == [
            id_ for page in pages[:-1] for id_ in page[0]
        ]
        assert client.get("documents?count=true").json()["count"]["value"] == len(expected)
        ids = [str(document.id) for document in plan.documents]
        if ids:
            asked = client.get("documents", {"ids": ",".join(ids)}).json()["items"]
            assert [item["id"] for item in asked] == expected
        found = [id_ for id_ in ids if client.get(f"documents/{id_}").status_code == 200]
        assert sorted(found) == sorted(expected)
        transaction.set_rollback(True)


def _pages(client: ApiClient, url: str, direction: str) -> Iterator[tuple[list[str], str]]:
    """The ids of each page and its own address, as far as the links lead."""
    following: str | None = url
    while following:
        answer = client.get(following).json()
        yield [item["id"] for item in answer["items"]], following
        following = answer[direction]


@pytest.mark.parametrize("level", [Level.COMMENT, Level.DRAFT, Level.MANAGE])
def test_a_grant_without_sight_gives_nothing(stage: Stage, level: Level) -> None:
    """View is needed for every other right, so a higher level alone shows nothing."""
    document = Written(0, None, (Granted(0, level, None),))
    _play(stage, Plan({0: (-2, None)}, frozenset(), {}, (document,)))
    actor = stage.actor()

    _agree(actor, Plan({}, frozenset(), {}, (document,)), [1], [])


@pytest.mark.parametrize("query", ["limit=1", "limit=1&kind=report", "limit=1&state=drafting"])
def test_a_grant_that_ends_between_two_pages_is_honoured_on_the_second(
    stage: Stage, query: str
) -> None:
    """The cursor carries no right: neither the ended one nor those after it are lost or kept."""
    documents = tuple(
        Written(minute, None, (Granted(0, Level.READ, None),)) for minute in (3, 2, 1)
    )
    _play(stage, Plan({0: (-2, None)}, frozenset(), {}, documents))
    client = api(stage.user)
    first = client.get(f"documents?{query}").json()
    assert [item["id"] for item in first["items"]] == [str(documents[0].id)]

    DocumentGrant.objects.filter(content_object_id=documents[1].id).update(
        expires_at=datetime.now(UTC) - HOUR
    )
    second = client.get(first["next"]).json()
    assert [item["id"] for item in second["items"]] == [str(documents[2].id)]
    assert second["next"] is None


def test_a_filter_that_matches_little_looks_at_one_window_a_page(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    """The page says that it may go on, is found by going on, and costs what any other costs."""
    monkeypatch.setattr("platform_api.core.feed.WINDOW", 5)
    granted = (Granted(0, Level.READ, None),)
    oldest = Written(0, None, granted, language="sr")
    _play(
        stage,
        Plan(
            {0: (-2, None)},
            frozenset(),
            {},
            (oldest, *(Written(minute, None, granted) for minute in range(1, 10))),
        ),
    )
    actor = stage.actor()
    visible = Document.objects.visible_to(actor)
    feed = PermissionFeed(Document, actor, queryset=visible, filters={"working_language": "sr"})
    permission_id(Document, Level.READ)

    with django_assert_max_num_queries(4):
        page = feed.fetch(after=None, before=None, limit=1)
    assert page == []
    assert page.resume is not None
    assert feed.count(1000) == Count(0, capped=True)
    following = feed.fetch(after=page.resume, before=None, limit=1)
    assert [id_ for _, id_ in following] == [oldest.id]
