"""Amendments to sections: their wording, their way to a decision, their conflicts."""

from typing import Any, ClassVar

from django.db.models import IntegerField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from rest_framework.serializers import BaseSerializer

from documents.merging.serializers import EditConflictDetail
from documents.texts.models import Document, Section
from documents.texts.serializers import MAX_REQUEST
from forums.membership.selectors import secretariat_now
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import OPEN, Amendment, AmendmentProposal
from .selectors import conflicts_of
from .serializers import (
    AmendmentAccept,
    AmendmentAcceptAsModified,
    AmendmentConflicts,
    AmendmentCreate,
    AmendmentDetail,
    AmendmentFilter,
    AmendmentProposalDetail,
    AmendmentRebase,
    AmendmentReject,
    AmendmentRevise,
    AmendmentSummary,
    AmendmentSupport,
    AmendmentWithdraw,
)

_BEHIND_ALL_NUMBERS = 2_147_483_647


def _act(ability: str, **given: Any) -> Act:
    """Something done to an amendment, which names the state that the caller has read."""
    return Act(ability=ability, token_scope="documents:write", precondition=True, **given)


def _merging(ability: str, shape: type[BaseSerializer[Any]]) -> Act:
    """An act by which what is proposed meets the present text."""
    return _act(ability, input=shape, max_bytes=MAX_REQUEST, conflict=EditConflictDetail)


class _Amendments(ResourceViewSet):
    """What views of amendments share: rows with all that their rules and shapes look at."""

    model = Amendment
    representation = AmendmentDetail
    detail_route = "amendment"

    def get_queryset(self) -> QuerySet[Amendment]:
        documents: QuerySet[Any] = Document.objects.visible_to(self.actor).prefetch_related(
            "documentdelegation_set__delegation"
        )
        if self.parameters.reasons:
            documents = documents.annotate(secretariat=secretariat_now())
        # Neither is joined: a chapter's owner reads it out of a document that it does not see.
        sections = Section.objects.visible_to(self.actor).prefetch_related(
            Prefetch("document", documents)
        )
        return (
            Amendment.objects.visible_to(self.actor)
            .select_related(
                "forum",
                "base",
                "proponent__country",
                "proponent__organisation",
                "decided_by__country",
                "decided_by__organisation",
            )
            .prefetch_related(
                Prefetch("section", sections),
                "cosponsors__delegation__country",
                "cosponsors__delegation__organisation",
            )
            .annotate(
                place=Coalesce("number", Value(_BEHIND_ALL_NUMBERS), output_field=IntegerField())
            )
        )

    def fresh(self, amendment: Amendment) -> Amendment:
        """The amendment as it is now."""
        return self.get_queryset().get(pk=amendment.pk)


class SectionAmendmentViewSet(_Amendments):
    """The amendments to one section, by their numbers; drafts of one's own behind them."""

    page = PageSpec(order=(("place", False), ("id", False)), default_limit=20, max_limit=50)
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope="documents:read",
            query=AmendmentFilter,
            output=AmendmentSummary,
            many=True,
        ),
        "create": Act(
            ability="amend",
            token_scope="documents:write",
            input=AmendmentCreate,
            status=201,
            max_bytes=MAX_REQUEST,
        ),
    }

    def get_object(self) -> Section:
        documents = Document.objects.visible_to(self.actor)
        sections = Section.objects.visible_to(self.actor).prefetch_related(
            Prefetch("document", documents.prefetch_related("documentdelegation_set"))
        )
        return self.visible_or_404(sections, pk=self.kwargs["section_id"])

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(section=self.object, **self.query))

    def create(self) -> Amendment:
        amendment = services.amendment_draft(actor=self.actor, section=self.object, **self.input)
        return self.fresh(amendment)


class AmendmentConflictsViewSet(ResourceViewSet):
    """Which open amendments to a section clash with each other."""

    model = Section
    representation = AmendmentConflicts
    acts: ClassVar[dict[str, Act]] = {
        "conflicts": Act(ability="view", token_scope="documents:read"),
    }

    def get_object(self) -> Section:
        sections = Section.objects.visible_to(self.actor)
        return self.visible_or_404(sections, pk=self.kwargs["section_id"])

    def conflicts(self) -> dict[str, Any]:
        rows = Amendment.objects.visible_to(self.actor).filter(section=self.object)
        return conflicts_of(self.object, rows.filter(state__in=OPEN))


class AmendmentViewSet(_Amendments):
    """One amendment, from its draft to what became of it."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "partial_update": _act("revise", input=AmendmentRevise, max_bytes=MAX_REQUEST),
        "destroy": _act("delete", status=204),
        "submit": _act("submit"),
        "cosponsor": Act(
            ability="cosponsor",
            token_scope="documents:write",
            input=AmendmentSupport,
            own_act=True,
        ),
        "uncosponsor": Act(
            ability="uncosponsor",
            token_scope="documents:write",
            input=AmendmentSupport,
            own_act=True,
        ),
        "consider": _act("consider"),
        "accept": _act(
            "accept", input=AmendmentAccept, max_bytes=MAX_REQUEST, conflict=EditConflictDetail
        ),
        "accept_as_modified": _merging("accept_as_modified", AmendmentAcceptAsModified),
        "reject": _act("reject", input=AmendmentReject),
        "withdraw": _act("withdraw", input=AmendmentWithdraw),
        "rebase": _act(
            "rebase", input=AmendmentRebase, max_bytes=MAX_REQUEST, conflict=EditConflictDetail
        ),
    }

    def partial_update(self) -> Amendment:
        return self._done(services.amendment_revise)

    def destroy(self) -> None:
        services.amendment_delete(actor=self.actor, amendment=self.object, if_match=self.revision)

    def submit(self) -> Amendment:
        return self._done(services.amendment_submit)

    def cosponsor(self) -> Amendment:
        supported = services.amendment_cosponsor(
            actor=self.actor, amendment=self.object, **self.input
        )
        return self.fresh(supported)

    def uncosponsor(self) -> Amendment:
        supported = services.amendment_uncosponsor(
            actor=self.actor, amendment=self.object, **self.input
        )
        return self.fresh(supported)

    def consider(self) -> Amendment:
        return self._done(services.amendment_consider)

    def accept(self) -> Amendment:
        return self._done(services.amendment_accept)

    def accept_as_modified(self) -> Amendment:
        return self._done(services.amendment_accept_as_modified)

    def reject(self) -> Amendment:
        return self._done(services.amendment_reject)

    def withdraw(self) -> Amendment:
        return self._done(services.amendment_withdraw)

    def rebase(self) -> Amendment:
        return self._done(services.amendment_rebase)

    def _done(self, service: Any) -> Amendment:
        amendment = service(
            actor=self.actor,
            amendment=self.object,
            if_match=self.revision,
            **(self.input or {}),
        )
        return self.fresh(amendment)


class AmendmentProposalViewSet(ResourceViewSet):
    """What an amendment proposed in the course of time, the latest first."""

    model = AmendmentProposal
    representation = AmendmentProposalDetail
    page = PageSpec(
        order=(("at_home", False), ("number", True), ("id", True)), default_limit=10, max_limit=20
    )
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", many=True),
    }

    def get_object(self) -> Amendment:
        return self.visible_or_404(
            Amendment.objects.visible_to(self.actor), pk=self.kwargs["amendment_id"]
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(amendment=self.object))
