"""Agendas and organisers of meetings."""

import pytest

from forums.meetings.models import AgendaItem, MeetingGrant
from forums.organisations.models import Organisation
from platform_api.ledger.models import Entry
from tests.api import api, assert_hidden_as_absent, codes, queries_of, refused
from tests.factories import (
    AgendaItemFactory,
    DelegationFactory,
    DocumentFactory,
    DocumentVersionFactory,
    MeetingFactory,
    OfficeFactory,
    OrganisationFactory,
    SectionFactory,
    cancel,
    delegate,
    present,
)

from .support import party

UNKNOWN = "01900000-0000-7000-8000-00000000dead"


@pytest.fixture
def meeting(table):
    return MeetingFactory(delegation=table.serbia)


def test_a_point_is_put_at_the_end_or_where_there_is_room(meeting, drafter, reader):
    client, path = api(drafter), f"meetings/{meeting.pk}/agenda"

    last = client.post(
        path, {"titles": {"en": "Legal framework"}, "kind": "session", "position": 3}
    )
    after = client.post(path, {"titles": {"en": "The Manual"}, "kind": "presentation"})
    first = client.post(path, {"titles": {"en": "Opening"}, "kind": "other", "position": 1})

    assert after.status_code == 201
    assert after.headers["Location"].endswith(f"/api/v1/agenda-items/{after.json()['id']}")
    assert after.json() == {
        "id": after.json()["id"],
        "meeting": str(meeting.pk),
        "position": 4,
        "kind": "presentation",
        "titles": {"en": "The Manual"},
        "abilities": {"revise": True, "delete": True},
    }
    shown = api(reader).get(path).json()["items"]
    assert [each["id"] for each in shown] == [each.json()["id"] for each in (first, last, after)]
    taken = client.post(path, {"titles": {"en": "x"}, "kind": "other", "position": 3})
    assert refused(taken) == (409, "position_taken")


def test_a_point_is_changed_moved_and_taken_off(meeting, drafter):
    client = api(drafter)
    item, other = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting)
    path = f"agenda-items/{item.pk}"

    assert refused(client.patch(path, {"position": 2}, if_match=1)) == (409, "position_taken")
    assert codes(client.patch(path, {"titles": {"en": None}}, if_match=1)) == [
        ("/titles", "required")
    ]
    changed = client.patch(
        path, {"titles": {"hr": "Rasprava"}, "kind": "discussion", "position": 5}, if_match=1
    )
    assert changed.json()["position"] == 5
    assert changed.json()["titles"] == item.titles | {"hr": "Rasprava"}
    assert refused(client.delete(path))[0] == 428
    assert refused(client.delete(path, if_match=1))[0] == 412
    assert client.delete(path, if_match=changed).status_code == 204
    assert list(AgendaItem.objects.all()) == [other]
    assert Entry.objects.filter(kind="agenda_item.removed").count() == 1


def test_a_point_at_which_something_is_presented_stays(meeting, table):
    """The secretariat, which does not read what Serbia presents, is told no more than that."""
    OfficeFactory(holder=table.albania, kind="secretariat")
    document = DocumentFactory(delegation=table.serbia)
    SectionFactory(document=document, released=True)
    named = MeetingFactory(delegation=table.serbia, seats=[table.serbia])
    for at in (meeting, named):
        item = AgendaItemFactory(meeting=at)
        present(DocumentVersionFactory(document=document), item)
        client = api(delegate(table.albania, "drafter"))

        answer = client.delete(f"agenda-items/{item.pk}", if_match=1)

        assert refused(answer) == (409, "in_use")
        assert AgendaItem.objects.filter(pk=item.pk).exists()


def test_the_agenda_of_a_meeting_that_is_over_stays(meeting, drafter):
    item = AgendaItemFactory(meeting=meeting)
    cancel(meeting)
    client = api(drafter)

    answers = (
        client.post(f"meetings/{meeting.pk}/agenda", {"titles": {"en": "x"}, "kind": "other"}),
        client.patch(f"agenda-items/{item.pk}", {"kind": "other"}, if_match=1),
        client.delete(f"agenda-items/{item.pk}", if_match=1),
    )

    assert {refused(answer) for answer in answers} == {(409, "wrong_state")}


