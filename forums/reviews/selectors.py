"""How reviews are told: what nobody decided by the due date has lapsed, written down or not."""

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.db.models.functions import Now

from .models import AccessReview, AccessReviewItem, ItemDecision, ItemKind

_DECIDED = Case(
    When(
        decision=ItemDecision.OPEN, review__due_at__lte=Now(), then=Value(ItemDecision.LAPSED.value)
    ),
    default=F("decision"),
)


def told(items: QuerySet[AccessReviewItem]) -> QuerySet[AccessReviewItem]:
    """Items with ``outcome``, what has become of them by now, and the people they name."""
    return items.annotate(outcome=_DECIDED).select_related("review", "user")


def counts(review: AccessReview) -> dict[str, dict[str, int]]:
    """How many items of each kind came to which outcome by now."""
    rows = review.items.annotate(outcome=_DECIDED).values_list("kind", "outcome")
    found = {kind.value: dict.fromkeys(ItemDecision.values, 0) for kind in ItemKind}
    for kind, outcome, number in rows.annotate(number=Count("pk")).order_by():
        found[kind][outcome] = number
    return found
