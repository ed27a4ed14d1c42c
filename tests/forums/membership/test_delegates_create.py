"""POST /api/v1/delegations/{id}/delegates"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from forums.membership.models import Delegate
from platform_api.core.actor import Role
from platform_api.core.ids import new_id
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from tests.api import ApiClient, api, assert_hidden_as_absent, codes, queries_of, refused
from tests.factories import (
    ForumFactory,
    OperatorFactory,
    UserFactory,
    delegate,
    seat,
    service_client,
)
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def _path(table: Table) -> str:
    return f"delegations/{table.serbia.pk}/delegates"


def test_the_access_manager_adds_a_new_colleague(table: Table, access_manager: User):
    colleague = UserFactory(email="ana@mod.example")

    response = api(access_manager).post(
        _path(table), {"user": "Ana@MOD.example", "role": "drafter"}
    )

    made = Delegate.objects.get(user=colleague)
    assert response.status_code == 201
    body = response.json()
    assert abs(timezone.now() - made.valid_from) < timedelta(minutes=1)
    assert body.pop("valid_from")
    assert body == {
        "id": str(made.pk),
        "delegation": str(table.serbia.pk),
        "user": {"id": str(colleague.pk), "name": colleague.name, "email": "ana@mod.example"},
        "role": "drafter",
        "valid_until": None,
        "guest": False,
        "abilities": {"end": True},
    }
    assert response.headers["Location"].endswith(f"/api/v1/delegates/{made.pk}")
    assert response.headers["ETag"].startswith('"1.')
    assert actor_of(colleague).seats == {table.serbia.pk: {Role.DRAFTER, Role.READER}}
    assert Entry.objects.get(kind="delegate.added", object_id=str(made.pk)).seat_id == (
        table.serbia.pk
    )


def test_the_time_may_be_given_and_rights_come_with_it(table: Table, access_manager: User):
    colleague = UserFactory()
    begin = timezone.now() + timedelta(days=1)
    body = {
        "user": colleague.email,
        "role": "reader",
        "valid_from": begin.isoformat(),
        "valid_until": (begin + timedelta(days=30)).isoformat(),
    }

    response = api(access_manager).post(_path(table), body)

    assert response.status_code == 201
    made = Delegate.objects.get(user=colleague)
    assert (made.valid_from, made.valid_until) == (begin, begin + timedelta(days=30))
    assert actor_of(colleague).seats == {}


def test_a_colleague_of_another_seat_of_the_country_may_be_added(
    table: Table, access_manager: User
):
    elsewhere = seat(ForumFactory(), table.serbia.country)
    colleague = delegate(elsewhere, "reader").user

    response = api(access_manager).post(_path(table), {"user": colleague.email, "role": "head"})

    assert response.status_code == 201
    assert actor_of(colleague).seats[table.serbia.pk] >= {Role.HEAD}


def test_whoever_acted_for_the_seat_before_may_be_added_again(table: Table, access_manager: User):
    now = timezone.now()
    former = delegate(
        table.serbia,
        "drafter",
        valid_from=now - timedelta(days=9),
        valid_until=now - timedelta(days=2),
    ).user

    response = api(access_manager).post(_path(table), {"user": former.email, "role": "drafter"})

    assert response.status_code == 201


def _unreachable(table: Table) -> dict[str, User]:
    now = timezone.now()
    gone = {"valid_from": now - timedelta(days=9), "valid_until": now - timedelta(days=2)}
    return {
        "of another seat": delegate(table.albania, "reader").user,
        "of another forum": delegate(table.montenegro, "reader").user,
        "formerly of another seat": delegate(table.albania, "reader", **gone).user,
        "locked out": UserFactory(is_active=False),
        "locked out colleague": delegate(
            table.serbia, "reader", user=UserFactory(is_active=False)
        ).user,
        "operator": OperatorFactory(),
        "service client": service_client(table.serbia, "reader").user,
    }


def test_a_person_from_elsewhere_is_as_unknown_as_nobody(table: Table, access_manager: User):
    client = api(access_manager)

    def ask(email: str) -> tuple[int, bytes, dict[str, str], int]:
        answers: list[Any] = []

        def send() -> None:
            body = {"user": email, "role": "reader"}
            headers = {"X-Request-ID": "compared"}
            answers.append(client.post(_path(table), body, headers=headers))

        count = queries_of(send)
        seen = {n: v for n, v in answers[0].items() if not n.startswith("RateLimit")}
        return answers[0].status_code, answers[0].content, seen, count

    unknown = ask("nobody@nowhere.example")
    before = Delegate.objects.count()
    everybody = _unreachable(table)
    made = Delegate.objects.count()

    for who, user in everybody.items():
        assert ask(user.email) == unknown, who
    assert unknown[0] == 400
    response = client.post(_path(table), {"user": "nobody@nowhere.example", "role": "reader"})
    assert codes(response) == [("/user", "unknown")]
    assert Delegate.objects.count() == made > before


def test_nobody_raises_themselves(table: Table, access_manager: User):
    client = api(access_manager)

    for role in Role:
        response = client.post(_path(table), {"user": access_manager.email, "role": str(role)})
        assert refused(response) == (403, "own_role")
    assert actor_of(access_manager).seats == {table.serbia.pk: {Role.ACCESS_MANAGER}}


@pytest.mark.parametrize("role", ["reader", "drafter", "head"])
def test_other_roles_of_the_seat_add_nobody(table: Table, role: str):
    colleague = UserFactory()

    response = api(delegate(table.serbia, role)).post(
        _path(table), {"user": colleague.email, "role": "reader"}
    )

    assert refused(response) == (403, "access_manager_required")
    assert not Delegate.objects.filter(user=colleague).exists()


def test_an_access_manager_of_another_seat_adds_nobody_here(table: Table):
    colleague = UserFactory()
    manager = delegate(table.albania, "access_manager").user
    delegate(table.albania, "reader", user=manager)

    response = api(manager).post(_path(table), {"user": colleague.email, "role": "reader"})

    assert refused(response) == (403, "not_seat")
    assert not Delegate.objects.filter(user=colleague).exists()


def test_an_ended_access_manager_adds_nobody(table: Table):
    manager = delegate(
        table.serbia, "access_manager", valid_until=timezone.now() + timedelta(hours=1)
    )
    client = api(manager)
    other = delegate(table.serbia, "access_manager")
    ended = api(other).post(f"delegates/{manager.pk}/end", if_match="1")
    assert ended.status_code == 200

    response = client.post(_path(table), {"user": UserFactory().email, "role": "reader"})

    assert refused(response) == (404, "not_found")


@pytest.mark.parametrize("role", ["head", "access_manager"])
def test_an_operator_appoints_the_first_ones(table: Table, operator_user: User, role: str):
    person = delegate(table.albania, "reader").user

    response = api(operator_user).post(_path(table), {"user": person.email, "role": role})

    assert response.status_code == 201


@pytest.mark.parametrize("role", ["reader", "drafter"])
def test_an_operator_appoints_no_others(table: Table, operator_user: User, role: str):
    response = api(operator_user).post(_path(table), {"user": UserFactory().email, "role": role})

    assert refused(response) == (403, "seat_decides")


def test_an_operator_takes_no_seat(table: Table, operator_user: User):
    response = api(operator_user).post(_path(table), {"user": operator_user.email, "role": "head"})

    assert codes(response) == [("/user", "unknown")]


def test_a_role_that_is_held_is_not_given_twice(table: Table, access_manager: User):
    client, held = api(access_manager), delegate(table.serbia, "reader")
    body = {"user": held.user.email, "role": "reader"}

    assert refused(client.post(_path(table), body)) == (409, "already_held")
    assert client.post(_path(table), body | {"role": "drafter"}).status_code == 201


def test_the_same_key_makes_one_delegate(table: Table, access_manager: User):
    client, colleague = api(access_manager), UserFactory()
    body = {"user": colleague.email, "role": "reader"}

    first = client.post(_path(table), body, key="add-colleague-1")
    again = client.post(_path(table), body, key="add-colleague-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]
    assert Delegate.objects.filter(user=colleague).count() == 1


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/user", "required"), ("/role", "required")]),
        ({"user": "no address", "role": "reader"}, [("/user", "invalid")]),
        ({"user": 7, "role": "reader"}, [("/user", "invalid_type")]),
        ({"user": "a@b.example", "role": "chair"}, [("/role", "invalid_choice")]),
        (
            {"user": "a@b.example", "role": "reader", "valid_from": "2025-01-01"},
            [("/valid_from", "invalid_type")],
        ),
        (
            {"user": "a@b.example", "role": "reader", "revision": 2},
            [("/revision", "unknown_field")],
        ),
    ],
)
def test_refuses_another_form(
    table: Table, access_manager: User, body: dict[str, Any], errors: list[tuple[str, str]]
):
    assert codes(api(access_manager).post(_path(table), body)) == errors


def test_refuses_an_end_before_the_start(table: Table, access_manager: User):
    body = {
        "user": UserFactory().email,
        "role": "reader",
        "valid_until": (timezone.now() - timedelta(seconds=1)).isoformat(),
    }

    response = api(access_manager).post(_path(table), body)

    assert codes(response) == [("/valid_until", "before_valid_from")]


def test_a_hidden_seat_is_as_absent(table: Table, stranger: User):
    assert_hidden_as_absent(
        api(stranger),
        f"/api/v1/{_path(table)}",
        f"/api/v1/delegations/{new_id()}/delegates",
        method="post",
        body={"user": "a@b.example", "role": "reader"},
    )


def test_needs_a_token_and_its_scope(table: Table, access_manager: User, anonymous: ApiClient):
    body = {"user": UserFactory().email, "role": "reader"}

    assert refused(anonymous.post(_path(table), body)) == (401, "not_authenticated")
    reading = api(access_manager, scopes=["forums:read"])
    assert refused(reading.post(_path(table), body)) == (403, "insufficient_scope")
