"""With whom a practice is shared, and where it comes from."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet

from forums.granting.services import Holder
from forums.membership.models import Delegation
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet
from policies.references import country_named, organisation_named

from .exchange_serializers import (
    AdaptationCreate,
    AdaptationDetail,
    AdaptationSummary,
    PracticeLineage,
    PracticeShare,
    PracticeShareCreate,
    PracticeShareEnd,
)
from .lineage import ExternalSource, adaptation_add, adaptations_of, lineage_of
from .models import Adaptation, Practice, PracticeVersion
from .sharing import practice_share, practice_share_end, shares_of
from .views import READ, WRITE


class _OfOnePractice(ResourceViewSet):
    def get_object(self) -> Practice:
        return self.visible_or_404(
            Practice.objects.visible_to(self.actor), pk=self.kwargs["practice_id"]
        )


class _ToAHolder(_OfOnePractice):
    def holder(self) -> Holder:
        """Whom the body names."""
        if "organisation" in self.input:
            return organisation_named(self.input["organisation"])
        if "delegation" in self.input:
            return referred(self.actor, "/delegation", Delegation, pk=self.input["delegation"])
        country = country_named(self.input["country"])
        assert country is not None
        return country


class PracticeShareViewSet(_ToAHolder):
    """With whom one practice is shared, beside its audience."""

    model = Practice
    representation = PracticeShare
    page = None
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="list_shares", token_scope=READ, many=True),
        "create": Act(ability="share", token_scope=WRITE, input=PracticeShareCreate, status=201),
    }

    def list(self) -> Page:
        return Page(shares_of(self.object))

    def create(self) -> Mapping[str, Any]:
        return practice_share(
            actor=self.actor,
            practice=self.object,
            holder=self.holder(),
            until=self.input.get("until"),
            reason=self.input["reason"],
        )


class PracticeShareEndViewSet(_ToAHolder):
    """The end of a share."""

    model = Practice
    acts: ClassVar[dict[str, Act]] = {
        "end": Act(ability="share", token_scope=WRITE, input=PracticeShareEnd, status=204),
    }

    def end(self) -> None:
        practice_share_end(
            actor=self.actor,
            practice=self.object,
            holder=self.holder(),
            reason=self.input["reason"],
        )


class AdaptationViewSet(_OfOnePractice):
    """What one practice was made after, as far as the caller sees the sources."""

    model = Adaptation
    representation = AdaptationDetail
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope=READ, output=AdaptationSummary, many=True, public=True
        ),
        "create": Act(ability="add_source", token_scope=WRITE, input=AdaptationCreate, status=201),
    }

    def get_queryset(self) -> QuerySet[Adaptation]:
        return adaptations_of(self.actor, self.object)

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def create(self) -> Adaptation:
        given = dict(self.input)
        version, external = given.pop("source_version", None), given.pop("external_source", None)
        way = given.pop("by_way_of", None)
        adaptation = adaptation_add(
            actor=self.actor,
            practice=self.object,
            source=referred(self.actor, "/source_version", PracticeVersion, pk=version)
            if version
            else ExternalSource(**external),
            by_way_of=referred(self.actor, "/by_way_of", Adaptation, pk=way, practice=self.object)
            if way
            else None,
            **given,
        )
        return self.get_queryset().get(pk=adaptation.pk)


class PracticeLineageViewSet(_OfOnePractice):
    """The graph that one practice stands in."""

    model = Practice
    representation = PracticeLineage
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=READ, public=True),
    }

    def retrieve(self) -> Mapping[str, Any]:
        return lineage_of(self.actor, self.object)
