"""Walking a feed page by page, in both directions."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.test import RequestFactory

from platform_api.core.errors import Invalid
from platform_api.core.http.pages import Count, Page, PageSpec, Window, paginate_feed

from . import kit
from .problem import invalid

PATH = "/api/v1/things"
PUBLIC = "https://rcp.example/api/v1/things"


def local(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == PUBLIC
    return {"path": "things", "query": parts.query}


def walk(api: Any, url: str | None, way: str) -> list[list[str]]:
    pages = []
    while url:
        asked = local(url)
        body = api.call("GET", asked["path"], query=asked["query"]).json()
        pages.append([item["title"] for item in body["items"]])
        url = body[way]
    return pages


def item(n: int, title: str, state: str, revision: int) -> dict[str, str]:
    return {"id": str(kit.number(n)), "title": title, "state": state, "etag": f'"{revision}"'}


def test_a_short_list_is_one_page(api: Any, world: kit.World) -> None:
    answer = api.call("GET", "things")

    assert answer.json() == {
        "items": [
            item(1, "first", "draft", 4),
            item(2, "second", "released", 1),
            item(3, "third", "draft", 1),
        ],
        "next": None,
        "previous": None,
    }
    assert "Link" not in answer.headers
    assert (
        api.call("GET", "things", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


def test_a_list_without_rows(api: Any, world: kit.World) -> None:
    world.rows.clear()

    assert api.call("GET", "things").json() == {"items": [], "next": None, "previous": None}


def test_every_row_is_met_once_in_both_directions(api: Any, world: kit.World) -> None:
    world.rows[:] = [kit.Thing(id=kit.number(n), title=str(n), weight=n // 3) for n in range(1, 12)]

    forth = walk(api, f"{PUBLIC}?limit=4", "next")
    assert forth == [["11", "10", "9", "8"], ["7", "6", "5", "4"], ["3", "2", "1"]]

    first = api.call("GET", "things", query="limit=4").json()
    second = api.call("GET", "things", query=local(first["next"])["query"]).json()
    third = api.call("GET", "things", query=local(second["next"])["query"]).json()
    assert (first["previous"], third["next"]) == (None, None)
    assert walk(api, third["previous"], "previous") == forth[1::-1]
    assert walk(api, second["previous"], "next") == forth


def test_the_neighbours_are_told_in_the_link_header(api: Any) -> None:
    first = api.call("GET", "things", query="limit=1")
    second = api.call("GET", "things", query=local(first.json()["next"])["query"])
    body = second.json()

    assert first.headers["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert second.headers["Link"] == (
        f'<{body["next"]}>; rel="next", <{body["previous"]}>; rel="prev"'
    )


def test_equal_lists_have_equal_bytes(api: Any) -> None:
    one, other = (api.call("GET", "things", query="limit=1") for _ in range(2))

    assert (one.content, one.headers["ETag"]) == (other.content, other.headers["ETag"])


def test_a_cursor_outlives_its_row_and_a_change_of_limit(api: Any, world: kit.World) -> None:
    query = local(api.call("GET", "things", query="limit=1").json()["next"])["query"]
    del world.rows[0]

    body = api.call("GET", "things", query=query.replace("limit=1", "limit=2")).json()
    assert [i["title"] for i in body["items"]] == ["second", "third"]


def test_before_the_first_row_there_is_an_empty_page_and_the_way_back(
    api: Any, world: kit.World
) -> None:
    first = api.call("GET", "things", query="limit=1").json()
    second = api.call("GET", "things", query=local(first["next"])["query"]).json()
    del world.rows[0]

    body = api.call("GET", "things", query=local(second["previous"])["query"]).json()
    assert body == {"items": [], "next": f"{PUBLIC}?limit=1", "previous": None}


@pytest.mark.parametrize(("cap", "told"), [(3, (3, False)), (2, (2, True))])
def test_a_count_is_capped(
    api: Any, monkeypatch: pytest.MonkeyPatch, cap: int, told: tuple[int, bool]
) -> None:
    monkeypatch.setattr(kit.ThingViewSet, "page", PageSpec(count_cap=cap))

    body = api.call("GET", "things", query="count=true&limit=1").json()
    assert body["count"] == {"value": told[0], "capped": told[1]}
    assert "count" not in api.call("GET", "things", query="count=false").json()


def test_items_with_abilities_and_some_fields(api: Any) -> None:
    body = api.call("GET", "things", query="abilities=reasons&fields=etag,abilities&limit=1").json()

    assert body["items"] == [{"etag": '"4"', "abilities": {"revise": True, "release": True}}]


def test_filters_are_kept_in_the_links(api: Any) -> None:
    url = api.call("GET", "things", query="state=draft&limit=1&rank=3").json()["next"]

    query = parse_qs(urlsplit(url).query)
    assert (query["state"], query["limit"], query["rank"]) == (["draft"], ["1"], ["3"])


LIMIT = ("?limit", "out_of_range", "A number from 1 to 200.")
CURSOR = ("?cursor", "invalid_cursor", "The cursor does not belong here.")
IDS = ("?ids", "invalid_id", "Ids, separated by commas.")


@pytest.mark.parametrize(
    ("query", "error"),
    [
        *((f"limit={n}", LIMIT) for n in ("0", "201", "-1", "x", "", "1.5", "9" * 50, "%C2%B2")),
        *((f"cursor={c}", CURSOR) for c in ("", "x", "AAAA", "A" * 400, "é", "a=b")),
        *((f"ids={i}", IDS) for i in ("", "x", "1,2", f"{kit.number(1)},", "%EF%BF%BD")),
        (f"ids={','.join(['x'] * 201)}", ("?ids", "too_many", "At most 200 ids.")),
        ("count=yes", ("?count", "invalid_choice", "One of: true, false.")),
        ("abilities=all", ("?abilities", "invalid_choice", "One of: reasons.")),
        ("fields=", ("?fields", "unknown_field", "There is no field ''.")),
        ("fields=id,__class__", ("?fields", "unknown_field", "There is no field '__class__'.")),
        ("colour=red", ("?colour", "unknown_parameter", "There is no such parameter.")),
        ("limit=1&limit=2", ("?limit", "repeated_parameter", "Send this parameter once.")),
        ("state=draft&state=draft", ("?state", "repeated_parameter", "Send this parameter once.")),
        ("state=odd", ("?state", "invalid_choice", '"odd" is not a valid choice.')),
        ("rank=x", ("?rank", "invalid", "A valid integer is required.")),
        ("seats=x", ("?seats", "invalid", "Must be a valid UUID.")),
    ],
)
def test_parameters_that_are_wrong(api: Any, query: str, error: tuple[str, str, str]) -> None:
    answer = api.call("GET", "things", query=query)

    assert answer.status_code == 400
    assert answer.json() == invalid(PATH, error)


@pytest.mark.parametrize("query", ["state=%00", "%00=1", "rank=1%00", "cursor=%00"])
def test_nul_in_a_query(api: Any, query: str) -> None:
    answer = api.call("GET", "things", query=query)

    assert answer.status_code == 400
    assert "\\u0000" not in answer.content.decode()


def test_a_query_with_too_many_parameters(api: Any) -> None:
    assert api.call("GET", "things", query="a=1&" * 2000).status_code == 400


def test_a_detail_takes_no_parameters_of_lists(api: Any) -> None:
    answer = api.call("GET", f"things/{kit.number(1)}", query="limit=1&ids=x")

    assert [e["code"] for e in answer.json()["errors"]] == ["unknown_parameter"] * 2


def test_a_cursor_of_another_list_or_other_filters(api: Any) -> None:
    query = local(api.call("GET", "things", query="limit=1").json()["next"])["query"]

    for other in (f"{query}&state=draft", f"{query}&fields=id"):
        assert api.call("GET", "things", query=other).json() == invalid(PATH, CURSOR)


class Bounded:
    """Looks at one row at a time and keeps those with an even number."""

    def fetch(self, *, after: Any, before: Any, limit: int) -> Window:
        n = 5 if after is None else after[0] - 1
        found = [(n, UUID(int=n))] if n % 2 == 0 else []
        return Window(found, resume=(n, UUID(int=n)) if n > 1 else None)

    def load(self, ids: Any) -> list[kit.Thing]:
        return [kit.Thing(id=id_) for id_ in ids]

    def count(self, cap: int) -> Count:
        return Count(2, capped=False)


def test_a_bounded_look_goes_on_where_it_stopped(settings: Any) -> None:
    settings.PUBLIC_URL = "https://rcp.example/"
    found, url = [], "/api/v1/things?limit=2&count=true"
    for _ in range(5):
        page = paginate_feed(Bounded(), PageSpec(), RequestFactory().get(url))
        found.append([thing.id.int for thing in page.items])
        assert page.count == Count(2, capped=False)
        url = (page.next or "").removeprefix("https://rcp.example")

    assert (found, url) == ([[], [4], [], [2], []], "")


def test_what_left_sight_meanwhile_is_left_out() -> None:
    class Vanishing(Bounded):
        def load(self, ids: Any) -> list[kit.Thing]:
            return []

    page = paginate_feed(Vanishing(), PageSpec(), RequestFactory().get("/?limit=1"))
    assert page == Page([], next=page.next)


def test_a_path_beyond_ascii_is_escaped_in_links(settings: Any) -> None:
    settings.PUBLIC_URL = "https://rcp.example"

    page = paginate_feed(Bounded(), PageSpec(), RequestFactory().get("/š%3Ex?limit=1"))
    assert (page.next or "").startswith("https://rcp.example/%C5%A1%3Ex?limit=1&cursor=")


def test_bad_parameters_are_refused_without_a_view_too() -> None:
    with pytest.raises(Invalid):
        paginate_feed(Bounded(), PageSpec(), RequestFactory().get("/?limit=0"))
