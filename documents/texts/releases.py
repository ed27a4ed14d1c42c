"""Releasing many sections of a document at once."""

from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers

from platform_api.core.http.pages import Page
from platform_api.core.http.serializers import StrictSerializer
from platform_api.core.http.views import Act

from . import services
from .models import Document
from .serializers import SectionSummary
from .views import PlacedSections

MAX_SECTIONS = 200
"""In one request."""


class SectionRead(StrictSerializer):
    """A section as it was read."""

    id = serializers.UUIDField()
    revision = serializers.RegexField(
        r"^h?[1-9][0-9]{0,9}$", help_text="The revision in its ETag, `h7`."
    )


class SectionsRelease(StrictSerializer):
    """Which sections to release: all of them or none."""

    sections = serializers.ListField(
        child=SectionRead(), min_length=1, max_length=MAX_SECTIONS, help_text="Each named once."
    )

    def validate_sections(self, value: list[dict[str, Any]]) -> dict[UUID, str]:
        """The revision of each."""
        named = {each["id"]: each["revision"] for each in value}
        if len(named) < len(value):
            raise serializers.ValidationError("A section is named twice.", code="duplicate")
        return named


class DocumentReleaseViewSet(PlacedSections):
    """The release of sections of one document."""

    page = None
    acts: ClassVar[dict[str, Act]] = {
        # The service asks of each section that is named.
        "release": Act(
            ability=None,
            token_scope="documents:write",
            input=SectionsRelease,
            output=SectionSummary,
            many=True,
        ),
    }

    def get_object(self) -> Document:
        documents = Document.objects.visible_to(self.actor).select_related("forum")
        return self.visible_or_404(documents, pk=self.kwargs["document_id"])

    def release(self) -> Page:
        released = services.sections_release(
            actor=self.actor, document=self.object, sections=self.input["sections"]
        )
        order = self.place_in(self.object.pk)
        keys = [section.pk for section in released]
        rows = {row.pk: row for row in self.get_queryset().filter(pk__in=keys)}
        return Page([rows[key] for key in order if key in rows])
