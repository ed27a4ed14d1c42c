"""Shapes of suspensions."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .models import Suspension


class SuspensionInput(StrictSerializer):
    """Why something is suspended, or resumes."""

    reason = serializers.CharField(max_length=500, help_text="For the ledger and the operators.")


class SuspensionDetail(serializers.Serializer[Any]):
    """A time in which a country, an organisation or a seat is suspended."""

    id = serializers.UUIDField()
    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text="ISO 3166-1 alpha-2 code."
    )
    organisation = serializers.SlugRelatedField[Any](
        slug_field="key", read_only=True, allow_null=True
    )
    delegation = serializers.UUIDField(source="delegation_id", allow_null=True)
    since = serializers.DateTimeField(source="created_at")
    reason = serializers.CharField()
    until = serializers.DateTimeField(
        source="ended_at", allow_null=True, help_text="When it resumed; null while it stands."
    )
    end_reason = serializers.CharField()

    class Meta:
        model = Suspension


class SuspensionFilter(StrictSerializer):
    """Filters of the list of suspensions."""

    standing = serializers.BooleanField(required=False, help_text="Whether it stands now.")
