"""/instruments/{id}/status-events and /instruments/{id}/status."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from platform_api.core.clock import database_now
from policies.instruments.models import LegalStatusEvent
from tests.api import assert_hidden_as_absent, codes, refused, rfc3339
from tests.factories import InstrumentFactory, country, status_event

SUSPENSION = {
    "kind": "execution_suspended",
    "effective_from": "2024-06-27",
    "decided_by": "Constitutional Court",
    "source": "Order of the Court",
    "note": "Pending a final ruling.",
}


@pytest.fixture
def law(region):
    """A law that the forum reads."""
    return InstrumentFactory(delegation=region.montenegro, audience="forum")


@pytest.fixture
def convention(region):
    """An international convention that everybody reads."""
    return InstrumentFactory(
        delegation=region.montenegro, audience="public", kind="convention", identifier="CETS 210"
    )


def standing(client, instrument, **query):
    answer = client.get(f"instruments/{instrument.pk}/status", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_drafter_records_what_happened_by_the_databases_clock(law, drafter, macedonian):
    before = database_now()
    answer = drafter.post(f"instruments/{law.pk}/status-events", SUSPENSION)
    event = LegalStatusEvent.objects.get()

    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(event.pk),
        **SUSPENSION,
        "country": None,
        "recorded_at": rfc3339(event.recorded_at),
        "supersedes": None,
        "superseded_by": None,
        "abilities": {},
    }
    assert before < event.recorded_at < database_now()
    listed = macedonian.get(f"instruments/{law.pk}/status-events").json()["items"]
    assert listed == [{k: v for k, v in answer.json().items() if k != "abilities"}]


def test_the_status_is_that_of_the_day_asked_about(law, macedonian):
    status_event(law, "adopted", "2021-05-24")
    suspended = status_event(law, "execution_suspended", "2024-06-27")

    told = standing(macedonian, law, on="2024-06-27")

    assert told == {
        "instrument": str(law.pk),
        "on": "2024-06-27",
        "recorded_by": None,
        "instrument_standing": {
            "state": "execution_suspended",
            "since": "2024-06-27",
            "certain": True,
            "event": {
                "id": str(suspended.pk),
                "kind": "execution_suspended",
                "country": None,
                "effective_from": "2024-06-27",
                "decided_by": "",
                "source": "",
                "note": "",
                "recorded_at": told["instrument_standing"]["event"]["recorded_at"],
                "supersedes": None,
                "superseded_by": None,
            },
            "possible_events": [],
        },
        "parties": [],
    }
    states = {
        day: standing(macedonian, law, on=day)["instrument_standing"]["state"]
        for day in ("2021-05-23", "2021-05-24", "2024-06-26", "2024-06-27", "2099-01-01")
    }
    assert states == {
        "2021-05-23": None,
        "2021-05-24": "adopted",
        "2024-06-26": "adopted",
        "2024-06-27": "execution_suspended",
        "2099-01-01": "execution_suspended",
    }
    assert standing(macedonian, law)["instrument_standing"]["state"] == "execution_suspended"


def test_a_correction_leaves_what_was_answered_earlier(law, drafter, reader):
    wrong = status_event(law, "repealed", "2024-06-27")
    then = rfc3339(database_now())
    answer = drafter.post(
        f"instruments/{law.pk}/status-events", SUSPENSION | {"supersedes": str(wrong.pk)}
    )

    assert answer.status_code == 201
    now = standing(reader, law, on="2024-07-01")["instrument_standing"]
    earlier = standing(reader, law, on="2024-07-01", recorded_by=then)["instrument_standing"]
    assert (now["state"], earlier["state"]) == ("execution_suspended", "repealed")
    listed = reader.get(f"instruments/{law.pk}/status-events").json()["items"]
    assert [(item["kind"], item["supersedes"], item["superseded_by"]) for item in listed] == [
        ("execution_suspended", str(wrong.pk), None),
        ("repealed", None, answer.json()["id"]),
    ]


def test_an_event_is_superseded_once_and_by_one_of_its_own_instrument(region, law, drafter):
    wrong = status_event(law, "repealed", "2024-06-27")
    status_event(law, "annulled", "2024-06-27", supersedes=wrong)
    other = status_event(InstrumentFactory(delegation=region.montenegro), "adopted", "2020")
    path = f"instruments/{law.pk}/status-events"

    again = drafter.post(path, SUSPENSION | {"supersedes": str(wrong.pk)})
    foreign = drafter.post(path, SUSPENSION | {"supersedes": str(other.pk)})

    assert refused(again) == (409, "already_superseded")
    assert codes(foreign) == [("/supersedes", "unknown")]


def test_a_country_leaves_a_convention_and_the_others_stay(convention, drafter, nobody):
    country("TR")
    path = f"instruments/{convention.pk}/status-events"
    status_event(convention, "in_force", "2014-08-01")
    status_event(convention, "ratified", "2013", country=country("RS"))
    left = drafter.post(
        path, {"kind": "denounced", "effective_from": "2021-07-01", "country": "TR"}
    )

    assert left.status_code == 201
    before = standing(nobody, convention, on="2021-06-30")
    after = standing(nobody, convention, on="2021-07-01")
    assert before["instrument_standing"]["state"] == "in_force"
    assert [(p["country"], p["state"]) for p in before["parties"]] == [
        ("RS", "ratified"),
        ("TR", None),
    ]
    assert [(p["country"], p["state"]) for p in after["parties"]] == [
        ("RS", "ratified"),
        ("TR", "denounced"),
    ]


def test_only_a_convention_has_parties(law, drafter):
    answer = drafter.post(f"instruments/{law.pk}/status-events", SUSPENSION | {"country": "ME"})

    assert codes(answer) == [("/country", "not_a_convention")]


def test_a_year_alone_leaves_the_year_open(law, reader):
    status_event(law, "adopted", "2009")

    told = standing(reader, law, on="2009-06-01")["instrument_standing"]

    assert (told["state"], told["certain"], told["event"]) == (None, False, None)
    assert [event["effective_from"] for event in told["possible_events"]] == ["2009"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind": "suspended"}, ("/kind", "invalid_choice")),
        ({"effective_from": "2024-06-31"}, ("/effective_from", "invalid_date")),
        ({"effective_from": None}, ("/effective_from", "null")),
        ({"recorded_at": "2020-01-01T00:00:00Z"}, ("/recorded_at", "unknown_field")),
        ({"country": "QQ"}, ("/country", "unknown")),
    ],
)
def test_what_cannot_be_recorded_is_refused(law, drafter, changes, error):
    answer = drafter.post(f"instruments/{law.pk}/status-events", SUSPENSION | changes)

    assert codes(answer) == [error]
    assert LegalStatusEvent.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"on": "2024"}, ("?on", "invalid_type")),
        ({"recorded_by": "2024-06-27"}, ("?recorded_by", "invalid_type")),
        ({"in_force": "true"}, ("?in_force", "unknown_parameter")),
    ],
)
def test_a_status_is_asked_for_a_day_and_a_time(law, reader, query, error):
    assert codes(reader.get(f"instruments/{law.pk}/status", query)) == [error]


def test_only_the_owners_drafters_record(law, reader, macedonian):
    path = f"instruments/{law.pk}/status-events"

    assert refused(reader.post(path, SUSPENSION)) == (403, "drafter_required")
    assert refused(macedonian.post(path, SUSPENSION)) == (403, "not_owner")


def test_a_hidden_instrument_has_no_events_and_no_status(region, macedonian, nobody):
    hidden = InstrumentFactory(delegation=region.montenegro)
    status_event(hidden, "adopted", "2021")
    absent = "instruments/01900000-0000-7000-8000-00000000dead"

    for tail in ("/status", "/status-events"):
        for client in (macedonian, nobody):
            assert_hidden_as_absent(client, f"instruments/{hidden.pk}{tail}", f"{absent}{tail}")


def test_no_one_changes_or_takes_away_what_was_recorded(law):
    event = status_event(law, "adopted", "2021")

    for statement in (
        "UPDATE policies_legalstatusevent SET kind = 'repealed' WHERE id = %s",
        "DELETE FROM policies_legalstatusevent WHERE id = %s",
    ):
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [event.pk])


def test_the_time_of_recording_is_the_databases_whatever_is_written(law):
    event = status_event(law, "adopted", "2021")
    copy = LegalStatusEvent.objects.get(pk=event.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO policies_legalstatusevent (id, instrument_id, kind, effective_from, "
            "decided_by, source, note, recorded_at) "
            "VALUES (gen_random_uuid(), %s, 'adopted', '2020', '', '', '', %s)",
            [law.pk, copy.recorded_at - timedelta(days=900)],
        )

    times = LegalStatusEvent.objects.values_list("recorded_at", flat=True)
    assert min(times) == copy.recorded_at
