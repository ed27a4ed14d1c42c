"""What revisions are made by."""

from django.db import models


class RevisionAct(models.TextChoices):
    """What a revision was made by. All but the writing leave its text as it was, or move text
    that was written before."""

    WRITTEN = "written"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    DELETED = "deleted"
    RESTORED = "restored"
