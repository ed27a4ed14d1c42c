"""Shapes of readings."""

from typing import Any

from rest_framework import serializers

from forums.membership.serializers import SeatReference


class SeatReading(serializers.Serializer[Any]):
    """A seat that opened an object."""

    seat = SeatReference()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField(help_text="The first time on the last day.")
    persons = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Of your own seat alone."
    )
