"""Shapes of versions and of what is presented at meetings."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.texts.models import DocumentKind, SectionState
from platform_api.core.http.languages import Line
from platform_api.core.http.serializers import StrictSerializer

from .models import DocumentVersion, DocumentVersionKind, MaterialRole, MeetingMaterial


class PartyReference(serializers.Serializer[Any]):
    """The country or organisation of a seat; one of the two is null."""

    country = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-2 code.")
    organisation = serializers.CharField(allow_null=True, help_text="The organisation's key.")


class PurgedText(serializers.Serializer[Any]):
    """That words of a version were removed: for which party, and when."""

    by = PartyReference()
    at = serializers.DateTimeField()


def _purged_text(held: Any) -> Any:
    """What is told of a purge of a section or of the head of a manifest; None for none."""
    return PurgedText(held["purged"]).data if "purged" in held else None


class DocumentVersionSummary(serializers.Serializer[Any]):
    """A version without its text."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=DocumentVersionKind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a member
    titles = serializers.DictField(
        source="manifest.titles",
        child=serializers.CharField(),
        help_text="The document's titles by BCP 47 tag, as they were.",
    )
    made_by = PartyReference(source="manifest.made_by")
    created_at = serializers.DateTimeField()
    sha256 = serializers.CharField(
        help_text="Of the manifest in canonical JSON: over its head and its sections' hashes."
    )


class PurgedSection(PurgedText):
    """A section of a version whose text was removed; its hash is still in the version's."""

    position = serializers.IntegerField(help_text="Its place among the sections, from 0.")
    number = serializers.CharField()


class DocumentVersionSection(serializers.Serializer[Any]):
    """A section as it stands in a version."""

    section = serializers.SerializerMethodField(
        help_text="Its id; null for who reads the version alone."
    )
    revision = serializers.SerializerMethodField(
        help_text="The revision it is pinned to; null for who reads the version alone."
    )
    number = serializers.CharField()
    depth = serializers.IntegerField(help_text="0 for a chapter.")
    title = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47 tag.")
    state = serializers.ChoiceField(choices=SectionState.choices)
    owner = PartyReference(allow_null=True, help_text="Null for a common section.")
    body = serializers.CharField(help_text="CommonMark with tables and footnotes.")
    chain_hash = serializers.CharField(help_text="Of the revision that the section is pinned to.")
    sha256 = serializers.CharField(help_text="Of the section in canonical JSON.")
    purged = serializers.SerializerMethodField(
        help_text="Who removed its title and text, and when; null where they stand."
    )

    @extend_schema_field(PurgedText(allow_null=True))
    def get_purged(self, section: Any) -> Any:
        return _purged_text(section)

    def get_section(self, section: Any) -> UUID | None:
        return UUID(section["section"]) if self.context["ids_shown"] else None

    def get_revision(self, section: Any) -> UUID | None:
        return UUID(section["revision"]) if self.context["ids_shown"] else None


class DocumentVersionDetail(DocumentVersionSummary):
    """A version with its whole text, in reading order."""

    document = serializers.SerializerMethodField(
        help_text="The document's id; null for who reads the version alone."
    )
    document_kind = serializers.ChoiceField(
        source="manifest.document_kind", choices=DocumentKind.choices
    )
    working_language = serializers.CharField(source="manifest.working_language")
    sections = serializers.SerializerMethodField()
    head_purged = serializers.SerializerMethodField(
        help_text="Who removed its titles or its label, and when; null where they stand."
    )

    @extend_schema_field(PurgedText(allow_null=True))
    def get_head_purged(self, version: Any) -> Any:
        return _purged_text(version.manifest)

    def get_document(self, version: DocumentVersion) -> UUID | None:
        return version.document_id if self._ids_shown(version) else None

    @extend_schema_field(DocumentVersionSection(many=True))
    def get_sections(self, version: DocumentVersion) -> Any:
        context = {**self.context, "ids_shown": self._ids_shown(version)}
        rows = version.manifest["sections"]
        return DocumentVersionSection(rows, many=True, context=context).data

    def _ids_shown(self, version: DocumentVersion) -> bool:
        return bool(vars(version)["document_seen"])


class DocumentVersionCreate(StrictSerializer):
    """A version of what is released now."""

    label = Line(max_length=120)  # type: ignore[assignment]  # a member
    kind = serializers.ChoiceField(choices=DocumentVersionKind.choices, default="working")


class DocumentVersionPresent(StrictSerializer):
    """Where a version is presented, and until when its seats read it."""

    agenda_item = serializers.UUIDField(help_text="A point of the agenda of a meeting you see.")
    until = serializers.DateTimeField(
        help_text="The first instant at which the participating seats read it no longer."
    )


class VersionDifference(serializers.Serializer[Any]):
    """A section that is not what its hashes say."""

    position = serializers.IntegerField(help_text="Its place among the sections, from 0.")
    number = serializers.CharField()
    title = serializers.CharField()


class DocumentVersionCheck(serializers.Serializer[Any]):
    """What recomputing the hashes of a version shows."""

    intact = serializers.BooleanField(source="check.intact")
    sha256 = serializers.CharField(help_text="As it was kept when the version was made.")
    computed_sha256 = serializers.CharField(
        source="check.computed_sha256", help_text="As its manifest gives it now."
    )
    revisions_compared = serializers.BooleanField(
        source="check.revisions_compared",
        help_text="Whether the pinned revisions were looked at too: for who reads the document.",
    )
    first_difference = VersionDifference(source="check.first_difference", allow_null=True)
    purged = PurgedSection(source="check.purged", many=True)
    head_purged = PurgedText(
        source="check.head_purged",
        allow_null=True,
        help_text="Who removed the titles or the label; the ledger has its hash since.",
    )


class PresentedVersion(DocumentVersionSummary):
    """A version that is presented."""


class MeetingMaterialSummary(serializers.Serializer[Any]):
    """A version that is presented at a meeting."""

    id = serializers.UUIDField()
    agenda_item = serializers.UUIDField(source="agenda_item_id")
    role = serializers.ChoiceField(choices=MaterialRole.choices)
    version = PresentedVersion()
    until = serializers.DateTimeField(
        help_text="The first instant at which the participating seats read it no longer."
    )
    created_at = serializers.DateTimeField()


class MeetingMaterialDetail(MeetingMaterialSummary):
    """A version that is presented at a meeting."""

    class Meta:
        model = MeetingMaterial
