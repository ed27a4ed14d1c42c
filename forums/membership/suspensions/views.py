"""Suspending countries, organisations and seats, and what they could see; for operators."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from django.db.models import QuerySet

from forums.countries.models import Country
from forums.countries.selectors import countries
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from forums.organisations.selectors import organisations
from platform_api.core.access import require_operator
from platform_api.core.clock import database_now
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .exposure import exposure
from .models import Suspension
from .serializers import (
    ExposureQuery,
    ExposureReport,
    SuspensionDetail,
    SuspensionFilter,
    SuspensionInput,
    SuspensionSummary,
)


class SuspensionViewSet(ResourceViewSet):
    """What is and was suspended, newest first; told to operators only."""

    model = Suspension
    representation = SuspensionDetail
    page = PageSpec(order=(("created_at", True), ("id", True)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope="forums:read",
            query=SuspensionFilter,
            output=SuspensionSummary,
            many=True,
        ),
    }

    def list(self) -> Page:
        rows = self.get_queryset().select_related("country", "organisation")
        standing = self.query.get("standing")
        if standing is not None:
            rows = rows.filter(ended_at__isnull=standing)
        return self.paginate(rows)


class _Suspending(ResourceViewSet):
    """What the three kinds of what can be suspended share."""

    representation = SuspensionDetail

    def suspend(self) -> Suspension:
        return services.suspension_begin(actor=self.actor, of=self.object, **self.input)

    def resume(self) -> Suspension:
        return services.suspension_end(actor=self.actor, of=self.object, **self.input)


def _acts(ability: str | None) -> dict[str, Act]:
    suspend = Act(ability=ability, token_scope="access:manage", input=SuspensionInput, status=201)
    resume = Act(ability=ability, token_scope="access:manage", input=SuspensionInput)
    return {"suspend": suspend, "resume": resume}


class _Exposing(ResourceViewSet):
    """What the reports on a seat and on a country share."""

    representation = ExposureReport

    def report(self, seats: Sequence[Delegation]) -> dict[str, Any]:
        """What these seats could see and did in the time that is asked for."""
        until = self.query.get("until") or database_now()
        since = self.query["since"]
        if since >= until:
            raise Invalid([FieldError("?since", "after_until", "The time ends before it begins.")])
        report = exposure(actor=self.actor, seats=seats, since=since, until=until)
        return asdict(report)


class DelegationExposureViewSet(_Exposing):
    """What one seat could see and did."""

    model = Delegation
    acts: ClassVar[dict[str, Act]] = {
        "exposure": Act(ability="see_exposure", token_scope="forums:read", query=ExposureQuery),
    }

    def exposure(self) -> dict[str, Any]:
        return self.report([self.object])


class CountryExposureViewSet(_Exposing):
    """What every seat of a country could see and did."""

    model = Country
    lookup_field = "code"
    lookup_url_kwarg = "code"
    acts: ClassVar[dict[str, Act]] = {
        "exposure": Act(ability=None, token_scope="forums:read", query=ExposureQuery),
    }

    def get_queryset(self) -> QuerySet[Country]:
        return countries()

    def check_ability(self) -> None:
        require_operator(self.actor)

    def exposure(self) -> dict[str, Any]:
        seats = Delegation.objects.visible_to(self.actor).filter(country=self.object)
        return self.report(list(seats))


class _PartySuspending(_Suspending):
    """Countries and organisations have no rules of their own: an operator's act."""

    acts: ClassVar[dict[str, Act]] = _acts(None)

    def check_ability(self) -> None:
        require_operator(self.actor)


class CountrySuspensionViewSet(_PartySuspending):
    """A country with all its seats."""

    model = Country
    lookup_field = "code"
    lookup_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Country]:
        return countries()


class OrganisationSuspensionViewSet(_PartySuspending):
    """An organisation with all its seats."""

    model = Organisation
    lookup_field = "key"
    lookup_url_kwarg = "key"

    def get_queryset(self) -> QuerySet[Organisation]:
        return organisations()


class DelegationSuspensionViewSet(_Suspending):
    """One seat."""

    model = Delegation
    acts: ClassVar[dict[str, Act]] = _acts("suspend")
