"""The register of the app's models."""

from .breakglass.models import Opening
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
from .meetings.models import (
    AgendaItem,
    Meeting,
    MeetingGrant,
    MeetingOrganiser,
    MeetingSeat,
    MeetingSeries,
    MeetingUserGrant,
)
from .membership.models import ClientBinding, Delegate, Delegation, Forum, Office
from .organisations.models import Organisation, OrganisationAlias, OrganisationIdentifier

__all__ = [
    "AgendaItem",
    "Budget",
    "ClientBinding",
    "ContentLanguage",
    "Country",
    "CountryAlias",
    "Delegate",
    "Delegation",
    "Forum",
    "Meeting",
    "MeetingGrant",
    "MeetingOrganiser",
    "MeetingSeat",
    "MeetingSeries",
    "MeetingUserGrant",
    "Office",
    "Opening",
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
