"""GET /api/v1/delegations/{id}"""

import pytest

from forums.membership.models import Delegation
from platform_api.core.ids import new_id
from platform_api.identity.models import User
from tests.api import ApiClient, api, assert_hidden_as_absent, refused
from tests.factories import UserFactory, delegate
from tests.fixtures import Table

pytestmark = pytest.mark.django_db

OPERATORS = {"suspend": False, "see_exposure": False}
"""What is the operators' alone."""


def test_shows_a_seat_of_ones_forum_with_what_one_may_do(table: Table, reader: User):
    response = api(reader).get(f"delegations/{table.albania.pk}")

    assert response.status_code == 200
    assert response.json() == {
        "id": str(table.albania.pk),
        "forum": "seemic",
        "country": "AL",
        "organisation": None,
        "names": {"en": "Country AL"},
        "represented_by": None,
        "status": "member",
        "voting": True,
        "since": None,
        "until": None,
        "designation": "",
        "designation_footnote": "",
        "time_zone": "UTC",
        "abilities": {"list_delegates": False, "manage_delegates": False, **OPERATORS},
    }


@pytest.mark.parametrize(
    ("role", "abilities"),
    [
        ("reader", {"list_delegates": True, "manage_delegates": False}),
        ("drafter", {"list_delegates": True, "manage_delegates": False}),
        ("head", {"list_delegates": True, "manage_delegates": False}),
        ("access_manager", {"list_delegates": True, "manage_delegates": True}),
    ],
)
def test_tells_each_role_of_the_seat_its_abilities(
    table: Table, role: str, abilities: dict[str, bool]
):
    response = api(delegate(table.serbia, role)).get(f"delegations/{table.serbia.pk}")

    assert response.json()["abilities"] == abilities | OPERATORS


def test_tells_why_an_ability_is_missing(table: Table, reader: User):
    def reasons(delegation: Delegation) -> dict[str, str]:
        path = f"delegations/{delegation.pk}"
        told = api(reader).get(path, {"abilities": "reasons"}).json()["ability_reasons"]
        return {name: reason["code"] for name, reason in told.items()}

    assert reasons(table.serbia) == {
        "manage_delegates": "access_manager_required",
        **dict.fromkeys(OPERATORS, "not_operator"),
    }
    assert reasons(table.albania) == {
        "list_delegates": "not_own_seat",
        "manage_delegates": "not_seat",
        **dict.fromkeys(OPERATORS, "not_operator"),
    }


def test_an_operator_sees_every_seat_and_manages_its_people(table: Table, operator_user: User):
    for held in (table.serbia, table.montenegro):
        response = api(operator_user).get(f"delegations/{held.pk}")

        assert response.status_code == 200
        assert set(response.json()["abilities"].values()) == {True}
        assert set(response.json()["abilities"]) >= {"manage_delegates", *OPERATORS}


def test_a_home_seat_is_seen_by_those_who_act_for_it_only(table: Table, reader: User):
    home = Delegation.objects.get(country__code="RS", forum=None)
    path = f"delegations/{home.pk}"
    member = delegate(home, "reader")

    assert api(member).get(path).json()["forum"] is None
    assert refused(api(reader).get(path)) == (404, "not_found")


def test_a_seat_elsewhere_is_as_one_that_does_not_exist(table: Table, reader: User):
    hidden, absent = f"/api/v1/delegations/{table.montenegro.pk}", f"/api/v1/delegations/{new_id()}"

    assert_hidden_as_absent(api(reader), hidden, absent)
    assert_hidden_as_absent(api(UserFactory()), hidden, absent)
    assert refused(api(reader).get("delegations/1")) == (404, "not_found")


def test_needs_a_token_and_its_scope(table: Table, reader: User, anonymous: ApiClient):
    path = f"delegations/{table.serbia.pk}"

    assert refused(anonymous.get(path)) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get(path)) == (403, "insufficient_scope")
