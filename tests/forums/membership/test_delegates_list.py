"""GET /api/v1/delegations/{id}/delegates"""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.membership.models import Delegate
from platform_api.core.ids import new_id
from platform_api.identity.models import User
from tests.api import (
    ApiClient,
    api,
    assert_hidden_as_absent,
    codes,
    queries_of,
    refused,
    rfc3339,
)
from tests.factories import UserFactory, delegate
from tests.fixtures import Table

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PAST = {"valid_from": NOW - timedelta(days=9), "valid_until": NOW - timedelta(days=2)}
FUTURE = {"valid_from": NOW + timedelta(days=2)}


def _path(table: Table) -> str:
    return f"delegations/{table.serbia.pk}/delegates"


def _shown(held: Delegate) -> dict[str, object]:
    return {
        "id": str(held.pk),
        "delegation": str(held.delegation_id),
        "user": {"id": str(held.user_id), "name": held.user.name, "email": held.user.email},
        "role": str(held.role),
        "valid_from": rfc3339(held.valid_from),
        "valid_until": rfc3339(held.valid_until),
        "guest": False,
        "etag": '"1"',
    }


def test_lists_who_acts_for_ones_seat_newest_first(table: Table):
    first = delegate(table.serbia, "reader")
    ended = delegate(table.serbia, "drafter", **PAST)
    locked_out = delegate(table.serbia, "head", user=UserFactory(is_active=False))
    delegate(table.albania, "drafter")
    delegate(table.montenegro, "drafter")

    response = api(first).get(_path(table))

    assert response.status_code == 200
    assert response.json() == {
        "items": [_shown(locked_out), _shown(ended), _shown(first)],
        "next": None,
        "previous": None,
    }


def test_filters_by_role_and_by_whether_it_holds_now(table: Table):
    live = delegate(table.serbia, "reader")
    ended = delegate(table.serbia, "drafter", **PAST)
    coming = delegate(table.serbia, "drafter", **FUTURE)
    client = api(live)

    def ids(query: dict[str, str]) -> list[str]:
        return [row["id"] for row in client.get(_path(table), query).json()["items"]]

    assert ids({"live": "true"}) == [str(live.pk)]
    assert ids({"live": "false"}) == [str(coming.pk), str(ended.pk)]
    assert ids({"role": "drafter"}) == [str(coming.pk), str(ended.pk)]
    assert ids({"role": "reader", "live": "false"}) == []
    assert codes(client.get(_path(table), {"live": "now"})) == [("?live", "invalid")]


@pytest.mark.parametrize("role", ["reader", "drafter", "head", "access_manager"])
def test_every_role_of_the_seat_may_list_them(table: Table, role: str):
    held = delegate(table.serbia, role)

    assert api(held).get(_path(table)).json()["items"] == [_shown(held)]


def test_an_operator_may_list_them(table: Table, operator_user: User):
    held = delegate(table.serbia, "head")

    assert api(operator_user).get(_path(table)).json()["items"] == [_shown(held)]


def test_another_seat_of_the_forum_is_refused(table: Table):
    delegate(table.serbia, "head")

    response = api(delegate(table.albania, "head")).get(_path(table))

    assert refused(response) == (403, "not_own_seat")
    assert b"@" not in response.content


def test_the_seat_of_another_forum_is_as_absent(table: Table, stranger: User):
    assert_hidden_as_absent(
        api(stranger), f"/api/v1/{_path(table)}", f"/api/v1/delegations/{new_id()}/delegates"
    )


def test_needs_a_token_and_its_scope(table: Table, reader: User, anonymous: ApiClient):
    assert refused(anonymous.get(_path(table))) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get(_path(table))) == (403, "insufficient_scope")


def test_takes_as_many_queries_for_many_delegates_as_for_one(table: Table, reader: User):
    client = api(reader)
    for_one = queries_of(lambda: client.get(_path(table)))
    for _ in range(10):
        delegate(table.serbia, "reader")

    assert queries_of(lambda: client.get(_path(table))) == for_one
