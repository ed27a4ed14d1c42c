"""The kit's test resource, wired up anew for each test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches

from platform_api.core.actor import ANONYMOUS, Actor, ActorKind, Role
from platform_api.core.http import idempotency, views
from platform_api.core.registry import registry

from . import kit


class Api:
    """A client of the test resource: JSON in, and the answer's parts out."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, *, token: str | None = "head", **options: Any) -> Any:
        headers = {k.replace("_", "-"): v for k, v in options.pop("headers", {}).items()}
        headers.setdefault("X-Request-ID", "test")
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if "json" in options:
            options["data"] = options.pop("json")
            options.setdefault("content_type", "application/json")
        options.setdefault("content_type", "application/octet-stream")
        query = options.pop("query", "")
        url = f"/api/v1/{path}" + (f"?{query}" if query else "")
        return self.client.generic(
            method, url, _bytes(options.pop("data", b"")), headers=headers, **options
        )


def _bytes(data: Any) -> bytes:
    return data if isinstance(data, bytes) else json.dumps(data).encode()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[kit.World]:
    """Three things, one of them another seat's, and callers in every role."""
    settings.ROOT_URLCONF = "tests.core.http.kit"
    settings.PUBLIC_URL = "https://rcp.example"
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [
        "platform_api.core.http.middleware.RequestIdMiddleware",
        "platform_api.core.http.middleware.ApiHeadersMiddleware",
    ]
    fresh = kit.World()
    fresh.rows.extend(
        [
            kit.Thing(id=kit.number(1), title="first", weight=3, revision=4),
            kit.Thing(id=kit.number(2), title="second", weight=2, state="released"),
            kit.Thing(id=kit.number(3), title="third", weight=1, owner_id=kit.OTHER_SEAT),
        ]
    )
    client = Actor(
        kind=ActorKind.CLIENT,
        user_id=kit.USER,
        client_id="ministry",
        seats={kit.SEAT: frozenset({Role.READER, Role.DRAFTER})},
        token_scopes=frozenset({kit.READ, kit.WRITE}),
    )
    fresh.actors = {
        "head": kit.person(Role.READER, Role.DRAFTER, Role.HEAD),
        "drafter": kit.person(Role.READER, Role.DRAFTER),
        "reader": kit.person(Role.READER),
        "client": client,
        "read-only": kit.person(Role.READER, Role.DRAFTER, Role.HEAD, scopes={kit.READ}),
        "elsewhere": kit.person(Role.READER, Role.DRAFTER, Role.HEAD, scopes={"polls:read"}),
        "suspended": ANONYMOUS,
    }
    monkeypatch.setattr(kit, "world", fresh)
    monkeypatch.setattr(views, "acting", kit.acting)
    monkeypatch.setattr(registry, "actor_builder", kit.build_actor)
    monkeypatch.setattr(registry, "throttle", None)
    monkeypatch.setattr(registry, "idempotency_store", None)
    monkeypatch.setattr(
        registry, "denial_recorder", lambda actor, *what: fresh.denials.append(what)
    )
    monkeypatch.setattr(
        registry, "_protections", {**registry._protections, kit.Thing: kit.PROTECTION}
    )
    monkeypatch.setattr(
        idempotency,
        "_still_visible",
        lambda resource, actor: any(str(t.id) == resource[1] for t in fresh.rows),
    )
    clear_url_caches()
    yield fresh
    clear_url_caches()


@pytest.fixture
def api(world: kit.World) -> Api:
    return Api()


@pytest.fixture
def throttle(world: kit.World, monkeypatch: pytest.MonkeyPatch) -> kit.FakeThrottle:
    fake = kit.FakeThrottle()
    monkeypatch.setattr(registry, "throttle", fake)
    return fake


@pytest.fixture
def store(world: kit.World, monkeypatch: pytest.MonkeyPatch) -> kit.FakeStore:
    fake = kit.FakeStore()
    monkeypatch.setattr(registry, "idempotency_store", fake)
    return fake
