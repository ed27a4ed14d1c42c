"""Attachments of sections and of documents, and their contents."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.files.base import File
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.serializers import BaseSerializer

from documents.texts.models import Document, Section
from documents.texts.reading import opened
from forums.membership.selectors import secretariat_now
from forums.readings.services import reading_record
from platform_api.core.errors import FieldError, Invalid, NotVisible
from platform_api.core.http.acts import MULTIPART
from platform_api.core.http.etags import none_match_holds
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .examining import FileKind, Refused, examine
from .models import Attachment
from .serializers import AttachmentCreate, AttachmentDetail, AttachmentSummary
from .storing import attachment_storage

_OCTETS = "application/octet-stream"
_CONTENT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_CHUNK = 64 * 1024


class _Attachments(ResourceViewSet):
    """What views of attachments share."""

    model = Attachment
    representation: ClassVar[type[BaseSerializer[Any]] | None] = AttachmentDetail
    detail_route = "attachment"
    page = PageSpec(order=(("created_at", False), ("id", False)))

    def get_queryset(self) -> QuerySet[Attachment]:
        documents: QuerySet[Any] = Document.objects.visible_to(self.actor)
        if self.parameters.reasons:
            documents = documents.annotate(secretariat=secretariat_now())
        sections = Section.objects.visible_to(self.actor).prefetch_related(
            Prefetch("document", documents)
        )
        return (
            Attachment.objects.visible_to(self.actor)
            .select_related(
                "delegation__country",
                "delegation__organisation",
                "purged_by__country",
                "purged_by__organisation",
            )
            .prefetch_related(Prefetch("section", sections), Prefetch("document", documents))
        )

    def attached(self, **belonging: Any) -> Page:
        """The page of the files of one section or document."""
        return self.paginate(self.get_queryset().filter(deleted_at=None, **belonging))

    def attach(self, to: Document | Section) -> Attachment:
        """Examine the file that was sent, and attach it. Raises Invalid for one not taken."""
        file: File[bytes] = self.input["file"]
        delegation: UUID | None = self.input.get("delegation")
        declared = str(getattr(file, "content_type", "") or "")
        try:
            examined = examine(file, str(file.name), declared)  # type: ignore[arg-type]
        except Refused as refused:
            raise Invalid([FieldError("/file", refused.code, refused.detail)]) from None
        attachment = services.attachment_add(
            actor=self.actor, to=to, file=file, examined=examined, delegation=delegation
        )
        return self.get_queryset().get(pk=attachment.pk)


_LIST = Act(ability="view", token_scope="documents:read", output=AttachmentSummary, many=True)


def _create(ability: str) -> Act:
    return Act(
        ability=ability,
        token_scope="documents:write",
        input=AttachmentCreate,
        consumes=(MULTIPART,),
        status=201,
    )


class SectionAttachmentsViewSet(_Attachments):
    """The files of one section, in the order in which they came."""

    acts: ClassVar[dict[str, Act]] = {"list": _LIST, "create": _create("revise")}

    def get_object(self) -> Section:
        sections = Section.objects.visible_to(self.actor)
        return self.visible_or_404(sections, pk=self.kwargs["section_id"])

    def list(self) -> Page:
        return self.attached(section=self.object)

    def create(self) -> Attachment:
        return self.attach(self.object)


class DocumentAttachmentsViewSet(_Attachments):
    """The files of one document itself, in the order in which they came."""

    acts: ClassVar[dict[str, Act]] = {"list": _LIST, "create": _create("add_section")}

    def get_object(self) -> Document:
        documents = Document.objects.visible_to(self.actor)
        return self.visible_or_404(documents, pk=self.kwargs["document_id"])

    def list(self) -> Page:
        return self.attached(document=self.object)

    def create(self) -> Attachment:
        return self.attach(self.object)


class AttachmentViewSet(_Attachments):
    """One attachment: what is told of it, and its deletion."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "destroy": Act(
            ability="delete", token_scope="documents:write", precondition=True, status=204
        ),
    }

    def destroy(self) -> None:
        services.attachment_delete(actor=self.actor, attachment=self.object, if_match=self.revision)


class AttachmentContentViewSet(_Attachments):
    """The bytes of one attachment."""

    representation = None
    acts: ClassVar[dict[str, Act]] = {
        "content": Act(
            ability="view",
            token_scope="documents:read",
            produces=(_OCTETS, *(kind.value for kind in FileKind)),
        ),
    }

    def content(self) -> HttpResponseBase:
        """Send the file to be saved: never to be shown, run or kept by what is between."""
        attachment: Attachment = self.object
        if attachment.stored_as is None:
            raise NotVisible
        etag = f'"{attachment.sha256}"'
        none_match = self.request.headers.get("If-None-Match")
        if none_match and not none_match_holds(none_match, etag):
            return HttpResponse(status=304, headers={"ETag": etag})
        self._record_opening(attachment)
        file = attachment_storage().open(attachment.stored_as)
        charset = "; charset=utf-8" if attachment.media_type.startswith("text/") else ""
        disposition = content_disposition_header(as_attachment=True, filename=attachment.name)
        return StreamingHttpResponse(
            file.chunks(_CHUNK),
            headers={
                "Content-Type": attachment.media_type + charset,
                "Content-Length": str(attachment.size),
                "Content-Disposition": disposition or "attachment",
                "Content-Security-Policy": _CONTENT_POLICY,
                "X-Content-Type-Options": "nosniff",
                "ETag": etag,
            },
        )

    def _record_opening(self, attachment: Attachment) -> None:
        if attachment.section is not None:
            opened(self.actor, attachment.section, attachment.sha256, attachment)
        elif attachment.document is not None and attachment.document.marks.limits:
            reading_record(
                actor=self.actor,
                obj=attachment,
                version=attachment.sha256,
                owner_id=attachment.document.owner_delegation_id,
            )
