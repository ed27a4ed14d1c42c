"""Projects, who takes part in them, their budgets and transactions, made by a drafter."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import factory

from forums.funding import services
from forums.funding.codes import ActivityStatus, OrganisationRole, TransactionType, Visibility
from forums.funding.contents import Share, TransactionContent
from forums.funding.models import Budget, ParticipatingOrganisation, Project, Transaction
from forums.funding.money import services as money
from forums.membership.models import Delegation
from platform_api.core.transaction import acting

from .base import ServiceFactory
from .forums import DelegationFactory, OrganisationFactory, actor_at, country


class ProjectFactory(ServiceFactory):
    """A project of ``delegation`` that its forum reads. shares: percentages by country code."""

    class Meta:
        model = Project

    delegation = factory.SubFactory(DelegationFactory)
    identifier = factory.Sequence("XM-DAC-{}".format)
    titles = factory.Sequence(lambda n: {"en": f"Project {n}"})
    status = ActivityStatus.IMPLEMENTATION
    visibility = Visibility.FORUM
    shares: Mapping[str, str] = {}

    @classmethod
    def make(cls, *, delegation: Delegation, shares: Mapping[str, str], **given: Any) -> Project:
        drafter = actor_at(delegation)
        told = [Share(country(code), Decimal(text)) for code, text in shares.items()]
        with acting(drafter):
            return services.project_create(
                actor=drafter, delegation=delegation, recipient_shares=told, **given
            )


class ParticipatingOrganisationFactory(ServiceFactory):
    """An organisation that funds a project."""

    class Meta:
        model = ParticipatingOrganisation

    project = factory.SubFactory(ProjectFactory)
    role = OrganisationRole.FUNDING
    organisation = factory.SubFactory(OrganisationFactory)

    @classmethod
    def make(cls, *, project: Project, **given: Any) -> ParticipatingOrganisation:
        drafter = actor_at(project.owner_delegation)
        with acting(drafter):
            return services.participating_organisation_add(actor=drafter, project=project, **given)


class BudgetFactory(ServiceFactory):
    """The budget of a year."""

    class Meta:
        model = Budget

    project = factory.SubFactory(ProjectFactory)
    period_start = date(2024, 1, 1)
    period_end = date(2024, 12, 31)
    value = "1000.00"
    currency = "EUR"

    @classmethod
    def make(cls, *, project: Project, **given: Any) -> Budget:
        drafter = actor_at(project.owner_delegation)
        with acting(drafter):
            return money.budget_add(actor=drafter, project=project, **given)


class TransactionFactory(ServiceFactory):
    """Incoming funds of 100 euros; ``recipient_country`` may be a code."""

    class Meta:
        model = Transaction

    project = factory.SubFactory(ProjectFactory)
    type = TransactionType.INCOMING_FUNDS
    amount = "100.00"
    currency = "EUR"
    transaction_date = date(2024, 3, 1)
    recipient_country = None

    @classmethod
    def make(cls, *, project: Project, recipient_country: Any, **given: Any) -> Transaction:
        drafter = actor_at(project.owner_delegation)
        if isinstance(recipient_country, str):
            recipient_country = country(recipient_country)
        content = TransactionContent(recipient_country=recipient_country, **given)
        with acting(drafter):
            return money.transaction_add(actor=drafter, project=project, content=content)
