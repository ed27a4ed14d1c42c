"""Asks the API for everything and keeps each answer to the byte."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import resolve

from platform_api.core.registry import registry
from tests.api import ApiClient

from .routes import API_ROUTES, Route
from .world import World

REQUEST_ID = "the-same-for-all"
_PASSING = ("Date", "X-Request-ID", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

WORDS = {"search": ("?q=draft", "?q=words", "?q=common", "?q=section")}
"""Routes that answer only when they are asked for something."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

Answer = tuple[int, Mapping[str, str], bytes]


def ask(client: ApiClient, url: str, method: str = "GET", **options: Any) -> Answer:
    """Status, headers and body of an answer; what differs between any two requests is out."""
    headers = {"X-Request-ID": REQUEST_ID, **options.pop("headers", {})}
    response = client._send(method, url, headers=headers, **options)
    kept = {name: value for name, value in response.headers.items() if name not in _PASSING}
    # A file is streamed.
    return response.status_code, kept, response.getvalue()


def ask_all(client: ApiClient, urls: Iterable[str]) -> dict[str, Answer]:
    """The answers of many addresses, by address."""
    return {url: ask(client, url) for url in urls}


def readable(route: Route) -> bool:
    return route.view is not None and "GET" in route.actions


def plain(route: Route) -> list[str]:
    """The addresses of a route that names nothing, asked for what it has to be asked for."""
    return [route.url() + query for query in WORDS.get(route.name, ("",))]


def addresses(world: World, *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every GET route with every object of the world that it may name.

    without: types of subjects that are left out.
    """
    for route in filter(readable, API_ROUTES):
        if not route.kwargs:
            yield from plain(route)
        elif route.subject and route.subject not in without:
            (name,) = route.kwargs
            field = name.rpartition("_")[2]
            for title, obj in world.objects.items():
                if title.startswith(f"{route.subject}: "):
                    yield route.url(**{name: obj.pk if field == "id" else getattr(obj, field)})


def crawl(client: ApiClient) -> dict[str, Answer]:
    """Everything a caller can reach, by address.

    Begins at the routes that name nothing, fills what answers tell of into every route that may
    name it, and asks each list in every way: by pages of one, counted, by ids, by fields, by each
    filter.
    """
    found: dict[str, Answer] = {}
    types = _types_of_ids()
    pending = [
        url for route in filter(readable, API_ROUTES) if not route.kwargs for url in plain(route)
    ]
    told = ""
    while pending:
        for url in pending:
            found[url] = ask(client, url)
            told += found[url][2].decode()
        pending = [url for url in _fillings(told, types) if url not in found]
    ids = sorted(set(_UUID.findall(told)))
    for route in filter(readable, API_ROUTES):
        if _is_list(route):
            for url in [url for url in found if _leads_to(route, url)]:
                found |= _asked_every_way(client, route, url, ids, found[url])
    return found


def _types_of_ids() -> dict[str, set[str]]:
    """The keys of all protected rows by type, read past every wall."""
    return {
        each.type_name: {str(pk) for pk in each.model._default_manager.values_list("pk", flat=True)}
        for each in registry.protections
    }


def _fillings(told: str, types: Mapping[str, set[str]]) -> Iterator[str]:
    """Routes with what was told: ids by the type that a route names, other keys by their name."""
    ids = set(_UUID.findall(told))
    for route in filter(readable, API_ROUTES):
        for name, converter in route.kwargs.items():
            if type(converter).__name__ == "UUIDConverter":
                values = ids & types[route.subject] if route.subject else ids
            else:
                values = set(re.findall(_NAMED[name.rpartition("_")[2]], told))
            for value in sorted(values):
                yield route.url(**{name: value})


_NAMED = {
    name: rf'"(?:{members})":"([A-Za-z0-9-]+)"'
    for name, members in {
        "code": "code|country",
        "key": "key|organisation",
        "slug": "slug|forum",
        "tag": "tag",
    }.items()
}
"""Members of answers that tell the keys of reference data and forums."""


def _is_list(route: Route) -> bool:
    act = route.act("GET")
    return act is not None and (act.many or route.actions["GET"] == "list")


def _leads_to(route: Route, url: str) -> bool:
    """Whether an address is a list's own; the pages behind it are whole addresses."""
    return url.startswith("/") and resolve(url.partition("?")[0]).url_name == route.name


def _asked_every_way(
    client: ApiClient, route: Route, url: str, ids: Sequence[str], first: Answer
) -> dict[str, Answer]:
    if first[0] != 200:
        return {}
    act = route.act("GET")
    assert act is not None
    assert route.view is not None
    ways = ["abilities=reasons"]
    page = route.view.page
    if page is not None:
        ways += ["count=true", f"limit={'5' if route.name in WORDS else '1'}"]
        if page.id_type is UUID and page.max_ids:
            ways.append(f"ids={','.join(ids[: page.max_ids])}")
    for name, field in (act.query().fields if act.query else {}).items():
        values = list(getattr(field, "choices", ()))
        values = ["true", "false"] if type(field).__name__ == "BooleanField" else values
        ways += [f"{name}={value}" for value in values]
    mark = "&" if "?" in url else "?"
    asked = ask_all(client, [f"{url}{mark}{way}" for way in ways])
    for answer in list(asked.values()):
        asked |= _followed(client, answer, asked)
    return asked


def _followed(client: ApiClient, first: Answer, known: Mapping[str, Answer]) -> dict[str, Answer]:
    """The pages behind a first one that are not known yet."""
    pages: dict[str, Answer] = {}
    answer = first
    while answer[0] == 200:
        following = json.loads(answer[2]).get("next")
        if not following or following in known or following in pages:
            break
        answer = pages[following] = ask(client, following)
    return pages
