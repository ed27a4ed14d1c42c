"""What tests make. Rows that have derived rows are made by the services.

``CountryFactory()`` and its like make one thing with sensible values. ``seat``, ``delegate``,
``actor_at``, ``service_client``, ``release`` and ``grant`` are the short ways:

    forum = ForumFactory(slug="seemic")
    serbia, albania = seat(forum, "RS"), seat(forum, "AL")
    document = DocumentFactory(delegation=serbia, drafting_group=[albania])
    section = SectionFactory(document=document, released=True)
    reader = delegate(albania, "reader").user
"""

from .base import operator
from .documents import (
    AttachmentFactory,
    CitationFactory,
    DocumentFactory,
    SectionFactory,
    grant,
    release,
)
from .forums import (
    ContentLanguageFactory,
    CountryAliasFactory,
    CountryFactory,
    DelegateFactory,
    DelegationFactory,
    ForumFactory,
    OfficeFactory,
    OrganisationAliasFactory,
    OrganisationFactory,
    OrganisationIdentifierFactory,
    actor_at,
    country,
    delegate,
    seat,
    service_client,
)
from .funding import (
    BudgetFactory,
    ParticipatingOrganisationFactory,
    ProjectFactory,
    TransactionFactory,
)
from .identity import AccessTokenFactory, OperatorFactory, UserFactory, front_end, token_for
from .meetings import (
    AgendaItemFactory,
    DocumentVersionFactory,
    MeetingFactory,
    MeetingSeriesFactory,
    cancel,
    close,
    hold,
    present,
)
from .policies import InstrumentFactory, PracticeFactory, adapt, publish, share, status_event

__all__ = [
    "AccessTokenFactory",
    "AgendaItemFactory",
    "AttachmentFactory",
    "BudgetFactory",
    "CitationFactory",
    "ContentLanguageFactory",
    "CountryAliasFactory",
    "CountryFactory",
    "DelegateFactory",
    "DelegationFactory",
    "DocumentFactory",
    "DocumentVersionFactory",
    "ForumFactory",
    "InstrumentFactory",
    "MeetingFactory",
    "MeetingSeriesFactory",
    "OfficeFactory",
    "OperatorFactory",
    "OrganisationAliasFactory",
    "OrganisationFactory",
    "OrganisationIdentifierFactory",
    "ParticipatingOrganisationFactory",
    "PracticeFactory",
    "ProjectFactory",
    "SectionFactory",
    "TransactionFactory",
    "UserFactory",
    "actor_at",
    "adapt",
    "cancel",
    "close",
    "country",
    "delegate",
    "front_end",
    "grant",
    "hold",
    "operator",
    "present",
    "publish",
    "release",
    "seat",
    "service_client",
    "share",
    "status_event",
    "token_for",
]
