"""POST /api/v1/access/grants/bulk"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.texts.models import DocumentGrant
from platform_api.ledger.models import Detail, Entry, Event
from tests.api import codes, queries_of, refused
from tests.factories import DocumentFactory

from .conftest import Registry

pytestmark = pytest.mark.django_db


def _body(desk: Registry, objects, *holders, **given):
    return {
        "type": "document",
        "objects": [str(each.pk) for each in objects],
        "holders": list(holders) or [{"delegation": str(desk.croatia.pk)}],
        **given,
    }


def _documents(desk: Registry, count: int) -> list:
    return [DocumentFactory(delegation=desk.table.serbia) for _ in range(count)]


def test_many_objects_are_given_to_many_holders_with_one_entry(desk: Registry) -> None:
    objects = [desk.document, *_documents(desk, 2)]
    body = _body(
        desk,
        objects,
        {"delegation": str(desk.croatia.pk)},
        {"country": "ME"},
        level="comment",
        reason="For the seminar.",
    )
    DocumentGrant.objects.all().delete()

    answer = desk.manager.post("access/grants/bulk", body)

    assert (answer.status_code, answer.json()) == (200, {"pairs": 6})
    seen = {item["id"] for item in desk.reader.get("documents").json()["items"]}
    assert seen == {str(each.pk) for each in objects}
    assert DocumentGrant.objects.count() == 12
    entry = Entry.objects.get(kind="grants.given")
    detail = Detail.objects.get(entry=entry).payload
    assert detail["objects"] == body["objects"]
    assert (detail["level"], detail["reason"]) == ("comment", "For the seminar.")
    told = Event.objects.filter(entry_id=entry.pk, type="access.gained")
    assert told.values("object_id").distinct().count() == 3
    assert desk.told("reader", "access.gained") == seen
    assert desk.told("albanian", "access.gained") == set()


def test_its_price_does_not_grow_with_the_objects(desk: Registry) -> None:
    few, many = _documents(desk, 2), _documents(desk, 9)

    def give(objects) -> None:
        answer = desk.manager.post("access/grants/bulk", _body(desk, objects))
        assert answer.status_code == 200, answer.content

    give([desk.document])
    assert queries_of(lambda: give(many)) == queries_of(lambda: give(few))
    with CaptureQueriesContext(connection) as queries:
        give(_documents(desk, 1) + many)
    writes = [q["sql"] for q in queries if "INSERT INTO documents_documentgrant" in q["sql"]]
    assert len(writes) == 1


def test_one_error_refuses_all_and_is_told_by_its_place(desk: Registry) -> None:
    before = DocumentGrant.objects.count()
    objects = [desk.document, desk.decoy, *_documents(desk, 1)]
    holders = [{"delegation": str(desk.table.serbia.pk)}, {"country": "HR"}]

    answer = desk.manager.post("access/grants/bulk", _body(desk, objects, *holders))

    assert codes(answer) == [("/objects/1", "unknown"), ("/holders/0", "owner")]
    unknown = desk.manager.post("access/grants/bulk", _body(desk, objects, {"country": "ZZ"}))
    assert codes(unknown) == [("/holders/0/country", "unknown")]
    assert DocumentGrant.objects.count() == before
    assert not Entry.objects.filter(kind="grants.given").exists()


def test_it_is_bounded_and_for_managers_alone(desk: Registry) -> None:
    body = _body(desk, [desk.document])
    assert refused(desk.reader.post("access/grants/bulk", body)) == (
        403,
        "access_manager_required",
    )
    body["holders"] = [{"country": "HR"}]
    for client in (desk.albanian, desk.foreign, desk.secretary):
        assert codes(client.post("access/grants/bulk", body)) == [("/objects/0", "unknown")]
    ids = [f"019c1d6b-57a0-7c1e-8f5a-{number:012x}" for number in range(5001)]
    many = {**body, "objects": ids, "holders": [{"country": "HR"}, {"country": "ME"}]}
    assert codes(desk.manager.post("access/grants/bulk", many)) == [("/objects", "too_many")]
