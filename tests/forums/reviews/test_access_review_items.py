"""POST /api/v1/access-review-items/{id}/confirm and /end, and what happens at the date"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents.texts.models import DocumentGrant
from forums.membership.models import Delegate
from forums.reviews.models import AccessReview
from forums.reviews.tasks import close_due_reviews
from platform_api.core.ids import new_id
from platform_api.identity.actors import actor_of
from platform_api.identity.models import Client, User
from platform_api.ledger.models import Entry
from tests.api import ApiClient, api, assert_hidden_as_absent, refused
from tests.factories import delegate
from tests.fixtures import Table

from .conftest import Desk

pytestmark = pytest.mark.django_db

Pass = Callable[[int], None]


def _decide(desk: Desk, which: str, how: str, caller: User | None = None) -> Any:
    item = desk.items()[which]
    return api(caller or desk.manager).post(f"access-review-items/{item['id']}/{how}")


def _sees(desk: Desk, caller: Any, document: Any) -> bool:
    return bool(api(caller).get(f"documents/{document.pk}").status_code == 200)


def test_what_nobody_confirmed_ends_at_the_date_without_any_job(desk: Desk, days_pass: Pass):
    albania = delegate(desk.table.albania, "drafter").user
    desk.open()
    days_pass(29)
    assert _sees(desk, desk.head, desk.received)
    assert _sees(desk, albania, desk.given)

    days_pass(2)

    for person in (desk.manager, desk.second, desk.head.user, desk.client.user):
        assert actor_of(person).groups == frozenset()
    assert api(desk.client).get("forums").status_code == 401
    assert not _sees(desk, albania, desk.given)
    assert AccessReview.objects.get().closed_at is None
    assert not Entry.objects.filter(kind__endswith="lapsed").exists()


def test_what_is_confirmed_goes_on_as_it_was(desk: Desk, days_pass: Pass, operator_user: User):
    albania = delegate(desk.table.albania, "drafter").user
    desk.open()
    items = desk.items()
    for which in ("grant_given", "grant_received", "delegate head", "client"):
        response = _decide(desk, which, "confirm")
        assert response.status_code == 200, response.content
        told = response.json()
        assert (told["outcome"], told["decided_by"]) == ("confirmed", str(desk.manager.pk))
        assert told["decided_at"] is not None
        unchanged = {"outcome", "decided_at", "decided_by", "abilities"}
        assert {k: v for k, v in told.items() if k not in unchanged} == {
            k: v for k, v in items[which].items() if k not in unchanged
        }

    days_pass(31)

    assert _sees(desk, albania, desk.given)
    assert _sees(desk, desk.head, desk.received)
    assert api(desk.client).get("forums").json()["items"]
    assert actor_of(desk.manager).groups == frozenset()
    assert Entry.objects.filter(kind="access_review.item_confirmed").count() == 4


def test_an_end_from_before_comes_back_exactly(desk: Desk):
    until = desk.due + timedelta(days=40)
    DocumentGrant.objects.filter(content_object=desk.received).update(expires_at=until)
    guest = delegate(desk.table.serbia, "reader", valid_until=until, guest=True)
    desk.open()
    assert DocumentGrant.objects.get(content_object=desk.received).expires_at == desk.due

    _decide(desk, "grant_received", "confirm")
    _decide(desk, "delegate reader", "confirm")

    guest.refresh_from_db()
    assert guest.valid_until == until
    assert DocumentGrant.objects.get(content_object=desk.received).expires_at == until


@pytest.mark.parametrize("which", ["grant_given", "grant_received", "delegate head", "client"])
def test_what_is_ended_ends_at_once(desk: Desk, which: str):
    albania = delegate(desk.table.albania, "drafter").user

    def rights() -> dict[str, bool]:
        return {
            "grant_given": _sees(desk, albania, desk.given),
            "grant_received": _sees(desk, delegate(desk.table.serbia, "reader"), desk.received),
            "delegate head": bool(actor_of(desk.head.user).groups),
            "client": bool(actor_of(desk.client.user).groups),
        }

    desk.open()
    assert set(rights().values()) == {True}

    response = _decide(desk, which, "end")

    assert response.json()["outcome"] == "ended"
    assert {name for name, held in rights().items() if not held} == {which}
    assert Entry.objects.get(kind="access_review.item_ended").actor_id == desk.manager.pk


def test_nobody_confirms_their_own_row_while_another_manager_is_there(desk: Desk):
    desk.open()

    assert refused(_decide(desk, "delegate access_manager first", "confirm")) == (403, "four_eyes")
    by_other = _decide(desk, "delegate access_manager first", "confirm", desk.second)
    assert (by_other.json()["outcome"], by_other.json()["alone"]) == ("confirmed", False)


def test_the_only_manager_confirms_itself_and_the_item_says_so(desk: Desk):
    desk.open()
    _decide(desk, "delegate access_manager second", "end")

    response = _decide(desk, "delegate access_manager first", "confirm")

    assert (response.json()["outcome"], response.json()["alone"]) == ("confirmed", True)
    entry = Entry.objects.get(kind="access_review.item_confirmed")
    assert entry.detail.payload["alone"] is True


def test_an_item_is_decided_once_and_before_the_date(desk: Desk, days_pass: Pass):
    desk.open()
    _decide(desk, "delegate head", "confirm")
    for how in ("confirm", "end"):
        assert refused(_decide(desk, "delegate head", how)) == (409, "already_decided")
    item = desk.items()["client"]["id"]

    days_pass(31)

    late = delegate(desk.table.serbia, "access_manager").user
    response = api(late).post(f"access-review-items/{item}/confirm")
    assert refused(response) == (409, "review_over")


def test_what_has_ended_meanwhile_is_not_brought_back(desk: Desk):
    desk.open()
    held = Delegate.objects.get(pk=desk.head.pk)
    api(desk.manager).post(f"delegates/{held.pk}/end", if_match=held.etag_revision)

    assert refused(_decide(desk, "delegate head", "confirm")) == (409, "already_ended")


def test_an_end_that_was_set_meanwhile_stays(desk: Desk):
    desk.open()
    chosen = desk.due + timedelta(days=3)
    DocumentGrant.objects.filter(content_object=desk.given).update(expires_at=chosen)

    _decide(desk, "grant_given", "confirm")

    ends = DocumentGrant.objects.filter(content_object=desk.given).values_list("expires_at")
    assert set(ends) == {(chosen,)}


def test_two_reviews_of_one_grant_each_keep_their_own_date(desk: Desk, table: Table):
    albanian = delegate(table.albania, "access_manager").user
    sooner = timezone.now() + timedelta(days=10)
    desk.open()
    theirs = api(albanian).post(
        "access-reviews", {"delegation": str(table.albania.pk), "due_at": sooner.isoformat()}
    )

    def ends() -> set[Any]:
        rows = DocumentGrant.objects.filter(content_object=desk.given)
        return set(rows.values_list("expires_at", flat=True))

    assert ends() == {sooner}
    _decide(desk, "grant_given", "confirm")
    assert ends() == {sooner}
    items = api(albanian).get(f"access-reviews/{theirs.json()['id']}/items").json()["items"]
    (item,) = [each for each in items if each["kind"] == "grant_received"]
    assert item["until"] is None
    api(albanian).post(f"access-review-items/{item['id']}/confirm")
    assert ends() == {None}


def test_the_worker_writes_down_what_lapsed_and_what_was_given_anew(
    desk: Desk, days_pass: Pass, operator_user: User
):
    review = desk.open().json()["id"]
    _decide(desk, "grant_received", "confirm")
    _decide(desk, "client", "end")
    days_pass(31)
    grant_rows = DocumentGrant.objects.filter(content_object=desk.given)
    grant_rows.update(expires_at=None)
    before = api(operator_user).get(f"access-reviews/{review}").json()
    assert before["counts"]["delegate"]["lapsed"] == 4
    assert before["closed_at"] is None

    assert close_due_reviews() == 1
    assert close_due_reviews() == 0

    after = api(operator_user).get(f"access-reviews/{review}").json()
    outcomes = {
        kind: {name for name, number in counts.items() if number}
        for kind, counts in after["counts"].items()
    }
    assert outcomes == {
        "grant_given": {"superseded"},
        "grant_received": {"confirmed"},
        "delegate": {"lapsed"},
        "client": {"ended"},
    }
    assert after["closed_at"] is not None
    assert Entry.objects.filter(kind="access_review.item_lapsed").count() == 4
    closed = Entry.objects.get(kind="access_review.closed", object_id=review)
    assert closed.detail.payload == {"lapsed": 4, "superseded": 1, "confirmed": 1, "ended": 1}


def test_nothing_is_closed_before_its_date(desk: Desk):
    desk.open()

    assert close_due_reviews() == 0
    assert AccessReview.objects.get().closed_at is None


def test_reviews_are_told_to_managers_and_operators_without_titles(
    desk: Desk, operator_user: User, anonymous: ApiClient
):
    review = desk.open().json()["id"]
    for caller in (desk.manager, desk.second, operator_user):
        listed = api(caller).get("access-reviews").json()["items"]
        assert [each["id"] for each in listed] == [review]
        text = api(caller).get(f"access-reviews/{review}/items").content.decode()
        assert not any(title in text for title in desk.given.titles.values())
    filtered = api(desk.manager).get(f"access-reviews/{review}/items", {"kind": "client"}).json()
    assert [each["kind"] for each in filtered["items"]] == ["client"]
    none = api(desk.manager).get(f"access-reviews/{review}/items", {"outcome": "ended"}).json()
    assert none["items"] == []
    other = {"delegation": str(desk.table.albania.pk)}
    assert api(operator_user).get("access-reviews", other).json()["items"] == []
    assert refused(anonymous.get("access-reviews")) == (401, "not_authenticated")


def test_a_review_of_another_seat_is_as_absent(desk: Desk, head: User):
    review = desk.open().json()["id"]
    item = desk.items()["client"]["id"]
    for caller in (head, delegate(desk.table.albania, "access_manager").user):
        for path in ("access-reviews/{}", "access-reviews/{}/items"):
            hidden, absent = (f"/api/v1/{path}".format(each) for each in (review, new_id()))
            assert_hidden_as_absent(api(caller), hidden, absent)
        for act in ("confirm", "end"):
            hidden, absent = (
                f"/api/v1/access-review-items/{each}/{act}" for each in (item, new_id())
            )
            assert_hidden_as_absent(api(caller), hidden, absent, method="post")
    shown = api(desk.manager).get(f"access-review-items/{item}").json()
    assert shown["abilities"] == {"confirm": True, "end": True}
    assert Client.objects.get(pk=desk.client.pk).expires_at == desk.due
