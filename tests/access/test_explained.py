"""Explanations agree with decisions, for the personas and objects of the world, both ways."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest
from django.db.models import Model

from forums.granting.explaining import able
from forums.granting.rules import ABILITY, KEPT
from forums.granting.seats import seat_actor
from forums.granting.selectors import Matrix, kept_objects
from forums.membership.models import Delegation
from platform_api.core.access import decide
from platform_api.core.access_explained import explain, who_can
from platform_api.core.access_paths import readers_of
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Level
from platform_api.core.registry import registry
from platform_api.core.transaction import acting

from .judging import decided
from .world import World

pytestmark = [pytest.mark.access, pytest.mark.slow]

GRANTED = [each.type_name for each in registry.protections if each.grants is not None]


def _of_type(world: World, type_name: str) -> dict[str, Model]:
    return {name: world[name] for name in world.objects if name.startswith(f"{type_name}: ")}


def _asked(type_name: str) -> list[str]:
    return ["view", *registry.protection_named(type_name).rules]


def test_access_is_managed_for_every_type_that_can_be_granted() -> None:
    assert sorted(KEPT) == sorted(GRANTED)
    for type_name in GRANTED:
        rule = registry.protection_named(type_name).rules[ABILITY]
        assert rule.unseen, type_name
    others = [each for each in registry.protections if each.grants is None]
    assert not any(rule.unseen for each in others for rule in each.rules.values())


@pytest.mark.parametrize("type_name", [*GRANTED, "delegation", "delegate", "revision"])
def test_what_is_explained_is_what_is_decided(type_name: str, world: World) -> None:
    """Each ability with its reason; there are ways exactly where the object is visible, and a
    relation gives the role exactly where nothing but the state or a check is in the way.

    Every object and every persona, in a third of their pairs: all pairs are decided elsewhere.
    """
    wrong = []
    for row, (name, obj) in enumerate(_of_type(world, type_name).items()):
        for persona, actor in list(world.actors.items())[row % 3 :: 3]:
            with acting(actor):
                found = explain(actor, obj)
                expected = decided(actor, obj, _asked(type_name))
            told = {each.ability: each.decision for each in found.abilities}
            if told != expected or bool(found.ways) != (expected["view"].reason != "not_found"):
                wrong.append(f"{name} / {persona}")
            for each in found.abilities:
                if each.rule is None:
                    continue
                has_role = any(each.rule.role in standing.roles for standing in each.standings)
                if each.decision.allowed and not has_role:
                    wrong.append(f"{name} / {persona} / {each.ability}: allowed through nothing")

    assert wrong == []


@pytest.mark.parametrize("type_name", GRANTED)
def test_ways_are_told_by_the_scopes_and_grants_that_lead_there(
    type_name: str, world: World
) -> None:
    """Every way of a granted type is named by a reader scope or a grant of the persona's."""
    for name, obj in _of_type(world, type_name).items():
        for persona, actor in world.actors.items():
            found = explain(actor, obj)
            assert bool(found.sight) == bool(found.ways), (name, persona)
            own = {each.way for each in found.sight if not each.inherited_from}
            inherited = {"parent" for each in found.sight if each.inherited_from}
            assert own | inherited == set(found.ways), (name, persona)


@pytest.mark.parametrize("type_name", GRANTED)
def test_readers_are_those_who_see(type_name: str, world: World) -> None:
    """The ways turned round: who reads an object is exactly who finds it visible."""
    model = registry.protection_named(type_name).model
    objects = _of_type(world, type_name)
    readers = readers_of(model, [obj.pk for obj in objects.values()])
    for persona, actor in world.actors.items():
        visible = set(
            model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
            .filter(pk__in=readers.keys() | {obj.pk for obj in objects.values()})
            .values_list("pk", flat=True)
        )
        reached = {key for key, found in readers.items() if _reaches(actor, found)}
        assert reached == visible, persona


def _reaches(actor: Actor, found: list) -> bool:
    return any(
        (each.scope in actor.scopes or each.group in actor.groups) and each.level is Level.READ
        for each in found
    )


