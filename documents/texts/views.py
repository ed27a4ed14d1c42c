"""Documents, their section trees, sections and revisions."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from forums.membership.models import Delegation, Forum
from forums.membership.selectors import secretariat_now
from forums.organisations.models import Organisation
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.feed import PermissionFeed
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred, referred_all
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.identity.actors import actor_of_request

from . import services
from .models import Document, Revision, Section
from .numbering import Placed
from .reading import opened
from .selectors import section_tree, with_authorship
from .serializers import (
    MAX_REQUEST,
    DocumentCreate,
    DocumentDetail,
    DocumentFilter,
    DocumentRevise,
    DocumentSummary,
    RevisionDetail,
    RevisionSummary,
    SectionCreate,
    SectionDetail,
    SectionFilter,
    SectionRelease,
    SectionRevise,
    SectionSummary,
)

_SEAT = ("owner_delegation__country", "owner_delegation__organisation")
_SEATS_OF_REVISION = (
    "delegation__country",
    "delegation__organisation",
    "purged_by__country",
    "purged_by__organisation",
)


def _seen_among(rows: QuerySet[Document], field: str) -> Subquery:
    """The document that a field names, where it is among those seen."""
    return Subquery(rows.filter(pk=OuterRef(field)).values("pk")[:1])


class DocumentViewSet(ResourceViewSet):
    """Documents that a forum's delegations write together."""

    model = Document
    representation = DocumentDetail
    detail_route = "document"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope="documents:read",
            query=DocumentFilter,
            output=DocumentSummary,
            many=True,
        ),
        "create": Act(
            ability=None, token_scope="documents:write", input=DocumentCreate, status=201
        ),
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "partial_update": Act(
            ability="revise",
            token_scope="documents:write",
            input=DocumentRevise,
            precondition=True,
        ),
    }

    def get_queryset(self) -> QuerySet[Document]:
        seen = Document.objects.visible_to(self.actor)
        summed_up = seen.select_related("forum", *_SEAT)
        if self.action == "list" and not self.parameters.reasons:
            return summed_up
        documents = (
            summed_up.annotate(superseded_by_seen=_seen_among(seen, "superseded_by"))
            .select_related("penholder")
            .prefetch_related(
                "documentdelegation_set__delegation__country",
                "documentdelegation_set__delegation__organisation",
            )
        )
        if self.parameters.reasons:
            return documents.annotate(secretariat=secretariat_now())
        return documents

    def list(self) -> Page:
        return self.paginate_feed(
            PermissionFeed(Document, self.actor, queryset=self.get_queryset(), filters=self.query)
        )

    def create(self) -> Document:
        given = self.input
        forum = referred(self.actor, "/forum", Forum, slug=given["forum"])
        group = referred_all(self.actor, "/drafting_group", Delegation, given["drafting_group"])
        penholder = None
        if given.get("penholder"):
            penholder = Organisation.objects.filter(key=given["penholder"]).first()
            if penholder is None:
                raise Invalid(
                    [FieldError("/penholder", "unknown", "There is no such organisation.")]
                )
        document = services.document_create(
            actor=self.actor,
            forum=forum,
            delegation=referred(self.actor, "/delegation", Delegation, pk=given["delegation"]),
            kind=given["kind"],
            titles=given["titles"],
            working_language=given["working_language"],
            drafting_group=group,
            penholder=penholder,
            common=given["common"],
        )
        # The drafting group may be a scope that this actor was built before.
        self.actor = actor_of_request(self.request)
        return self.get_queryset().get(pk=document.pk)

    def partial_update(self) -> Document:
        services.document_revise(
            actor=self.actor,
            document=self.object,
            if_match=self.revision,
            titles=self.input.get("titles", {}),
        )
        return self.get_queryset().get(pk=self.object.pk)


