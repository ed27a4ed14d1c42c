"""GET and POST /meeting-series, GET /meeting-series/{id}."""

from forums.meetings.models import MeetingSeries
from tests.api import api, assert_hidden_as_absent, codes, queries_of, refused, rfc3339
from tests.factories import MeetingSeriesFactory, OfficeFactory, delegate

from .support import party

UNKNOWN = "01900000-0000-7000-8000-00000000dead"


def test_a_drafter_begins_a_series(table, drafter, reader):
    answer = api(drafter).post(
        "meeting-series",
        {"delegation": str(table.serbia.pk), "names": {"en": "Gender equality"}},
    )

    series = MeetingSeries.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/api/v1/meeting-series/{series.pk}")
    body = {
        "id": str(series.pk),
        "forum": "seemic",
        "owner_delegation": party(table.serbia),
        "names": {"en": "Gender equality"},
        "created_at": rfc3339(series.created_at),
    }
    assert answer.json() == body | {"abilities": {"add_meeting": True}}
    seen = api(reader).get(f"meeting-series/{series.pk}").json()
    assert seen == body | {"abilities": {"add_meeting": False}}


def test_the_forum_lists_its_series_and_others_do_not(table, reader, stranger):
    first, second = (
        MeetingSeriesFactory(delegation=each) for each in (table.serbia, table.albania)
    )
    decoy = MeetingSeriesFactory(delegation=table.montenegro)
    client = api(reader)

    shown = [each["id"] for each in client.get("meeting-series").json()["items"]]

    assert shown == [str(second.pk), str(first.pk)]
    assert_hidden_as_absent(client, f"meeting-series/{decoy.pk}", f"meeting-series/{UNKNOWN}")
    assert [each["id"] for each in api(stranger).get("meeting-series").json()["items"]] == [
        str(decoy.pk)
    ]


def test_a_longer_list_costs_no_more_queries(table, reader):
    OfficeFactory(holder=table.albania, kind="secretariat")
    client, query = api(reader), {"abilities": "reasons"}
    MeetingSeriesFactory(delegation=table.serbia)
    client.get("meeting-series", query)
    few = queries_of(lambda: client.get("meeting-series", query))
    for _ in range(3):
        MeetingSeriesFactory(delegation=table.serbia)

    assert queries_of(lambda: client.get("meeting-series", query)) == few


def test_who_does_not_draft_for_the_seat_begins_nothing(table, reader, drafter):
    body = {"delegation": str(table.serbia.pk), "names": {"en": "x"}}

    assert refused(api(reader).post("meeting-series", body)) == (403, "drafter_required")
    assert refused(api(drafter).post("meeting-series", body | {"common": True})) == (
        403,
        "not_secretariat",
    )
    other = api(delegate(table.albania, "drafter"))
    assert refused(other.post("meeting-series", body)) == (403, "drafter_required")
    assert codes(other.post("meeting-series", body | {"delegation": UNKNOWN})) == [
        ("/delegation", "unknown")
    ]
    assert codes(api(drafter).post("meeting-series", body | {"names": {}})) == [("/names", "empty")]
