"""GET /api/v1/organisations"""

import pytest

from tests.api import ApiClient, api, codes, queries_of, refused
from tests.factories import (
    CountryFactory,
    OrganisationAliasFactory,
    OrganisationFactory,
    OrganisationIdentifierFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_lists_organisations_by_key_with_identifiers_and_aliases():
    serbia = CountryFactory(code="RS")
    ministry = OrganisationFactory(
        key="rs-mod", kind="ministry_of_defence", country=serbia, acronym="MoD"
    )
    OrganisationFactory(key="rs-army", kind="armed_forces", country=serbia, parent=ministry)
    undp = OrganisationFactory(key="undp", kind="un_entity")
    OrganisationIdentifierFactory(organisation=undp, scheme="XM-DAC", value="XM-DAC-41114")
    OrganisationAliasFactory(organisation=undp, name="UN Development Programme")

    response = api(UserFactory()).get("organisations")

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                "key": "rs-army",
                "kind": "armed_forces",
                "country": "RS",
                "parent": "rs-mod",
                "names": {"en": "The rs-army"},
                "acronym": "",
                "identifiers": [],
                "aliases": [],
                "etag": '"1"',
            },
            {
                "key": "rs-mod",
                "kind": "ministry_of_defence",
                "country": "RS",
                "parent": None,
                "names": {"en": "The rs-mod"},
                "acronym": "MoD",
                "identifiers": [],
                "aliases": [],
                "etag": '"1"',
            },
            {
                "key": "undp",
                "kind": "un_entity",
                "country": None,
                "parent": None,
                "names": {"en": "The undp"},
                "acronym": "",
                "identifiers": [{"scheme": "XM-DAC", "value": "XM-DAC-41114"}],
                "aliases": ["UN Development Programme"],
                "etag": '"1"',
            },
        ],
        "next": None,
        "previous": None,
    }


def _keys(query: dict[str, str]) -> list[str]:
    rows = api(UserFactory()).get("organisations", query).json()["items"]
    return [row["key"] for row in rows]


def test_filters_by_kind_and_by_country():
    serbia, albania = CountryFactory(code="RS"), CountryFactory(code="AL")
    OrganisationFactory(key="rs-mod", kind="ministry_of_defence", country=serbia)
    OrganisationFactory(key="rs-army", kind="armed_forces", country=serbia)
    OrganisationFactory(key="al-mod", kind="ministry_of_defence", country=albania)
    OrganisationFactory(key="ngo", kind="ngo")

    assert _keys({"kind": "ministry_of_defence"}) == ["al-mod", "rs-mod"]
    assert _keys({"country": "RS"}) == ["rs-army", "rs-mod"]
    assert _keys({"country": "RS", "kind": "armed_forces"}) == ["rs-army"]
    assert _keys({"country": "ZZ"}) == []


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"kind": "club"}, [("?kind", "invalid_choice")]),
        ({"country": "rs"}, [("?country", "invalid")]),
        ({"parent": "rs-mod"}, [("?parent", "unknown_parameter")]),
    ],
)
def test_refuses_filters_of_another_form(query: dict[str, str], errors: list[tuple[str, str]]):
    assert codes(api(UserFactory()).get("organisations", query)) == errors


def test_needs_a_token_and_its_scope(anonymous: ApiClient):
    assert refused(anonymous.get("organisations")) == (401, "not_authenticated")
    narrow = api(UserFactory(), scopes=["documents:read"])
    assert refused(narrow.get("organisations")) == (403, "insufficient_scope")


def test_takes_as_many_queries_for_many_organisations_as_for_one():
    client = api(UserFactory())

    def make() -> None:
        organisation = OrganisationFactory(
            country=CountryFactory(), parent=OrganisationFactory(country=CountryFactory())
        )
        OrganisationAliasFactory(organisation=organisation)
        OrganisationIdentifierFactory(organisation=organisation)

    make()
    for_one = queries_of(lambda: client.get("organisations"))
    for _ in range(10):
        make()

    assert queries_of(lambda: client.get("organisations")) == for_one
