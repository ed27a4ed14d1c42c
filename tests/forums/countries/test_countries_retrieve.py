"""GET /api/v1/countries/{code}"""

import pytest

from tests.api import ApiClient, api, refused
from tests.factories import CountryAliasFactory, CountryFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_shows_a_country_by_its_alpha_2_code():
    kosovo = CountryFactory(code="XK", names={"en": "Kosovo", "sq": "Kosova"}, user_assigned=True)
    CountryAliasFactory(country=kosovo, name="Kosovë", language="sq")
    CountryAliasFactory(name="Somewhere else")

    response = api(UserFactory()).get("countries/XK")

    assert response.status_code == 200
    assert response.json() == {
        "code": "XK",
        "alpha3": "XKX",
        "names": {"en": "Kosovo", "sq": "Kosova"},
        "user_assigned": True,
        "aliases": [{"name": "Kosovë", "language": "sq", "valid_until": None}],
    }
    assert response.headers["ETag"].startswith('"1.')


def test_answers_304_to_the_etag_it_gave():
    CountryFactory(code="RS")
    client = api(UserFactory())
    etag = client.get("countries/RS").headers["ETag"]

    response = client.get("countries/RS", headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("code", ["ZZ", "rs", "SRB", "R%00"])
def test_any_other_code_is_not_found(code: str):
    CountryFactory(code="RS")

    assert refused(api(UserFactory()).get(f"countries/{code}")) == (404, "not_found")


def test_needs_a_token_and_its_scope(anonymous: ApiClient):
    CountryFactory(code="RS")

    assert refused(anonymous.get("countries/RS")) == (401, "not_authenticated")
    narrow = api(UserFactory(), scopes=["documents:read"])
    assert refused(narrow.get("countries/RS")) == (403, "insufficient_scope")


def test_does_not_answer_other_methods():
    CountryFactory(code="RS")

    response = api(UserFactory()).patch("countries/RS", {"names": {}})

    assert refused(response) == (405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, HEAD"
