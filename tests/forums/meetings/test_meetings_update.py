"""PATCH /meetings/{id} and the steps of a meeting."""

import pytest

from forums.meetings.models import Meeting
from platform_api.ledger.models import Entry
from tests.api import api, codes, refused
from tests.factories import MeetingFactory, OfficeFactory, cancel, close, delegate, hold

UNKNOWN = "01900000-0000-7000-8000-00000000dead"


@pytest.fixture
def meeting(table):
    return MeetingFactory(
        delegation=table.serbia, titles={"en": "Seminar"}, begins="2021-12-01", ends="2021-12-03"
    )


def test_what_is_named_changes_and_null_makes_unknown(table, drafter, meeting):
    answer = api(drafter).patch(
        f"meetings/{meeting.pk}",
        {"begins": None, "ends": "2021-12", "titles": {"en": None, "hr": "Seminar"}},
        if_match=1,
    )

    body = answer.json()
    assert (body["begins"], body["ends"], body["titles"]) == (None, "2021-12", {"hr": "Seminar"})
    assert answer.headers["ETag"].startswith('"2.')
    told = Entry.objects.get(kind="meeting.revised")
    assert told.detail.payload == {
        "before": {"begins": "2021-12-01", "ends": "2021-12-03", "titles": {"en": "Seminar"}},
        "after": {"begins": None, "ends": "2021-12", "titles": {"hr": "Seminar"}},
    }


def test_what_changes_nothing_is_no_revision(table, drafter, meeting):
    answer = api(drafter).patch(f"meetings/{meeting.pk}", {"begins": "2021-12-01"}, if_match=1)

    assert answer.headers["ETag"].startswith('"1.')
    assert not Entry.objects.filter(kind="meeting.revised").exists()


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"begins": "2022"}, [("/ends", "before_begins")]),
        ({"titles": {"en": None}}, [("/titles", "required")]),
        ({"reported_participants": 3}, [("/reported_source", "required")]),
        ({"state": "held"}, [("/state", "unknown_field")]),
        ({"series": None}, [("/series", "unknown_field")]),
    ],
)
def test_what_cannot_be_is_refused(drafter, meeting, body, errors):
    answer = api(drafter).patch(f"meetings/{meeting.pk}", body, if_match=1)

    assert codes(answer) == errors
    assert Meeting.objects.get().revision == 1


def test_a_change_names_the_revision_it_is_made_to(drafter, meeting):
    client = api(drafter)

    assert refused(client.patch(f"meetings/{meeting.pk}", {"place": "x"}))[0] == 428
    stale = client.patch(f"meetings/{meeting.pk}", {"place": "x"}, if_match=7)
    assert (refused(stale)[0], stale.headers["ETag"]) == (412, '"1"')
    assert refused(client.post(f"meetings/{meeting.pk}/hold"))[0] == 428


def test_who_is_late_learns_so_before_the_state_counts(drafter, meeting):
    hold(meeting)

    answer = api(drafter).post(f"meetings/{meeting.pk}/cancel", if_match=1)

    assert (refused(answer)[0], answer.headers["ETag"]) == (412, '"2"')


def test_a_meeting_is_held_and_closed(drafter, meeting):
    client = api(drafter)

    held = client.post(f"meetings/{meeting.pk}/hold", if_match=1)
    closed = client.post(f"meetings/{meeting.pk}/close", if_match=held)

    assert (held.json()["state"], closed.json()["state"]) == ("held", "closed")
    assert held.json()["abilities"] == {
        "revise": True,
        "hold": False,
        "close": True,
        "cancel": False,
        "manage_access": False,
    }
    assert not any(closed.json()["abilities"].values())
    kinds = Entry.objects.filter(object_id=str(meeting.pk)).order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == [
        "meeting.created",
        "meeting.held",
        "meeting.closed",
    ]


@pytest.mark.parametrize(
    ("before", "step", "allowed"),
    [
        ((), "close", ["held"]),
        ((hold,), "hold", ["planned", "registration_open"]),
        ((hold,), "cancel", ["planned", "registration_open"]),
        ((hold, close), "close", ["held"]),
        ((hold, close), "cancel", ["planned", "registration_open"]),
        ((cancel,), "hold", ["planned", "registration_open"]),
        ((cancel,), "cancel", ["planned", "registration_open"]),
    ],
)
def test_a_step_that_the_state_does_not_allow_is_refused(drafter, meeting, before, step, allowed):
    for each in before:
        meeting = each(meeting)

    answer = api(drafter).post(f"meetings/{meeting.pk}/{step}", if_match=meeting.etag_revision)

    assert refused(answer) == (409, "wrong_state")
    assert answer.json()["allowed"] == allowed
    assert answer.json()["state"] == meeting.state


@pytest.mark.parametrize("ends", [(hold, close), (cancel,)])
def test_what_is_over_is_not_changed(drafter, meeting, ends):
    for each in ends:
        meeting = each(meeting)

    answer = api(drafter).patch(
        f"meetings/{meeting.pk}", {"place": "x"}, if_match=meeting.etag_revision
    )

    assert refused(answer) == (409, "wrong_state")
    assert answer.json()["allowed"] == ["held", "planned", "registration_open"]


@pytest.mark.parametrize("act", ["hold", "cancel", "patch"])
def test_only_its_keepers_change_a_meeting(table, reader, stranger, meeting, act):
    def send(user):
        if act == "patch":
            return api(user).patch(f"meetings/{meeting.pk}", {"place": "x"}, if_match=1)
        return api(user).post(f"meetings/{meeting.pk}/{act}", if_match=1)

    assert refused(send(reader)) == (403, "drafter_required")
    assert refused(send(delegate(table.albania, "head").user)) == (403, "not_owner")
    assert refused(send(stranger)) == (404, "not_found")
    OfficeFactory(holder=table.albania, kind="secretariat")
    assert send(delegate(table.albania, "drafter").user).status_code == 200
    told = Entry.objects.filter(object_id=str(meeting.pk)).order_by("id").last()
    assert (told.seat_id, told.owner_seat_id) == (table.albania.pk, table.serbia.pk)


def test_an_unknown_meeting_takes_no_step(drafter, table):
    hidden = MeetingFactory(delegation=table.montenegro)
    for key in (UNKNOWN, hidden.pk):
        assert refused(api(drafter).post(f"meetings/{key}/hold", if_match=1)) == (404, "not_found")
