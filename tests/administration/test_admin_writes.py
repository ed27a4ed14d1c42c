"""What operators do in the admin site is done by the services."""

import re
from datetime import date

from django.contrib.admin.models import LogEntry

from forums.membership.models import ClientBinding, Delegate, Delegation
from platform_api.identity.models import Membership
from platform_api.ledger.models import Entry
from tests.factories import DocumentFactory, UserFactory, country, grant, seat

SEAT = {"status": "member", "voting": "on", "time_zone": "Europe/Zagreb"}


def kinds():
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def test_a_country_is_seated_with_its_groups_and_an_entry_in_the_ledger(operator_session, table):
    croatia = seat(table.decoy, "HR").country
    before = len(kinds())

    answer = operator_session.post(
        "/admin/forums/delegation/add/",
        {**SEAT, "forum": table.forum.pk, "country": croatia.pk},
    )

    assert answer.status_code == 302
    made = Delegation.objects.get(forum=table.forum, country=croatia)
    assert made.voting is True
    assert made.home_scope is not None
    assert kinds()[before:] == ["delegation.seated"]
    assert LogEntry.objects.count() == 0


def test_a_refusal_is_told_at_the_form_and_what_was_typed_stays(operator_session, table):
    before = kinds()

    answer = operator_session.post(
        "/admin/forums/delegation/add/",
        {
            **SEAT,
            "forum": table.forum.pk,
            "country": table.serbia.country.pk,
            "designation": "Typed with care",
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "has a seat in this forum" in page
    assert "Typed with care" in page
    assert kinds() == before


def test_a_seat_needs_one_party_not_two_and_not_none(operator_session, table):
    answer = operator_session.post(
        "/admin/forums/delegation/add/", {**SEAT, "forum": table.forum.pk}
    )

    assert "either a country or an organisation" in answer.content.decode()


def test_an_operator_appoints_heads_and_no_drafters(operator_session, table):
    person = UserFactory()
    given = {"delegation": table.serbia.pk, "user": person.pk}

    refused = operator_session.post("/admin/forums/delegate/add/", {**given, "role": "drafter"})
    accepted = operator_session.post("/admin/forums/delegate/add/", {**given, "role": "head"})

    assert "is not one of the available choices" in refused.content.decode()
    assert accepted.status_code == 302
    made = Delegate.objects.get(user=person)
    assert made.role == "head"
    assert Membership.objects.filter(user=person, source_id=made.pk).count() == 6


def test_the_secret_of_a_new_client_is_shown_once(operator_session, table):
    answer = operator_session.post(
        "/admin/forums/clientbinding/add/",
        {
            "name": "Serbia's register",
            "delegation": table.serbia.pk,
            "role": "reader",
            "scopes": ["documents:read"],
        },
        follow=True,
    )

    page = answer.content.decode()
    binding = ClientBinding.objects.select_related("client").get(delegation=table.serbia)
    secret = re.search(r"Secret: (\S+)<", page)[1]
    assert binding.client.client_id in page
    assert len(secret) > 100
    assert secret not in binding.client.client_secret
    assert secret not in operator_session.get("/admin/forums/clientbinding/").content.decode()


def test_a_change_made_against_an_older_revision_is_refused(operator_session, table):
    serbia = country("RS")
    url = f"/admin/forums/country/{serbia.pk}/change/"
    given = {"names": '{"en": "Republic of Serbia"}', "if_match": "1"}

    first = operator_session.post(url, given)
    second = operator_session.post(url, {**given, "names": '{"en": "Another"}'})

    assert first.status_code == 302
    assert "has changed since it was read" in second.content.decode()
    serbia.refresh_from_db()
    assert serbia.names == {"en": "Republic of Serbia"}


def test_a_seat_ends_on_a_day(operator_session, table):
    answer = operator_session.post(
        f"/admin/forums/delegation/{table.serbia.pk}/change/",
        {"until": "2027-01-01", "if_match": "1"},
    )

    assert answer.status_code == 302
    table.serbia.refresh_from_db()
    assert table.serbia.until == date(2027, 1, 1)


def test_grants_are_listed_without_the_title_of_what_was_granted(operator_session, table):
    document = DocumentFactory(delegation=table.serbia, titles={"en": "Very private title"})
    grant(document, table.albania)

    page = operator_session.get("/admin/documents/documentgrant/").content.decode()

    assert str(document.pk) in page
    assert "AL in seemic, readers" in page
    assert "Very private title" not in page
