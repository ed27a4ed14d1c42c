"""Access changes step by step, and every way of asking agrees with a plain reckoning."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from documents.texts.models import Document
from forums.granting.services import grant_end, grant_give
from forums.marking.services import object_restrict, object_unrestrict
from forums.membership.models import Delegation
from forums.membership.services import delegate_end
from forums.membership.suspensions.services import suspension_begin, suspension_end
from platform_api.core.access import is_visible
from platform_api.core.access_explained import explain
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.feed import PermissionFeed
from platform_api.core.registry import registry
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.groups import role_groups_of
from tests.api import api
from tests.factories import (
    DocumentFactory,
    ForumFactory,
    SectionFactory,
    actor_at,
    delegate,
    release,
    seat,
)
from tests.factories.base import operator

pytestmark = [pytest.mark.access, pytest.mark.properties, pytest.mark.slow, pytest.mark.django_db]

SEATS = ("serbia", "albania", "bosnia", "montenegro", "croatia")
"""The first two draft together, the last sits in another forum."""
OBJECTS = ("manual", "plan", "chapter", "draft")
"""Two documents of Serbia's, and of the first a released section and one at home."""
SEQUENCES, STEPS = int(os.environ.get("ACCESS_SEQUENCES", "3")), 40
ASKED_OVER_HTTP = 0.1
"""The share of steps after which somebody is asked for over HTTP, too."""
WORD = "quarrelsome"


@dataclass
class Reckoning:
    """Who sees what, in plain words: no query, no rule of the application."""

    restricted: set[str] = field(default_factory=set)
    released: set[str] = field(default_factory=lambda: {"chapter"})
    granted: dict[tuple[str, str], bool] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    def sees(self, who: str, what: str) -> bool:
        if who in self.suspended or who in self.ended:
            return False
        if who == "serbia" or self.granted.get((what, who), False):
            return True
        if what in ("manual", "plan"):
            return who == "albania" and what not in self.restricted
        return what in self.released and what not in self.restricted and self.sees(who, "manual")


_step = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(OBJECTS), st.sampled_from(SEATS[1:])),
    st.tuples(st.just("give"), st.sampled_from(OBJECTS), st.sampled_from(SEATS[1:])),
    st.tuples(st.just("end"), st.sampled_from(OBJECTS), st.sampled_from(SEATS[1:])),
    st.tuples(st.just("expire"), st.sampled_from(OBJECTS), st.sampled_from(SEATS[1:])),
    st.tuples(st.just("restrict"), st.sampled_from(OBJECTS), st.just("")),
    st.tuples(st.just("release"), st.just("draft"), st.just("")),
    st.tuples(st.just("suspend"), st.just(""), st.sampled_from(SEATS[1:])),
    st.tuples(st.just("dismiss"), st.just(""), st.sampled_from(SEATS[1:])),
)


