"""The rules without sight: what they ask of a credential and of a caller, object by object.

The matrix asks as real callers do, who must see an object first; where only those see a type who
may do everything with it, it can't tell whether the rule asks for anything at all.
"""

from dataclasses import replace

import pytest

from documents.texts.models import Section, SectionGrant
from platform_api.core.access import decide, granted_levels, permission_id
from platform_api.core.actor import Actor, ActorKind, Level
from platform_api.core.ids import new_id
from platform_api.core.registry import registry
from platform_api.identity.scopes import SCOPES
from tests.factories import grant

from .world import World

pytestmark = pytest.mark.access

READING = {
    ("delegation", "list_delegates"),
    ("delegation", "see_exposure"),
    ("practice", "list_shares"),
}
"""Abilities that a credential needs no scope of writing for."""


def test_a_credential_that_may_only_read_does_nothing_more(world: World) -> None:
    reading = frozenset(scope for scope in SCOPES if scope.endswith(":read"))
    actor = replace(world.actors["Serbia head"], token_scopes=reading)
    allowed = set()
    for obj in world.objects.values():
        protection = registry.protection_of(type(obj))
        for ability in protection.rules:
            if decide(actor, ability, obj, seen=True).reason != "insufficient_scope":
                allowed.add((protection.type_name, ability))

    assert allowed == READING


def test_who_acts_for_no_seat_holds_no_role_towards_anything(world: World) -> None:
    nobody = Actor(kind=ActorKind.PERSON, user_id=new_id())
    for name, obj in world.objects.items():
        for relation, roles in registry.protection_of(type(obj)).relations.items():
            assert roles(nobody, obj) == frozenset(), (name, relation)


@pytest.mark.parametrize("last", Level)
def test_of_the_levels_of_a_grant_the_highest_counts_whichever_was_written_last(
    last: Level, world: World
) -> None:
    actor, obj = world.actors["Bulgaria head"], world["section: private"]
    assert granted_levels(actor, [obj]) == {}
    grant(obj, world.seats["Bulgaria"], Level.MANAGE)

    rows = SectionGrant.objects.filter(content_object=obj, group__in=actor.groups)
    assert rows.filter(permission_id=permission_id(Section, last)).update(reason="Anew.")

    assert granted_levels(actor, [obj]) == {obj.pk: Level.MANAGE}
