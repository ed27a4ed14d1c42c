"""GET /api/v1/access/matrix"""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from platform_api.core.actor import Level
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import codes, queries_of, refused, rfc3339
from tests.factories import DocumentFactory, SectionFactory, grant

from .conftest import TITLE, Registry

pytestmark = pytest.mark.django_db


def _items(client, **query):
    answer = client.get("access/matrix", {"type": "document", **query})
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def _cells(item):
    return [
        (cell["holder"]["country"], cell["way"], cell["scope"], cell["level"])
        for cell in item["cells"]
    ]


def test_an_access_manager_is_told_who_has_what_on_what_it_does_not_read(desk: Registry) -> None:
    until = timezone.now() + timedelta(days=3)
    grant(desk.document, desk.croatia, Level.DRAFT, expires_at=until)

    (item,) = _items(desk.manager)

    assert (item["id"], item["title"]) == (str(desk.document.pk), TITLE)
    assert item["owner"]["delegation"] == str(desk.table.serbia.pk)
    assert _cells(item) == [
        ("RS", "scope", "drafting_group", "read"),
        ("AL", "scope", "drafting_group", "read"),
        ("HR", "grant", None, "draft"),
    ]
    assert [cell["until"] for cell in item["cells"]] == [None, None, rfc3339(until)]
    assert desk.manager.get("documents").json()["items"] == []


def test_what_is_inherited_is_told_with_its_parent(desk: Registry) -> None:
    section = SectionFactory(document=desk.document, released=True)
    grant(desk.document, desk.croatia)

    items = _items(desk.manager, type="section")
    found = {item["id"]: item for item in items}

    assert _cells(found[str(desk.draft.pk)]) == [("RS", "scope", "seat", "read")]
    parent = [{"type": "document", "id": str(desk.document.pk)}]
    cells = found[str(section.pk)]["cells"]
    assert {cell["holder"]["country"] for cell in cells} == {"RS", "AL", "HR"}
    assert all(cell["inherited_from"] == parent for cell in cells)


def test_a_secretariat_never_gets_the_title_of_a_national_object(desk: Registry) -> None:
    """In no form: what nobody else was granted it is not told of at all."""
    assert _items(desk.secretary) == []
    grant(desk.document, desk.croatia)
    grant(desk.draft, desk.croatia)
    common = DocumentFactory(delegation=desk.secretariat, common=True, titles={"en": "Ours"})

    national = next(i for i in _items(desk.secretary) if i["id"] == str(desk.document.pk))

    assert (national["title"], national["owner"]["country"]) == (None, "RS")
    assert _cells(national) == [("HR", "grant", None, "read")]
    assert {item["title"] for item in _items(desk.secretary)} == {None, "Ours"}
    assert str(common.pk) in {item["id"] for item in _items(desk.secretary)}
    for query in ({}, {"type": "section"}, {"forum": "seemic"}, {"count": "true"}):
        for accept in ("application/json", "text/csv"):
            answer = desk.secretary.get(
                "access/matrix", {"type": "document", **query}, headers={"Accept": accept}
            )
            assert b"national plan" not in answer.content
            assert b"secret draft" not in answer.content
    told = desk.secretary.get("access/matrix", {"type": "section"}).json()["items"]
    assert [item["id"] for item in told] == [str(desk.draft.pk)]


def test_the_database_tells_a_secretariat_alone_of_what_others_granted(desk: Registry) -> None:
    """Of what is the secretariat's own it is told as its keeper, and what a seat gave itself is
    given to nobody."""
    own = DocumentFactory(delegation=desk.secretariat)
    grant(DocumentFactory(delegation=desk.table.serbia), desk.table.serbia)
    for document in (desk.document, own):
        grant(document, desk.croatia)

    def told(who: str) -> list[Any]:
        with acting(actor_of(desk.people[who])), connection.cursor() as cursor:
            cursor.execute(
                "SELECT object FROM documents_documentgrant_overseen("
                "%s, NULL, NULL, NULL, 9, NULL, NULL, NULL)",
                [desk.table.forum.pk],
            )
            return [key for (key,) in cursor.fetchall()]

    assert told("secretary") == [desk.document.pk]
    for who in ("manager", "albanian", "croatian", "foreign", "reader"):
        assert told(who) == []


def test_other_seats_and_forums_are_not_in_it(desk: Registry) -> None:
    grant(desk.decoy, desk.croatia)

    assert _items(desk.albanian) == []
    assert [item["title"] for item in _items(desk.foreign)] == ["A decoy"]
    assert str(desk.decoy.pk) not in str(_items(desk.secretary) + _items(desk.manager))
    assert _items(desk.manager, forum="other") == []
    assert len(_items(desk.manager, forum="seemic")) == 1
    assert refused(desk.reader.get("access/matrix", {"type": "document"})) == (
        403,
        "access_manager_required",
    )


def test_filters_look_at_live_grants(desk: Registry) -> None:
    second, third = (DocumentFactory(delegation=desk.table.serbia) for _ in range(2))
    soon, past = (timezone.now() + timedelta(days=days) for days in (2, -1))
    grant(desk.document, desk.croatia, Level.DRAFT, expires_at=soon)
    grant(second, desk.table.montenegro.party)
    grant(third, desk.croatia, Level.DRAFT, expires_at=past)
    first = str(desk.document.pk)

    for client in (desk.manager, desk.secretary):

        def ids(client=client, **query):
            return [item["id"] for item in _items(client, **query)]

        assert ids(delegation=str(desk.croatia.pk)) == [first]
        assert ids(country="ME") == [str(second.pk)]
        assert ids(level="draft") == [first]
        assert ids(level="manage") == []
        assert ids(expiring_before=rfc3339(soon + timedelta(hours=1))) == [first]
        assert ids(expiring_before=rfc3339(soon - timedelta(hours=1))) == []
        assert ids(owner=str(desk.table.albania.pk)) == []
        assert first in ids(owner=str(desk.table.serbia.pk))
    assert codes(desk.manager.get("access/matrix", {"type": "forum"})) == [
        ("?type", "invalid_choice")
    ]
    assert codes(desk.manager.get("access/matrix", {"type": "document", "country": "ZZ"})) == [
        ("?country", "unknown")
    ]


def test_pages_go_forth_and_back_at_one_price(desk: Registry) -> None:
    for _ in range(6):
        grant(DocumentFactory(delegation=desk.table.serbia), desk.croatia)
    for client in (desk.manager, desk.secretary):
        whole = [item["id"] for item in _items(client)]
        assert whole == sorted(whole, reverse=True)
        first = client.get("access/matrix", {"type": "document", "limit": 2}).json()
        second = client.get(first["next"]).json()
        assert [item["id"] for item in first["items"] + second["items"]] == whole[:4]
        back = client.get(second["previous"]).json()
        assert [item["id"] for item in back["items"]] == whole[:2]
        assert queries_of(lambda c=client: _items(c, limit=2)) == queries_of(
            lambda c=client: _items(c, limit=6)
        )


def test_as_a_table_no_cell_is_a_formula(desk: Registry) -> None:
    DocumentFactory(delegation=desk.table.serbia, titles={"en": '=HYPERLINK("x")'})

    answer = desk.manager.get("access/matrix", {"type": "document"}, headers={"Accept": "text/csv"})

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["title"] for row in rows} == {TITLE, '\'=HYPERLINK("x")'}
    assert [(row["holder"], row["way"]) for row in rows if row["title"] == TITLE] == [
        ("RS", "scope"),
        ("AL", "scope"),
    ]
