"""What the change feed still has to tell by itself, when time passes."""

from django.db import models

from platform_api.core.models import Guarded


class GrantEnd(Guarded):
    """A grant that will run out, and whose holder has not been told yet.

    Kept by triggers on every grant table (``granttables``), read and emptied by one database
    function; the runtime role cannot touch it otherwise. id: the grant's.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    object_type = models.CharField(max_length=100)
    object_id = models.UUIDField()
    group_id = models.IntegerField()
    ends_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["ends_at"], name="events_grantend_due")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} until {self.ends_at}"
