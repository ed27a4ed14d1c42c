"""Shapes of the tree acts."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.languages import Line
from platform_api.core.http.serializers import StrictSerializer

from .models import SectionLineageKind, SplitPart


class _Act(StrictSerializer):
    """What every act takes."""

    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")
    note = serializers.CharField(
        max_length=500, allow_blank=True, default="", help_text="Why; kept with the revision."
    )


class SectionMove(_Act):
    """Where a section is to stand."""

    parent = serializers.UUIDField(  # type: ignore[assignment]  # a member, not DRF's attribute
        required=False,
        allow_null=True,
        help_text="The section above; null for a chapter. Absent: the same as now.",
    )
    after = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The sibling before it; null for the first place. Absent: the last.",
    )


class SectionSplit(_Act):
    """Where a section is to be cut."""

    at = serializers.IntegerField(
        min_value=1,
        help_text="The character (Unicode code point) of the body at which the second part begins; "
        "a block begins there.",
    )
    title = Line(max_length=500, help_text="Of the second part.")
    children = serializers.ChoiceField(
        choices=SplitPart.choices,
        default=SplitPart.FIRST,
        help_text="Which part keeps the sections below.",
    )


class SectionJoin(_Act):
    """What is to be appended; ``with`` names the section that follows."""

    revision = serializers.RegexField(
        r"^h?[1-9][0-9]{0,9}$",
        help_text="Of the section that follows: the revision in its ETag, `7` or `h7`.",
    )

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        following = serializers.UUIDField(help_text="The next sibling, which is deleted.")
        return {"with": following, **fields}


class SectionDelete(StrictSerializer):
    """What to delete."""

    include_descendants = serializers.BooleanField(
        default=False, help_text="Delete the sections below it as well."
    )
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")


class SectionRestore(_Act):
    """What to restore."""

    include_descendants = serializers.BooleanField(
        default=False, help_text="Restore what was deleted together with it as well."
    )


class SectionLineageDetail(serializers.Serializer[Any]):
    """A text that went from one section into another."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SectionLineageKind.choices)
    source = serializers.UUIDField(source="source_id", help_text="The section it came from.")  # type: ignore[assignment]  # a member
    source_revision = serializers.UUIDField(
        source="source_revision_id", help_text="The last revision that held it there."
    )
    section = serializers.UUIDField(source="section_id", help_text="The section it went into.")
    revision = serializers.UUIDField(
        source="revision_id", help_text="The first revision that holds it there."
    )
    source_start = serializers.IntegerField(
        help_text="The character of the one revision at which it begins."
    )
    start = serializers.IntegerField(
        help_text="The character of the other revision at which it begins."
    )
    length = serializers.IntegerField(help_text="How many characters it has.")
    created_at = serializers.DateTimeField()
