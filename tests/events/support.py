"""What the tests of the change feed share."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.api import ApiClient
from tests.ledger.helpers import settle


def cursor_of(answer: Any) -> str:
    """The cursor in an answer's ``next``."""
    assert answer.status_code == 200, answer.content
    (cursor,) = parse_qs(urlsplit(answer.json()["next"]).query)["cursor"]
    return cursor


def told(answer: Any) -> list[tuple[str, str]]:
    """Type and object of each event of an answer."""
    assert answer.status_code == 200, answer.content
    return [(item["type"], item["object"]["id"]) for item in answer.json()["items"]]


def pages(client: ApiClient, cursor: str | None = None, **query: Any) -> Iterator[Any]:
    """The answers from a cursor, or from the beginning, until nothing more is there yet."""
    query |= {"cursor": cursor} if cursor else {}
    settle()
    while True:
        answer = client.get("events", query)
        yield answer
        onward = cursor_of(answer)
        if onward == query.get("cursor"):
            return
        query["cursor"] = onward


def everything(client: ApiClient, cursor: str | None = None, **query: Any) -> list[tuple[str, str]]:
    """Type and object of every event that a caller sees."""
    return [event for answer in pages(client, cursor, **query) for event in told(answer)]


def now(client: ApiClient) -> str:
    """A cursor behind everything that happened so far."""
    settle()
    return cursor_of(client.get("events", {"from": "now"}))
