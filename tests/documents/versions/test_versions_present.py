"""POST /document-versions/{id}/present, and what it opens."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents.texts.services import section_revise
from documents.versions.models import DocumentVersionGrant, MeetingMaterial
from forums.membership.models import Office
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from tests.api import api
from tests.documents.support import REQUEST, alike, invalid, refusal, unknown_id
from tests.factories import (
    AgendaItemFactory,
    DocumentVersionFactory,
    MeetingFactory,
    actor_at,
    cancel,
    close,
    delegate,
    hold,
    present,
    seat,
    service_client,
)

UNTIL = "2100-01-01T00:00:00Z"


def send(client: Any, table: Any, *, version: Any = None, **body: Any) -> Any:
    body = {"agenda_item": str(table.point.pk), "until": UNTIL} | body
    return client.post(
        f"document-versions/{(version or table.version).pk}/present", body, headers=REQUEST
    )


def reads(client: Any, version: Any) -> bool:
    answer = client.get(f"document-versions/{version.pk}")
    assert answer.status_code in (200, 404)
    return bool(answer.status_code == 200)


def test_a_seat_of_the_meeting_reads_the_version_that_was_presented(table, keeping, croat, ledger):
    assert not reads(croat, table.version)

    answer = send(keeping, table)

    assert answer.status_code == 200
    material = MeetingMaterial.objects.get()
    assert answer.json() == {
        "id": str(material.pk),
        "agenda_item": str(table.point.pk),
        "role": "presented_draft",
        "version": {
            "id": str(table.version.pk),
            "kind": "working",
            "label": "Draft for the seminar",
            "titles": {"en": "Regional Manual"},
            "made_by": {"country": None, "organisation": "undp-seesac"},
            "created_at": table.version.created_at.isoformat().replace("+00:00", "Z"),
            "sha256": table.version.sha256,
        },
        "until": UNTIL,
        "created_at": material.created_at.isoformat().replace("+00:00", "Z"),
        "abilities": {},
    }
    assert reads(croat, table.version)
    seats = sorted(str(each.pk) for each in (table.croatia, table.bulgaria, table.seesac_abroad))
    (told,) = (each for each in ledger.told() if each["kind"] == "document_version.presented")
    assert sorted(told["details"].pop("seats")) == seats
    assert told == {
        "kind": "document_version.presented",
        "actor": table.secretary.pk,
        "seat": table.seesac.pk,
        "object": ("document_version", str(table.version.pk)),
        "owner": None,
        "scope": table.document.effective_scope_id,
        "request": REQUEST["X-Request-ID"],
        "details": {
            "meeting": str(table.meeting.pk),
            "agenda_item": str(table.point.pk),
            "until": "2100-01-01T00:00:00+00:00",
            "sha256": table.version.sha256,
        },
    }


def test_who_reads_a_version_sees_its_text_and_nothing_else_of_the_document(table, croat):
    present(table.version, table.point)
    later = DocumentVersionFactory(document=table.document)

    body = croat.get(f"document-versions/{table.version.pk}").json()

    assert [(each["number"], each["title"], each["body"]) for each in body["sections"]] == [
        ("1", "Introduction", "Why.\n"),
        ("2", "Serbia", "Закон.\n"),
    ]
    assert body["document"] is None
    assert {(each["section"], each["revision"]) for each in body["sections"]} == {(None, None)}
    assert body["abilities"] == {"present": False, "manage_access": False}
    shown = croat.get(f"document-versions/{table.version.pk}").content.decode()
    revisions = [row.pk for row in table.chapter.revisions.all()]
    hidden = [table.document, table.chapter, table.introduction, later, table.serbia, table.seesac]
    for key in [*revisions, *(row.pk for row in hidden)]:
        assert str(key) not in shown
    assert croat.get("documents").json()["items"] == []


@pytest.mark.parametrize(
    "path",
    [
        "documents/{document}",
        "documents/{document}/sections",
        "documents/{document}/versions",
        "sections/{chapter}",
        "sections/{introduction}",
        "sections/{private}",
        "sections/{chapter}/revisions",
        "revisions/{revision}",
        "document-versions/{later}",
        "document-versions/{later}/verify",
        "document-versions/{earlier}",
    ],
)
def test_everything_else_answers_as_if_it_were_not_there(table, croat, path):
    earlier = table.version
    shown = DocumentVersionFactory(document=table.document)
    present(shown, table.point)
    names = {
        "document": table.document,
        "chapter": table.chapter,
        "introduction": table.introduction,
        "private": table.private,
        "revision": table.chapter.revisions.get(at_home=False),
        "earlier": earlier,
        "later": DocumentVersionFactory(document=table.document),
    }
    hidden = croat.get(path.format(**{name: row.pk for name, row in names.items()}))
    unknown = croat.get(path.format(**dict.fromkeys(names, unknown_id())))

    assert reads(croat, shown)
    assert refusal(hidden) == (404, "not_found")
    assert alike(hidden, unknown)


def test_after_the_end_it_is_gone_without_anybody_doing_anything(table, croat):
    material = present(table.version, table.point)
    path = f"document-versions/{table.version.pk}"
    materials = f"meetings/{table.meeting.pk}/materials"
    assert reads(croat, table.version)
    past = timezone.now() - timedelta(seconds=1)
    DocumentVersionGrant.objects.update(expires_at=past)
    with writing():
        MeetingMaterial.objects.filter(pk=material.pk).update(until=past)

    assert alike(croat.get(path), croat.get(f"document-versions/{unknown_id()}"))
    assert refusal(croat.get(path)) == (404, "not_found")
    assert croat.get(materials).json()["items"] == []


def test_who_takes_no_part_in_the_meeting_reads_nothing(table, outside):
    present(table.version, table.point)

    assert not reads(outside, table.version)
    assert not reads(api(delegate(table.croatia, "access_manager")), table.version)


def test_named_seats_alone_read_where_seats_are_named(table, croat):
    meeting = MeetingFactory(delegation=table.seesac_abroad, seats=[table.bulgaria])
    present(table.version, AgendaItemFactory(meeting=meeting))

    assert not reads(croat, table.version)
    assert reads(api(delegate(table.bulgaria, "reader")), table.version)


def test_a_seat_that_has_come_later_reads_when_it_is_presented_again(table, keeping):
    present(table.version, table.point)
    late = api(delegate(seat(table.seemic, "RO"), "reader"))
    assert not reads(late, table.version)

    assert send(keeping, table).status_code == 200
    assert reads(late, table.version)
    assert MeetingMaterial.objects.count() == 1


def test_the_end_can_be_put_off_and_not_brought_forward(table, keeping, ledger):
    send(keeping, table)
    ledger.new()

    answer = send(keeping, table, until="2099-12-31T00:00:00Z")

    assert refusal(answer) == invalid(("/until", "before_present_end"))
    assert ledger.new() == []
    assert send(keeping, table, until="2101-01-01T00:00:00Z").status_code == 200
    ends = set(DocumentVersionGrant.objects.values_list("expires_at", flat=True))
    assert ends == {datetime(2101, 1, 1, tzinfo=UTC)}


def test_an_end_elsewhere_shortens_nothing(table, keeping):
    send(keeping, table)
    other = AgendaItemFactory(meeting=MeetingFactory(delegation=table.seesac_abroad))

    assert send(keeping, table, agenda_item=str(other.pk), until="2099-01-01T00:00:00Z").json()

    ends = set(DocumentVersionGrant.objects.values_list("expires_at", flat=True))
    assert ends == {datetime(2100, 1, 1, tzinfo=UTC)}


def test_an_end_in_the_past_is_refused(table, keeping):
    answer = send(keeping, table, until="2020-01-01T00:00:00Z")

    assert refusal(answer) == invalid(("/until", "in_the_past"))


@pytest.mark.parametrize("member", ["agenda_item", "until"])
def test_both_members_are_needed(table, keeping, member):
    body = {"agenda_item": str(table.point.pk), "until": UNTIL}
    del body[member]

    answer = keeping.post(f"document-versions/{table.version.pk}/present", body)

    assert refusal(answer) == invalid((f"/{member}", "required"))


def test_a_hidden_point_of_an_agenda_is_as_unknown_as_one_that_is_not(table):
    keeping = api(actor_user(table.seesac, "head"))

    hidden = send(keeping, table)

    assert refusal(hidden) == invalid(("/agenda_item", "unknown"))
    assert alike(hidden, send(keeping, table, agenda_item=str(unknown_id())))


def actor_user(where: Any, role: str) -> Any:
    return delegate(where, role).user


def test_whoever_does_not_keep_the_document_presents_nothing(table, serb, croat):
    assert refusal(send(serb, table)) == (403, "not_owner")
    reading = api(delegate(table.seesac, "reader"))
    assert refusal(send(reading, table)) == (403, "drafter_required")
    assert refusal(send(croat, table)) == (404, "not_found")
    present(table.version, table.point)
    assert refusal(send(croat, table)) == (403, "not_owner")


def test_an_organiser_presents_at_a_forum_in_which_it_does_not_act(table, croat):
    """SEESAC's client acts for its seat in the working group, and the seminar is SEEMIC's."""
    client = api(service_client(table.seesac, "drafter"))
    assert refusal(send(client, table)) == invalid(("/agenda_item", "unknown"))
    keeper = api(table.secretary)
    named = keeper.post(
        f"meetings/{table.meeting.pk}/organisers",
        {"organisation": "undp-seesac", "role": "co_organiser"},
    )
    assert named.status_code == 201

    assert send(client, table).status_code == 200
    assert reads(croat, table.version)


@pytest.mark.parametrize("ended", [close, cancel])
def test_nothing_is_presented_when_the_meeting_is_over(table, keeping, ended):
    ended(hold(table.meeting) if ended is close else table.meeting)

    answer = send(keeping, table)

    assert refusal(answer) == (409, "meeting_over")
    assert answer.json()["allowed"] == ["held", "planned", "registration_open"]


def test_a_meeting_without_seats_shows_to_nobody(table, keeping):
    home = table.seesac.organisation.delegations.get(forum=None)
    delegate(home, "drafter", user=table.secretary)
    point = AgendaItemFactory(meeting=MeetingFactory(delegation=home))

    answer = send(keeping, table, agenda_item=str(point.pk))

    assert refusal(answer) == (409, "no_participating_seats")
    assert MeetingMaterial.objects.count() == 0


def test_a_version_stays_as_it_was_when_its_sections_move_on(table, croat):
    present(table.version, table.point)
    path = f"document-versions/{table.version.pk}"
    before = croat.get(path)
    serbia = actor_at(table.serbia)
    with acting(serbia):
        section_revise(
            actor=serbia,
            section=table.chapter,
            if_match=table.chapter.etag_revision,
            title="Republic of Serbia",
            body="Newer.",
        )
    DocumentVersionFactory(document=table.document)

    after = croat.get(path)

    assert after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]


def test_another_keeper_than_before_puts_the_end_off(table, keeping):
    """The penholder presents what the secretariat of then presented; its grants are hidden."""
    send(keeping, table)
    with writing():
        Office.objects.update(until=date(2024, 1, 2))

    assert send(keeping, table, until="2101-01-01T00:00:00Z").status_code == 200
    ends = set(DocumentVersionGrant.objects.values_list("expires_at", flat=True))
    assert ends == {datetime(2101, 1, 1, tzinfo=UTC)}
