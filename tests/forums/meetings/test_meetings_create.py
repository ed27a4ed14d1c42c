"""POST /meetings."""

import pytest
from django.db import IntegrityError, transaction

from forums.meetings.models import Meeting
from platform_api.core.service import writing
from platform_api.ledger.models import Entry
from tests.api import api, codes, refused, rfc3339
from tests.factories import (
    MeetingFactory,
    MeetingSeriesFactory,
    OfficeFactory,
    delegate,
    seat,
)

from .support import party, plan

UNKNOWN = "01900000-0000-7000-8000-00000000dead"


def test_a_drafter_plans_a_meeting_of_the_forum(table, drafter, reader):
    answer = plan(
        api(drafter),
        table.serbia,
        titles={"en": "Gender equality", "sr-Cyrl": "Родна равноправност"},
        place="Aranđelovac",
        time_zone="Europe/Belgrade",
        begins="2021-12-01",
        ends="2021-12-03",
        duration_days=3,
    )

    meeting = Meeting.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/api/v1/meetings/{meeting.pk}")
    assert answer.headers["ETag"].startswith('"1.')
    body = {
        "id": str(meeting.pk),
        "forum": "seemic",
        "owner_delegation": party(table.serbia),
        "series": None,
        "sequence": None,
        "kind": "seminar",
        "mode": "onsite",
        "state": "planned",
        "titles": {"en": "Gender equality", "sr-Cyrl": "Родна равноправност"},
        "place": "Aranđelovac",
        "time_zone": "Europe/Belgrade",
        "begins": "2021-12-01",
        "ends": "2021-12-03",
        "duration_days": 3,
        "created_at": rfc3339(meeting.created_at),
        "continuation_of": None,
        "participating_seats": [],
        "reported_participants": None,
        "reported_countries": None,
        "reported_source": "",
    }
    abilities = {"revise": True, "hold": True, "close": False, "cancel": True}
    abilities["manage_access"] = False
    assert answer.json() == body | {"abilities": abilities}
    seen = api(reader).get(f"meetings/{meeting.pk}").json()
    assert seen == body | {"abilities": dict.fromkeys(abilities, False)}
    told = Entry.objects.get(kind="meeting.created")
    assert (told.seat_id, told.owner_seat_id) == (table.serbia.pk, table.serbia.pk)
    assert told.effective_scope_id == table.forum.effective_scope_id


def test_a_meeting_of_a_home_seat_stays_at_home(table, reader):
    home = table.serbia.country.delegations.get(forum=None)
    at_home = api(delegate(home, "drafter"))

    answer = plan(at_home, home)

    body = answer.json()
    assert (answer.status_code, body["forum"], body["owner_delegation"]) == (201, None, party(home))
    assert at_home.get(f"meetings/{body['id']}").status_code == 200
    assert api(reader).get(f"meetings/{body['id']}").status_code == 404


def test_a_seat_from_elsewhere_that_takes_part_sees_the_meeting(table, stranger):
    home = table.serbia.country.delegations.get(forum=None)
    keeper = delegate(home, "drafter").user
    delegate(table.montenegro, "reader", user=keeper)

    answer = plan(api(keeper), home, participating_seats=[str(table.montenegro.pk)])

    assert answer.json()["participating_seats"] == [party(table.montenegro)]
    body = api(stranger).get(f"meetings/{answer.json()['id']}").json()
    assert body["participating_seats"] == [party(table.montenegro)]
    assert body["owner_delegation"] == party(home)
    assert body["abilities"] == {
        "revise": False,
        "hold": False,
        "close": False,
        "cancel": False,
        "manage_access": False,
    }
    assert [each["id"] for each in api(stranger).get("meetings").json()["items"]] == [body["id"]]


def test_named_seats_are_shown_and_the_forum_reads_all_the_same(table, drafter):
    answer = plan(api(drafter), table.serbia, participating_seats=[str(table.albania.pk)])

    assert answer.json()["participating_seats"] == [party(table.albania)]
    third = api(delegate(seat(table.forum, "BA"), "reader"))
    assert third.get(f"meetings/{answer.json()['id']}").status_code == 200