def test_only_its_keepers_write_an_agenda(meeting, table, reader, stranger):
    item = AgendaItemFactory(meeting=meeting)
    path = f"agenda-items/{item.pk}"
    body = {"titles": {"en": "x"}, "kind": "other"}
    albanian = api(delegate(table.albania, "head"))

    assert albanian.get(path).json()["abilities"] == {"revise": False, "delete": False}
    for client, reason in ((api(reader), "drafter_required"), (albanian, "not_owner")):
        assert refused(client.post(f"meetings/{meeting.pk}/agenda", body)) == (403, reason)
        assert refused(client.patch(path, {"kind": "other"}, if_match=1)) == (403, reason)
        assert refused(client.delete(path, if_match=1)) == (403, reason)
    for method, given in (
        ("get", {}),
        ("patch", {"body": {}, "if_match": 1}),
        ("delete", {"if_match": 1}),
    ):
        client = api(stranger)
        told = [
            getattr(client, method)(f"agenda-items/{key}", **given) for key in (item.pk, UNKNOWN)
        ]
        assert {refused(answer) for answer in told} == {(404, "not_found")}
    assert_hidden_as_absent(
        api(stranger), f"meetings/{meeting.pk}/agenda", f"meetings/{UNKNOWN}/agenda"
    )


@pytest.mark.parametrize("query", [{}, {"abilities": "reasons"}])
def test_a_longer_agenda_costs_no_more_queries(meeting, drafter, query):
    client, path = api(drafter), f"meetings/{meeting.pk}/agenda"
    AgendaItemFactory(meeting=meeting)
    client.get(path, query)
    few = queries_of(lambda: client.get(path, query))
    for _ in range(4):
        AgendaItemFactory(meeting=meeting)

    assert queries_of(lambda: client.get(path, query)) == few


def test_organisers_are_organisations_and_seats(meeting, table, drafter, reader):
    OrganisationFactory(key="undp-seesac")
    client, path = api(drafter), f"meetings/{meeting.pk}/organisers"

    first = client.post(path, {"organisation": "undp-seesac", "role": "co_organiser"})
    second = client.post(path, {"delegation": str(table.albania.pk), "role": "host"})

    assert (first.status_code, second.status_code) == (201, 201)
    shown = api(reader).get(path).json()["items"]
    assert shown == [
        {
            "id": first.json()["id"],
            "organisation": "undp-seesac",
            "delegation": None,
            "role": "co_organiser",
        },
        {
            "id": second.json()["id"],
            "organisation": None,
            "delegation": party(table.albania),
            "role": "host",
        },
    ]
    again = client.post(path, {"organisation": "undp-seesac", "role": "co_organiser"})
    assert refused(again) == (409, "already_organiser")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"role": "host"}, [("", "one_party_expected")]),
        ({"organisation": "nobody", "role": "host"}, [("/organisation", "unknown")]),
        ({"delegation": UNKNOWN, "role": "host"}, [("/delegation", "unknown")]),
        ({"organisation": "x", "role": "guest"}, [("/role", "invalid_choice")]),
    ],
)
def test_an_organiser_is_one_known_party(meeting, drafter, body, errors):
    assert codes(api(drafter).post(f"meetings/{meeting.pk}/organisers", body)) == errors


def test_who_organises_sees_the_meeting_wherever_it_acts(table, drafter):
    home = table.serbia.country.delegations.get(forum=None)
    meeting = MeetingFactory(delegation=home)
    undp = OrganisationFactory(key="undp-seesac")
    helper = api(delegate(DelegationFactory(forum=table.decoy, party=undp), "reader"))
    assert helper.get(f"meetings/{meeting.pk}").status_code == 404

    keeper = api(home.delegates.get(role="drafter"))
    for role in ("organiser", "funder"):
        answer = keeper.post(
            f"meetings/{meeting.pk}/organisers", {"organisation": "undp-seesac", "role": role}
        )
        assert answer.status_code == 201

    body = helper.get(f"meetings/{meeting.pk}").json()
    assert body["owner_delegation"] == party(home)
    assert not any(body["abilities"].values())
    assert MeetingGrant.objects.count() == 1


def test_the_secretariat_names_an_organiser_whose_grant_it_does_not_see(table, meeting):
    OrganisationFactory(key="undp-seesac")
    undp = Organisation.objects.get(key="undp-seesac")
    DelegationFactory(forum=table.decoy, party=undp)
    OfficeFactory(holder=table.albania, kind="secretariat")
    path = f"meetings/{meeting.pk}/organisers"
    owner, secretary = (api(delegate(each, "drafter")) for each in (table.serbia, table.albania))

    for client, role in ((owner, "organiser"), (secretary, "funder")):
        answer = client.post(path, {"organisation": "undp-seesac", "role": role})
        assert answer.status_code == 201
    assert MeetingGrant.objects.count() == 1


def test_only_its_keepers_name_organisers(meeting, table, reader, stranger):
    OrganisationFactory(key="undp-seesac")
    path, body = (
        f"meetings/{meeting.pk}/organisers",
        {"organisation": "undp-seesac", "role": "host"},
    )

    assert refused(api(reader).post(path, body)) == (403, "drafter_required")
    assert refused(api(delegate(table.albania, "head")).post(path, body)) == (403, "not_owner")
    assert_hidden_as_absent(api(stranger), path, f"meetings/{UNKNOWN}/organisers")
