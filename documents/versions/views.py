"""Versions of a document, and what is presented at a meeting."""

from typing import ClassVar

from django.db.models import Exists, OuterRef, QuerySet

from documents.texts.models import Document
from forums.meetings.models import AgendaItem, Meeting
from forums.membership.selectors import secretariat_now
from forums.readings.services import reading_record
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import DocumentVersion, MeetingMaterial
from .selectors import verification
from .serializers import (
    DocumentVersionCheck,
    DocumentVersionCreate,
    DocumentVersionDetail,
    DocumentVersionPresent,
    DocumentVersionSummary,
    MeetingMaterialDetail,
    MeetingMaterialSummary,
)


class _Versions(ResourceViewSet):
    """What views of versions share."""

    model = DocumentVersion
    representation = DocumentVersionDetail
    detail_route = "document-version"

    def get_queryset(self) -> QuerySet[DocumentVersion]:
        documents = Document.objects.visible_to(self.actor).filter(pk=OuterRef("document"))
        versions = DocumentVersion.objects.visible_to(self.actor).annotate(
            document_seen=Exists(documents)
        )
        if self.parameters.reasons:
            return versions.annotate(secretariat=secretariat_now())
        return versions


class DocumentVersionsViewSet(_Versions):
    """The versions of one document, newest first."""

    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope="documents:read", output=DocumentVersionSummary, many=True
        ),
        "create": Act(
            ability="make_version",
            token_scope="documents:write",
            input=DocumentVersionCreate,
            status=201,
        ),
    }

    def get_object(self) -> Document:
        return self.visible_or_404(
            Document.objects.visible_to(self.actor), pk=self.kwargs["document_id"]
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(document=self.object))

    def create(self) -> DocumentVersion:
        version = services.version_make(actor=self.actor, document=self.object, **self.input)
        return self.get_queryset().get(pk=version.pk)


class DocumentVersionViewSet(_Versions):
    """One version: its text, its hashes, its presentation."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "verify": Act(ability="view", token_scope="documents:read", output=DocumentVersionCheck),
        # A version never changes, so there is no revision for If-Match to name.
        "present": Act(
            ability="present",
            token_scope="documents:write",
            input=DocumentVersionPresent,
            output=MeetingMaterialDetail,
        ),
    }

    def retrieve(self) -> DocumentVersion:
        version: DocumentVersion = self.object
        document = Document.objects.visible_to(self.actor).filter(pk=version.document_id).first()
        if document is None or document.marks.limits:
            reading_record(
                actor=self.actor,
                obj=version,
                version=version.sha256,
                owner_id=version.owner_delegation_id,
            )
        return version

    def verify(self) -> DocumentVersion:
        version: DocumentVersion = self.object
        vars(version)["check"] = verification(self.actor, version)
        return version

    def present(self) -> MeetingMaterial:
        given = self.input
        material = services.version_present(
            actor=self.actor,
            version=self.object,
            agenda_item=referred(self.actor, "/agenda_item", AgendaItem, pk=given["agenda_item"]),
            until=given["until"],
        )
        return MeetingMaterial.objects.visible_to(self.actor).get(pk=material.pk)


class MeetingMaterialViewSet(ResourceViewSet):
    """What is presented at a meeting, as far as the caller reads it, in the agenda's order."""

    model = MeetingMaterial
    representation = MeetingMaterialDetail
    page = PageSpec(order=(("agenda_item__position", False), ("created_at", False), ("id", False)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope="documents:read", output=MeetingMaterialSummary, many=True
        ),
    }

    def get_object(self) -> Meeting:
        return self.visible_or_404(
            Meeting.objects.visible_to(self.actor), pk=self.kwargs["meeting_id"]
        )

    def list(self) -> Page:
        rows = self.get_queryset().filter(agenda_item__meeting=self.object)
        return self.paginate(rows.select_related("agenda_item", "version"))