class PlacedSections(ResourceViewSet):
    """What views of sections share: rows with their seats, and their places in the tree."""

    model = Section
    representation = SectionDetail
    places: dict[UUID, Placed[UUID]]

    def get_queryset(self) -> QuerySet[Section]:
        documents: QuerySet[Any] = Document.objects.visible_to(self.actor)
        documents = documents.prefetch_related("documentdelegation_set__delegation")
        if self.parameters.reasons:
            documents = documents.annotate(secretariat=secretariat_now())
        sections = (
            Section.objects.visible_to(self.actor)
            .select_related(*_SEAT)
            # Not joined: a section may be granted alone, to who does not see the document.
            .prefetch_related(Prefetch("document", documents))
        )
        return with_authorship(sections, self.actor) if self.parameters.reasons else sections

    def place_in(self, document: UUID) -> list[UUID]:
        """Note the places of a document's sections for the serializers; ids in reading order."""
        placed = section_tree(self.actor, document)
        self.places = {place.id: place for place in placed}
        return [place.id for place in placed]

    def placed(self, section: Section) -> Section:
        """The section as it is now, with the places of its document."""
        fresh = self.get_queryset().get(pk=section.pk)
        self.place_in(fresh.document_id)
        return fresh


class DocumentSectionViewSet(PlacedSections):
    """The section tree of one document, in reading order."""

    page = None
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope="documents:read",
            query=SectionFilter,
            output=SectionSummary,
            many=True,
        ),
        "create": Act(
            ability="add_section",
            token_scope="documents:write",
            input=SectionCreate,
            status=201,
            max_bytes=MAX_REQUEST,
        ),
    }
    detail_route = "section"

    def get_object(self) -> Document:
        documents = Document.objects.visible_to(self.actor).select_related("forum")
        return self.visible_or_404(documents, pk=self.kwargs["document_id"])

    def list(self) -> Page:
        order = self.place_in(self.object.pk)
        sections = self.get_queryset().filter(document=self.object)
        if not self.query["deleted"]:
            sections = sections.filter(deleted_at=None)
        rows = {row.pk: row for row in sections}
        return Page([rows[id_] for id_ in order if id_ in rows])

    def create(self) -> Section:
        given = dict(self.input)
        parent, after = given.pop("parent", None), given.pop("after", None)
        section = services.section_create(
            actor=self.actor,
            document=self.object,
            parent=referred(self.actor, "/parent", Section, pk=parent) if parent else None,
            after=referred(self.actor, "/after", Section, pk=after) if after else None,
            **given,
        )
        return self.placed(section)


class SectionViewSet(PlacedSections):
    """One section: its text, its revisions, its release."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "partial_update": Act(
            ability="revise",
            token_scope="documents:write",
            input=SectionRevise,
            precondition=True,
            max_bytes=MAX_REQUEST,
        ),
        "release": Act(
            ability="release",
            token_scope="documents:write",
            input=SectionRelease,
            precondition=True,
        ),
    }

    def retrieve(self) -> Section:
        self.place_in(self.object.document_id)
        section: Section = self.object
        opened(self.actor, section, section.etag_revision)
        return section

    def partial_update(self) -> Section:
        section = services.section_revise(
            actor=self.actor, section=self.object, if_match=self.revision, **self.input
        )
        return self.placed(section)

    def release(self) -> Section:
        section = services.section_release(
            actor=self.actor, section=self.object, if_match=self.revision, **self.input
        )
        return self.placed(section)


class SectionRevisionViewSet(ResourceViewSet):
    """The revisions of one section, newest first."""

    model = Revision
    representation = RevisionSummary
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", many=True),
    }

    def get_object(self) -> Section:
        return self.visible_or_404(
            Section.objects.visible_to(self.actor), pk=self.kwargs["section_id"]
        )

    def list(self) -> Page:
        rows = (
            Revision.objects.visible_to(self.actor)
            .filter(section=self.object)
            .select_related(*_SEATS_OF_REVISION)
        )
        return self.paginate(rows)


class RevisionViewSet(ResourceViewSet):
    """One revision with its text."""

    model = Revision
    representation = RevisionDetail
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
    }

    def get_queryset(self) -> QuerySet[Revision]:
        return Revision.objects.visible_to(self.actor).select_related(*_SEATS_OF_REVISION)

    def retrieve(self) -> Revision:
        revision: Revision = self.object
        number = f"{'h' if revision.at_home else ''}{revision.number}"
        section = Section.objects.visible_to(self.actor).filter(pk=revision.section_id).first()
        if section is not None:
            opened(self.actor, section, number)
        return revision