@pytest.mark.parametrize("type_name", GRANTED)
def test_who_can_is_who_is_decided_to(type_name: str, world: World) -> None:
    """Of some abilities: to see it, to manage access to it, and the first and last of its rules."""
    first, *_, last = registry.protection_named(type_name).rules
    for name, obj in _of_type(world, type_name).items():
        able_to = _able(obj, world.actors.values(), ["view", ABILITY, first, last])
        for ability, expected in able_to.items():
            assert who_can(ability, obj, world.actors.values()) == expected, (name, ability)


def _able(obj: Model, actors: Iterable[Actor], abilities: Sequence[str]) -> dict[str, list[Actor]]:
    """Those of the actors that are decided to have each ability on an object."""
    may: dict[str, list[Actor]] = {ability: [] for ability in abilities}
    for actor in actors:
        with acting(actor):
            for ability, decision in decided(actor, obj, abilities).items():
                if decision.allowed:
                    may[ability].append(actor)
    return may


@pytest.mark.parametrize("type_name", ["document", "section", "project"])
def test_the_seats_that_may_are_all_seats_that_are_decided_to(type_name: str, world: World) -> None:
    """Asked by the access manager, who reads nothing; both directions, over every seat there is,
    of each object a third of the abilities."""
    manager = world.actors["Serbia access_manager"]
    seats = {seat.pk: seat_actor(seat) for seat in Delegation.objects.all()}
    ended = set(
        Delegation.objects.filter(until__lte=datetime.now(UTC).date()).values_list("pk", flat=True)
    )
    with acting(manager):
        keys = [obj.pk for obj in _of_type(world, type_name).values()]
        kept = kept_objects(manager, type_name, keys)
        assert kept
        for row, each in enumerate(kept.values()):
            able_to = _able(each.obj, seats.values(), _asked(type_name)[row % 3 :: 3])
            for ability, actors in able_to.items():
                found = able(manager, each, ability)
                told = {name.delegation for name in found.seats}
                expected = {pk for pk, seat in seats.items() if seat in actors}
                if found.everybody:
                    assert ability == "view"
                    expected -= ended  # it reads what is public as nobody's seat
                assert told == expected, (str(each.obj), ability)


def test_a_seat_sees_what_its_head_sees_behind_both_walls(world: World) -> None:
    for name, persona in (
        ("Serbia", "Serbia head"),
        ("Albania", "Albania head"),
        ("Greece", "granted by country"),
        ("Kosovo", "head of an ended seat"),
        ("Bosnia", "head of a suspended seat"),
        ("Montenegro", "Montenegro head"),
    ):
        seat, head = seat_actor(world.seats[name]), world.actors[persona]
        assert seat.scopes == (head.scopes or {PUBLIC_SCOPE}), name
        assert head.groups <= seat.groups, name
        for type_name in GRANTED:
            model = registry.protection_named(type_name).model
            shown = []
            for actor in (seat, head):
                with acting(actor):
                    shown.append(set(model._default_manager.values_list("pk", flat=True)))
                    rows = model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
                    assert set(rows.values_list("pk", flat=True)) == shown[-1]
            assert shown[0] == shown[1], (name, type_name)


def test_what_a_seat_keeps_is_what_its_manager_is_decided_to_manage(world: World) -> None:
    """The list and the decision on each are the same for every persona and type."""
    for persona, actor in world.actors.items():
        for type_name in GRANTED:
            if not actor.is_authenticated or not actor.may_use("access:manage"):
                continue
            with acting(actor):
                listed = {
                    key
                    for key, _ in Matrix(actor, type_name).fetch(after=None, before=None, limit=200)
                }
                objects = _of_type(world, type_name).values()
                managed = set()
                for obj in objects:
                    decision = decide(actor, ABILITY, obj)
                    if decision.allowed or decision.is_state:
                        managed.add(obj.pk)
                kept = set(kept_objects(actor, type_name, [obj.pk for obj in objects]))
            assert kept == managed, (persona, type_name)
            assert managed <= listed, (persona, type_name)
            if persona != "secretariat head":
                names = {obj.pk for obj in objects}
                assert listed & names == managed, (persona, type_name)
