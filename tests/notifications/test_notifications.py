"""/me/notifications: what a person was told of, and whether it was noticed."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from platform_api.notifications.models import Notification
from tests.api import api, assert_hidden_as_absent, codes, refused, rfc3339
from tests.documents.desk import Desk
from tests.documents.support import Ledger, unknown_id
from tests.factories import delegate, release, seat, service_client


def addressees(kind: str) -> set[User]:
    return set(User.objects.filter(pk__in=Notification.objects.filter(kind=kind).values("user")))


def test_a_release_is_told_to_the_people_of_the_other_drafting_seats(desk: Desk) -> None:
    reader = delegate(desk.albania, "reader").user
    manager = delegate(desk.albania, "access_manager").user
    left = delegate(desk.albania, "reader").user
    left.is_active = False
    left.save()
    service_client(desk.albania, "reader")
    seat(desk.forum, "MK").delegates.first()
    section = desk.section()
    release(section)

    told = addressees("section.released")
    assert told == {desk.albanian, desk.albanian_head, reader}
    assert manager not in told
    row = Notification.objects.get(user=reader)
    assert (row.object_type, row.object_id, row.forum) == ("section", section.pk, "seemic")
    assert row.matter_id == Entry.objects.get(kind="section.released").pk


def test_drafting_at_home_is_told_to_nobody(desk: Desk) -> None:
    desk.section()
    assert not Notification.objects.exists()


def test_nothing_is_told_of_a_release_that_was_undone(desk: Desk) -> None:
    section = desk.section()
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        release(section)
        assert Notification.objects.exists()
        cursor.execute("ROLLBACK TO SAVEPOINT before")
    assert not Notification.objects.exists()


@pytest.mark.parametrize("to", ["seat", "country"])
def test_a_grant_is_told_to_the_holders_heads_and_access_managers(
    desk: Desk, sharing: Any, to: str
) -> None:
    manager = delegate(desk.montenegro, "access_manager").user
    delegate(desk.montenegro, "reader")
    service_client(desk.montenegro, "head")
    section = desk.section()
    holder = desk.montenegro if to == "seat" else desk.montenegro.party
    sharing(actor_of(desk.head), section, holder)

    assert addressees("access.gained") == {desk.stranger, manager}
    row = Notification.objects.get(user=manager)
    assert (row.object_type, row.object_id) == ("section", section.pk)
    assert row.forum == ("other" if to == "seat" else "")


def test_the_list_holds_the_callers_own_newest_first(desk: Desk) -> None:
    sections = [desk.section(released=True) for _ in range(3)]
    answer = api(desk.albanian).get("me/notifications")

    rows = Notification.objects.filter(user=desk.albanian).order_by("-created_at", "-id")
    assert answer.json() == {
        "items": [
            {
                "id": str(row.pk),
                "kind": "section.released",
                "object": {"type": "section", "id": str(row.object_id)},
                "forum": "seemic",
                "created_at": rfc3339(row.created_at),
                "read_at": None,
                "acknowledged_at": None,
            }
            for row in rows
        ],
        "next": None,
        "previous": None,
    }
    assert {row.object_id for row in rows} == {section.pk for section in sections}
    for other in (desk.drafter, desk.stranger):
        assert api(other).get("me/notifications").json()["items"] == []
    client = api(service_client(desk.albania, "reader"))
    assert client.get("me/notifications").json()["items"] == []


def test_nobody_else_finds_a_notification(desk: Desk) -> None:
    desk.section(released=True)
    row = Notification.objects.get(user=desk.albanian)
    for other in (desk.albanian_head, desk.stranger):
        for method, act in (("get", ""), ("post", "/read"), ("post", "/acknowledge")):
            assert_hidden_as_absent(
                api(other),
                f"me/notifications/{row.pk}{act}",
                f"me/notifications/{unknown_id()}{act}",
                method,
            )


def test_the_database_hides_them_too(desk: Desk) -> None:
    desk.section(released=True)
    with acting(actor_of(desk.albanian)):
        assert set(Notification.objects.values_list("user", flat=True)) == {desk.albanian.pk}
    with acting(actor_of(desk.stranger)):
        assert not Notification.objects.exists()


def test_reading_counts_the_first_time(desk: Desk) -> None:
    desk.section(released=True)
    desk.section(released=True)
    client = api(desk.albanian)
    row = Notification.objects.filter(user=desk.albanian).order_by("id").first()
    first = client.post(f"me/notifications/{row.pk}/read")
    again = client.post(f"me/notifications/{row.pk}/read")

    row.refresh_from_db()
    assert first.json()["read_at"] == again.json()["read_at"] == rfc3339(row.read_at)
    assert first.json()["acknowledged_at"] is None
    assert client.get(f"me/notifications/{row.pk}").json()["read_at"] == rfc3339(row.read_at)

    def listed(**query: str) -> list[str]:
        return [item["id"] for item in client.get("me/notifications", query).json()["items"]]

    assert listed(unread="false") == [str(row.pk)]
    assert len(listed(unread="true")) == 1
    assert len(listed()) == 2
    assert listed(kind="access.gained") == []


def test_acknowledging_reads_and_stands_in_the_ledger(desk: Desk) -> None:
    desk.section(released=True)
    ledger = Ledger()
    client = api(desk.albanian)
    row = Notification.objects.get(user=desk.albanian)
    for _ in range(2):
        assert client.post(f"me/notifications/{row.pk}/acknowledge").status_code == 200
    row.refresh_from_db()
    assert row.read_at == row.acknowledged_at is not None
    assert [entry.kind for entry in ledger.new()] == ["notification.acknowledged"]


def test_a_list_costs_the_same_however_long(desk: Desk) -> None:
    client = api(desk.albanian)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("me/notifications").status_code == 200
        return len(queries)

    desk.section(released=True)
    cost()
    few = cost()
    for _ in range(3):
        desk.section(released=True)
    assert cost() == few


def test_the_anonymous_have_none(desk: Desk) -> None:
    assert refused(api().get("me/notifications"))[0] == 401


def test_unknown_filters_are_refused(desk: Desk) -> None:
    answer = api(desk.albanian).get("me/notifications", {"state": "x"})
    assert codes(answer) == [("?state", "unknown_parameter")]
