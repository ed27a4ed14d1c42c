"""Shapes of purges."""

from typing import Any

from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer

from .models import Purge, PurgeState

SHORTEST = 8
"""Characters of the shortest passage: a syllable stands in every sentence of everybody."""


class PurgeRequest(StrictSerializer):
    """What is to be removed from a section and all that hangs on it, and why."""

    section = serializers.UUIDField()
    passage = serializers.CharField(
        min_length=SHORTEST,
        max_length=20_000,
        required=False,
        help_text="Found whatever the white space in it. Either this or `revision`.",
    )
    revision = serializers.UUIDField(
        required=False, help_text="An earlier revision, whose content is removed as a whole."
    )
    reason = serializers.CharField(max_length=500)

    def validate_passage(self, passage: str) -> str:
        if len(passage.strip()) < SHORTEST:
            message = f"Name at least {SHORTEST} characters that are no white space."
            raise serializers.ValidationError(message, code="min_length")
        return passage

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("passage" in attrs) == ("revision" in attrs):
            message = "Name either a passage or a revision."
            raise serializers.ValidationError(message, code="one_of")
        return attrs


class PurgeDetail(serializers.ModelSerializer[Purge]):
    """A request to remove something for good, and what became of it."""

    section = serializers.UUIDField(source="section_id")
    revision = serializers.UUIDField(source="target_id", allow_null=True)
    delegation = SeatReference(help_text="The seat that keeps the section.")
    passage = serializers.CharField(help_text="Empty once it is decided.")
    state = serializers.ChoiceField(choices=PurgeState.choices)

    class Meta:
        model = Purge
        fields = [
            "id",
            "section",
            "delegation",
            "passage",
            "revision",
            "reason",
            "state",
            "created_at",
            "decided_at",
        ]
