"""Shapes of readings."""

from typing import Any

from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer


class ReadingQuery(StrictSerializer):
    """Of which object."""

    object = serializers.CharField(
        max_length=140, help_text="Its type and id, `section:019cade2-…`."
    )


class SeatReading(serializers.Serializer[Any]):
    """A seat that opened an object."""

    seat = SeatReference()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField(help_text="The first time on the last day.")
    persons = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Of your own seat alone."
    )
