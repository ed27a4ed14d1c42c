"""Campaigns in which a seat's access is looked through, and what they found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forums.membership.models import Delegation
from platform_api.core.models import Entity, Protected, Revisioned


class ItemKind(models.TextChoices):
    """What an item is: a grant on the seat's objects, one that names the seat, or who acts."""

    GRANT_GIVEN = "grant_given"
    GRANT_RECEIVED = "grant_received"
    DELEGATE = "delegate"
    CLIENT = "client"


class ItemDecision(models.TextChoices):
    """What became of an item; superseded: somebody who may had set another end meanwhile."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"


class AccessReview(Protected, Entity, Revisioned):
    """A campaign over all access of one seat, until due_at; one at a time.

    closed_at: when the outcome was written into the ledger, after due_at. Nothing hangs on it:
    what nobody confirmed ends at due_at by itself.
    """

    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="access_reviews"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("created_at")), name="forums_accessreview_due"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("due_at")),
                name="forums_accessreview_closed",
            ),
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(closed_at=None),
                name="forums_accessreview_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.delegation_id} until {self.due_at}"


class AccessReviewItem(Protected, Entity):
    """One access as it was when the campaign opened.

    ends: the ends that its rows had then, ISO 8601 or null by the rows' ids: a grant's levels
    are several rows, a delegate or client is one. They are restored on confirmation.
    object_type, object_id, holder_id, level: of grants. user: of delegates and clients.
    alone: whoever confirmed is the one concerned, and no other access manager was there.
    """

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=16, choices=ItemKind)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.UUIDField(null=True, blank=True)
    holder_id = models.UUIDField(null=True, blank=True)
    level = models.CharField(max_length=8, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=16, blank=True)
    ends = models.JSONField()
    decision = models.CharField(max_length=10, choices=ItemDecision, default=ItemDecision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    alone = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="forums_accessreviewitem_kind"
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at=None)
                | Q(decision__in=["confirmed", "ended"], decided_at__isnull=False)
                & Q(decided_by__isnull=False)
                | Q(decision__in=["lapsed", "superseded"], decided_at__isnull=False)
                & Q(decided_by=None),
                name="forums_accessreviewitem_decision",
            ),
            models.CheckConstraint(
                condition=Q(alone=False) | Q(decision="confirmed"),
                name="forums_accessreviewitem_alone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["object_id"],
                condition=Q(decision="open", object_id__isnull=False),
                name="forums_accessreviewitem_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.review_id}: {self.decision}"
