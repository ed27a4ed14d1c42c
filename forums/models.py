"""The register of the app's models."""

from .countries.models import ContentLanguage, Country, CountryAlias
from .funding.models import (
    Budget,
    ParticipatingOrganisation,
    Project,
    ProjectGrant,
    ProjectUserGrant,
    RecipientShare,
    Transaction,
)
from .membership.models import ClientBinding, Delegate, Delegation, Forum, Office
from .organisations.models import Organisation, OrganisationAlias, OrganisationIdentifier

__all__ = [
    "Budget",
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
    "ParticipatingOrganisation",
    "Project",
    "ProjectGrant",
    "ProjectUserGrant",
    "RecipientShare",
    "Transaction",
]
