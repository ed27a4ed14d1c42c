"""Whether a browser's session may enter the admin site, and has shown the second factor."""

from dataclasses import dataclass

from django.http import HttpRequest

from platform_api.core.actor import ANONYMOUS, Actor, ActorKind, Role
from platform_api.identity.actors import actor_of
from platform_api.identity.factors.models import Factor

FACTOR_KEY = "factor"
"""Where a session keeps the id of the factor that it has shown."""
_KEPT = "_admin_standing"
_MANAGING = frozenset({Role.HEAD, Role.ACCESS_MANAGER})


@dataclass(frozen=True, slots=True)
class Standing:
    """Who calls the admin site.

    may_enter: an operator, or a head or access manager of some seat; no service client.
    is_verified: this session has shown the second factor, which still stands.
    """

    actor: Actor
    may_enter: bool = False
    is_verified: bool = False


def may_enter(actor: Actor) -> bool:
    """Whether the site has any page for this caller."""
    if actor.kind is not ActorKind.PERSON:
        return False
    return actor.is_operator or any(roles & _MANAGING for roles in actor.seats.values())


def standing_of(request: HttpRequest) -> Standing:
    """The caller's standing, from live rows, asked once a request."""
    user = request.user
    if not user.is_authenticated:
        return Standing(ANONYMOUS)
    shown = str(request.session.get(FACTOR_KEY, ""))
    question = (user.pk, shown)
    kept = getattr(request, _KEPT, None)
    if kept is not None and kept[0] == question:
        standing: Standing = kept[1]
        return standing
    actor = actor_of(user)
    entering = may_enter(actor)
    verified = entering and shown in {
        str(pk)
        for pk in Factor.objects.filter(user=user, confirmed_at__isnull=False).values_list(
            "pk", flat=True
        )
    }
    standing = Standing(actor, entering, verified)
    setattr(request, _KEPT, (question, standing))
    return standing


def is_inside(request: HttpRequest) -> bool:
    """Whether the caller may enter and has shown the second factor."""
    standing = standing_of(request)
    return standing.may_enter and standing.is_verified


def is_for_operator(request: HttpRequest) -> bool:
    """Whether the caller is an operator who has shown the second factor."""
    return is_inside(request) and standing_of(request).actor.is_operator
