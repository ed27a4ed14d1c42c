"""Asks the API for everything and keeps each answer to the byte."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.urls import resolve

from tests.api import ApiClient

from .routes import API_ROUTES, Route
from .world import World

REQUEST_ID = "the-same-for-all"
_PASSING = ("Date", "X-Request-ID", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

Answer = tuple[int, Mapping[str, str], bytes]


def ask(client: ApiClient, url: str, method: str = "GET", **options: Any) -> Answer:
    """Status, headers and body of an answer; what differs between any two requests is out."""
    headers = {"X-Request-ID": REQUEST_ID, **options.pop("headers", {})}
    response = client._send(method, url, headers=headers, **options)
    kept = {name: value for name, value in response.headers.items() if name not in _PASSING}
    return response.status_code, kept, response.content


def ask_all(client: ApiClient, urls: Iterable[str]) -> dict[str, Answer]:
    """The answers of many addresses, by address."""
    return {url: ask(client, url) for url in urls}


def readable(route: Route) -> bool:
    return route.view is not None and "GET" in route.actions


def addresses(world: World, *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every GET route with every object of the world that it may name.

    without: types of subjects that are left out.
    """
    for route in filter(readable, API_ROUTES):
        if not route.kwargs:
            yield route.url()
        elif route.subject and route.subject not in without:
            (name,) = route.kwargs
            field = name.rpartition("_")[2]
            for title, obj in world.objects.items():
                if title.startswith(f"{route.subject}: "):
                    yield route.url(**{name: obj.pk if field == "id" else getattr(obj, field)})


_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SLUG = re.compile(r'"(?:slug|code|tag|key|country|organisation|forum)":"([A-Za-z0-9-]+)"')


def crawl(client: ApiClient) -> dict[str, Answer]:
    """Everything a caller can reach, by address.

    Begins at the routes that name nothing, fills what answers tell of into every other route,
    and asks each list in every way: by pages of one, counted, by ids, by fields, by each filter.
    """
    found: dict[str, Answer] = {}
    pending = [route.url() for route in filter(readable, API_ROUTES) if not route.kwargs]
    known: set[str] = set()
    while pending:
        for url in pending:
            found[url] = ask(client, url)
        told = "".join(body.decode() for _, _, body in found.values())
        known = {*_UUID.findall(told), *_SLUG.findall(told)}
        pending = [url for url in _fillings(known) if url not in found]
    for route in filter(readable, API_ROUTES):
        if route.actions["GET"] == "list":
            for url in [url for url in found if _leads_to(route, url)]:
                found |= _asked_every_way(client, route, url, known, found[url])
    return found


def _fillings(known: set[str]) -> Iterator[str]:
    for route in filter(readable, API_ROUTES):
        for name, converter in route.kwargs.items():
            uuids = type(converter).__name__ == "UUIDConverter"
            for value in sorted(known):
                if bool(_UUID.fullmatch(value)) == uuids:
                    yield route.url(**{name: value})


def _leads_to(route: Route, url: str) -> bool:
    return "?" not in url and resolve(url).url_name == route.name


def _asked_every_way(
    client: ApiClient, route: Route, url: str, known: set[str], plain: Answer
) -> dict[str, Answer]:
    if plain[0] != 200:
        return {}
    act = route.act("GET")
    assert act is not None
    assert route.view is not None
    ids = sorted(one for one in known if _UUID.fullmatch(one))
    ways = ["abilities=reasons", "fields=etag"]
    if route.view.page is not None:
        ways += ["count=true", "limit=1"]
        if route.view.page.id_type is UUID:
            ways.append(f"ids={','.join(ids[:200])}")
    fields = act.query().fields if act.query else {}
    for name, field in fields.items():
        values = list(getattr(field, "choices", ())) or sorted(known - set(ids)) or ["true"]
        values = ["true", "false"] if type(field).__name__ == "BooleanField" else values
        ways += [f"{name}={value}" for value in values]
    asked = ask_all(client, [f"{url}?{way}" for way in ways])
    page = asked.get(f"{url}?limit=1")
    while page is not None and (following := json.loads(page[2])["next"]):
        page = asked[following] = ask(client, following)
    return asked
