"""The rules without sight: what they ask of a credential and of a caller, object by object.

The matrix asks as real callers do, who must see an object first; where only those see a type who
may do everything with it, it can't tell whether the rule asks for anything at all.
"""

from dataclasses import replace
from typing import Any

import pytest

from platform_api.core import access
from platform_api.core.access import decide, granted_levels, live_grants, require_by
from platform_api.core.actor import Actor, ActorKind, Level, Role
from platform_api.core.errors import Forbidden, NotVisible
from platform_api.core.ids import new_id
from platform_api.core.registry import Rule, registry
from platform_api.identity.actors import actor_of
from platform_api.identity.scopes import SCOPES
from tests.factories import delegate, grant

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


@pytest.mark.parametrize("order", ["permission_id", "-permission_id"])
def test_of_the_levels_of_a_grant_the_highest_counts_in_whichever_order_they_come(
    order: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, obj = world.actors["Bulgaria head"], world["section: private"]
    assert granted_levels(actor, [obj]) == {}
    grant(obj, world.seats["Bulgaria"], Level.MANAGE)

    def ordered(*given: Any) -> Any:
        return live_grants(*given).order_by(order)

    monkeypatch.setattr(access, "live_grants", ordered)

    assert granted_levels(actor, [obj]) == {obj.pk: Level.MANAGE}


def test_a_rule_that_many_types_share_asks_for_sight_before_all_else(world: World) -> None:
    """Who manages access reads nothing thereby, though the rule would let them."""
    obj = world["section: private"]
    managing = Rule("access:manage", through=("owner",), role=Role.ACCESS_MANAGER)
    manager, reader = world.actors["Serbia access_manager"], world.actors["Serbia reader"]
    both = delegate(world.seats["Serbia"], "access_manager").user
    delegate(world.seats["Serbia"], "reader", user=both)

    with pytest.raises(NotVisible):
        require_by(manager, managing, obj)
    with pytest.raises(Forbidden, match="may not") as refused:
        require_by(reader, managing, obj)
    assert refused.value.code == "access_manager_required"
    require_by(actor_of(both), managing, obj)
