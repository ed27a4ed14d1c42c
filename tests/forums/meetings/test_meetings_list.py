"""GET /meetings and GET /meetings/{id}."""

import pytest

from platform_api.core.actor import Level
from tests.api import api, assert_hidden_as_absent, codes, queries_of, refused
from tests.factories import (
    MeetingFactory,
    MeetingSeriesFactory,
    OfficeFactory,
    cancel,
    delegate,
    grant,
    hold,
    service_client,
)

UNKNOWN = "01900000-0000-7000-8000-00000000dead"


def ids(rows):
    return [str(row.pk) for row in rows]


def items(answer):
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_the_seats_of_a_forum_see_its_meetings_newest_first(table, reader, stranger):
    meetings = [MeetingFactory(delegation=each) for each in (table.serbia, table.albania)]
    decoy = MeetingFactory(delegation=table.montenegro)

    answer = api(reader).get("meetings")

    assert items(answer) == ids(reversed(meetings))
    assert answer.json()["items"][0]["etag"] == '"1"'
    assert "reported_participants" not in answer.json()["items"][0]
    assert items(api(stranger).get("meetings")) == ids([decoy])
    assert items(api(service_client(table.albania, "reader")).get("meetings")) == items(answer)


def test_an_operator_reads_no_meetings(table, operator_user):
    meeting = MeetingFactory(delegation=table.serbia)

    assert items(api(operator_user).get("meetings")) == []
    assert api(operator_user).get(f"meetings/{meeting.pk}").status_code == 404


def test_pages_lead_on_and_back(table, reader):
    expected = ids([MeetingFactory(delegation=table.serbia) for _ in range(5)])[::-1]
    client = api(reader)

    first = client.get("meetings", {"limit": 2})
    second = client.get(first.json()["next"])
    third = client.get(second.json()["next"])

    assert items(first) + items(second) + items(third) == expected
    assert items(client.get(second.json()["previous"])) == items(first)


def test_a_granted_meeting_stands_at_its_own_date(table, reader):
    older = MeetingFactory(delegation=table.montenegro)
    newer = MeetingFactory(delegation=table.serbia)
    grant(older, table.serbia, Level.READ)

    assert items(api(reader).get("meetings")) == ids([newer, older])


def test_filters_narrow_what_is_seen(table, reader):
    client = api(reader)
    series = MeetingSeriesFactory(delegation=table.serbia)
    decoy_series = MeetingSeriesFactory(delegation=table.montenegro)
    MeetingFactory(delegation=table.montenegro, series=decoy_series)
    held = hold(MeetingFactory(delegation=table.serbia, series=series))
    planned = MeetingFactory(delegation=table.serbia)
    cancelled = cancel(MeetingFactory(delegation=table.serbia))

    assert items(client.get("meetings", {"series": str(series.pk)})) == ids([held])
    assert items(client.get("meetings", {"series": str(decoy_series.pk)})) == []
    assert items(client.get("meetings", {"series": UNKNOWN})) == []
    assert items(client.get("meetings", {"state": "planned"})) == ids([planned])
    assert items(client.get("meetings", {"forum": "seemic"})) == ids([cancelled, planned, held])
    assert items(client.get("meetings", {"forum": "other"})) == []
    assert codes(client.get("meetings", {"state": "over"})) == [("?state", "invalid_choice")]
    assert codes(client.get("meetings", {"place": "x"}))[0][0] == "?place"


@pytest.mark.parametrize("query", [{}, {"abilities": "reasons"}, {"forum": "seemic"}])
def test_a_longer_list_costs_no_more_queries(table, drafter, query):
    OfficeFactory(holder=table.albania, kind="secretariat")
    MeetingFactory(delegation=table.serbia)
    client = api(drafter)
    client.get("meetings", query)
    few = queries_of(lambda: client.get("meetings", query))
    series = MeetingSeriesFactory(delegation=table.serbia)
    for _ in range(4):
        MeetingFactory(delegation=table.serbia, series=series)

    assert queries_of(lambda: client.get("meetings", query)) == few


def test_a_hidden_meeting_is_as_unknown_as_one_that_is_not(table, reader):
    hidden = MeetingFactory(delegation=table.montenegro)

    assert_hidden_as_absent(api(reader), f"meetings/{hidden.pk}", f"meetings/{UNKNOWN}")


def test_what_a_meeting_continues_is_told_to_who_sees_that_too(table, stranger, reader):
    series = MeetingSeriesFactory(delegation=table.serbia)
    first = MeetingFactory(delegation=table.serbia, series=series)
    second = MeetingFactory(delegation=table.serbia, series=series, continuation_of=first)
    grant(second, table.montenegro, Level.READ)

    mine = api(reader).get(f"meetings/{second.pk}").json()
    theirs = api(stranger).get(f"meetings/{second.pk}").json()

    assert (mine["series"], mine["continuation_of"]) == (str(series.pk), str(first.pk))
    assert (theirs["series"], theirs["continuation_of"]) == (None, None)


def test_the_wall_alone_hides_meetings(table, reader, monkeypatch):
    """The application's own filter is switched off; the database still tells nothing."""
    hidden = MeetingFactory(delegation=table.montenegro)
    monkeypatch.setattr(
        "platform_api.core.models.ProtectedQuerySet.visible_to", lambda self, actor: self
    )

    assert api(reader).get(f"meetings/{hidden.pk}").status_code == 404
    assert items(api(reader).get("meetings", {"state": "planned"})) == []


def test_without_a_token_there_is_no_list(table, anonymous):
    MeetingFactory(delegation=table.serbia)

    assert refused(anonymous.get("meetings")) == (401, "not_authenticated")
    ended = delegate(table.serbia, "access_manager")
    assert items(api(ended).get("meetings")) == []
