"""Shapes of shares, adaptations and lineage."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer
from policies.shapes import CountryCode


class ShareLevel(models.TextChoices):
    VIEW = "view"


class LineageKind(models.TextChoices):
    PRACTICE = "practice"
    EXTERNAL = "external"


class ShareHolder(StrictSerializer):
    """One holder: a country or organisation with all its seats, or one delegation."""

    country = CountryCode(required=False)
    organisation = serializers.SlugField(required=False, help_text="The organisation's key.")
    delegation = serializers.UUIDField(required=False, help_text="One seat.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of them."""
        if len({"country", "organisation", "delegation"} & set(attrs)) != 1:
            raise serializers.ValidationError(
                "Name a country, an organisation or a delegation.", code="one_holder"
            )
        return attrs


class PracticeShareCreate(ShareHolder):
    """With whom to share what is published, and until when."""

    level = serializers.ChoiceField(choices=ShareLevel.choices, default=ShareLevel.VIEW)
    until = serializers.DateTimeField(
        required=False, allow_null=True, help_text="The share ends by itself then."
    )
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class PracticeShareEnd(ShareHolder):
    """Whose share to end."""

    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class PracticeShare(serializers.Serializer[Any]):
    """A share of a practice; one of country, organisation and delegation says with whom."""

    country = serializers.CharField(allow_null=True)
    organisation = serializers.CharField(allow_null=True)
    delegation = serializers.UUIDField(allow_null=True)
    level = serializers.ChoiceField(choices=ShareLevel.choices)
    until = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    since = serializers.DateTimeField()

    class Meta:
        model = None


class ExternalSourceInput(StrictSerializer):
    """A source outside the platform."""

    organisation = serializers.CharField(max_length=300)
    title = serializers.CharField(max_length=500)
    citation = serializers.CharField(max_length=1000, allow_blank=True, default="")
    url = serializers.URLField(max_length=500, allow_blank=True, default="")


class ExternalSourceDetail(serializers.Serializer[Any]):
    """A source outside the platform; verified says whether anybody has confirmed it."""

    organisation = serializers.CharField(source="external_organisation")
    title = serializers.CharField(source="external_title")
    citation = serializers.CharField(source="external_citation")
    url = serializers.CharField(source="external_url")
    verified = serializers.BooleanField(source="external_verified")


class AdaptationCreate(StrictSerializer):
    """What a practice was made after: a published version here, or a source elsewhere."""

    source_version = serializers.UUIDField(required=False, help_text="A version's id.")
    external_source = ExternalSourceInput(required=False)
    by_way_of = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The adaptation whose external source this one reached the practice through.",
    )
    kept = serializers.CharField(max_length=5000, allow_blank=True, default="")
    changed = serializers.CharField(max_length=5000, allow_blank=True, default="")
    dropped = serializers.CharField(max_length=5000, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one source."""
        if ("source_version" in attrs) == ("external_source" in attrs):
            raise serializers.ValidationError(
                "Name a version or an external source.", code="one_source"
            )
        return attrs


class AdaptationSummary(serializers.Serializer[Any]):
    """What a practice was made after, and what became of it."""

    id = serializers.UUIDField()
    practice = serializers.UUIDField(source="practice_id")
    source_version = serializers.UUIDField(source="source_version_id", allow_null=True)
    source_practice = serializers.UUIDField(
        source="source_version.practice_id", allow_null=True, default=None
    )
    external_source = serializers.SerializerMethodField()
    by_way_of = serializers.UUIDField(source="by_way_of_id", allow_null=True)
    kept = serializers.CharField()
    changed = serializers.CharField()
    dropped = serializers.CharField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(ExternalSourceDetail(allow_null=True))
    def get_external_source(self, adaptation: Any) -> Any:
        if adaptation.source_version_id is not None:
            return None
        return ExternalSourceDetail(adaptation).data


class AdaptationDetail(AdaptationSummary):
    """What a practice was made after, as it was recorded."""


class LineageNode(serializers.Serializer[Any]):
    """A practice, or a source outside the platform."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=LineageKind.choices)
    title = serializers.CharField()
    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text="Of a practice."
    )
    organisation = serializers.CharField(
        allow_null=True, help_text="The owner's key; the name of that of an external source."
    )
    citation = serializers.CharField()
    url = serializers.CharField()
    verified = serializers.BooleanField(allow_null=True, help_text="Null for a practice.")


class LineageEdge(serializers.Serializer[Any]):
    """A step from a source to what was made after it."""

    source = serializers.UUIDField()  # type: ignore[assignment]  # a member, not DRF's attribute
    source_version = serializers.IntegerField(allow_null=True)
    target = serializers.UUIDField()
    kept = serializers.CharField()
    changed = serializers.CharField()
    dropped = serializers.CharField()


class PracticeLineage(serializers.Serializer[Any]):
    """What a practice was made after and what was made after it, as far as you see it."""

    practice = serializers.UUIDField()
    nodes = LineageNode(many=True)
    edges = LineageEdge(many=True)

    class Meta:
        model = None
