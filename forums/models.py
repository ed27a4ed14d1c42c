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
from .marking.models import NarrowedScope
from .meetings.models import (
    AgendaItem,
    Meeting,
    MeetingGrant,
    MeetingOrganiser,
    MeetingSeat,
    MeetingSeries,
    MeetingUserGrant,
)
from .membership.invitations.models import Invitation
from .membership.models import ClientBinding, Delegate, Delegation, Forum, Office
from .membership.suspensions.models import Suspension
from .organisations.models import Organisation, OrganisationAlias, OrganisationIdentifier
from .readings.models import Reading
from .reviews.models import AccessReview, AccessReviewItem
from .transfers.models import Transfer

__all__ = [
    "AccessReview",
    "AccessReviewItem",
    "AgendaItem",
    "Budget",
    "ClientBinding",
    "ContentLanguage",
    "Country",
    "CountryAlias",
    "Delegate",
    "Delegation",
    "Forum",
    "Invitation",
    "Meeting",
    "MeetingGrant",
    "MeetingOrganiser",
    "MeetingSeat",
    "MeetingSeries",
    "MeetingUserGrant",
    "NarrowedScope",
    "Office",
    "Opening",
    "Organisation",
    "OrganisationAlias",
    "OrganisationIdentifier",
    "ParticipatingOrganisation",
    "Project",
    "ProjectGrant",
    "ProjectUserGrant",
    "Reading",
    "RecipientShare",
    "Suspension",
    "Transaction",
    "Transfer",
]
