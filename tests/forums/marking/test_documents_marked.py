"""POST /access/marking on documents: who falls out, at once and everywhere."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from documents.texts.models import Document, DocumentGrant, Section
from platform_api.core.actor import Role
from platform_api.identity.groups import role_groups_of
from platform_api.identity.models import ScopeReader
from platform_api.ledger.models import Event
from tests.api import ApiClient, api, refused
from tests.factories import SectionFactory, delegate, grant, seat

from .conftest import Table, marking, named


def _sees(client: ApiClient, table: Table) -> dict[str, Any]:
    """What a caller learns of the document in every place that tells of documents."""
    listed = client.get("documents", {"count": "true"}).json()
    found = client.get("search", {"q": "quarrelsome"}).json()
    one = client.get(f"documents/{table.document.pk}")
    return {
        "one": one.status_code,
        "sections": client.get(f"documents/{table.document.pk}/sections").status_code,
        "listed": [item["id"] for item in listed["items"]],
        "count": listed["count"]["value"],
        "found": sorted(hit["type"] for hit in found["items"]),
    }


def test_who_is_left_out_of_releasable_to_loses_it_everywhere_at_once(table: Table) -> None:
    before = {who: _sees(table.heads[who], table) for who in ("serbia", "albania", "bosnia")}
    assert before["bosnia"] == before["albania"] == before["serbia"]
    assert before["bosnia"]["count"] == 2
    assert before["bosnia"]["found"] == ["document", "section"]

    answer = table.mark(table.document, releasable_to=["AL"])

    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "object": named(table.document),
        "tlp": None,
        "releasable_to": {"countries": ["AL", "RS"], "organisations": []},
        "restricted": False,
        "ended": [],
        "out_of_sight": [
            {"country": None, "organisation": None, "delegation": str(table.bosnia.pk)}
        ],
    }
    for who in ("serbia", "albania"):
        assert _sees(table.heads[who], table) == before[who], who
    assert _sees(table.heads["bosnia"], table) == {
        "one": 404,
        "sections": 404,
        "listed": [str(table.beside.pk)],
        "count": 1,
        "found": [],
    }
    told = Event.objects.filter(type="access.ended").values_list("object_id", "audience_group_id")
    assert list(told) == [(table.document.pk, role_groups_of(table.bosnia.pk)[Role.READER])]


def test_taking_the_marks_away_gives_back_what_the_object_would_have(table: Table) -> None:
    scope = table.document.effective_scope_id
    table.mark(table.document, tlp="red", releasable_to=["AL"])
    assert table.heads["albania"].get(f"documents/{table.document.pk}").status_code == 404

    assert table.mark(table.document).status_code == 200

    assert Document.objects.get(pk=table.document.pk).effective_scope_id == scope
    for who in ("serbia", "albania", "bosnia"):
        assert table.heads[who].get(f"documents/{table.document.pk}").status_code == 200


@pytest.mark.parametrize(
    ("tlp", "readers"),
    [
        ("red", {"serbia"}),
        ("amber_strict", {"serbia"}),
        ("amber", {"serbia", "albania", "bosnia"}),
        ("green", {"serbia", "albania", "bosnia"}),
        ("clear", {"serbia", "albania", "bosnia"}),
    ],
)
def test_a_label_caps_the_ring_and_never_widens_it(
    tlp: str, readers: set[str], table: Table
) -> None:
    grant(table.document, table.croatia)
    assert table.mark(table.document, tlp=tlp).status_code == 200

    seen = {
        who
        for who, client in table.heads.items()
        if client.get(f"documents/{table.document.pk}").status_code == 200
    }
    assert seen == readers | {"croatia"}


def test_a_preview_tells_what_would_end_and_changes_nothing(table: Table) -> None:
    grant(table.document, table.croatia)
    grant(table.document, table.albania.party)
    body = marking(table.document, releasable_to=["AL"], tlp="green")

    preview = table.heads["serbia"].post("access/marking/preview", body)

    assert preview.status_code == 200
    assert preview.json()["ended"] == [
        {
            "object": named(table.document),
            "holder": {
                "country": None,
                "organisation": None,
                "delegation": str(table.croatia.pk),
            },
        }
    ]
    assert table.heads["croatia"].get(f"documents/{table.document.pk}").status_code == 200
    assert Document.objects.get(pk=table.document.pk).tlp is None

    assert table.heads["serbia"].post("access/marking", body).json() == preview.json()
    assert table.heads["croatia"].get(f"documents/{table.document.pk}").status_code == 404
    assert DocumentGrant.objects.filter(content_object=table.document).count() == 1


def test_the_database_refuses_a_grant_outside(table: Table) -> None:
    table.mark(table.document, releasable_to=["AL"])
    grant(table.document, table.albania)
    for outside in (table.croatia, table.bosnia.party):
        with pytest.raises(IntegrityError, match="not_releasable"), transaction.atomic():
            grant(table.document, outside)


def test_grants_on_sections_end_with_their_document_s(table: Table) -> None:
    section = Section.objects.get(document=table.document)
    hidden = SectionFactory(document=table.document, delegation=table.albania)
    grant(section, table.croatia)
    grant(hidden, table.croatia)

    answer = table.mark(table.document, releasable_to=["AL", "BA"])

    assert [each["object"] for each in answer.json()["ended"]] == [named(section)]
    for each in (section, hidden):
        assert table.heads["croatia"].get(f"sections/{each.pk}").status_code == 404
        with pytest.raises(IntegrityError, match="not_releasable"), transaction.atomic():
            grant(each, table.croatia)


def test_who_ends_and_sits_anew_leaves_and_enters_the_narrowed_ring(table: Table) -> None:
    table.mark(table.document, releasable_to=["AL"])
    scope = Document.objects.get(pk=table.document.pk).effective_scope_id
    base = table.document.effective_scope_id
    assert ScopeReader.objects.filter(scope=scope).count() == 2

    ScopeReader.objects.filter(scope=base, group__rolegroup__holder_id=table.albania.pk).delete()

    assert table.heads["albania"].get(f"documents/{table.document.pk}").status_code == 404
    assert table.heads["serbia"].get(f"documents/{table.document.pk}").status_code == 200


def test_a_chapter_s_owner_reads_it_out_of_a_document_that_left_it(table: Table) -> None:
    chapter = SectionFactory(document=table.document, delegation=table.bosnia, released=True)
    table.mark(table.document, releasable_to=["AL"])

    assert table.heads["bosnia"].get(f"sections/{chapter.pk}").status_code == 200
    assert table.heads["albania"].get(f"sections/{chapter.pk}").status_code == 200
    assert table.heads["bosnia"].get(f"documents/{table.document.pk}").status_code == 404

    table.mark(table.document)
    assert Section.objects.get(pk=chapter.pk).effective_scope_id is None


def test_only_the_owner_s_head_marks(table: Table) -> None:
    body = marking(table.document, tlp="green")
    drafter = delegate(table.serbia, "drafter")

    assert refused(api(drafter).post("access/marking", body)) == (403, "head_required")
    assert refused(table.heads["albania"].post("access/marking", body)) == (403, "not_owner")
    hidden = table.heads["montenegro"].post("access/marking", body)
    assert hidden.status_code == 400
    assert hidden.json()["errors"][0]["pointer"] == "/object/id"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"releasable_to": {"countries": ["XX"]}}, "/releasable_to/countries/0"),
        ({"releasable_to": {"organisations": ["none"]}}, "/releasable_to/organisations/0"),
        (
            {"object": {"type": "forum", "id": "01900000-0000-7000-8000-00000000dead"}},
            "/object/type",
        ),
        ({"tlp": "purple"}, "/tlp"),
    ],
)
def test_what_is_not_known_is_refused_where_it_stands(
    change: dict[str, Any], pointer: str, table: Table
) -> None:
    answer = table.heads["serbia"].post("access/marking", {**marking(table.document), **change})
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_new_seat_of_a_drafting_country_is_no_reader_by_the_list_alone(table: Table) -> None:
    """The list narrows; it never adds who is not in the ring."""
    table.mark(table.document, releasable_to=["AL", "ME"])
    late = seat(table.forum, "MK")

    assert table.heads["montenegro"].get(f"documents/{table.document.pk}").status_code == 404

    assert api(delegate(late, "head")).get(f"documents/{table.document.pk}").status_code == 404
