"""What somebody wrote that could not be merged by itself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from documents.texts.models import Revision, Section
from forums.membership.models import Delegation
from platform_api.core.models import Entity, Protected, Revisioned


class WorkingCopy(Protected, Entity, Revisioned):
    """Words for a section that clashed with somebody else's, kept until they are merged or
    discarded; at home with the delegation they were written for, whatever becomes of the section.

    base: the revision they were written on. title, body, language: the whole of them.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="working_copies")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=35)
    note = models.CharField(max_length=500, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "working copies"
        constraints = [
            models.UniqueConstraint(
                fields=["section", "author", "delegation", "base"],
                name="documents_workingcopy_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["effective_scope", "-created_at", "-id"], name="documents_workingcopy_list"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kept_until(self) -> datetime:
        """When the worker takes it away unless somebody takes it up again."""
        return self.updated_at + timedelta(days=int(settings.WORKING_COPIES_KEPT_DAYS))
