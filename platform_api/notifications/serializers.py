"""Shapes of notifications."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer


class NotificationSubject(serializers.Serializer[Any]):
    """What a notification is about; ask for the object itself under your own rights."""

    type = serializers.CharField(source="object_type", help_text="Such as `section`.")
    id = serializers.UUIDField(source="object_id")


class NotificationSummary(serializers.Serializer[Any]):
    """A matter that you were told of, in the list."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="Stable dotted name, such as `section.released`.")
    object = NotificationSubject(source="*")
    forum = serializers.SerializerMethodField(help_text="The forum's slug.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)

    def get_forum(self, notification: Any) -> str | None:
        return notification.forum or None


class NotificationDetail(NotificationSummary):
    """One matter that you were told of."""


class NotificationFilter(StrictSerializer):
    """Filters of the list of notifications."""

    unread = serializers.BooleanField(required=False, help_text="Only unread ones, or only read.")
    kind = serializers.CharField(required=False, max_length=100)
