"""GET /api/v1/countries"""

from datetime import date

import pytest

from tests.api import ApiClient, api, codes, queries_of, refused
from tests.factories import CountryAliasFactory, CountryFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_lists_countries_by_code_with_names_and_aliases():
    bosnia = CountryFactory(code="BA", names={"en": "Bosnia and Herzegovina", "bs": "BiH"})
    CountryFactory(code="XK", user_assigned=True)
    albania = CountryFactory(code="AL")
    CountryAliasFactory(country=bosnia, name="Bosnia and Hercegovina", language="en")
    CountryAliasFactory(country=albania, name="PSR of Albania", valid_until=date(1991, 4, 29))

    response = api(UserFactory()).get("countries")

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                "code": "AL",
                "alpha3": "ALB",
                "names": {"en": "Country AL"},
                "user_assigned": False,
                "aliases": [
                    {"name": "PSR of Albania", "language": "", "valid_until": "1991-04-29"}
                ],
                "etag": '"1"',
            },
            {
                "code": "BA",
                "alpha3": "BIH",
                "names": {"en": "Bosnia and Herzegovina", "bs": "BiH"},
                "user_assigned": False,
                "aliases": [
                    {"name": "Bosnia and Hercegovina", "language": "en", "valid_until": None}
                ],
                "etag": '"1"',
            },
            {
                "code": "XK",
                "alpha3": "XKX",
                "names": {"en": "Country XK"},
                "user_assigned": True,
                "aliases": [],
                "etag": '"1"',
            },
        ],
        "next": None,
        "previous": None,
    }


def test_pages_go_on_after_the_last_code_and_back():
    for code in ("RS", "AL", "ME"):
        CountryFactory(code=code)
    client = api(UserFactory())

    first = client.get("countries", {"limit": 2}).json()
    second = client.get(first["next"]).json()
    back = client.get(second["previous"]).json()

    assert [row["code"] for row in first["items"]] == ["AL", "ME"]
    assert [row["code"] for row in second["items"]] == ["RS"]
    assert second["next"] is None
    assert back["items"] == first["items"]


def test_takes_codes_as_ids_and_leaves_unknown_ones_out():
    for code in ("RS", "AL", "ME"):
        CountryFactory(code=code)

    response = api(UserFactory()).get("countries", {"ids": "RS,ZZ,AL"})

    assert [row["code"] for row in response.json()["items"]] == ["AL", "RS"]


def test_refuses_a_parameter_that_is_not_declared():
    response = api(UserFactory()).get("countries", {"continent": "EU"})

    assert codes(response) == [("?continent", "unknown_parameter")]


def test_needs_a_token_and_its_scope(anonymous: ApiClient):
    assert refused(anonymous.get("countries")) == (401, "not_authenticated")
    narrow = api(UserFactory(), scopes=["documents:read"])
    assert refused(narrow.get("countries")) == (403, "insufficient_scope")


def test_an_inactive_user_is_nobody():
    user = UserFactory(is_active=False)

    assert refused(api(user).get("countries")) == (401, "invalid_token")


def test_takes_as_many_queries_for_many_countries_as_for_one():
    client = api(UserFactory())
    CountryAliasFactory()
    for_one = queries_of(lambda: client.get("countries"))
    CountryAliasFactory.create_batch(20)

    assert queries_of(lambda: client.get("countries")) == for_one
