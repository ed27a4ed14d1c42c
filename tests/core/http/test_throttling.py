"""Whose bucket a request draws on, and what an empty one answers."""

from typing import Any

import pytest
from django.test import RequestFactory

from platform_api.core.http.throttling import client_address

from . import kit
from .problem import problem

FIRST = f"things/{kit.number(1)}"


@pytest.mark.parametrize(
    ("token", "path", "asked"),
    [
        ("head", FIRST, (f"user:{kit.USER}", 30, 5)),
        ("client", FIRST, ("client:ministry", 30, 5)),
        (None, FIRST, ("address:127.0.0.1", 20, 4)),
        ("client", f"{FIRST}/object", ("own:client:ministry", 60, 5)),
        ("unknown", FIRST, ("unauthenticated:127.0.0.1", 10, 3)),
        (None, f"{FIRST}/object", ("unauthenticated:127.0.0.1", 10, 3)),
    ],
)
def test_a_request_takes_one_token_of_its_bucket(
    api: Any,
    throttle: kit.FakeThrottle,
    settings: Any,
    token: str | None,
    path: str,
    asked: tuple[str, int, int],
) -> None:
    settings.THROTTLE_PER_MINUTE, settings.THROTTLE_BURST = 30, 5
    settings.THROTTLE_PUBLIC_PER_MINUTE, settings.THROTTLE_PUBLIC_BURST = 20, 4
    settings.THROTTLE_UNAUTHENTICATED_PER_MINUTE, settings.THROTTLE_UNAUTHENTICATED_BURST = 10, 3

    answer = api.call("POST" if path.endswith("object") else "GET", path, token=token)

    assert throttle.asked == [asked]
    assert {n: v for n, v in answer.headers.items() if n.startswith("RateLimit")} == {
        "RateLimit-Limit": str(asked[1]),
        "RateLimit-Remaining": str(asked[2] - 1),
        "RateLimit-Reset": "1",
    }


@pytest.mark.parametrize(
    ("token", "bucket"),
    [("head", f"user:{kit.USER}"), ("unknown", "unauthenticated:127.0.0.1")],
)
def test_an_empty_bucket(
    api: Any, world: kit.World, throttle: kit.FakeThrottle, token: str, bucket: str
) -> None:
    throttle.empty.add(bucket)

    answer = api.call("GET", FIRST, token=token)

    assert answer.status_code == 429
    assert answer.json() == problem(
        429,
        "too-many-requests",
        f"/api/v1/{FIRST}",
        code="too_many_requests",
        detail="Too many requests; wait as long as Retry-After says.",
    )
    assert answer.headers["Retry-After"] == "7"
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert (world.transactions, world.calls) == ([], [])


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "192.0.2.1", "198.51.100.9", "192.0.2.1"),
        (1, "192.0.2.1", "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "192.0.2.1", "203.0.113.5, 198.51.100.9", "203.0.113.5"),
        (3, "192.0.2.1", "203.0.113.5, 198.51.100.9", "192.0.2.1"),
        (1, "192.0.2.1", "", "unknown"),
        (1, "192.0.2.1", "nonsense", "unknown"),
        (0, "2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.7", "", "192.0.2.7"),
        (0, "", "", "unknown"),
    ],
)
def test_the_address_that_a_caller_has(
    settings: Any, proxies: int, remote: str, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address
