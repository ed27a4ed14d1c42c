"""A client of the API for tests: real tokens, JSON in, JSON out."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client as DjangoClient
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from forums.membership.models import ClientBinding, Delegate
from platform_api.identity.models import Client, User

from .factories import token_for

BASE = "/api/v1/"

Caller = User | Delegate | Client | ClientBinding
"""Who may call: a person, or a service client."""


class ApiClient:
    """Calls the API as somebody, or as nobody without a token.

    Paths are below /api/v1/; absolute ones and whole addresses (``next``) are taken as they are.
    if_match: a revision, an ETag, or an earlier answer whose ETag is sent. headers: further ones.
    """

    def __init__(self, token: str = "") -> None:
        self.token = token
        self._django = DjangoClient()
        self._django.handler = _handler(tuple(settings.MIDDLEWARE))

    def __deepcopy__(self, memo: Any) -> "ApiClient":
        return ApiClient(self.token)

    def get(self, path: str, query: Mapping[str, Any] | None = None, *, headers: Any = None) -> Any:
        return self._send("GET", path, query=query, headers=headers)

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        if_match: Any = None,
        key: str = "",
        headers: Any = None,
    ) -> Any:
        return self._send("POST", path, body, if_match=if_match, key=key, headers=headers)

    def upload(self, path: str, parts: Mapping[str, Any], *, key: str = "") -> Any:
        """POST a form in parts, of which files are SimpleUploadedFile."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if key:
            headers["Idempotency-Key"] = key
        address = path if path.startswith(("/", "http")) else BASE + path
        return self._django.post(address, dict(parts), headers=headers)

    def patch(self, path: str, body: Any, *, if_match: Any = None, headers: Any = None) -> Any:
        return self._send("PATCH", path, body, if_match=if_match, headers=headers)

    def put(self, path: str, body: Any, *, if_match: Any = None, headers: Any = None) -> Any:
        return self._send("PUT", path, body, if_match=if_match, headers=headers)

    def delete(self, path: str, *, if_match: Any = None, headers: Any = None) -> Any:
        return self._send("DELETE", path, if_match=if_match, headers=headers)

    def _send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        if_match: Any = None,
        key: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        sent = dict(headers or {})
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if if_match is not None:
            sent["If-Match"] = _etag(if_match)
        if key:
            sent["Idempotency-Key"] = key
        given: dict[str, Any] = {"headers": sent}
        if query:
            given["query_params"] = dict(query)
        if body is not None:
            given |= {"data": json.dumps(body), "content_type": "application/json"}
        address = path if path.startswith(("/", "http")) else BASE + path
        return self._django.generic(method, address, **given)


@cache
def _handler(middleware: tuple[str, ...]) -> ClientHandler:
    """One for all clients: to load the middleware costs more than most requests."""
    return ClientHandler(enforce_csrf_checks=False)


def api(caller: Caller | None = None, scopes: Iterable[str] | None = None) -> ApiClient:
    """A client that calls as a person or service client, by a new access token.

    scopes: of the token; all that its OAuth client may have by default. Nobody: no token.
    """
    if caller is None:
        return ApiClient()
    if isinstance(caller, Delegate):
        caller = caller.user
    elif isinstance(caller, ClientBinding):
        caller = caller.client
    return ApiClient(token_for(caller, scopes))


def rfc3339(time: datetime | None) -> str | None:
    """A time as answers show it."""
    return None if time is None else time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def codes(response: Any) -> list[tuple[str, str]]:
    """Pointer and code of each error of a 400 problem."""
    assert response.status_code == 400, response.content
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def refused(response: Any) -> tuple[int, str]:
    """Status and code of a problem."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    return response.status_code, response.json()["code"]


def assert_hidden_as_absent(
    client: ApiClient, hidden: str, absent: str, method: str = "get", **given: Any
) -> None:
    """Two paths answer 404 with the same bytes, headers and number of SQL statements.

    The path itself, which the answer repeats as its ``instance``, is left out.
    """
    told = []
    for path in (hidden, absent):
        with CaptureQueriesContext(connection) as queries:
            response = getattr(client, method)(path, headers={"X-Request-ID": "compared"}, **given)
        assert response.status_code == 404, response.content
        seen = {name: value for name, value in response.items() if not name.startswith("RateLimit")}
        told.append((response.content.replace(path.encode(), b"*"), seen, len(queries)))
    # A longer path makes a longer body.
    for _, seen, _ in told:
        seen.pop("Content-Length", None)
    assert told[0] == told[1]


def queries_of(call: Callable[[], Any]) -> int:
    """How many SQL statements a call takes."""
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def _etag(value: Any) -> str:
    if hasattr(value, "headers"):
        return str(value.headers["ETag"])
    text = str(value)
    return text if '"' in text or text == "*" else f'"{text}"'
