"""What an actor is made of: memberships and scopes as they hold at this moment, and nothing else.

The wall asks the same of the rows themselves; here is asked what the application takes for granted.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from platform_api.core.actor import ANONYMOUS, PUBLIC_SCOPE
from platform_api.identity.actors import actor_of
from platform_api.identity.models import Membership, ScopeReader, User

from .world import World

pytestmark = pytest.mark.access


def _user(world: World, persona: str) -> User:
    user = world.personas[persona].user
    assert user is not None
    return User.objects.get(pk=user.pk)


def test_a_user_who_is_not_active_is_nobody(world: World) -> None:
    user = _user(world, "inactive head")
    assert Membership.objects.filter(user=user, valid_from__lte=Now(), valid_until=None).exists()

    assert actor_of(user) == ANONYMOUS

    user.is_active = True
    assert actor_of(user).seats.keys() == {world.id("delegation: seat")}


def test_a_membership_gives_nothing_before_it_begins(world: World) -> None:
    user = _user(world, "delegate from tomorrow")
    memberships = Membership.objects.filter(user=user)

    early = actor_of(user)
    assert (early.groups, early.scopes) == (frozenset(), {PUBLIC_SCOPE})
    assert not early.seats
    assert not early.parties

    memberships.update(valid_from=Now())
    begun = actor_of(user)
    assert begun.groups == set(memberships.values_list("group", flat=True)) != set()
    assert begun.seats.keys() == {world.id("delegation: seat")}


@pytest.mark.parametrize(
    "time",
    [{"valid_until": Now()}, {"valid_from": Now() + timedelta(hours=1)}],
    ids=["ended", "not begun"],
)
def test_a_scope_is_read_while_its_reader_row_holds(time: dict[str, Any], world: World) -> None:
    user = _user(world, "Serbia reader")
    before = actor_of(user)
    scope = world["section: released"].document.effective_scope_id
    home = world.seats["Serbia"].home_scope_id
    assert {scope, home} < before.scopes

    ScopeReader.objects.filter(scope=scope, group__in=before.groups).update(**time)

    after = actor_of(user)
    assert after.scopes == before.scopes - {scope}
    assert after.groups == before.groups
