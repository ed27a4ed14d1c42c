"""POST and GET /api/v1/access/grants"""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.texts.models import DocumentGrant
from platform_api.ledger.models import Entry, Event
from tests.api import api, codes, refused, rfc3339
from tests.factories import DocumentFactory, delegate, grant

from .conftest import Registry

pytestmark = pytest.mark.django_db


def test_an_access_manager_gives_what_it_does_not_read_itself(desk: Registry) -> None:
    until = timezone.now() + timedelta(days=30)

    answer = desk.give(
        delegation=str(desk.croatia.pk), level="comment", until=rfc3339(until), reason="Its word."
    )

    assert answer.status_code == 201
    assert answer.json() == {
        "object": {"type": "document", "id": str(desk.document.pk)},
        "holder": {
            "kind": "delegation",
            "delegation": str(desk.croatia.pk),
            "country": "HR",
            "organisation": None,
            "forum": "seemic",
        },
        "level": "comment",
        "until": rfc3339(until),
        "reason": "Its word.",
        "since": answer.json()["since"],
    }
    path = f"documents/{desk.document.pk}"
    assert desk.reader.get(path).status_code == 200
    assert desk.manager.get(path).status_code == 404
    assert desk.foreign.get(path).status_code == 404


def test_giving_again_changes_level_end_and_reason(desk: Registry) -> None:
    desk.give(delegation=str(desk.croatia.pk), level="manage", reason="First.")

    changed = desk.give(delegation=str(desk.croatia.pk), level="read", reason="Second.").json()

    assert (changed["level"], changed["reason"], changed["until"]) == ("read", "Second.", None)
    rows = DocumentGrant.objects.filter(content_object=desk.document)
    assert [row.permission.codename for row in rows] == ["view_document"]
    listed = desk.manager.get("access/grants", {"object": desk.object}).json()["items"]
    assert listed == [changed]


def test_a_country_is_given_it_for_all_its_seats(desk: Registry) -> None:
    assert desk.give(country="ME").json()["holder"]["kind"] == "country"

    head = api(delegate(desk.table.montenegro, "reader").user)
    assert head.get(f"documents/{desk.document.pk}").status_code == 200


def test_nobody_gives_to_the_seat_that_keeps_it_nor_in_the_past(desk: Registry) -> None:
    own = desk.give(delegation=str(desk.table.serbia.pk))
    past = desk.give(country="HR", until=rfc3339(timezone.now() - timedelta(minutes=1)))

    assert codes(own) == [("", "owner")]
    assert codes(past) == [("/until", "in_the_past")]
    assert codes(desk.give(country="ZZ")) == [("/country", "unknown")]
    assert codes(desk.give(delegation=str(desk.table.montenegro.pk))) == [
        ("/delegation", "unknown")
    ]
    assert codes(desk.give(country="HR", organisation="racviac")) == [("", "one_holder")]
    assert not DocumentGrant.objects.filter(content_object=desk.document).exists()


def test_only_the_keepers_managers_give(desk: Registry) -> None:
    body = {"object": desk.named, "country": "HR"}
    albanian_head = api(delegate(desk.table.albania, "head").user)
    drafter = api(delegate(desk.table.serbia, "drafter").user)

    assert refused(albanian_head.post("access/grants", body)) == (403, "not_keeper")
    assert refused(drafter.post("access/grants", body)) == (403, "access_manager_required")
    for client in (desk.albanian, desk.foreign, desk.croatian, desk.secretary):
        assert codes(client.post("access/grants", body)) == [("/object", "unknown")]
    absent = {**body, "object": {"type": "document", "id": str(desk.table.forum.pk)}}
    assert codes(desk.manager.post("access/grants", absent)) == [("/object", "unknown")]
    foreign = {**body, "object": {"type": "forum", "id": str(desk.table.forum.pk)}}
    assert codes(desk.manager.post("access/grants", foreign)) == [
        ("/object/type", "invalid_choice")
    ]


def test_a_secretariat_gives_nothing_of_others_and_all_of_what_is_common(desk: Registry) -> None:
    grant(desk.document, desk.croatia)
    body = {"object": desk.named, "delegation": str(desk.table.albania.pk)}
    assert refused(desk.secretary.post("access/grants", body)) == (403, "not_keeper")

    common = DocumentFactory(delegation=desk.secretariat, common=True)
    body["object"] = {"type": "document", "id": str(common.pk)}
    given = desk.secretary.post("access/grants", {**body, "level": "draft"})
    again = desk.secretary.post("access/grants", {**body, "level": "read"})
    itself = desk.secretary.post(
        "access/grants", {**body, "delegation": str(desk.secretariat.pk), "level": "draft"}
    )

    assert (given.status_code, again.json()["level"]) == (201, "read")
    assert codes(itself) == [("", "owner")]
    assert codes(desk.manager.post("access/grants", body)) == [("/object", "unknown")]


def test_both_sides_are_told_and_others_are_not(desk: Registry) -> None:
    desk.give()

    entry = Entry.objects.get(kind="grant.given")
    assert (entry.seat_id, entry.owner_seat_id) == (desk.table.serbia.pk, desk.table.serbia.pk)
    assert entry.effective_scope_id == desk.croatia.home_scope_id
    assert {"grant.given"} == set(
        Event.objects.filter(entry_id=entry.pk).values_list("type", flat=True)
    )

    for who in ("manager", "croatian", "reader"):
        assert desk.told(who, "grant.given") == {str(desk.document.pk)}
    for who in ("albanian", "foreign", "secretary"):
        assert desk.told(who, "grant.given") == set()


def test_the_grants_of_an_object_are_told_to_those_concerned(desk: Registry) -> None:
    desk.give(delegation=str(desk.croatia.pk), reason="In confidence.")
    desk.give(delegation=str(desk.table.albania.pk), reason="Another.")

    def listed(client) -> list[tuple[str, str | None]]:
        answer = client.get("access/grants", {"object": desk.object})
        assert b"national plan" not in answer.content
        return [(each["holder"]["country"], each["reason"]) for each in answer.json()["items"]]

    assert listed(desk.manager) == [("HR", "In confidence."), ("AL", "Another.")]
    assert listed(desk.secretary) == [("HR", None), ("AL", None)]
    assert listed(desk.croatian) == [("HR", None)]
    assert refused(desk.foreign.get("access/grants", {"object": desk.object})) == (404, "not_found")
    hidden = {"object": f"section:{desk.draft.pk}"}
    assert refused(desk.secretary.get("access/grants", hidden)) == (404, "not_found")
