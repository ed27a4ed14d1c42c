"""Citations of a section, as far as their reader sees what is cited."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from documents.texts.models import Document, Section
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.core.registry import Reference, registry

from . import services
from .models import Citation
from .serializers import CitationCreate, CitationDetail


class _Citations(ResourceViewSet):
    """What views of citations share: what is cited is resolved for a whole page at once."""

    model = Citation
    representation = CitationDetail
    detail_route = "citation"
    page = PageSpec(order=(("created_at", False), ("id", False)))
    cited: Mapping[UUID, Reference]

    def get_queryset(self) -> QuerySet[Citation]:
        documents: QuerySet[Any] = Document.objects.visible_to(self.actor).prefetch_related(
            "documentdelegation_set"
        )
        sections = Section.objects.visible_to(self.actor).prefetch_related(
            Prefetch("document", documents)
        )
        return (
            Citation.objects.visible_to(self.actor)
            .select_related("delegation__country", "delegation__organisation")
            .prefetch_related(Prefetch("section", sections))
        )

    def resolve(self, citations: Iterable[Citation]) -> None:
        """Note what the reader sees of what is cited, for the serializer."""
        ids = {citation.instrument for citation in citations}
        self.cited = registry.references("instrument", self.actor, ids)


class SectionCitationsViewSet(_Citations):
    """The citations of one section, in the order in which they came."""

    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", many=True),
        "create": Act(
            ability="revise", token_scope="documents:write", input=CitationCreate, status=201
        ),
    }

    def get_object(self) -> Section:
        sections = Section.objects.visible_to(self.actor)
        return self.visible_or_404(sections, pk=self.kwargs["section_id"])

    def list(self) -> Page:
        page = self.paginate(self.get_queryset().filter(section=self.object))
        self.resolve(page.items)
        return page

    def create(self) -> Citation:
        made = services.citation_add(actor=self.actor, section=self.object, **self.input)
        citation = self.get_queryset().get(pk=made.pk)
        self.resolve([citation])
        return citation


class CitationViewSet(_Citations):
    """One citation."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "destroy": Act(
            ability="delete", token_scope="documents:write", precondition=True, status=204
        ),
    }

    def retrieve(self) -> Citation:
        citation: Citation = self.object
        self.resolve([citation])
        return citation

    def destroy(self) -> None:
        services.citation_delete(actor=self.actor, citation=self.object, if_match=self.revision)