@dataclass
class Stage:
    """The seats with a reader each, the objects, and what ought to hold of them."""

    seats: dict[str, Delegation]
    readers: dict[str, Any]
    objects: dict[str, Any]
    reckoning: Reckoning = field(default_factory=Reckoning)

    def head(self) -> Actor:
        return actor_at(self.seats["serbia"], Role.HEAD)

    def fresh(self, what: str) -> Any:
        return type(self.objects[what])._default_manager.get(pk=self.objects[what].pk)

    # -- steps ----------------------------------------------------------------------------------

    def do(self, name: str, what: str, who: str) -> None:
        getattr(self, name)(what, who)

    def give(self, what: str, who: str) -> None:
        head = self.head()
        with acting(head):
            grant_give(
                actor=head, obj=self.fresh(what), holder=self._holder(who), level=Level.COMMENT
            )
        self.reckoning.granted[what, who] = True

    def end(self, what: str, who: str) -> None:
        if (what, who) not in self.reckoning.granted:
            return
        head = self.head()
        with acting(head):
            grant_end(actor=head, obj=self.fresh(what), holder=self._holder(who))
        del self.reckoning.granted[what, who]

    def expire(self, what: str, who: str) -> None:
        """Time goes by: what was given to a holder ends without anybody's act."""
        grants: Any = registry.protection_of(type(self.objects[what])).grants
        rows = grants._default_manager.filter(
            content_object=self.objects[what],
            group_id__in=role_groups_of(self._holder(who).pk).values(),
        )
        with writing():
            rows.update(expires_at=datetime.now(UTC) - timedelta(hours=1))
        if (what, who) in self.reckoning.granted:
            self.reckoning.granted[what, who] = False

    def restrict(self, what: str, who: str) -> None:
        head = self.head()
        is_restricted = what in self.reckoning.restricted
        with acting(head):
            act = object_unrestrict if is_restricted else object_restrict
            act(actor=head, obj=self.fresh(what))
        self.reckoning.restricted ^= {what}

    def release(self, what: str, who: str) -> None:
        if what not in self.reckoning.released:
            release(self.fresh(what))
            self.reckoning.released.add(what)

    def suspend(self, what: str, who: str) -> None:
        act = suspension_end if who in self.reckoning.suspended else suspension_begin
        act(actor=operator(), of=self.seats[who], reason="A test of access.")
        self.reckoning.suspended ^= {who}

    def dismiss(self, what: str, who: str) -> None:
        """The reader's time ends, or the same person is appointed again."""
        if who in self.reckoning.ended:
            delegate(self.seats[who], Role.READER, user=self.readers[who].user)
        else:
            held = self.seats[who].delegates.get(user=self.readers[who].user, valid_until=None)
            delegate_end(actor=operator(), delegate=held, if_match=held.etag_revision)
        self.reckoning.ended ^= {who}

    def _holder(self, who: str) -> Any:
        """Some are granted by their seat, the others by their country."""
        return self.seats[who].party if who in ("bosnia", "croatia") else self.seats[who]

    # -- what is asked --------------------------------------------------------------------------

    def check(self, who: str, asked: Any) -> None:
        """Every object in every plain way; one of them explained and as a permission, too."""
        user = type(self.readers[who].user).objects.get(pk=self.readers[who].user_id)
        expected = {what for what in OBJECTS if self.reckoning.sees(who, what)}
        actor = actor_of(user)
        assert self._by_the_application(actor) == expected
        with acting(actor):
            assert self._by_the_wall() == expected
            assert self._by_lists(actor) == expected & {"manual", "plan"}
            what = asked.choice(OBJECTS)
            obj = self.objects[what]
            assert bool(explain(actor, obj).ways) is (what in expected), what
            permission = f"documents.view_{obj._meta.model_name}"
            assert user.has_perm(permission, obj) is (what in expected), what

    def check_over_http(self, who: str) -> None:
        client = api(self.readers[who].user)
        expected = {what for what in OBJECTS if self.reckoning.sees(who, what)}
        shown = {
            what
            for what, obj in self.objects.items()
            if client.get(f"{_route(obj)}/{obj.pk}").status_code == 200
        }
        assert shown == expected
        listed = client.get("documents", {"count": "true"}).json()
        documents = expected & {"manual", "plan"}
        assert {item["id"] for item in listed["items"]} == self._ids(documents)
        assert listed["count"] == {"value": len(documents), "capped": False}
        found = client.get("search", {"q": WORD}).json()["items"]
        assert {item["id"] for item in found} == self._ids(expected)

    def _ids(self, names: set[str]) -> set[str]:
        return {str(self.objects[what].pk) for what in names}

    def _by_the_application(self, actor: Actor) -> set[str]:
        return {what for what, obj in self.objects.items() if is_visible(actor, obj)}

    def _by_the_wall(self) -> set[str]:
        keys = set()
        with connection.cursor() as cursor:
            for table in ("documents_document", "documents_section"):
                cursor.execute(f"SELECT id FROM {table}")
                keys |= {key for (key,) in cursor.fetchall()}
        return {what for what, obj in self.objects.items() if obj.pk in keys}

    def _by_lists(self, actor: Actor) -> set[str]:
        rows = Document.objects.visible_to(actor)
        feed = PermissionFeed(Document, actor, queryset=rows)
        keys = {key for _, key in feed.fetch(after=None, before=None, limit=10)}
        assert keys == set(rows.values_list("pk", flat=True))
        return {what for what, obj in self.objects.items() if obj.pk in keys}


def _route(obj: Any) -> str:
    return "documents" if isinstance(obj, Document) else "sections"


@pytest.fixture
def stage(settings: Any) -> Stage:
    settings.THROTTLE_PER_MINUTE = settings.THROTTLE_BURST = 1_000_000
    forum, elsewhere = ForumFactory(slug="seemic"), ForumFactory(slug="other")
    codes = dict(zip(SEATS, ("RS", "AL", "BA", "ME", "HR"), strict=True))
    seats = {
        name: seat(elsewhere if name == "croatia" else forum, code) for name, code in codes.items()
    }
    documents = {
        name: DocumentFactory(
            delegation=seats["serbia"],
            drafting_group=[seats["albania"]],
            titles={"en": f"A {WORD} {name}"},
        )
        for name in ("manual", "plan")
    }
    sections = {
        name: SectionFactory(
            document=documents["manual"], title=f"A {WORD} {name}", released=name == "chapter"
        )
        for name in ("chapter", "draft")
    }
    return Stage(
        seats,
        {name: delegate(each, Role.READER) for name, each in seats.items()},
        {**documents, **sections},
    )


@settings(
    deadline=None,
    max_examples=SEQUENCES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(_step, min_size=STEPS, max_size=STEPS), asked=st.randoms())
def test_whatever_is_done_all_ways_of_asking_agree(
    steps: list[tuple[str, str, str]], asked: Any, stage: Stage
) -> None:
    """After each step everybody is asked for directly, and now and then one over HTTP."""
    with transaction.atomic():
        stage.reckoning = Reckoning()
        for step in steps:
            note(f"{step}")
            stage.do(*step)
            for who in SEATS:
                stage.check(who, asked)
            if asked.random() < ASKED_OVER_HTTP:
                stage.check_over_http(asked.choice(SEATS))
        transaction.set_rollback(True)
