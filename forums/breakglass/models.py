"""Who opened what by break-glass, and why."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from platform_api.core.ids import new_id
from platform_api.core.models import Guarded

LASTS = timedelta(minutes=15)


class Opening(Guarded):
    """One object opened to one operator for a time; it opens nothing in the API.

    object_table: the table of the object's type. owner_seat_id: the seat that was told: the
    owner's, or the secretariat of the forum that the object is common to; null where there is
    neither. closed_at: when the operator closed it before its end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    object_type = models.CharField(max_length=100)
    object_table = models.CharField(max_length=63)
    object_id = models.UUIDField()
    owner_seat_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")) & Q(until__lte=F("opened_at") + LASTS),
                name="forums_opening_short",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="forums_opening_reason"),
        ]
        indexes = [
            models.Index(fields=["owner_seat_id", "-opened_at"], name="forums_opening_owner"),
            models.Index(fields=["operator", "-opened_at"], name="forums_opening_operator"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


LIVE_OPENING = Q(closed_at=None, until__gt=Now())
"""Openings that let their operator look now."""
