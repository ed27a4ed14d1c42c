"""Merging into sections, and the working copies of what clashed."""

from typing import ClassVar

from django.db.models import QuerySet

from documents.texts.models import Section
from documents.texts.serializers import MAX_REQUEST
from documents.texts.views import PlacedSections
from platform_api.core.errors import Refusal
from platform_api.core.http.pages import Page
from platform_api.core.http.views import Act, ResourceViewSet

from .keeping import working_copy_discard
from .models import WorkingCopy
from .serializers import (
    EditConflictDetail,
    MergedSection,
    SectionMerge,
    WorkingCopyDetail,
    WorkingCopySummary,
)
from .services import section_merge


class SectionMergeViewSet(PlacedSections):
    """The merge of a change into a section that has moved on."""

    representation = MergedSection
    acts: ClassVar[dict[str, Act]] = {
        "merge": Act(
            ability="revise",
            token_scope="documents:write",
            input=SectionMerge,
            conflict=EditConflictDetail,
            max_bytes=2 * MAX_REQUEST,
        ),
    }

    def merge(self) -> Section | Refusal:
        merged = section_merge(
            actor=self.actor, section=self.object, if_match=self.if_match, **self.input
        )
        if isinstance(merged, Refusal):
            return merged
        section = self.placed(merged.section)
        vars(section)["auto_merged"] = merged.taken
        return section


class _WorkingCopies(ResourceViewSet):
    """What views of working copies share."""

    model = WorkingCopy
    representation = WorkingCopyDetail

    def get_queryset(self) -> QuerySet[WorkingCopy]:
        return WorkingCopy.objects.visible_to(self.actor).select_related(
            "delegation__country", "delegation__organisation"
        )


class SectionWorkingCopyViewSet(_WorkingCopies):
    """The working copies of the caller's delegations for one section, newest first."""

    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope="documents:read", output=WorkingCopySummary, many=True
        ),
    }

    def get_object(self) -> Section:
        return self.visible_or_404(
            Section.objects.visible_to(self.actor), pk=self.kwargs["section_id"]
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(section=self.object))


class WorkingCopyViewSet(_WorkingCopies):
    """The working copies of the caller's delegations, whatever became of the sections."""

    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope="documents:read", output=WorkingCopySummary, many=True
        ),
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "destroy": Act(
            ability="delete", token_scope="documents:write", precondition=True, status=204
        ),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def destroy(self) -> None:
        working_copy_discard(actor=self.actor, copy=self.object, if_match=self.revision)
