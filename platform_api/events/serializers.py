"""Shapes of the change feed."""

from enum import StrEnum
from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import CommaSeparated, StrictSerializer
from platform_api.ledger.models import KIND_PATTERN


class FeedStart(StrEnum):
    """Where to begin without a cursor, other than at the beginning."""

    NOW = "now"


class EventQuery(StrictSerializer):
    """What part of the feed is wanted."""

    cursor = serializers.CharField(
        required=False,
        help_text="Where to go on: the cursor of an earlier answer's `next`. The beginning of the "
        "feed without it.",
    )
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)
    types = CommaSeparated(
        child=serializers.RegexField(KIND_PATTERN, max_length=100),
        min_length=1,
        max_length=50,
        required=False,
        help_text="Only these types, separated by commas.",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        # A keyword of Python.
        fields["from"] = serializers.ChoiceField(
            choices=[(start.value, start.value) for start in FeedStart],
            required=False,
            help_text="`now`: nothing that happened so far; `next` tells what happens from here.",
        )
        return fields


class EventSubject(serializers.Serializer[Any]):
    """What an event is about; ask for the object itself under your own rights."""

    type = serializers.CharField(source="object_type", help_text="Such as `section`.")
    id = serializers.UUIDField(source="object_id")


class PlatformEvent(serializers.Serializer[Any]):
    """Something that happened."""

    id = serializers.UUIDField(help_text="The same in every answer; tells repetitions apart.")
    type = serializers.CharField(help_text="Stable dotted name, such as `section.released`.")
    at = serializers.DateTimeField()
    object = EventSubject(source="*")


class EventFeed(serializers.Serializer[Any]):
    """A part of the feed, oldest first."""

    items = PlatformEvent(many=True)
    next = serializers.URLField(
        help_text="Where to go on; always there. When it is the address just asked for, there is "
        "nothing more yet: ask again later. Otherwise ask at once, even if `items` is empty."
    )
