"""Guests: readers of a seat whose time has an end, within a year."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.membership.models import Delegate
from platform_api.core.actor import Role
from platform_api.core.service import writing
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.api import api, codes, refused
from tests.factories import UserFactory, delegate
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def _asked(**given: Any) -> dict[str, Any]:
    until = timezone.now() + timedelta(days=30)
    body = {"user": UserFactory().email, "role": "reader", "guest": True}
    return {**body, "valid_until": until.isoformat(), **given}


def test_the_access_manager_lets_a_guest_read_for_a_time(table: Table, access_manager: User):
    path = f"delegations/{table.serbia.pk}/delegates"
    body = _asked()
    delegate(table.serbia, "reader")

    made = api(access_manager).post(path, body)

    assert made.status_code == 201
    held = Delegate.objects.get(pk=made.json()["id"])
    assert (made.json()["guest"], made.json()["role"]) == (True, "reader")
    assert actor_of(held.user).seats == {table.serbia.pk: {Role.READER}}
    listed = api(access_manager).get(path, {"guest": "true"}).json()["items"]
    assert [(item["id"], item["guest"]) for item in listed] == [(str(held.pk), True)]
    assert {
        item["guest"] for item in api(access_manager).get(path, {"guest": "false"}).json()["items"]
    } == {False}


def test_a_guest_has_an_end_within_a_year_of_the_beginning(table: Table, access_manager: User):
    client, path = api(access_manager), f"delegations/{table.serbia.pk}/delegates"
    begin = timezone.now() + timedelta(days=3)

    endless = _asked()
    del endless["valid_until"]
    assert codes(client.post(path, endless)) == [("/valid_until", "required")]
    assert codes(client.post(path, _asked(valid_until=None))) == [("/valid_until", "required")]
    late = _asked(
        valid_from=begin.isoformat(),
        valid_until=(begin + timedelta(days=366, seconds=1)).isoformat(),
    )
    assert codes(client.post(path, late)) == [("/valid_until", "too_late")]
    year = _asked(
        valid_from=begin.isoformat(), valid_until=(begin + timedelta(days=366)).isoformat()
    )
    assert client.post(path, year).status_code == 201


@pytest.mark.parametrize("role", ["drafter", "head", "access_manager"])
def test_a_guest_is_a_reader(table: Table, access_manager: User, role: str):
    path = f"delegations/{table.serbia.pk}/delegates"

    response = api(access_manager).post(path, _asked(role=role))

    assert codes(response) == [("/guest", "reader_only")]
    assert Delegate.objects.filter(guest=True).count() == 0


def test_operators_and_heads_invite_no_guests(table: Table, operator_user: User, head: User):
    path = f"delegations/{table.serbia.pk}/delegates"

    assert refused(api(operator_user).post(path, _asked())) == (403, "seat_decides")
    assert refused(api(head).post(path, _asked())) == (403, "access_manager_required")


@pytest.mark.parametrize(
    "broken",
    [
        {"valid_until": None},
        {"role": "head"},
        {"valid_until": timezone.now() + timedelta(days=400)},
    ],
    ids=["no end", "more than a reader", "more than a year"],
)
def test_the_database_refuses_a_guest_without_these_bounds(table: Table, broken: Any):
    now = timezone.now()
    given = {"role": "reader", "valid_until": now + timedelta(days=9), **broken}
    row = Delegate(delegation=table.serbia, user=UserFactory(), valid_from=now, guest=True, **given)

    match = "forums_delegate_guest"
    with pytest.raises(IntegrityError, match=match), writing(), transaction.atomic():
        row.save(force_insert=True)
