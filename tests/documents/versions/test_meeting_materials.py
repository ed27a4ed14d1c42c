"""GET /meetings/{id}/materials."""

from tests.api import api
from tests.documents.support import alike, items, queries_of, refusal, unknown_id
from tests.factories import (
    AgendaItemFactory,
    DocumentFactory,
    DocumentVersionFactory,
    MeetingFactory,
    SectionFactory,
    delegate,
    present,
)


def path_of(meeting):
    return f"meetings/{meeting.pk}/materials"


def test_a_seat_sees_what_was_presented_in_the_order_of_the_agenda(table, croat):
    first = AgendaItemFactory(meeting=table.meeting)
    second = present(table.version, first)
    opening = present(DocumentVersionFactory(document=table.document), table.point)
    elsewhere = AgendaItemFactory(meeting=MeetingFactory(delegation=table.seesac_abroad))
    present(table.version, elsewhere)

    answer = croat.get(path_of(table.meeting))

    assert items(answer) == [str(opening.pk), str(second.pk)]
    assert {each["version"]["label"] for each in answer.json()["items"]} >= {
        "Draft for the seminar"
    }


def test_who_sees_the_meeting_and_not_the_version_sees_no_material(table, croat):
    """Bulgaria alone takes part in the second meeting."""
    meeting = MeetingFactory(delegation=table.seesac_abroad, seats=[table.bulgaria])
    material = present(table.version, AgendaItemFactory(meeting=meeting))

    assert croat.get(path_of(meeting)).json()["items"] == []
    bulgarian = api(delegate(table.bulgaria, "reader"))
    assert items(bulgarian.get(path_of(meeting))) == [str(material.pk)]


def test_who_reads_the_document_and_not_the_meeting_sees_no_materials(table, serb):
    present(table.version, table.point)

    hidden = serb.get(path_of(table.meeting))

    assert refusal(hidden) == (404, "not_found")
    assert alike(hidden, serb.get(f"meetings/{unknown_id()}/materials"))


def test_more_materials_cost_no_more_queries(table, croat):
    present(table.version, table.point)
    few = queries_of(lambda: croat.get(path_of(table.meeting)))
    document = DocumentFactory(delegation=table.seesac)
    SectionFactory(document=document, released=True)
    for _ in range(3):
        present(DocumentVersionFactory(document=document), AgendaItemFactory(meeting=table.meeting))

    assert queries_of(lambda: croat.get(path_of(table.meeting))) == few