def test_a_series_numbers_its_meetings(table, drafter):
    client = api(drafter)
    series = str(MeetingSeriesFactory(delegation=table.serbia).pk)

    first = plan(client, table.serbia, series=series).json()
    second = plan(client, table.serbia, series=series, continuation_of=first["id"]).json()

    assert (first["sequence"], second["sequence"]) == (1, 2)
    assert (second["series"], second["continuation_of"]) == (series, first["id"])
    taken = plan(client, table.serbia, series=series, sequence=2)
    assert refused(taken) == (409, "sequence_taken")
    assert plan(client, table.serbia, series=series, sequence=7).json()["sequence"] == 7


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (None, None),
        ("2021", None),
        (None, "2021-12"),
        ("2021", "2021-12-03"),
        ("2021-12-03", "2021-12"),
        ("2021-12", "2021-12"),
        ("2020-02-29", "2021"),
    ],
)
def test_dates_may_be_partial_or_unknown(table, drafter, begins, ends):
    answer = plan(api(drafter), table.serbia, begins=begins, ends=ends)

    assert (answer.json()["begins"], answer.json()["ends"]) == (begins, ends)


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"begins": "2021-13"}, [("/begins", "invalid_date")]),
        ({"begins": "2021-02-29"}, [("/begins", "invalid_date")]),
        ({"begins": "2021/12"}, [("/begins", "invalid_date")]),
        ({"begins": "2021-12?"}, [("/begins", "invalid_date")]),
        ({"begins": "21-12-01"}, [("/begins", "invalid_date")]),
        ({"begins": "0000"}, [("/begins", "invalid_date")]),
        ({"ends": "2021-12-01T10:00"}, [("/ends", "invalid_date")]),
        ({"ends": 2021}, [("/ends", "invalid_type")]),
        ({"begins": "2021-12-03", "ends": "2021-12-01"}, [("/ends", "before_begins")]),
        ({"begins": "2021-12", "ends": "2021-11-30"}, [("/ends", "before_begins")]),
        ({"begins": "2022", "ends": "2021-12"}, [("/ends", "before_begins")]),
        ({"duration_days": 0}, [("/duration_days", "min_value")]),
        ({"time_zone": "Europe/Nowhere"}, [("/time_zone", "unknown")]),
        ({"titles": {}}, [("/titles", "empty")]),
        ({"kind": "party"}, [("/kind", "invalid_choice")]),
        ({"state": "held"}, [("/state", "unknown_field")]),
        ({"sequence": 1}, [("/sequence", "without_series")]),
        ({"series": UNKNOWN}, [("/series", "unknown")]),
        ({"continuation_of": UNKNOWN}, [("/continuation_of", "unknown")]),
        ({"delegation": UNKNOWN}, [("/delegation", "unknown")]),
        ({"participating_seats": [UNKNOWN]}, [("/participating_seats/0", "unknown")]),
        ({"reported_participants": 10}, [("/reported_source", "required")]),
        ({"reported_countries": 7}, [("/reported_source", "required")]),
        ({"reported_source": "UNDP SEESAC"}, [("/reported_participants", "required")]),
        (
            {"reported_participants": 6, "reported_countries": 7, "reported_source": "UNDP"},
            [("/reported_countries", "more_than_participants")],
        ),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(table, drafter, given, errors):
    answer = plan(api(drafter), table.serbia, **given)

    assert codes(answer) == errors
    assert Meeting.objects.count() == 0


def test_hidden_rows_are_as_unknown_as_those_that_are_not(table, drafter):
    client = api(drafter)
    meeting = MeetingFactory(delegation=table.montenegro)
    series = MeetingSeriesFactory(delegation=table.montenegro)
    for member, row in (
        ("continuation_of", meeting),
        ("series", series),
        ("delegation", table.montenegro),
    ):
        assert codes(plan(client, table.serbia, **{member: str(row.pk)})) == [
            (f"/{member}", "unknown")
        ]


def test_a_meeting_does_not_continue_one_of_another_forum(table, drafter):
    delegate(table.montenegro, "drafter", user=drafter)
    series = MeetingSeriesFactory(delegation=table.montenegro)
    meeting = MeetingFactory(delegation=table.montenegro)

    answer = plan(
        api(drafter), table.serbia, series=str(series.pk), continuation_of=str(meeting.pk)
    )

    assert codes(answer) == [
        ("/continuation_of", "of_another_forum"),
        ("/series", "of_another_forum"),
    ]


def test_only_who_keeps_a_series_adds_to_it(table, drafter):
    series = MeetingSeriesFactory(delegation=table.albania)

    answer = plan(api(drafter), table.serbia, series=str(series.pk))

    assert refused(answer) == (403, "not_owner")


@pytest.mark.parametrize("role", ["reader", "access_manager"])
def test_who_does_not_draft_for_the_seat_plans_nothing(table, role):
    answer = plan(api(delegate(table.serbia, role)), table.serbia)

    assert refused(answer) == (403, "drafter_required")


def test_only_the_secretariat_plans_for_the_forum_itself(table, drafter):
    assert refused(plan(api(drafter), table.serbia, common=True)) == (403, "not_secretariat")
    OfficeFactory(holder=table.serbia, kind="secretariat")

    body = plan(api(drafter), table.serbia, common=True).json()

    assert body["owner_delegation"] is None
    assert body["abilities"]["revise"] is True


def test_reported_figures_stand_beside_what_is_recorded_and_are_never_added_to_it(table, drafter):
    """Two seats take part; the source counts ten persons of seven countries."""
    answer = plan(
        api(drafter),
        table.serbia,
        participating_seats=[str(table.serbia.pk), str(table.albania.pk)],
        reported_participants=10,
        reported_countries=7,
        reported_source="UNDP SEESAC",
    )

    body = api(drafter).get(f"meetings/{answer.json()['id']}").json()
    assert (body["reported_participants"], body["reported_countries"]) == (10, 7)
    assert body["reported_source"] == "UNDP SEESAC"
    assert len(body["participating_seats"]) == 2
    assert [name for name in body if "participants" in name] == ["reported_participants"]


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"reported_participants": 10}, "reported_with_source"),
        ({"reported_source": "Somebody"}, "reported_with_source"),
        (
            {"reported_participants": 1, "reported_countries": 2, "reported_source": "x"},
            "reported_countries",
        ),
        ({"begins": "2021-13"}, "begins"),
        ({"ends": "December"}, "ends"),
        ({"begins": "2021-12-03", "ends": "2021-11"}, "dates"),
        ({"duration_days": 0}, "duration"),
        ({"sequence": 1}, "sequence"),
        ({"state": "over"}, "state"),
    ],
)
def test_the_database_holds_the_same_rules(table, columns, constraint):
    meeting = MeetingFactory(delegation=table.serbia)

    with pytest.raises(IntegrityError, match=f"forums_meeting_{constraint}"):  # noqa: SIM117
        with transaction.atomic(), writing():
            Meeting.objects.filter(pk=meeting.pk).update(**columns)


def test_nobody_plans_without_a_token_or_its_scope(table, drafter, anonymous):
    assert refused(plan(anonymous, table.serbia)) == (401, "not_authenticated")
    reading = api(drafter, scopes=["forums:read"])
    assert refused(plan(reading, table.serbia)) == (403, "insufficient_scope")
