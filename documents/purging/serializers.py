"""Shapes of purges."""

from typing import Any

from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer

from .models import Purge, PurgeState

SHORTEST = 8
"""Characters of the shortest passage: a syllable stands in every sentence of everybody."""

_TOGETHER = (
    {"section", "passage"},
    {"section", "revision"},
    {"document", "passage"},
    {"attachment"},
)
"""What a request names besides its reason."""


class PurgeRequest(StrictSerializer):
    """What is to be removed for good, and why: a passage, a revision or an attached file."""

    section = serializers.UUIDField(
        required=False, help_text="Out of which, and of all that hangs on it, words are to go."
    )
    document = serializers.UUIDField(
        required=False,
        help_text="Out of whose titles, and of what its versions and own files are called.",
    )
    attachment = serializers.UUIDField(
        required=False, help_text="A file that is to go as a whole, its bytes and its name."
    )
    passage = serializers.CharField(
        min_length=SHORTEST,
        max_length=20_000,
        required=False,
        help_text="Of a section or of a document. Found whatever the white space in it.",
    )
    revision = serializers.UUIDField(
        required=False,
        help_text="Of a section: an earlier one, whose content is removed as a whole.",
    )
    reason = serializers.CharField(max_length=500)

    def validate_passage(self, passage: str) -> str:
        if len(passage.strip()) < SHORTEST:
            message = f"Name at least {SHORTEST} characters that are no white space."
            raise serializers.ValidationError(message, code="min_length")
        return passage

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {name for name in attrs if name != "reason"} not in _TOGETHER:
            message = (
                "Name a section with a passage or a revision, a document with a passage, or an "
                "attachment alone."
            )
            raise serializers.ValidationError(message, code="one_of")
        return attrs


class PurgeDetail(serializers.ModelSerializer[Purge]):
    """A request to remove something for good, and what became of it."""

    section = serializers.UUIDField(
        source="section_id", allow_null=True, help_text="Null for what is a document's own."
    )
    document = serializers.UUIDField(
        source="document_id", allow_null=True, help_text="Null for what is a section's."
    )
    attachment = serializers.UUIDField(source="attachment_id", allow_null=True)
    revision = serializers.UUIDField(source="target_id", allow_null=True)
    delegation = SeatReference(help_text="The seat that keeps it.")
    passage = serializers.CharField(help_text="Empty once it is decided.")
    state = serializers.ChoiceField(choices=PurgeState.choices)

    class Meta:
        model = Purge
        fields = [
            "id",
            "section",
            "document",
            "attachment",
            "delegation",
            "passage",
            "revision",
            "reason",
            "state",
            "created_at",
            "decided_at",
        ]
