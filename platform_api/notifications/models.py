"""Who was told of what, and whether it was noticed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from platform_api.core.models import Entity, Protected


class Notification(Protected, Entity):
    """One matter told to one person; seen by that person only.

    kind: stable dotted name, ``section.released``. object_type, object_id: what it is about,
    without any of its content. forum: slug, empty where no forum is concerned.
    matter_id: the ledger entry that gave rise to it; one person is told of a matter once.

    The row is the outbox of its e-mail, too. mail_due_at: from when on a mail may be tried, null
    when none is to be sent (any more). mailed_at: when it was handed over.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100)
    object_id = models.UUIDField()
    forum = models.CharField(max_length=40, blank=True)
    matter_id = models.UUIDField()
    read_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "object_id", "matter_id"],
                name="notifications_notification_once",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(read_at__isnull=False),
                name="notifications_notification_read_first",
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(mail_due_at=None),
                name="notifications_notification_mailed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notifications_own"),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mail_due_at__isnull=False),
                name="notifications_mail_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"
