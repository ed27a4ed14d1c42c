"""Invitations to act for a seat, by a link that is mailed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from forums.membership.models import ROLE_CHOICES, Delegate, Delegation
from platform_api.core.actor import Role
from platform_api.core.models import Entity, Protected, Revisioned

models.BinaryField.register_lookup(Length, "length")


class Invitation(Protected, Entity, Revisioned):
    """An address that may take a role at a seat until a time, once.

    token_hash: SHA-256 of the token in the mailed link; the token itself is kept nowhere.
    expires_at: of the invitation. guest, valid_until: of the delegate that it makes.
    Open while neither accepted nor withdrawn nor expired.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    guest = models.BooleanField(default=False)
    valid_until = models.DateTimeField(null=True, blank=True)
    token_hash = models.BinaryField(unique=True)
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    delegate = models.OneToOneField(
        Delegate, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="forums_invitation_role"
            ),
            models.CheckConstraint(
                condition=Q(guest=False) | Q(role=Role.READER.value, valid_until__isnull=False),
                name="forums_invitation_guest",
            ),
            models.CheckConstraint(
                condition=Q(token_hash__length=32), name="forums_invitation_hash"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="forums_invitation_time"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(accepted_at=None),
                name="forums_invitation_one_end",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, delegate=None)
                | Q(accepted_at__isnull=False, delegate__isnull=False),
                name="forums_invitation_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email} as {self.role}"
