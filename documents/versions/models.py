"""Versions of documents, and where they were presented."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.texts.models import Document
from forums.meetings.models import AgendaItem
from forums.membership.models import Delegation, Forum
from platform_api.core.models import Entity, Protected
from platform_api.identity.grants import GroupGrant, UserGrant


class DocumentVersionKind(models.TextChoices):
    WORKING = "working"
    MILESTONE = "milestone"


class DocumentVersion(Protected, Entity):
    """The released sections of a document as they were at one moment, with their text; immutable.

    The text is kept here as well as in the revisions it is pinned to, because who reads a version
    by a grant sees nothing else of the document. For the same reason nothing shown of a version
    is taken from another table.

    owner_delegation: the document's owner; null for a version of a document common to its forum.
    delegation: the seat it was made for. manifest, sha256: see documents.versions.manifest; each
    section also names its ``section`` and ``revision`` there.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="+")
    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentVersionKind)
    label = models.CharField(max_length=120)
    manifest = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "version"
        default_permissions = ("view",)
        permissions = [
            ("comment_documentversion", "Can comment on a version"),
            ("draft_documentversion", "Can draft in a version"),
            ("manage_documentversion", "Can manage a version"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentVersionKind.values),
                name="documents_documentversion_kind",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"),
                name="documents_documentversion_sha256",
            ),
        ]
        indexes = [
            models.Index(
                fields=["document", "-created_at", "-id"], name="documents_documentversion_list"
            )
        ]

    def __str__(self) -> str:
        return self.label


class DocumentVersionGrant(GroupGrant):
    """A grant on a version."""

    content_object = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="grants"
    )


class DocumentVersionUserGrant(UserGrant):
    """Refuses rows; a grant on a version names a role group."""

    content_object = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="user_grants"
    )


class MaterialRole(models.TextChoices):
    PRESENTED_DRAFT = "presented_draft"


class MeetingMaterial(Protected, Entity):
    """A version at a point of a meeting's agenda. until: how long the seats there read it."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="materials")
    role = models.CharField(max_length=16, choices=MaterialRole)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=MaterialRole.values), name="documents_meetingmaterial_role"
            ),
            models.UniqueConstraint(
                fields=["agenda_item", "version"], name="documents_meetingmaterial_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} at {self.agenda_item_id}"
