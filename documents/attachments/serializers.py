"""Shapes of attachments."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.texts.serializers import PurgedContent
from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer

from .examining import FileKind


class AttachmentSummary(serializers.Serializer[Any]):
    """A file that belongs to a section or a document."""

    id = serializers.UUIDField()
    section = serializers.UUIDField(source="section_id", allow_null=True)
    document = serializers.UUIDField(source="document_id", allow_null=True)
    name = serializers.CharField()
    media_type = serializers.ChoiceField(
        choices=[(kind.value, kind.value) for kind in FileKind], help_text="As its bytes say."
    )
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField(help_text="Of the bytes, in hex.")
    delegation = SeatReference(help_text="The seat that attached it.")
    attached_at = serializers.SerializerMethodField(
        help_text="When readers had it first: at the section's release where it came from home."
    )

    def get_attached_at(self, attachment: Any) -> datetime:
        section = attachment.section if attachment.section_id else None
        at: datetime = attachment.created_at
        return max(at, section.released_at) if section and section.released_at else at


class AttachmentDetail(AttachmentSummary):
    """A file that belongs to a section or a document, or the tombstone of one."""

    deleted_at = serializers.DateTimeField(
        allow_null=True, help_text="From then on there is no content."
    )
    purged = serializers.SerializerMethodField(
        help_text="Who removed it with its name, and when, which leaves its hash; null for others."
    )

    @extend_schema_field(PurgedContent(allow_null=True))
    def get_purged(self, attachment: Any) -> Any:
        return PurgedContent(attachment).data if attachment.purged_at else None


class AttachmentCreate(StrictSerializer):
    """A file to be attached, as `multipart/form-data`."""

    file = serializers.FileField(help_text="With its name, and its type or none.")
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")
