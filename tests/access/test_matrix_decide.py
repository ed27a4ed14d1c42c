"""Every persona towards every object and ability: what ``decide`` answers, and why.

The tables are in ``expected_decisions.py``. What has no table, and a table that lacks an
ability, fails here.
"""

from collections.abc import Iterable

import pytest
from django.db import models

from platform_api.core.access import abilities, decide
from platform_api.core.actor import Actor
from platform_api.core.registry import Protection, registry
from platform_api.core.transaction import acting

from .expected_decisions import TABLES
from .judging import decided
from .tables import decisions
from .world import World

pytestmark = [pytest.mark.access, pytest.mark.slow]


def _judged(actor: Actor, obj: models.Model, asked: Iterable[str]) -> list[str]:
    found = decided(actor, obj, asked).values()
    return ["yes" if decision.allowed else decision.reason for decision in found]


@pytest.mark.parametrize("name", TABLES)
def test_every_persona_may_do_exactly_what_the_table_says(name: str, world: World) -> None:
    """Each cell is judged as in a request, as the actor under row-level security, and then by
    the application's own rules alone, which hide just as much."""
    asked, expected = decisions(TABLES[name], list(world.personas))
    wrong = []
    for persona, cells in expected.items():
        actor = world.actors[persona]
        with acting(actor):
            walled = _judged(actor, world[name], asked)
        alone = _judged(actor, world[name], asked)
        wrong += [
            f"{persona} / {ability}: expected {cell}, decided {judged}"
            for found in (walled, alone)
            for ability, cell, judged in zip(asked, cells, found, strict=True)
            if cell != judged
        ]

    assert not wrong, f"{name}\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", ["delegation: seat", "document: public", "section: private"])
def test_published_abilities_are_those_that_are_decided(name: str, world: World) -> None:
    for persona, actor in world.actors.items():
        with acting(actor):
            obj = world[name]
            if decide(actor, "view", obj).reason != "not_found":
                published = abilities(actor, obj)
                assert published == {each: decide(actor, each, obj) for each in published}, persona


def test_every_object_of_the_world_has_a_table(world: World) -> None:
    assert set(TABLES) == set(world.objects)


@pytest.mark.parametrize("protection", registry.protections, ids=lambda p: p.type_name)
def test_every_protected_type_has_a_table_for_each_of_its_abilities(protection: Protection) -> None:
    tables = {name: table for name, table in TABLES.items() if _type(name) == protection.type_name}
    assert tables, f"{protection.type_name} is protected and has no table of expected decisions"

    for name, table in tables.items():
        asked, _ = decisions(table, None)
        assert set(asked) == {"view", *protection.rules}, f"the abilities of {name!r}"


def test_every_table_is_of_a_protected_type() -> None:
    assert {_type(name) for name in TABLES} <= {each.type_name for each in registry.protections}


def test_every_state_of_every_type_has_a_table(world: World) -> None:
    for protection in registry.protections:
        if protection.state_field is None:
            continue
        field = protection.model._meta.get_field(protection.state_field)
        assert isinstance(field, models.CharField)
        states = {str(value) for value, _ in field.choices or ()}
        covered = {
            getattr(obj, protection.state_field)
            for name, obj in world.objects.items()
            if _type(name) == protection.type_name
        }
        assert covered == states, f"states of {protection.type_name}"


def test_an_ability_that_no_table_of_rules_knows_is_refused(world: World) -> None:
    actor = world.actors["Serbia head"]
    for name in ("document: national", "section: private", "delegation: seat"):
        decision = decide(actor, "no such thing", world[name])
        assert (decision.allowed, decision.reason) == (False, "no_such_ability")


def test_rules_name_only_relations_and_checks_that_there_are() -> None:
    for protection in registry.protections:
        for ability, rule in protection.rules.items():
            named = {each for each in rule.through if not each.startswith("granted_")}
            assert named <= set(protection.relations), (protection.type_name, ability)
            assert set(rule.checks) <= set(protection.checks), (protection.type_name, ability)
            if named != set(rule.through):
                assert protection.grants is not None, (protection.type_name, ability)


def _type(name: str) -> str:
    return name.partition(":")[0]
