"""Access reviews, their items, and the decisions on these."""

from typing import ClassVar

from django.db.models import QuerySet

from forums.membership.models import Delegation
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import AccessReview, AccessReviewItem
from .selectors import told
from .serializers import (
    AccessReviewCreate,
    AccessReviewDetail,
    AccessReviewFilter,
    AccessReviewItemDetail,
    AccessReviewSummary,
    ItemFilter,
)


class AccessReviewViewSet(ResourceViewSet):
    """The reviews of the seats whose access the caller manages; all of them for an operator."""

    model = AccessReview
    representation = AccessReviewDetail
    detail_route = "access-review"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope="forums:read",
            query=AccessReviewFilter,
            output=AccessReviewSummary,
            many=True,
        ),
        "create": Act(
            ability=None, token_scope="access:manage", input=AccessReviewCreate, status=201
        ),
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(**self.query))

    def create(self) -> AccessReview:
        seat = referred(self.actor, "/delegation", Delegation, pk=self.input["delegation"])
        return services.access_review_open(
            actor=self.actor, delegation=seat, due_at=self.input["due_at"]
        )


class _Items(ResourceViewSet):
    """What views of items share."""

    model = AccessReviewItem
    representation = AccessReviewItemDetail

    def get_queryset(self) -> QuerySet[AccessReviewItem]:
        return told(super().get_queryset())


class AccessReviewItemsViewSet(_Items):
    """What a review lists."""

    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", query=ItemFilter, many=True),
    }

    def get_object(self) -> AccessReview:
        return self.visible_or_404(
            AccessReview.objects.visible_to(self.actor), pk=self.kwargs["access_review_id"]
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(review=self.object, **self.query))


class AccessReviewItemViewSet(_Items):
    """One item, and the decision on it."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="forums:read"),
        "confirm": Act(ability="confirm", token_scope="access:manage"),
        "end": Act(ability="end", token_scope="access:manage"),
    }

    def confirm(self) -> AccessReviewItem:
        services.access_review_item_confirm(actor=self.actor, item=self.object)
        return self.get_queryset().get(pk=self.object.pk)

    def end(self) -> AccessReviewItem:
        services.access_review_item_end(actor=self.actor, item=self.object)
        return self.get_queryset().get(pk=self.object.pk)
