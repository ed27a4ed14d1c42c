"""Requests to remove what should never have been written, and what was removed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.attachments.models import Attachment
from documents.texts.models import Document, Revision, Section
from forums.membership.models import Delegation
from platform_api.core.models import Entity, Protected, Revisioned


class PurgeState(models.TextChoices):
    REQUESTED = "requested"
    CARRIED_OUT = "carried_out"
    WITHDRAWN = "withdrawn"


class Purge(Protected, Entity, Revisioned):
    """Somebody asks to remove something for good; another person carries it out.

    section: out of which a passage, or of which the revision ``target``, or the file
    ``attachment`` is to go. document: out of whose titles a passage, or of whose own files
    ``attachment`` is to go. One of the two.
    delegation: the seat that keeps the section or the document. effective_scope: its home scope;
    nobody else learns of the request.
    passage: what is to be removed, its white space made single; empty for a revision or a file as
    a whole, and once it is decided: it must not outlive its own removal.
    """

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="purges"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="purges"
    )
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    passage = models.TextField(blank=True)
    target = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500)
    state = models.CharField(
        max_length=11, choices=PurgeState, default=PurgeState.REQUESTED, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None, section__isnull=False)
                | Q(document__isnull=False, section=None, target=None),
                name="documents_purge_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state=PurgeState.REQUESTED, decided_at=None, decided_by=None)
                & (
                    Q(passage="", target__isnull=False, attachment=None)
                    | Q(passage="", target=None, attachment__isnull=False)
                    | (~Q(passage="") & Q(target=None, attachment=None))
                )
                | Q(
                    state__in=[PurgeState.CARRIED_OUT, PurgeState.WITHDRAWN],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    passage="",
                ),
                name="documents_purge_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=PurgeState.CARRIED_OUT)
                | ~Q(decided_by=models.F("requested_by")),
                name="documents_purge_two_persons",
            ),
        ]
        indexes = [
            models.Index(
                fields=["effective_scope", "-created_at", "-id"], name="documents_purge_list"
            )
        ]

    def __str__(self) -> str:
        if self.section_id is None:
            return f"purge in document {self.document_id}"
        return f"purge in section {self.section_id}"


class PurgedRow(models.Model):
    """A row out of which a purge took something: what a restored backup has to lose again.

    Closed to the runtime role: rows that are hidden from whoever purged are named, too.
    """

    id = models.BigAutoField(primary_key=True)
    purge = models.ForeignKey(Purge, on_delete=models.PROTECT, related_name="+")
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"
