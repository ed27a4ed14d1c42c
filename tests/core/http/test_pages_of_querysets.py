"""Walking a real table page by page, against sorting the whole of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from platform_api.core.errors import Invalid
from platform_api.core.http.pages import Count, Page, PageSpec, paginate

from . import kit

START = datetime(2025, 1, 1, tzinfo=UTC)
ORDERS = [
    (("created_at", True), ("id", True)),
    (("created_at", True),),
    (("weight", False), ("id", False)),
    (("weight", True), ("title", False), ("id", True)),
    (("title", False), ("weight", True), ("created_at", False), ("id", False)),
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def things() -> QuerySet[kit.Thing]:
    with connection.schema_editor() as editor:
        editor.create_model(kit.Thing)
    rows = kit.Thing._default_manager.bulk_create(
        kit.Thing(
            id=UUID(int=n * 7919 % 101),
            title="abc"[n % 3],
            weight=n % 4,
            created_at=START + timedelta(microseconds=n % 5),
        )
        for n in range(1, 24)
    )
    assert len(rows) == 23
    return kit.Thing._default_manager.all()


def get(rows: Any, spec: PageSpec, url: str) -> Page:
    return paginate(rows, spec, RequestFactory().get(url))


def relative(url: str | None, settings: Any) -> str:
    return (url or "").removeprefix(settings.PUBLIC_URL)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 5, 22, 23, 24])
def test_every_row_is_met_once_in_order_both_ways(
    things: QuerySet[kit.Thing], settings: Any, order: Any, limit: int
) -> None:
    settings.PUBLIC_URL = "https://rcp.example"
    spec = PageSpec(order=order)
    fields = [f"-{name}" if descending else name for name, descending in spec.full_order]
    expected = list(things.order_by(*fields))

    pages, url = [], f"/t?limit={limit}"
    while url:
        page = get(things, spec, url)
        pages.append(list(page.items))
        last, url = page, relative(page.next, settings)
    assert [thing for page in pages for thing in page] == expected
    assert all(len(page) == limit for page in pages[:-1])

    back, url = [pages[-1]], relative(last.previous, settings)
    while url:
        page = get(things, spec, url)
        back.append(list(page.items))
        assert page.next
        url = relative(page.previous, settings)
    assert back[::-1] == pages


def test_a_page_costs_one_query_and_counts_nothing(things: QuerySet[kit.Thing]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        get(things, PageSpec(), "/t?limit=3")

    assert len(queries) == 1
    assert "COUNT" not in queries[0]["sql"]
    assert queries[0]["sql"].endswith("LIMIT 4")


@pytest.mark.parametrize(
    ("cap", "count"), [(22, Count(22, True)), (23, Count(23, False)), (1000, Count(23, False))]
)
def test_a_count_is_capped(things: QuerySet[kit.Thing], cap: int, count: Count) -> None:
    assert get(things, PageSpec(count_cap=cap), "/t?count=true&limit=1").count == count
    assert get(things, PageSpec(count_cap=cap), "/t").count is None


def test_ids_pick_among_the_visible(things: QuerySet[kit.Thing]) -> None:
    wanted = sorted(things.values_list("id", flat=True))[:3]
    hidden = things.exclude(id=wanted[0])

    page = get(hidden, PageSpec(order=()), "/t?ids=" + ",".join(str(id_) for id_ in wanted))
    assert [thing.id for thing in page.items] == [wanted[2], wanted[1]]


def test_rows_may_be_mappings(things: QuerySet[kit.Thing], settings: Any) -> None:
    settings.PUBLIC_URL = "https://rcp.example"
    rows = things.values("id", "created_at")

    first = get(rows, PageSpec(), "/t?limit=2")
    second = get(rows, PageSpec(), relative(first.next, settings))
    expected = list(rows.order_by("-created_at", "-id")[:4])
    assert [*first.items, *second.items] == expected


def test_a_cursor_of_another_order_is_refused(things: QuerySet[kit.Thing], settings: Any) -> None:
    settings.PUBLIC_URL = "https://rcp.example"
    url = relative(get(things, PageSpec(), "/t?limit=1").next, settings)

    with pytest.raises(Invalid) as caught:
        get(things, PageSpec(order=(("weight", True),)), url)
    assert [error.pointer for error in caught.value.errors] == ["?cursor"]


def test_the_bound_of_a_page_enters_an_index(things: QuerySet[kit.Thing], settings: Any) -> None:
    settings.PUBLIC_URL = "https://rcp.example"
    url = relative(get(things, PageSpec(), "/t?limit=1").next, settings)
    with CaptureQueriesContext(connection) as queries:
        get(things, PageSpec(), url)

    sql = queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON kit_thing (created_at DESC, id DESC)")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: (created_at <=" in plan, plan
