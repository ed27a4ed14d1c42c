"""The scenario's meetings, and the Manual's draft that SEEMIC reads."""

from typing import Any

import pytest

from documents.texts.models import Document
from documents.versions.models import DocumentVersion, MeetingMaterial
from forums.meetings.models import AgendaItem, Meeting, MeetingSeat
from platform_api.identity.models import Client
from platform_api.ledger.models import Entry
from platform_api.scenario.loader import Loader
from tests.api import api, refused


@pytest.fixture
def croatia(scenario: None) -> Any:
    return api(Client.objects.get(name="Croatia reader"))


def test_loading_again_changes_nothing(scenario):
    models = (Meeting, AgendaItem, DocumentVersion, MeetingMaterial, Entry)
    before = [model.objects.count() for model in models]

    Loader(progress=lambda step: None).load(renew_credentials=False)

    assert [model.objects.count() for model in models] == before
    assert before[:4] == [3, 4, 1, 1]


def test_the_second_session_continues_the_first(scenario):
    first, second = Meeting.objects.filter(series__isnull=False).order_by("sequence")

    assert (first.place, str(first.begins), str(first.ends)) == (
        "Aranđelovac",
        "2021-12-01",
        "2021-12-03",
    )
    assert (second.place, str(second.begins), str(second.ends)) == (
        "Zlatibor",
        "2021-12-15",
        "2021-12-17",
    )
    assert second.continuation_of == first
    assert {(each.state, each.duration_days, each.sequence) for each in (first, second)} == {
        ("held", 3, 1),
        ("held", 3, 2),
    }
    assert first.owner_delegation is not None
    assert (first.forum, first.owner_delegation.country.code) == (None, "RS")


def test_of_the_seminar_only_what_is_reported_is_told(croatia):
    (seminar,) = croatia.get("meetings").json()["items"]

    body = croatia.get(f"meetings/{seminar['id']}").json()

    assert (body["begins"], body["ends"], body["duration_days"]) == (None, None, 2)
    assert (body["reported_participants"], body["reported_countries"]) == (10, 7)
    assert body["reported_source"]
    assert body["participating_seats"] == []
    assert MeetingSeat.objects.count() == 0
    organisers = croatia.get(f"meetings/{seminar['id']}/organisers").json()["items"]
    assert [(each["organisation"], each["role"]) for each in organisers] == [
        ("undp-seesac", "co_organiser"),
        ("rcc", "co_organiser"),
    ]


def test_croatia_reads_the_draft_that_was_presented_and_nothing_else_of_the_manual(croatia):
    (seminar,) = croatia.get("meetings").json()["items"]
    (material,) = croatia.get(f"meetings/{seminar['id']}/materials").json()["items"]

    body = croatia.get(f"document-versions/{material['version']['id']}").json()

    titles = [each["title"] for each in body["sections"] if each["depth"] == 0]
    assert "Introduction" in titles
    assert {"Montenegro", "Bosnia and Herzegovina"} <= set(titles)
    assert {"Serbia", "North Macedonia"}.isdisjoint(titles)
    check = croatia.get(f"document-versions/{material['version']['id']}/verify").json()
    assert check["intact"] is True
    document = Document.objects.get()
    for path in (f"documents/{document.pk}", f"documents/{document.pk}/versions"):
        assert refused(croatia.get(path)) == (404, "not_found")
    section = document.sections.first()
    assert refused(croatia.get(f"sections/{section.pk}")) == (404, "not_found")
