"""From a request's credentials to the actor it acts as."""

from django.http import HttpRequest
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from platform_api.core.actor import ANONYMOUS, Actor
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.registry import registry

from . import conf
from .acts import Act
from .refusals import InsufficientScope, Unauthenticated
from .throttling import throttle_unauthenticated


def actor_of(request: Request) -> Actor:
    """The actor of an authenticated request, built from live rows by the identity layer.

    Raises LookupError when no layer has registered how.
    """
    if registry.actor_builder is None:
        raise LookupError("no actor_builder is registered")
    return registry.actor_builder(request)


def caller_of(request: Request, http_request: HttpRequest, act: Act) -> Actor:
    """The actor of a request, or the anonymous one where the act takes it.

    Raises Unauthenticated; TooManyRequests when an address has been refused too often. A
    credential that is sent but not good is refused on public acts too.
    """
    try:
        return _caller_of(request, act)
    except (AuthenticationFailed, NotAuthenticated, Unauthenticated) as error:
        throttle_unauthenticated(http_request)
        if isinstance(error, Unauthenticated):
            raise
        raise _invalid_token() from None


def _caller_of(request: Request, act: Act) -> Actor:
    try:
        _ = request.user
    except ValueError:
        raise Invalid(
            [FieldError("?", "malformed_query", "The query string is not form-encoded.")]
        ) from None
    if request.successful_authenticator:
        actor = actor_of(request)
        if actor.is_authenticated:
            return actor
        raise _invalid_token()
    if "Authorization" in request.headers:
        raise _invalid_token()
    if act.invited or (act.public and conf.flag("PUBLIC_ACCESS")):
        return ANONYMOUS
    raise Unauthenticated


def _invalid_token() -> Unauthenticated:
    return Unauthenticated(code="invalid_token", challenge='Bearer error="invalid_token"')


def check_scope_first(actor: Actor, token_scope: str) -> None:
    """Raise InsufficientScope for a credential that may not even look at this area."""
    if not token_scope or not actor.is_authenticated or actor.may_use(token_scope):
        return
    reading = f"{token_scope.partition(':')[0]}:read"
    if not actor.may_use(reading):
        raise InsufficientScope(token_scope)


def check_scope(actor: Actor, token_scope: str) -> None:
    """Raise InsufficientScope for a credential without this scope."""
    if token_scope and actor.is_authenticated and not actor.may_use(token_scope):
        raise InsufficientScope(token_scope)
