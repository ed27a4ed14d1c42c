"""Marks, audiences and grants in any order give the readers that a plain reckoning gives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.texts.models import Document, Section
from forums.marking.services import object_mark, object_restrict, object_unrestrict
from platform_api.core.actor import Actor, Role
from platform_api.core.transaction import acting
from policies.practices.models import Practice
from tests.factories import PracticeFactory, SectionFactory, actor_at, grant, publish

from .conftest import Table

pytestmark = [pytest.mark.access, pytest.mark.properties, pytest.mark.django_db, pytest.mark.slow]

SMALL = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Each example is undone before the next, so that the fixture may be one for all."""

SEATS = ("serbia", "albania", "bosnia", "montenegro", "croatia")
GROUP = frozenset({"serbia", "albania", "bosnia"})
FORUM = GROUP | {"montenegro"}
EVERYBODY = frozenset(SEATS)
NOBODY_ELSE = frozenset({"serbia"})

LABELS = (None, "red", "amber_strict", "amber", "green", "clear")
OTHERS = SEATS[1:]


@dataclass(frozen=True)
class State:
    """An object of Serbia's in plain words. audience: of a practice, or the drafting group."""

    audience: str
    tlp: str | None = None
    releasable_to: frozenset[str] | None = None
    restricted: bool = False
    granted: frozenset[str] = frozenset()

    def allowed(self, who: str) -> bool:
        return self.releasable_to is None or who in self.releasable_to or who == "serbia"

    def ring(self) -> frozenset[str]:
        if self.restricted or self.tlp in ("red", "amber_strict"):
            return NOBODY_ELSE
        widest = {
            "group": GROUP,
            "owner": NOBODY_ELSE,
            "forum": FORUM,
            "public": EVERYBODY,
        }[self.audience]
        if self.tlp == "amber" and self.audience != "group":
            return NOBODY_ELSE  # a practice has no drafting group
        if self.tlp == "green" and self.audience == "public":
            return NOBODY_ELSE  # what is everybody's is of no forum
        return widest

    def readers(self) -> frozenset[str]:
        ring = frozenset(who for who in self.ring() if self.allowed(who))
        return ring | self.granted | NOBODY_ELSE

    def after(self, step: tuple[str, Any]) -> "State":
        name, given = step
        if name == "mark":
            marked = replace(self, tlp=given[0], releasable_to=given[1])
            return replace(marked, granted=frozenset(filter(marked.allowed, self.granted)))
        if name == "grant":
            return replace(self, granted=self.granted | {given}) if self.allowed(given) else self
        if name == "publish":
            return replace(self, audience=given)
        return replace(self, restricted=not self.restricted)


_marks = st.tuples(
    st.sampled_from(LABELS), st.none() | st.frozensets(st.sampled_from(OTHERS), max_size=3)
)
_common_steps = (
    st.tuples(st.just("mark"), _marks)
    | st.tuples(st.just("grant"), st.sampled_from(OTHERS))
    | st.tuples(st.just("restrict"), st.none())
)
_audiences = st.tuples(st.just("publish"), st.sampled_from(["owner", "forum", "public"]))
_documents = st.lists(_common_steps, min_size=1, max_size=5)
_practices = st.lists(_common_steps | _audiences, min_size=1, max_size=5)


def _do(table: Table, head: Actor, obj: Any, state: State, step: tuple[str, Any]) -> None:
    name, given = step
    fresh = type(obj)._default_manager.get(pk=obj.pk)
    if name == "grant":
        seat = getattr(table, given)
        # The one is granted by its seat, the other by its country.
        holder = seat if given in ("albania", "croatia") else seat.party
        if state.allowed(given):
            if given not in state.granted:
                grant(fresh, holder)
        else:
            with pytest.raises(IntegrityError, match="not_releasable"), transaction.atomic():
                grant(fresh, holder)
    elif name == "publish":
        publish(fresh, given)
    elif name == "mark":
        tlp, names = given
        parties = None if names is None else [getattr(table, each).party for each in names]
        with acting(head):
            object_mark(actor=head, obj=fresh, tlp=tlp, releasable_to=parties)
    else:
        with acting(head):
            act = object_unrestrict if fresh.restricted else object_restrict
            act(actor=head, obj=fresh)


def _seen(actors: Mapping[str, Any], obj: Any) -> tuple[frozenset[str], frozenset[str]]:
    """Who sees an object by the application's condition, and who by the wall alone."""
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    by_condition, by_wall = set(), set()
    for who, make in actors.items():
        actor = make()
        if rows.visible_to(actor).exists():
            by_condition.add(who)
        with acting(actor):
            if rows.exists():
                by_wall.add(who)
    return frozenset(by_condition), frozenset(by_wall)


def _actors(table: Table) -> dict[str, Any]:
    """What makes the actor that a reader of each seat is at a moment."""
    return {who: partial(actor_at, getattr(table, who), Role.READER) for who in SEATS}


def _play(table: Table, obj: Any, state: State, steps: list[tuple[str, Any]]) -> None:
    actors = _actors(table)
    for step in steps:
        _do(table, actor_at(table.serbia, Role.HEAD), obj, state, step)
        state = state.after(step)
        expected = state.readers()
        assert _seen(actors, obj) == (expected, expected), (step, state)


@SMALL
@given(steps=_documents)
def test_documents(steps: list[tuple[str, Any]], table: Table) -> None:
    with transaction.atomic():
        _play(table, Document.objects.get(pk=table.document.pk), State("group"), steps)
        transaction.set_rollback(True)


@SMALL
@given(steps=_practices)
def test_practices(steps: list[tuple[str, Any]], table: Table) -> None:
    with transaction.atomic():
        practice = PracticeFactory(delegation=table.serbia, published="forum")
        _play(table, Practice.objects.get(pk=practice.pk), State("forum"), steps)
        transaction.set_rollback(True)


@SMALL
@given(own=_marks, outer=_marks, document_first=st.booleans())
def test_sections_keep_within_their_document_whichever_is_marked_first(
    own: Any, outer: Any, document_first: bool, table: Table
) -> None:
    with transaction.atomic():
        section = SectionFactory(document=table.document, delegation=table.serbia, released=True)
        objects = [(table.document, outer), (section, own)]
        for obj, marks in objects if document_first else reversed(objects):
            head = actor_at(table.serbia, Role.HEAD)
            _do(table, head, obj, State("group"), ("mark", marks))
        states = [State("group").after(("mark", marks)) for marks in (own, outer)]
        expected = states[0].readers() & states[1].readers()
        assert _seen(_actors(table), Section.objects.get(pk=section.pk)) == (expected, expected)
        transaction.set_rollback(True)
