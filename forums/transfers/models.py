"""Offers to hand an object over to another seat."""

from django.db import models
from django.db.models import F, Q

from forums.membership.models import Delegation
from platform_api.core.models import Entity, Protected, Revisioned


class TransferState(models.TextChoices):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Transfer(Protected, Entity, Revisioned):
    """The owner of an object offers it to another seat, whose head takes it or does not.

    It is the only way by which an owner changes. decided_at: null while it is offered.
    """

    object_type = models.CharField(max_length=100)
    object_id = models.UUIDField()
    giver = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=9, choices=TransferState, default=TransferState.OFFERED)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TransferState.OFFERED, decided_at=None)
                | Q(
                    state__in=[
                        TransferState.ACCEPTED,
                        TransferState.DECLINED,
                        TransferState.WITHDRAWN,
                    ],
                    decided_at__isnull=False,
                ),
                name="forums_transfer_state",
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="forums_transfer_two_seats"
            ),
            models.UniqueConstraint(
                fields=["object_id"],
                condition=Q(state=TransferState.OFFERED),
                name="forums_transfer_one_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} to {self.receiver_id}"
