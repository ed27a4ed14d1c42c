"""Shapes of suspensions."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .models import Suspension


class SuspensionInput(StrictSerializer):
    """Why something is suspended, or resumes."""

    reason = serializers.CharField(max_length=500, help_text="For the ledger and the operators.")


class SuspensionSummary(serializers.Serializer[Any]):
    """A suspension in a list."""

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


class SuspensionDetail(SuspensionSummary):
    """A time in which a country, an organisation or a seat is suspended."""

    class Meta:
        model = Suspension


class SuspensionFilter(StrictSerializer):
    """Filters of the list of suspensions."""

    standing = serializers.BooleanField(required=False, help_text="Whether it stands now.")


class ExposureQuery(StrictSerializer):
    """The time that is asked about."""

    since = serializers.DateTimeField()
    until = serializers.DateTimeField(required=False, help_text="Now, by default.")


class ExposedObjects(serializers.Serializer[Any]):
    """Objects of one type."""

    type = serializers.CharField(help_text="Such as `document`.")
    through = serializers.CharField(
        help_text="`scope` or `grant` of what could be seen; the ledger's kind of what was done."
    )
    count = serializers.IntegerField(help_text="Objects that could be seen; times it was done.")
    ids = serializers.ListField(
        child=serializers.CharField(), help_text="1,000 at most; the count is whole."
    )


class ExposureReport(serializers.Serializer[Any]):
    """What a seat or party could see in a time, and did; without titles."""

    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    could_see = ExposedObjects(many=True)
    did = ExposedObjects(many=True)

    class Meta:
        model = None
