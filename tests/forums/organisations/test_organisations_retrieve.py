"""GET /api/v1/organisations/{key}"""

import pytest

from tests.api import ApiClient, api, refused
from tests.factories import (
    CountryFactory,
    OrganisationAliasFactory,
    OrganisationFactory,
    OrganisationIdentifierFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_shows_an_organisation_by_its_key():
    norway = OrganisationFactory(
        key="no-mfa", kind="donor_government", country=CountryFactory(code="NO"), acronym="MFA"
    )
    OrganisationIdentifierFactory(organisation=norway, scheme="XM-DAC", value="XM-DAC-8-1")
    OrganisationIdentifierFactory(organisation=norway, scheme="NO-BRC", value="NO-BRC-972417920")
    OrganisationAliasFactory(organisation=norway, name="Utenriksdepartementet")
    OrganisationAliasFactory(name="Somebody else")

    response = api(UserFactory()).get("organisations/no-mfa")

    assert response.status_code == 200
    assert response.json() == {
        "key": "no-mfa",
        "kind": "donor_government",
        "country": "NO",
        "parent": None,
        "names": {"en": "The no-mfa"},
        "acronym": "MFA",
        "identifiers": [
            {"scheme": "NO-BRC", "value": "NO-BRC-972417920"},
            {"scheme": "XM-DAC", "value": "XM-DAC-8-1"},
        ],
        "aliases": ["Utenriksdepartementet"],
    }


def test_an_unknown_key_is_not_found_and_a_token_is_needed(anonymous: ApiClient):
    OrganisationFactory(key="undp")

    assert refused(api(UserFactory()).get("organisations/UNDP")) == (404, "not_found")
    assert refused(anonymous.get("organisations/undp")) == (401, "not_authenticated")
