"""Readers poll the feed while eight writers commit and abort in random order."""

import random
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction

from documents.texts import services
from documents.texts.models import Document
from platform_api.core.actor import Actor
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.models import Event, Unsealed
from platform_api.ledger.verification import verify
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.events.support import cursor_of, now
from tests.factories import actor_at
from tests.ledger.helpers import in_threads, seal

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

WRITERS, EACH = 8, 12


@dataclass
class Written:
    """What one writer did: sections by who may be told of their making."""

    shared: set[str] = field(default_factory=set)
    at_home: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    aborted: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Desks:
    """Where the writers write, with the actor of each place."""

    shared: tuple[Document, Actor]
    foreign: tuple[Document, Actor]


def write(desks: Desks, chance: random.Random, written: Written) -> None:
    """One transaction: a section or three, some milliseconds apart, kept or not."""
    kind = chance.choice(["shared", "shared", "at_home", "foreign"])
    document, actor = desks.foreign if kind == "foreign" else desks.shared
    made: set[str] = set()
    with acting(actor):
        for _ in range(chance.randint(1, 3)):
            section = services.section_create(
                actor=actor,
                document=document,
                title="Written under load",
                body="",
                language="en",
                common=kind == "shared" or (kind == "foreign" and chance.random() < 0.5),
            )
            made.add(str(section.pk))
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(%s)", [chance.random() / 50])
        aborts = chance.random() < 1 / 4
        if aborts:
            transaction.set_rollback(True)
    # What cannot be known before the commit is noted after it.
    if aborts:
        written.aborted |= made
    else:
        getattr(written, kind).update(made)


def poll(client: ApiClient, cursor: str, finished: threading.Event) -> list[dict[str, Any]]:
    """Everything a reader is told from a cursor until the writers are done and nothing is left."""
    told: list[dict[str, Any]] = []
    while True:
        over = finished.is_set()
        answer = client.get("events", {"cursor": cursor, "limit": 7})
        told += answer.json()["items"]
        onward = cursor_of(answer)
        if over and onward == cursor:
            return told
        cursor = onward


def test_every_reader_is_told_of_what_it_may_see_once_and_in_one_order(
    committed: Desk, record_property: Callable[[str, object], None]
) -> None:
    seed = secrets.randbits(32)
    record_property("seed", seed)
    desks = Desks(
        shared=(committed.document, actor_of(committed.drafter)),
        foreign=(committed.foreign, actor_at(committed.montenegro)),
    )
    readers = {
        "owner": api(committed.drafter),
        "owner again": api(committed.reader),
        "drafting group": api(committed.albanian),
        "foreign": api(committed.stranger),
    }
    begin = {name: now(client) for name, client in readers.items()}
    written = [Written() for _ in range(WRITERS)]
    finished, together = threading.Event(), threading.Barrier(WRITERS + len(readers))

    def writing(number: int) -> list[dict[str, Any]]:
        chance = random.Random(seed + number)
        together.wait(60)
        for _ in range(EACH):
            write(desks, chance, written[number])
        return []

    def all_writing() -> list[dict[str, Any]]:
        try:
            in_threads([lambda n=n: writing(n) for n in range(WRITERS)], at_once=WRITERS)
            # A reader that finds another one sealing is told less, for that moment.
            while Unsealed.objects.exists():
                seal()
        finally:
            finished.set()
        return []

    def polling(name: str) -> list[dict[str, Any]]:
        together.wait(60)
        return poll(readers[name], begin[name], finished)

    jobs = [lambda n=name: polling(n) for name in readers]
    told = dict(zip(["", *readers], in_threads([all_writing, *jobs], at_once=5), strict=True))

    def every(kind: str) -> set[str]:
        return set[str]().union(*(getattr(one, kind) for one in written))

    assert all(every(kind) for kind in ("shared", "at_home", "foreign", "aborted")), f"seed {seed}"
    places = {
        str(pk): place
        for pk, *place in Event.objects.values_list("pk", "entry__seal__position", "ordinal")
    }
    expected = {
        "owner": every("shared") | every("at_home"),
        "owner again": every("shared") | every("at_home"),
        "drafting group": every("shared"),
        "foreign": every("foreign"),
    }
    for name, sections in expected.items():
        events = told[name]
        assert [event["type"] for event in events] == ["section.created"] * len(sections), (
            f"{name}, seed {seed}"
        )
        objects = [event["object"]["id"] for event in events]
        assert sorted(objects) == sorted(sections), f"{name}, seed {seed}"
        order = [places[event["id"]] for event in events]
        assert order == sorted(order), f"{name}, seed {seed}"
    assert told["owner"] == told["owner again"], f"seed {seed}"
    assert verify().ok
