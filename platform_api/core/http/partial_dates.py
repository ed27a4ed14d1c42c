"""Partial dates in requests and answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from platform_api.core.partial_dates import PATTERN, PartialDate


@extend_schema_field({"type": "string", "pattern": PATTERN, "examples": ["2021", "2021-05-24"]})
class PartialDateField(serializers.CharField):
    """A date as YYYY, YYYY-MM or YYYY-MM-DD. An empty one is kept as "" and shown as null."""

    default_error_messages = {
        "invalid_date": "A date such as 2021, 2021-05 or 2021-05-24 is expected."
    }

    def to_internal_value(self, data: Any) -> str:
        try:
            return str(PartialDate.parse(data))
        except (TypeError, ValueError):
            self.fail("invalid_date")

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]  # "" is null
        return value or None
