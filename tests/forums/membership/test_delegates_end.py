"""POST /api/v1/delegates/{id}/end"""

from datetime import timedelta

import pytest
from django.utils import timezone

from platform_api.core.ids import new_id
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from tests.api import ApiClient, api, assert_hidden_as_absent, codes, refused, rfc3339
from tests.factories import delegate
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def test_the_access_manager_ends_a_delegate(table: Table, access_manager: User):
    held, other = delegate(table.serbia, "drafter"), delegate(table.serbia, "drafter")
    client = api(access_manager)
    seen = client.get(f"delegates/{held.pk}")

    response = client.post(f"delegates/{held.pk}/end", if_match=seen)

    held.refresh_from_db()
    other.refresh_from_db()
    assert response.status_code == 200
    assert held.valid_until is not None
    assert response.json() == seen.json() | {"valid_until": rfc3339(held.valid_until)}
    assert response.headers["ETag"].startswith('"2.')
    assert abs(timezone.now() - held.valid_until) < timedelta(minutes=1)
    assert other.valid_until is None
    assert Entry.objects.filter(kind="delegate.ended", object_id=str(held.pk)).count() == 1


def test_the_person_has_nothing_at_the_next_request(table: Table, access_manager: User):
    held = delegate(table.serbia, "head")
    client = api(held)
    assert client.get("forums/seemic").status_code == 200

    api(access_manager).post(f"delegates/{held.pk}/end", if_match="1")

    assert refused(client.get("forums/seemic")) == (404, "not_found")
    assert refused(client.get(f"delegations/{table.serbia.pk}")) == (404, "not_found")
    assert client.get("forums").json()["items"] == []
    assert client.get("me").json()["seats"] == []
    assert actor_of(held.user).groups == frozenset()


def test_another_role_of_the_same_person_stays(table: Table, access_manager: User):
    drafter = delegate(table.serbia, "drafter")
    delegate(table.serbia, "reader", user=drafter.user)

    api(access_manager).post(f"delegates/{drafter.pk}/end", if_match="1")

    assert api(drafter).get("me").json()["seats"] == [
        {"delegation": str(table.serbia.pk), "roles": ["reader"]}
    ]


def test_one_whose_time_has_not_begun_ends_as_it_begins(table: Table, access_manager: User):
    begin = timezone.now() + timedelta(days=3)
    held = delegate(table.serbia, "drafter", valid_from=begin)

    response = api(access_manager).post(f"delegates/{held.pk}/end", if_match="1")

    assert response.json()["valid_until"] == rfc3339(begin)


def test_what_has_ended_is_not_ended_again(table: Table, access_manager: User):
    client, held = api(access_manager), delegate(table.serbia, "drafter")
    ended = client.post(f"delegates/{held.pk}/end", if_match="1")

    again = client.post(f"delegates/{held.pk}/end", if_match=ended)

    assert refused(again) == (409, "already_ended")


def test_needs_the_current_revision(table: Table, access_manager: User):
    client, held = api(access_manager), delegate(table.serbia, "drafter")
    path = f"delegates/{held.pk}/end"

    assert refused(client.post(path)) == (428, "precondition_required")
    assert refused(client.post(path, if_match="*")) == (428, "precondition_required")
    stale = client.post(path, if_match="7")
    assert refused(stale) == (412, "precondition_failed")
    assert stale.headers["ETag"] == '"1"'
    held.refresh_from_db()
    assert held.valid_until is None


def test_takes_no_body(table: Table, access_manager: User):
    held = delegate(table.serbia, "drafter")

    response = api(access_manager).post(
        f"delegates/{held.pk}/end", {"valid_until": "2030-01-01T00:00:00Z"}, if_match="1"
    )

    assert codes(response) == [("/valid_until", "unknown_field")]


@pytest.mark.parametrize("role", ["reader", "drafter", "head"])
def test_other_roles_of_the_seat_end_nobody(table: Table, role: str):
    held = delegate(table.serbia, "drafter")

    response = api(delegate(table.serbia, role)).post(f"delegates/{held.pk}/end", if_match="1")

    assert refused(response) == (403, "access_manager_required")


def test_an_operator_ends_a_delegate(table: Table, operator_user: User):
    held = delegate(table.serbia, "head")

    response = api(operator_user).post(f"delegates/{held.pk}/end", if_match="1")

    assert response.status_code == 200


def test_a_delegate_of_another_seat_is_as_absent(table: Table, stranger: User):
    hidden = f"/api/v1/delegates/{delegate(table.serbia, 'drafter').pk}/end"
    absent = f"/api/v1/delegates/{new_id()}/end"

    for caller in (delegate(table.albania, "access_manager").user, stranger):
        assert_hidden_as_absent(api(caller), hidden, absent, method="post", if_match="1")


def test_needs_a_token_and_its_scope(table: Table, access_manager: User, anonymous: ApiClient):
    path = f"delegates/{delegate(table.serbia, 'drafter').pk}/end"

    assert refused(anonymous.post(path, if_match="1")) == (401, "not_authenticated")
    reading = api(access_manager, scopes=["forums:read"])
    assert refused(reading.post(path, if_match="1")) == (403, "insufficient_scope")
