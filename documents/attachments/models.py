"""Files that belong to a section or a document."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from platform_api.core.ids import new_private_id
from platform_api.core.models import Guarded, Protected, Revisioned

from .examining import FileKind


class Attachment(Protected, Guarded, Revisioned):
    """A file that belongs to a section or to a document, and is read by whoever reads that.

    The id is random: a time-ordered one would tell others when a file was attached at home.
    name: as it was sent. media_type: as its bytes say. size: in bytes. sha256: in hex.
    stored_as: its random name in the storage; null once the file is deleted, of which this row is
    the tombstone. delegation: the seat it was attached for.
    purged_at, purged_by: when, and for which seat, its bytes and its name were removed; the digest
    is left.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(max_length=150)
    media_type = models.CharField(
        max_length=100, choices=[(kind.value, kind.value) for kind in FileKind]
    )
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100, unique=True, null=True, blank=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)
    purged_by = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None, section__isnull=False)
                | Q(document__isnull=False, section=None),
                name="documents_attachment_of_one",
            ),
            models.CheckConstraint(
                condition=Q(stored_as=None, deleted_at__isnull=False)
                | Q(stored_as__isnull=False, deleted_at=None),
                name="documents_attachment_deleted",
            ),
            models.CheckConstraint(
                condition=Q(purged_at=None, purged_by=None)
                | Q(
                    purged_at__isnull=False,
                    purged_by__isnull=False,
                    deleted_at__isnull=False,
                    name="",
                ),
                name="documents_attachment_purged",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="documents_attachment_sha256"
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=[kind.value for kind in FileKind]),
                name="documents_attachment_media_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name
