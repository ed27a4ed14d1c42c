"""GET /api/v1/forums/{slug}/offices"""

from datetime import date

import pytest

from platform_api.identity.models import User
from tests.api import ApiClient, api, assert_hidden_as_absent, codes, queries_of, refused
from tests.factories import OfficeFactory, OrganisationFactory, seat
from tests.fixtures import Table

pytestmark = pytest.mark.django_db

PATH = "forums/seemic/offices"


def test_lists_chairmanships_and_secretariat_by_their_first_day(table: Table, reader: User):
    undp = OrganisationFactory(key="undp")
    later = OfficeFactory(holder=table.albania, since=date(2025, 1, 1))
    first = OfficeFactory(holder=table.serbia, since=date(2024, 1, 1), until=date(2025, 1, 1))
    secretariat = OfficeFactory(
        forum=table.forum, kind="secretariat", holder=undp, since=date(2019, 1, 1)
    )
    OfficeFactory(holder=table.montenegro)

    response = api(reader).get(PATH)

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                "id": str(secretariat.pk),
                "kind": "secretariat",
                "delegation": None,
                "country": None,
                "organisation": "undp",
                "since": "2019-01-01",
                "until": None,
            },
            {
                "id": str(first.pk),
                "kind": "chair",
                "delegation": str(table.serbia.pk),
                "country": "RS",
                "organisation": None,
                "since": "2024-01-01",
                "until": "2025-01-01",
            },
            {
                "id": str(later.pk),
                "kind": "chair",
                "delegation": str(table.albania.pk),
                "country": "AL",
                "organisation": None,
                "since": "2025-01-01",
                "until": None,
            },
        ],
        "next": None,
        "previous": None,
    }


def test_an_organisation_with_a_seat_is_told_with_it(table: Table, reader: User):
    undp = seat(table.forum, OrganisationFactory(key="undp"), status="partner")
    OfficeFactory(kind="secretariat", holder=undp)

    (office,) = api(reader).get(PATH, {"kind": "secretariat"}).json()["items"]

    assert (office["delegation"], office["organisation"]) == (str(undp.pk), "undp")


def test_filters_by_kind(table: Table, reader: User):
    chair = OfficeFactory(holder=table.serbia)
    OfficeFactory(holder=table.albania, kind="secretariat")
    client = api(reader)

    rows = client.get(PATH, {"kind": "chair"}).json()["items"]

    assert [row["id"] for row in rows] == [str(chair.pk)]
    assert codes(client.get(PATH, {"kind": "treasurer"})) == [("?kind", "invalid_choice")]


def test_an_operator_sees_the_offices_of_every_forum(table: Table, operator_user: User):
    office = OfficeFactory(holder=table.montenegro)

    rows = api(operator_user).get("forums/other/offices").json()["items"]

    assert [row["id"] for row in rows] == [str(office.pk)]


def test_the_offices_of_a_forum_of_others_are_as_absent(table: Table, reader: User):
    OfficeFactory(holder=table.montenegro)

    assert_hidden_as_absent(
        api(reader), "/api/v1/forums/other/offices", "/api/v1/forums/never/offices"
    )


def test_needs_a_token_and_its_scope(reader: User, anonymous: ApiClient):
    assert refused(anonymous.get(PATH)) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get(PATH)) == (403, "insufficient_scope")


def test_takes_as_many_queries_for_many_offices_as_for_one(table: Table, reader: User):
    client = api(reader)
    OfficeFactory(holder=table.serbia, until=date(2025, 1, 1))
    for_one = queries_of(lambda: client.get(PATH))
    OfficeFactory(holder=table.albania, since=date(2025, 1, 1))
    OfficeFactory(forum=table.forum, kind="secretariat", holder=OrganisationFactory())

    assert queries_of(lambda: client.get(PATH)) == for_one
