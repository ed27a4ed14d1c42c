"""The register of the app's models."""

from .countries.models import ContentLanguage, Country, CountryAlias
from .membership.models import ClientBinding, Delegate, Delegation, Forum, Office
from .organisations.models import Organisation, OrganisationAlias, OrganisationIdentifier

__all__ = [
    "ClientBinding",
    "ContentLanguage",
    "Country",
    "CountryAlias",
    "Delegate",
    "Delegation",
    "Forum",
    "Office",
    "Organisation",
    "OrganisationAlias",
    "OrganisationIdentifier",
]
