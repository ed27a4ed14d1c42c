"""How many requests a caller may make: the port that platform_api.ledger implements, its use."""

import ipaddress
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest

from platform_api.core.actor import Actor, ActorKind
from platform_api.core.registry import registry

from . import conf
from .refusals import TooManyRequests

OWN_ACTS_PER_MINUTE = 60
"""A seat's own acts are never throttled below one a second."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one request for one token.

    limit: tokens a minute. remaining: whole tokens left now.
    reset_seconds: until the bucket is full again. retry_after_seconds: 0 when allowed.
    """

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: int
    retry_after_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The RateLimit headers that every answer carries."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_seconds),
        }


class Throttle(Protocol):
    """Token buckets shared by all processes."""

    def take(self, key: str, *, per_minute: int, burst: int) -> Verdict:
        """Take one token from the bucket ``key``, outside any transaction of the request."""
        ...


def caller_key(actor: Actor) -> str:
    """The name of an authenticated caller in buckets and among idempotency keys."""
    if actor.kind is ActorKind.CLIENT and actor.client_id:
        return f"client:{actor.client_id}"
    return f"user:{actor.user_id}"


def throttle_caller(request: HttpRequest, actor: Actor, *, own_act: bool = False) -> None:
    """Take a token of the caller's bucket; raises TooManyRequests from an empty one."""
    if not actor.is_authenticated:
        _take(request, f"address:{client_address(request)}", "THROTTLE_PUBLIC")
    elif own_act:
        _take(request, f"own:{caller_key(actor)}", "THROTTLE", at_least=OWN_ACTS_PER_MINUTE)
    else:
        _take(request, caller_key(actor), "THROTTLE")


def throttle_unauthenticated(request: HttpRequest) -> None:
    """Take a token of the address's bucket for requests that end with 401 or may guess a secret."""
    _take(request, f"unauthenticated:{client_address(request)}", "THROTTLE_UNAUTHENTICATED")


def _take(request: HttpRequest, key: str, setting: str, *, at_least: int = 1) -> None:
    if registry.throttle is None:
        return
    verdict = registry.throttle.take(
        key,
        per_minute=max(conf.number(f"{setting}_PER_MINUTE"), at_least),
        burst=max(conf.number(f"{setting}_BURST"), 1),
    )
    request.throttle_verdict = verdict  # type: ignore[attr-defined] # read by the middleware
    if not verdict.allowed:
        raise TooManyRequests(max(verdict.retry_after_seconds, 1))


def client_address(request: HttpRequest) -> str:
    """The caller's address; of IPv6 the /64 network, which is one subscriber.

    X-Forwarded-For is believed only for the entry that the outermost trusted proxy wrote.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies = conf.number("TRUSTED_PROXIES")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies:
        address = forwarded[-proxies]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
