"""GET /api/v1/forums"""

import pytest

from platform_api.identity.models import User
from tests.api import ApiClient, api, queries_of, refused
from tests.factories import ForumFactory, UserFactory, delegate, seat, service_client
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def _slugs(client: ApiClient) -> list[str]:
    return [row["slug"] for row in client.get("forums").json()["items"]]


def test_lists_the_forums_in_which_the_caller_sits(table: Table, reader: User):
    response = api(reader).get("forums")

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                "id": str(table.forum.pk),
                "slug": "seemic",
                "names": {"en": "Forum seemic"},
                "working_languages": ["en"],
                "etag": '"1"',
            }
        ],
        "next": None,
        "previous": None,
    }


def test_lists_by_slug_all_forums_in_which_the_country_sits(table: Table, reader: User):
    for slug in ("zeta", "alpha"):
        delegate(seat(ForumFactory(slug=slug), table.serbia.country), "reader", user=reader)

    assert _slugs(api(reader)) == ["alpha", "seemic", "zeta"]


def test_a_seat_of_the_same_country_elsewhere_gives_a_person_nothing(table: Table, reader: User):
    seat(ForumFactory(slug="alpha"), table.serbia.country)

    assert _slugs(api(reader)) == ["seemic"]


def test_a_service_client_sees_the_forum_of_its_seat(table: Table):
    assert _slugs(api(service_client(table.serbia, "reader"))) == ["seemic"]


def test_an_operator_sees_every_forum(table: Table, operator_user: User):
    assert _slugs(api(operator_user)) == ["other", "seemic"]


def test_somebody_without_a_seat_sees_an_empty_list(table: Table):
    response = api(UserFactory()).get("forums")

    assert (response.status_code, response.json()["items"]) == (200, [])


def test_needs_a_token_and_its_scope(reader: User, anonymous: ApiClient):
    assert refused(anonymous.get("forums")) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get("forums")) == (403, "insufficient_scope")


def test_takes_as_many_queries_for_many_forums_as_for_one(table: Table, reader: User):
    client = api(reader)
    for_one = queries_of(lambda: client.get("forums"))
    for _ in range(5):
        delegate(seat(ForumFactory(), table.serbia.country), "reader", user=reader)

    assert queries_of(lambda: client.get("forums")) == for_one
