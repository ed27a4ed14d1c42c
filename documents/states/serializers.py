"""What is said with a transition."""

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

MAX_REASON = 500
"""The longest reason, in characters."""


class Reason(StrictSerializer):
    """Why; kept in the ledger."""

    reason = serializers.CharField(max_length=MAX_REASON)


class DocumentSupersede(StrictSerializer):
    """What stands in the document's place."""

    by = serializers.UUIDField(help_text="A document of the same forum.")
    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")
