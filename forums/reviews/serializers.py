"""Shapes of access reviews. No object is named by its title: who manages access need not read."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.membership.serializers import PersonDetail
from platform_api.core.http.references import ObjectShown
from platform_api.core.http.serializers import StrictSerializer

from .models import AccessReview, AccessReviewItem, ItemDecision, ItemKind
from .selectors import counts
from .subjects import kept


class AccessReviewCreate(StrictSerializer):
    """A seat whose access is to be looked through."""

    delegation = serializers.UUIDField(help_text="The seat.")
    due_at = serializers.DateTimeField(
        help_text="When everything ends that was not confirmed; within a year."
    )


class AccessReviewSummary(serializers.Serializer[Any]):
    """A review in a list."""

    id = serializers.UUIDField()
    delegation = serializers.UUIDField(source="delegation_id")
    opened_at = serializers.DateTimeField(source="created_at")
    due_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(
        allow_null=True, help_text="When the outcome was written into the ledger."
    )


class OutcomeCounts(serializers.Serializer[Any]):
    """How many items came to which outcome."""

    open = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    ended = serializers.IntegerField()
    lapsed = serializers.IntegerField(help_text="Nobody confirmed them by the date.")
    superseded = serializers.IntegerField(help_text="Given anew meanwhile.")


class ReviewCounts(serializers.Serializer[Any]):
    """Outcomes by what was reviewed."""

    grant_given = OutcomeCounts(help_text="On the seat's objects.")
    grant_received = OutcomeCounts(help_text="To the seat.")
    delegate = OutcomeCounts()
    client = OutcomeCounts()


class AccessReviewDetail(AccessReviewSummary):
    """A review with its report."""

    counts = serializers.SerializerMethodField()

    def get_counts(self, review: AccessReview) -> ReviewCounts:
        return ReviewCounts(counts(review)).data  # type: ignore[return-value]  # for the schema


class AccessReviewItemDetail(serializers.Serializer[Any]):
    """One access that is reviewed."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ItemKind.choices)
    object = serializers.SerializerMethodField(help_text="Of a grant; else null.")
    holder = serializers.UUIDField(
        source="holder_id",
        allow_null=True,
        help_text="Whom a grant names: a delegation, country or organisation.",
    )
    level = serializers.CharField(help_text="Of a grant; else empty.")
    user = PersonDetail(allow_null=True, help_text="The delegate, or the client's account.")
    role = serializers.CharField(help_text="Of a delegate or client; else empty.")
    until = serializers.SerializerMethodField(
        help_text="The end that it had before the review; null for none."
    )
    outcome = serializers.ChoiceField(choices=ItemDecision.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.UUIDField(source="decided_by_id", allow_null=True)
    alone = serializers.BooleanField(
        help_text="Confirmed by the one concerned, for want of another access manager."
    )

    @extend_schema_field(ObjectShown(allow_null=True))
    def get_object(self, item: AccessReviewItem) -> dict[str, Any] | None:
        if item.object_id is None:
            return None
        return {"type": item.object_type, "id": str(item.object_id)}

    def get_until(self, item: AccessReviewItem) -> str | None:
        ends = list(kept(item).values())
        latest = None if None in ends else max(end for end in ends if end)
        return serializers.DateTimeField().to_representation(latest) if latest else None


class ItemFilter(StrictSerializer):
    """Filters of a review's items."""

    kind = serializers.ChoiceField(choices=ItemKind.choices, required=False)
    outcome = serializers.ChoiceField(choices=ItemDecision.choices, required=False)


class AccessReviewFilter(StrictSerializer):
    """Filters of the list of reviews."""

    delegation = serializers.UUIDField(required=False)
