"""Access changes step by step, and every way of asking agrees with a plain reckoning."""

import os
import random
import secrets
from typing import Any

import pytest
from django.db import connection

from documents.texts.models import Document
from platform_api.core.access import is_visible
from platform_api.core.access_explained import explain
from platform_api.core.actor import Actor, Role
from platform_api.core.feed import PermissionFeed
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.api import api
from tests.events.support import everything
from tests.factories import actor_at
from tests.postgres import ClonedDatabase

from .reckoning import DOCUMENTS, OBJECTS, SEATS, SECTIONS
from .stage import ACTS, WORD, Stage, stage

pytestmark = [pytest.mark.access, pytest.mark.slow]

SEQUENCES, STEPS = int(os.environ.get("ACCESS_SEQUENCES", "3")), 60
ASKED_OVER_HTTP = 0.1
"""The share of steps after which somebody is asked for over HTTP, too."""
ALL_ASKED_EVERY = 8
"""Steps after which each seat is asked for; between them it is whom the step names, and another."""
ABOUT_ACCESS = ("grant.", "access.", "transfer.")
"""Kinds of events that are told to a holder, whatever it sees."""


def _check(stage: Stage, who: str, asked: random.Random) -> None:
    """Every object in every plain way; one of them explained and as a permission, too."""
    user = type(stage.readers[who].user).objects.get(pk=stage.readers[who].user_id)
    expected = {what for what in OBJECTS if stage.reckoning.sees(who, what)}
    actor = actor_of(user)
    assert {what for what, obj in stage.objects.items() if is_visible(actor, obj)} == expected
    with acting(actor):
        assert _by_the_wall(stage) == expected
        assert _by_lists(stage, actor) == expected & {*DOCUMENTS}
        what = asked.choice(OBJECTS)
        obj = stage.objects[what]
        assert bool(explain(actor, obj).ways) is (what in expected), what
        permission = f"documents.view_{obj._meta.model_name}"
        assert user.has_perm(permission, obj) is (what in expected), what


def _by_the_wall(stage: Stage) -> set[str]:
    keys = set()
    with connection.cursor() as cursor:
        for table in ("documents_document", "documents_section"):
            cursor.execute(f"SELECT id FROM {table}")
            keys |= {key for (key,) in cursor.fetchall()}
    return {what for what, obj in stage.objects.items() if obj.pk in keys}


def _by_lists(stage: Stage, actor: Actor) -> set[str]:
    rows = Document.objects.visible_to(actor)
    feed = PermissionFeed(Document, actor, queryset=rows)
    keys = {key for _, key in feed.fetch(after=None, before=None, limit=10)}
    assert keys == set(rows.values_list("pk", flat=True))
    return {what for what, obj in stage.objects.items() if obj.pk in keys}


def _check_over_http(stage: Stage, who: str) -> None:
    """As the reader of a seat, and as its head, whose answers tell what it may do."""
    head = User.objects.get(pk=actor_at(stage.seats[who], Role.HEAD).user_id)
    for user, sees in (
        (stage.readers[who].user, stage.reckoning.sees),
        (head, stage.reckoning.seat_sees),
    ):
        _check_as(stage, api(user), {what for what in OBJECTS if sees(who, what)})


def _check_as(stage: Stage, client: Any, expected: set[str]) -> None:
    shown = {
        what
        for what, obj in stage.objects.items()
        if client.get(f"{_route(obj)}/{obj.pk}").status_code == 200
    }
    assert shown == expected
    listed = client.get("documents", {"count": "true"}).json()
    documents = expected & {*DOCUMENTS}
    assert {item["id"] for item in listed["items"]} == _ids(stage, documents)
    assert listed["count"] == {"value": len(documents), "capped": False}
    tree = client.get(f"documents/{stage.objects['manual'].pk}/sections")
    assert tree.status_code == (200 if "manual" in expected else 404)
    if "manual" in expected:
        sections = _ids(stage, expected & {*SECTIONS})
        assert {item["id"] for item in tree.json()["items"]} == sections
    found = client.get("search", {"q": WORD}).json()["items"]
    assert {item["id"] for item in found} == _ids(stage, expected)


def _check_events(stage: Stage, who: str) -> None:
    """Besides of access given and ended, a seat is told only of what it sees now."""
    expected = _ids(stage, {what for what in OBJECTS if stage.reckoning.sees(who, what)})
    told = everything(api(stage.readers[who].user))
    about = {key for kind, key in told if not kind.startswith(ABOUT_ACCESS)}
    ours = {str(obj.pk) for obj in stage.objects.values()}
    assert about & ours <= expected
    if who == "serbia":
        assert about & ours == expected


def _ids(stage: Stage, names: set[str]) -> set[str]:
    return {str(stage.objects[what].pk) for what in names}


def _route(obj: Any) -> str:
    return "documents" if isinstance(obj, Document) else "sections"


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_whatever_is_done_all_ways_of_asking_agree(
    number: int, cloned_db: ClonedDatabase, settings: Any
) -> None:
    """Each step is committed, so that the change feed tells of it."""
    settings.THROTTLE_PER_MINUTE = settings.THROTTLE_BURST = 1_000_000
    seed = os.environ.get("ACCESS_SEED") or secrets.token_hex(8)
    print(f"ACCESS_SEED={seed} of sequence {number}")  # noqa: T201 - told when the test fails
    chance = random.Random(f"{seed} {number}")
    played = stage()
    for done in range(1, STEPS + 1):
        act = chance.choice([*ACTS])
        step = (act, chance.choice(ACTS[act]), chance.choice(SEATS), chance.choice(SECTIONS))
        print(*step)  # noqa: T201
        played.do(*step)
        others = SEATS if done % ALL_ASKED_EVERY == 0 else [chance.choice(SEATS)]
        for who in dict.fromkeys([step[2], *others]):
            _check(played, who, chance)
        if chance.random() < ASKED_OVER_HTTP:
            _check_over_http(played, chance.choice(SEATS))
    for who in SEATS:
        _check_events(played, who)
