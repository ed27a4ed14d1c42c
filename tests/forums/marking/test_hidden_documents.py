"""A delegation keeps its sections in a document that was narrowed out of its sight."""

from typing import Any

import pytest
from django.db import connection

from documents.texts.models import Section
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from tests.api import refused
from tests.factories import SectionFactory, actor_at, grant
from tests.forums.marking.conftest import Table, named

HIDDEN = ("bosnia", "montenegro", "croatia")


@pytest.fixture
def chapter(table: Table) -> Section:
    """Albania's released chapter of the document that Serbia then restricts."""
    chapter: Section = SectionFactory(
        document=table.document, delegation=table.albania, released=True, title="Borders"
    )
    _restrict(table, table.document, "serbia")
    return chapter


def _restrict(table: Table, obj: Any, who: str) -> None:
    answer = table.heads[who].post("access/restrict", {"object": named(obj)})
    assert answer.status_code == 200, answer.content


def _unrestrict(table: Table, obj: Any, who: str) -> None:
    answer = table.heads[who].post("access/unrestrict", {"object": named(obj)})
    assert answer.status_code == 200, answer.content


def _readers(table: Table, section: Section) -> set[str]:
    return {
        who
        for who, head in table.heads.items()
        if head.get(f"sections/{section.pk}").status_code == 200
    }


def test_its_owner_restricts_a_section_there(table: Table, chapter: Section) -> None:
    grant(table.document, table.croatia)
    assert _readers(table, chapter) == {"serbia", "albania", "croatia"}

    _restrict(table, chapter, "albania")

    assert _readers(table, chapter) == {"albania"}
    released = table.document.sections.get(owner_delegation=table.serbia)
    assert _readers(table, released) == {"serbia", "croatia"}


def test_its_owner_marks_a_section_there_and_the_marks_of_both_hold(
    table: Table, chapter: Section
) -> None:
    assert table.mark(chapter, "albania", releasable_to=["AL", "BA"]).status_code == 200

    assert _readers(table, chapter) == {"albania"}
    _unrestrict(table, table.document, "serbia")
    assert _readers(table, chapter) == {"albania", "bosnia"}


def test_nothing_is_released_into_a_document_that_its_owner_does_not_see(table: Table) -> None:
    draft = SectionFactory(document=table.document, delegation=table.albania)
    _restrict(table, table.document, "serbia")
    head = table.heads["albania"]

    shown = head.get(f"sections/{draft.pk}", {"abilities": "reasons"})
    answer = head.post(f"sections/{draft.pk}/release", {}, if_match="h1")

    assert shown.status_code == 200, shown.content
    assert shown.json()["abilities"]["release"] is False
    assert shown.json()["ability_reasons"]["release"]["code"] == "not_drafting_group"
    assert refused(answer) == (403, "not_drafting_group")
    assert _readers(table, draft) == {"albania"}
    _unrestrict(table, table.document, "serbia")
    assert head.post(f"sections/{draft.pk}/release", {}, if_match="h1").status_code == 200
    assert _readers(table, draft) == {"serbia", "albania", "bosnia"}


def test_a_section_there_is_not_offered_but_an_offer_made_before_can_be_taken(
    table: Table, chapter: Section
) -> None:
    offer = {"object": named(chapter), "to": str(table.bosnia.pk), "reason": "New duties."}
    assert refused(table.heads["albania"].post("access/transfers", offer)) == (
        409,
        "document_hidden",
    )
    _unrestrict(table, table.document, "serbia")
    offered = table.heads["albania"].post("access/transfers", offer)
    _restrict(table, table.document, "serbia")

    path = f"access/transfers/{offered.json()['id']}"
    taken = table.heads["bosnia"].post(f"{path}/accept", if_match="1")

    assert taken.status_code == 200, taken.content
    assert _readers(table, chapter) == {"serbia", "bosnia"}


def test_the_database_hands_a_documents_marks_to_seats_with_a_section_of_it_alone(
    table: Table, chapter: Section
) -> None:
    SectionFactory(document=table.beside, delegation=table.bosnia)
    marks = (table.forum.pk, table.serbia.pk, table.document.drafting_scope_id, False)

    assert _handed(table.albania, table.document.pk) == [(*marks, None, None, True)]
    assert _handed(table.serbia, table.document.pk) == [(*marks, None, None, True)]
    for who in HIDDEN:
        assert _handed(getattr(table, who), table.document.pk) == []


def _handed(seat: Delegation, document: Any) -> list[tuple[Any, ...]]:
    with acting(actor_at(seat, "reader")), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_document_marked(%s)", [document])
        return cursor.fetchall()
