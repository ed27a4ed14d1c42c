"""Access changes step by step, and every way of asking agrees with a plain reckoning."""

import os
import random
import secrets
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from documents.texts.models import Document
from forums.granting.services import grant_end, grant_give
from forums.marking.services import object_restrict, object_unrestrict
from forums.membership.models import Delegation
from forums.membership.services import delegate_end
from forums.membership.suspensions.services import suspension_begin, suspension_end
from platform_api.core.access import is_visible
from platform_api.core.access_explained import explain
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.errors import NotVisible
from platform_api.core.feed import PermissionFeed
from platform_api.core.registry import registry
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.groups import role_groups_of
from tests.api import api
from tests.events.support import everything
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
from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.access, pytest.mark.slow]

SEATS = ("serbia", "albania", "bosnia", "montenegro", "croatia")
"""The first two draft together, the last sits in another forum."""
OBJECTS = ("manual", "plan", "chapter", "draft")
"""Two documents of Serbia's, and of the first a released section and one at home."""
SEQUENCES, STEPS = int(os.environ.get("ACCESS_SEQUENCES", "3")), 40
ASKED_OVER_HTTP = 0.1
"""The share of steps after which somebody is asked for over HTTP, too."""
ALL_ASKED_EVERY = 8
"""Steps after which each seat is asked for; between them it is whom the step names, and another."""
ABOUT_ACCESS = ("grant.", "access.")
"""Kinds of events that are told to a holder, whatever it sees."""
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


ACTS = ("give", "give", "end", "expire", "restrict", "release", "suspend", "dismiss")
"""What is done, with giving twice as often."""


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
        is_live = self.reckoning.granted.pop((what, who))
        with nullcontext() if is_live else pytest.raises(NotVisible), acting(head):
            grant_end(actor=head, obj=self.fresh(what), holder=self._holder(who))

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
        if "draft" not in self.reckoning.released:
            release(self.fresh("draft"))
            self.reckoning.released.add("draft")

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

    def check(self, who: str, asked: random.Random) -> None:
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

    def check_events(self, who: str) -> None:
        """Besides of access given and ended, a seat is told only of what it sees now."""
        expected = self._ids({what for what in OBJECTS if self.reckoning.sees(who, what)})
        told = everything(api(self.readers[who].user))
        about = {key for kind, key in told if not kind.startswith(ABOUT_ACCESS)}
        ours = {str(obj.pk) for obj in self.objects.values()}
        assert about & ours <= expected
        if who == "serbia":
            assert about & ours == expected

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


def _stage() -> Stage:
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


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_whatever_is_done_all_ways_of_asking_agree(
    number: int, cloned_db: ClonedDatabase, settings: Any
) -> None:
    """Each step is committed, so that the change feed tells of it."""
    settings.THROTTLE_PER_MINUTE = settings.THROTTLE_BURST = 1_000_000
    seed = os.environ.get("ACCESS_SEED") or secrets.token_hex(8)
    print(f"ACCESS_SEED={seed} of sequence {number}")  # noqa: T201 - told when the test fails
    chance = random.Random(f"{seed} {number}")
    stage = _stage()
    for done in range(1, STEPS + 1):
        step = (chance.choice(ACTS), chance.choice(OBJECTS), chance.choice(SEATS[1:]))
        print(*step)  # noqa: T201
        stage.do(*step)
        others = SEATS if done % ALL_ASKED_EVERY == 0 else [chance.choice(SEATS)]
        for who in dict.fromkeys([step[2], *others]):
            stage.check(who, chance)
        if chance.random() < ASKED_OVER_HTTP:
            stage.check_over_http(chance.choice(SEATS))
    for who in SEATS:
        stage.check_events(who)
