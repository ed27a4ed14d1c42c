"""POST /api/v1/{countries|organisations|delegations}/{…}/suspend and /resume, GET /suspensions"""

from typing import Any

import pytest
from django.db import connection

from documents.texts.models import Document
from forums.membership.models import Delegation
from forums.membership.services import delegate_add
from forums.membership.suspensions.models import Suspension
from platform_api.core.actor import Level, Role
from platform_api.core.ids import new_id
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from platform_api.notifications.selectors import people_at
from tests.api import ApiClient, api, codes, refused, rfc3339
from tests.factories import (
    DocumentFactory,
    ForumFactory,
    OrganisationFactory,
    SectionFactory,
    UserFactory,
    delegate,
    grant,
    operator,
    seat,
    service_client,
)
from tests.fixtures import Table

pytestmark = pytest.mark.django_db

WHY = {"reason": "Its keys were found in the open."}


def _stop(operator_user: User, path: str) -> Any:
    response = api(operator_user).post(f"{path}/suspend", WHY)
    assert response.status_code == 201, response.content
    return response


def _resume(operator_user: User, path: str) -> Any:
    response = api(operator_user).post(f"{path}/resume", {"reason": "They were renewed."})
    assert response.status_code == 200, response.content
    return response


def _walled(user: User) -> set[str]:
    """The tables of documents in which the database shows a person any row."""
    with acting(actor_of(user)), connection.cursor() as cursor:
        found = set()
        for table in ("documents_document", "documents_section", "forums_delegate"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.fixture
def document(table: Table) -> Document:
    """Serbia's document, with a section at home and one of the drafting group."""
    made = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    SectionFactory(document=made)
    SectionFactory(document=made, common=True)
    return made


def test_a_suspended_country_is_answered_and_recorded(table: Table, operator_user: User):
    response = _stop(operator_user, "countries/RS")

    held = Suspension.objects.get()
    assert response.json() == {
        "id": str(held.pk),
        "country": "RS",
        "organisation": None,
        "delegation": None,
        "since": rfc3339(held.created_at),
        "reason": WHY["reason"],
        "until": None,
        "end_reason": "",
        "abilities": {},
    }
    entry = Entry.objects.get(kind="country.suspended")
    assert (entry.object_id, entry.actor_id) == (str(table.serbia.country_id), operator_user.pk)
    assert entry.detail.payload == {"suspension": str(held.pk), "reason": WHY["reason"]}
    assert not entry.events.exists()


@pytest.mark.parametrize("path", ["countries/RS", "delegations/{seat}"])
def test_people_clients_tokens_and_lists_stop_at_once_and_go_on_with_resume(
    table: Table, document: Document, operator_user: User, head: User, path: str
):
    path = path.format(seat=table.serbia.pk)
    grant(document, table.serbia.party, Level.DRAFT)
    person, client = api(head), api(service_client(table.serbia, "head"))
    neighbour = api(delegate(table.albania, "head"))
    asked = [
        f"documents/{document.pk}",
        f"documents/{document.pk}/sections",
        f"delegations/{table.serbia.pk}",
        f"delegations/{table.serbia.pk}/delegates",
        "forums/seemic",
    ]
    before = [[caller.get(each).status_code for each in asked] for caller in (person, client)]
    assert before == [[200] * len(asked)] * 2

    _stop(operator_user, path)

    for caller in (person, client):
        assert [refused(caller.get(each)) for each in asked] == [(404, "not_found")] * len(asked)
        for each in ("documents", "forums", "search?q=section"):
            assert caller.get(each).json()["items"] == [], each
        assert caller.get("me").json()["seats"] == []
        assert caller.get("countries/RS").status_code == 200
    assert _walled(head) == set()
    assert people_at([table.serbia.pk, table.serbia.country_id], Role) == []
    assert neighbour.get(f"documents/{document.pk}").status_code == 200

    _resume(operator_user, path)

    after = [[caller.get(each).status_code for each in asked] for caller in (person, client)]
    assert after == before
    assert _walled(head) == {"documents_document", "documents_section", "forums_delegate"}


def test_cursors_etags_and_repeated_requests_stop_too(
    table: Table, document: Document, operator_user: User, access_manager: User, head: User
):
    DocumentFactory(delegation=table.serbia)
    person, manager = api(head), api(access_manager)
    page = person.get("documents", {"limit": 1}).json()["next"]
    seen = person.get(f"documents/{document.pk}")
    body = {"user": UserFactory().email, "role": "reader"}
    path = f"delegations/{table.serbia.pk}/delegates"
    assert manager.post(path, body, key="k-1").status_code == 201
    assert manager.post(path, body, key="k-1").headers["Idempotency-Replayed"] == "true"
    assert person.get(page).json()["items"]

    _stop(operator_user, "countries/RS")

    assert person.get(page).json()["items"] == []
    unchanged = {"If-None-Match": seen.headers["ETag"]}
    assert person.get(f"documents/{document.pk}", headers=unchanged).status_code == 404
    assert refused(manager.post(path, body, key="k-1")) == (404, "not_found")
    write = person.patch(f"documents/{document.pk}", {"titles": {"en": "x"}}, if_match=seen)
    assert refused(write) == (404, "not_found")


def test_who_acts_for_another_seat_keeps_that_one_and_the_grants_that_come_with_it(
    table: Table, operator_user: User
):
    elsewhere = seat(ForumFactory(slug="third"), table.serbia.country)
    both = delegate(table.serbia, "head").user
    delegate(elsewhere, "reader", user=both)
    only_here = delegate(table.serbia, "head").user
    granted = DocumentFactory(delegation=table.montenegro)
    grant(granted, table.serbia.party)

    _stop(operator_user, f"delegations/{table.serbia.pk}")

    assert set(actor_of(both).seats) == {elsewhere.pk}
    assert api(both).get("forums").json()["items"][0]["slug"] == "third"
    assert api(both).get(f"documents/{granted.pk}").status_code == 200
    assert api(only_here).get(f"documents/{granted.pk}").status_code == 404

    _stop(operator_user, "countries/RS")

    assert actor_of(both).seats == {}
    assert api(both).get(f"documents/{granted.pk}").status_code == 404


def test_a_person_of_two_countries_keeps_the_other_one(table: Table, operator_user: User):
    both = delegate(table.serbia, "head").user
    delegate(table.albania, "drafter", user=both)

    _stop(operator_user, "countries/RS")

    assert set(actor_of(both).seats) == {table.albania.pk}


def test_a_seat_stays_suspended_for_itself_when_its_country_resumes(
    table: Table, operator_user: User, head: User
):
    _stop(operator_user, f"delegations/{table.serbia.pk}")
    _stop(operator_user, "countries/RS")

    _resume(operator_user, "countries/RS")
    assert actor_of(head).seats == {}
    _resume(operator_user, f"delegations/{table.serbia.pk}")

    assert set(actor_of(head).seats) == {table.serbia.pk}
    assert set(actor_of(head).parties) == {table.serbia.country_id}


def test_what_is_seated_or_appointed_meanwhile_is_stopped_too(table: Table, operator_user: User):
    _stop(operator_user, "countries/RS")
    later = seat(ForumFactory(), table.serbia.country)
    person = delegate_add_as_operator(later)

    assert actor_of(person).groups == frozenset()
    _resume(operator_user, "countries/RS")
    assert set(actor_of(person).seats) == {later.pk}


def delegate_add_as_operator(delegation: Delegation) -> User:
    person, actor = UserFactory(), operator()
    with acting(actor):
        delegate_add(actor=actor, delegation=delegation, user=person, role=Role.HEAD)
    return person


def test_an_organisation_stops_with_all_its_seats(table: Table, operator_user: User):
    body = OrganisationFactory(key="racviac")
    people = [delegate(seat(forum, body), "reader").user for forum in (table.forum, table.decoy)]
    other = delegate(table.serbia, "reader").user

    _stop(operator_user, "organisations/racviac")

    assert [actor_of(person).seats for person in people] == [{}, {}]
    assert set(actor_of(other).seats) == {table.serbia.pk}
    _resume(operator_user, "organisations/racviac")
    assert [len(actor_of(person).seats) for person in people] == [1, 1]


def test_what_is_suspended_is_not_suspended_again_nor_resumed_twice(
    table: Table, operator_user: User
):
    client = api(operator_user)
    assert refused(client.post("countries/RS/resume", WHY)) == (409, "not_suspended")
    _stop(operator_user, "countries/RS")

    assert refused(client.post("countries/RS/suspend", WHY)) == (409, "already_suspended")
    ended = _resume(operator_user, "countries/RS").json()
    assert ended["until"] is not None
    assert ended["end_reason"] == "They were renewed."
    assert refused(client.post("countries/RS/resume", WHY)) == (409, "not_suspended")
    _stop(operator_user, "countries/RS")


@pytest.mark.parametrize(
    ("body", "code"), [({}, "required"), ({"reason": ""}, "blank"), ({"reason": " "}, "blank")]
)
def test_a_reason_is_needed(table: Table, operator_user: User, body: Any, code: str):
    for path in ("countries/RS", "organisations/racviac", f"delegations/{table.serbia.pk}"):
        OrganisationFactory(key="racviac") if path.startswith("org") else None
        assert codes(api(operator_user).post(f"{path}/suspend", body)) == [("/reason", code)]
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("role", ["reader", "drafter", "head", "access_manager"])
def test_nobody_else_suspends_or_resumes(table: Table, operator_user: User, role: str):
    _stop(operator_user, "countries/AL")
    caller = api(delegate(table.serbia, role))

    for path in ("countries/RS/suspend", "countries/AL/resume"):
        assert refused(caller.post(path, WHY)) == (403, "operator_required")
    for act in ("suspend", "resume"):
        path = f"delegations/{table.albania.pk}/{act}"
        assert refused(caller.post(path, WHY)) == (403, "not_operator")


def test_what_is_not_there_is_absent(table: Table, operator_user: User, anonymous: ApiClient):
    for path in ("countries/QQ", "organisations/none", f"delegations/{new_id()}"):
        assert refused(api(operator_user).post(f"{path}/suspend", WHY)) == (404, "not_found")
        assert refused(anonymous.post(f"{path}/suspend", WHY)) == (401, "not_authenticated")


def test_operators_list_what_is_and_was_suspended(table: Table, operator_user: User, head: User):
    _stop(operator_user, "countries/AL")
    _resume(operator_user, "countries/AL")
    _stop(operator_user, f"delegations/{table.serbia.pk}")
    client = api(operator_user)

    def listed(**query: Any) -> list[tuple[Any, Any]]:
        items = client.get("suspensions", query).json()["items"]
        return [(item["country"], item["delegation"]) for item in items]

    assert listed() == [(None, str(table.serbia.pk)), ("AL", None)]
    assert listed(standing="true") == [(None, str(table.serbia.pk))]
    assert listed(standing="false") == [("AL", None)]
    assert api(delegate(table.albania, "head")).get("suspensions").json()["items"] == []
