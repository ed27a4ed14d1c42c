"""POST /api/v1/access-reviews"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents.texts.models import DocumentGrant
from forums.membership.models import Delegate, Delegation
from forums.reviews.models import AccessReview
from platform_api.core.ids import new_id
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from tests.api import ApiClient, api, codes, refused, rfc3339
from tests.factories import DocumentFactory, delegate, grant
from tests.fixtures import Table

from .conftest import Desk

pytestmark = pytest.mark.django_db


def _body(table: Table, **given: Any) -> dict[str, Any]:
    due = timezone.now() + timedelta(days=30)
    return {"delegation": str(table.serbia.pk), "due_at": due.isoformat(), **given}


def test_a_manager_opens_a_review_of_everything_of_its_seat(desk: Desk):
    response = desk.open()

    review = AccessReview.objects.get()
    nothing = {"open": 0, "confirmed": 0, "ended": 0, "lapsed": 0, "superseded": 0}
    assert response.json() == {
        "id": str(review.pk),
        "delegation": str(desk.table.serbia.pk),
        "opened_at": rfc3339(review.created_at),
        "due_at": rfc3339(desk.due),
        "closed_at": None,
        "counts": {
            "grant_given": {**nothing, "open": 1},
            "grant_received": {**nothing, "open": 1},
            "delegate": {**nothing, "open": 4},
            "client": {**nothing, "open": 1},
        },
        "abilities": {},
    }
    items = desk.items()
    given = items["grant_given"]
    assert (given["object"]["id"], given["holder"], given["level"]) == (
        str(desk.given.pk),
        str(desk.table.albania.pk),
        "draft",
    )
    received = items["grant_received"]
    assert (received["object"]["id"], received["level"]) == (str(desk.received.pk), "read")
    assert items["delegate head"]["user"]["id"] == str(desk.head.user_id)
    assert Entry.objects.get(kind="access_review.opened").seat_id == desk.table.serbia.pk


def test_opening_changes_no_right_and_writes_the_end_of_each(desk: Desk):
    people = [desk.manager, desk.second, desk.head.user, desk.client.user]
    before = [actor_of(person) for person in people]
    albania = delegate(desk.table.albania, "drafter").user
    assert desk.ends() == {None}

    desk.open()

    assert [actor_of(person) for person in people] == before
    assert api(desk.head).get(f"documents/{desk.received.pk}").status_code == 200
    assert api(albania).get(f"documents/{desk.given.pk}").status_code == 200
    assert desk.ends() == {desk.due}


def test_what_ends_before_the_date_or_begins_after_it_stays_as_it_is(desk: Desk):
    soon, late = desk.due - timedelta(days=5), desk.due + timedelta(days=5)
    ending = delegate(desk.table.serbia, "reader", valid_until=soon)
    later = delegate(desk.table.serbia, "reader", valid_from=late)

    desk.open()

    ends = dict(Delegate.objects.values_list("pk", "valid_until"))
    assert (ends[ending.pk], ends[later.pk]) == (soon, None)


def test_nothing_of_others_is_listed_or_touched(desk: Desk):
    other = DocumentFactory(delegation=desk.table.albania)
    grant(other, desk.table.montenegro)
    person = delegate(desk.table.albania, "head")

    desk.open()

    assert DocumentGrant.objects.get(content_object=other).expires_at is None
    person.refresh_from_db()
    assert person.valid_until is None
    assert len(desk.items()) == 7


def test_grants_to_the_country_are_reviewed_at_its_home_seat(desk: Desk, operator_user: User):
    document = DocumentFactory(delegation=desk.table.albania)
    grant(document, desk.table.serbia.party)
    home = Delegation.objects.get(country=desk.table.serbia.country, forum=None)
    desk.open()

    body = _body(desk.table, delegation=str(home.pk))
    opened = api(operator_user).post("access-reviews", body).json()

    assert opened["counts"]["grant_received"]["open"] == 1
    assert DocumentGrant.objects.get(content_object=document).expires_at is not None
    assert str(document.pk) not in str(desk.items())


def test_an_operator_opens_one_and_decides_nothing(desk: Desk, operator_user: User):
    desk.open(operator_user)

    for item in desk.items(operator_user).values():
        response = api(operator_user).post(f"access-review-items/{item['id']}/confirm")
        assert refused(response) == (403, "not_seat")


def test_one_review_at_a_time(desk: Desk):
    desk.open()

    again = api(desk.manager).post("access-reviews", _body(desk.table))

    assert refused(again) == (409, "review_open")


def test_it_is_due_within_a_year(desk: Desk):
    for days in (-1, 367):
        due = timezone.now() + timedelta(days=days)
        response = api(desk.manager).post(
            "access-reviews", _body(desk.table, due_at=due.isoformat())
        )
        assert codes(response) == [("/due_at", "out_of_range")]
    assert desk.ends() == {None}


def test_other_roles_and_seats_open_none(desk: Desk, anonymous: ApiClient):
    for role in ("reader", "drafter", "head"):
        response = api(delegate(desk.table.serbia, role)).post("access-reviews", _body(desk.table))
        assert refused(response) == (403, "access_manager_required")
    albania = api(delegate(desk.table.albania, "access_manager"))
    assert refused(albania.post("access-reviews", _body(desk.table))) == (403, "not_seat")
    for hidden in (desk.table.montenegro.pk, new_id()):
        body = _body(desk.table, delegation=str(hidden))
        assert codes(api(desk.manager).post("access-reviews", body)) == [("/delegation", "unknown")]
    assert refused(anonymous.post("access-reviews", _body(desk.table))) == (
        401,
        "not_authenticated",
    )
