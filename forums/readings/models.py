"""Who opened what is restricted."""

from django.conf import settings
from django.db import models

from forums.membership.models import Delegation
from platform_api.core.models import Entity, Protected


class Reading(Protected, Entity):
    """A person opened a version of a restricted object on a day; the first time tells.

    seat: that the person read for. owner_delegation: whose object it was then.
    object_version: the revision or hash that was shown.
    """

    object_type = models.CharField(max_length=100)
    object_id = models.UUIDField()
    object_version = models.CharField(max_length=64)
    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seat = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "object_version", "person", "day"],
                name="forums_reading_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} by {self.person_id}"
