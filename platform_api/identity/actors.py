"""Builds the actor of a request or job from live rows."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from platform_api.core.actor import ANONYMOUS, PUBLIC_SCOPE, Actor, ActorKind, Role

from .models import Membership, RoleGroup, ScopeReader, User

if TYPE_CHECKING:
    from rest_framework.request import Request

LIVE = Q(valid_from__lte=Now()) & (Q(valid_until=None) | Q(valid_until__gt=Now()))
"""Rows with a time of validity that hold now, by the database's clock."""


def actor_of_request(request: "Request") -> Actor:
    """The actor of an authenticated or anonymous request."""
    user = request.user
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    token: Any = request.auth
    if token is None:
        return actor_of(user)
    allowed = set(token.application.scopes) if token.application else set()
    return actor_of(
        user,
        token_scopes=frozenset(token.scope.split()) & allowed,
        client_id=token.application.client_id if token.application else "",
    )


def actor_of(
    user: User, *, token_scopes: frozenset[str] | None = None, client_id: str = ""
) -> Actor:
    """The actor a user is at this moment; one who is not active has nothing."""
    if not user.is_active:
        return ANONYMOUS
    groups: set[int] = set()
    held: dict[str, dict[UUID, set[Role]]] = {
        RoleGroup.Kind.SEAT: defaultdict(set),
        RoleGroup.Kind.PARTY: defaultdict(set),
    }
    memberships = Membership.objects.filter(
        LIVE, user=user, group__rolegroup__suspended_at=None
    ).values_list(
        "group_id",
        "group__rolegroup__kind",
        "group__rolegroup__holder_id",
        "group__rolegroup__role",
    )
    for group_id, kind, holder_id, role in memberships:
        groups.add(group_id)
        held[kind][holder_id].add(Role(role))
    scopes = ScopeReader.objects.filter(LIVE, group_id__in=groups).values_list(
        "scope_id", flat=True
    )
    return Actor(
        kind=ActorKind(user.kind),
        user_id=user.pk,
        name=user.name,
        groups=frozenset(groups),
        scopes=frozenset(scopes) | {PUBLIC_SCOPE} if groups else frozenset({PUBLIC_SCOPE}),
        seats=_frozen(held[RoleGroup.Kind.SEAT]),
        parties=_frozen(held[RoleGroup.Kind.PARTY]),
        is_operator=user.is_operator,
        token_scopes=token_scopes,
        client_id=client_id,
    )


def _frozen(held: dict[UUID, set[Role]]) -> dict[UUID, frozenset[Role]]:
    return {holder: frozenset(roles) for holder, roles in held.items()}


def system_actor(name: str) -> Actor:
    """A named actor for work that no person asked for; it sees nothing by itself."""
    user, _ = User.objects.get_or_create(
        email=f"{name}@system.invalid",
        defaults={"name": name, "kind": "system", "is_operator": name == "bootstrap"},
    )
    return actor_of(user)


__all__: list[Any] = ["LIVE", "actor_of", "actor_of_request", "system_actor"]
