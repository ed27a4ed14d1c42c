"""GET /api/v1/delegates/{id}"""

import pytest

from platform_api.core.ids import new_id
from platform_api.identity.models import User
from tests.api import ApiClient, api, assert_hidden_as_absent, refused, rfc3339
from tests.factories import delegate
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def test_shows_a_delegate_of_ones_seat(table: Table, reader: User):
    held = delegate(table.serbia, "drafter")

    response = api(reader).get(f"delegates/{held.pk}")

    assert response.status_code == 200
    assert response.json() == {
        "id": str(held.pk),
        "delegation": str(table.serbia.pk),
        "user": {"id": str(held.user_id), "name": held.user.name, "email": held.user.email},
        "role": "drafter",
        "valid_from": rfc3339(held.valid_from),
        "valid_until": None,
        "guest": False,
        "abilities": {"end": False},
    }
    assert response.headers["ETag"].startswith('"1.')


def test_tells_the_access_manager_and_an_operator_that_they_may_end_it(
    table: Table, access_manager: User, operator_user: User
):
    path = f"delegates/{delegate(table.serbia, 'drafter').pk}"

    assert api(access_manager).get(path).json()["abilities"] == {"end": True}
    assert api(operator_user).get(path).json()["abilities"] == {"end": True}


def test_a_delegate_of_another_seat_is_as_one_that_does_not_exist(table: Table, stranger: User):
    hidden = f"/api/v1/delegates/{delegate(table.serbia, 'head').pk}"
    absent = f"/api/v1/delegates/{new_id()}"

    assert_hidden_as_absent(api(delegate(table.albania, "head")), hidden, absent)
    assert_hidden_as_absent(api(delegate(table.albania, "access_manager")), hidden, absent)
    assert_hidden_as_absent(api(stranger), hidden, absent)


def test_needs_a_token_and_its_scope(table: Table, reader: User, anonymous: ApiClient):
    path = f"delegates/{delegate(table.serbia, 'drafter').pk}"

    assert refused(anonymous.get(path)) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get(path)) == (403, "insufficient_scope")
