"""A person's second factor and its recovery codes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from platform_api.core.ids import new_private_id
from platform_api.core.models import Guarded


class Factor(Guarded):
    """The authenticator app of one person: codes by RFC 6238, six digits, 30 seconds.

    sealed_key: the app's key, encrypted (factors.codes). confirmed_at: when the first code was
    right; null while it is being set up. last_step: the time step of the last code that was
    taken, so that no code is taken twice. failures: wrong codes since the last right one.
    blocked_until: before then no code is looked at.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor"
    )
    sealed_key = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=-1)
    failures = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(Guarded):
    """A code that stands in for the app once; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["factor", "code_hash"], name="identity_recoverycode_once"
            ),
            models.CheckConstraint(
                condition=Q(code_hash__length=32), name="identity_recoverycode_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.factor_id}"
