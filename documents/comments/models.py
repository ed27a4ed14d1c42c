"""Comments on sections, in threads, each with who may read it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.texts.models import Revision, Section
from forums.membership.models import Delegation
from platform_api.core.ids import new_private_id
from platform_api.core.models import Guarded, Protected, Revisioned


class CommentAudience(models.TextChoices):
    """The ring of a comment, the narrowest first.

    internal: the seat it was written for. owner: that seat and the section's owner.
    drafting_group: the document's drafting group. forum: the forum, and who was granted the
    section or its document. Of all of them only those who read the section.
    """

    INTERNAL = "internal"
    OWNER = "owner"
    DRAFTING_GROUP = "drafting_group"
    FORUM = "forum"

    @property
    def width(self) -> int:
        """How wide the ring is, to compare it with another."""
        return CommentAudience.values.index(self.value)


class CommentState(models.TextChoices):
    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of an immutable revision of a section.

    start, end: Unicode code points of the revision's body; the end is not of the passage.
    quote: the passage. prefix, suffix: what stands before and behind it.
    """

    revision: UUID
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


_MARKS: dict[str, str] = {
    CommentAudience.INTERNAL: "h",
    CommentAudience.OWNER: "o",
    CommentAudience.DRAFTING_GROUP: "g",
    CommentAudience.FORUM: "",
}
"""What a revision begins with in each ring, so that a token of one never fits another."""

_ANCHOR = ("revision", "start", "end", "quote", "prefix", "suffix")
_WHOLE = {f"anchor_{name}__isnull": False for name in _ANCHOR}
_NONE = {f"anchor_{name}__isnull": True for name in _ANCHOR}


class Comment(Protected, Guarded, Revisioned):
    """A comment on a section or on a passage of it, or a reply to one.

    The id is random and ``created_at`` is told to nobody: what was thought of at home and
    promoted later says only when it was promoted (``posted_at``), as its revision begins anew.
    thread: the first comment of its thread; null for a first one. A reply reaches no further.
    delegation: the seat it was written for, whose drafters change it.
    seat_scope: the readers of that seat. effective_scope: the other readers of its ring; null for
    an internal one. Who is in neither sees nothing of it, and the others only with the section.
    state: of the thread, kept at its first comment.
    anchor_*: see ``Anchor``; they stay as they are while the section is revised.
    deleted_at: the text is gone, and the comment stays where it was in its thread.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="comments")
    thread = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=16, choices=CommentAudience)
    seat_scope = models.ForeignKey("identity.Scope", on_delete=models.PROTECT, related_name="+")
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.OPEN)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    anchor_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    anchor_start = models.PositiveIntegerField(null=True, blank=True)
    anchor_end = models.PositiveIntegerField(null=True, blank=True)
    anchor_quote = models.TextField(null=True, blank=True)  # noqa: DJ001 - null: no anchor
    anchor_prefix = models.TextField(null=True, blank=True)  # noqa: DJ001
    anchor_suffix = models.TextField(null=True, blank=True)  # noqa: DJ001
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=CommentAudience.values), name="documents_comment_audience"
            ),
            models.CheckConstraint(
                condition=Q(audience="internal", effective_scope=None)
                | (~Q(audience="internal") & Q(effective_scope__isnull=False)),
                name="documents_comment_ring",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CommentState.values)
                & (Q(thread=None) | Q(state="open"))
                & (
                    Q(state="open", resolved_at=None, resolved_by=None)
                    | Q(state="resolved", resolved_at__isnull=False, resolved_by__isnull=False)
                ),
                name="documents_comment_state",
            ),
            models.CheckConstraint(
                condition=Q(**_NONE)
                | (Q(**_WHOLE, thread=None) & Q(anchor_start__lt=models.F("anchor_end"))),
                name="documents_comment_anchor",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(body="", **_NONE),
                name="documents_comment_deleted",
            ),
        ]
        indexes = [
            models.Index(fields=["section", "posted_at", "id"], name="documents_comment_list"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def etag_revision(self) -> str:
        """``h2`` for the second of an internal comment, ``2`` for that of the forum's."""
        return f"{_MARKS[self.audience]}{self.revision}"

    @property
    def anchor(self) -> Anchor | None:
        """The passage it is about, as it was; None for the whole section."""
        if self.anchor_revision_id is None:
            return None
        assert self.anchor_start is not None
        assert self.anchor_end is not None
        return Anchor(
            self.anchor_revision_id,
            self.anchor_start,
            self.anchor_end,
            self.anchor_quote or "",
            self.anchor_prefix or "",
            self.anchor_suffix or "",
        )

    @anchor.setter
    def anchor(self, anchor: Anchor | None) -> None:
        self.anchor_revision_id = anchor.revision if anchor else None
        self.anchor_start = anchor.start if anchor else None
        self.anchor_end = anchor.end if anchor else None
        self.anchor_quote = anchor.quote if anchor else None
        self.anchor_prefix = anchor.prefix if anchor else None
        self.anchor_suffix = anchor.suffix if anchor else None
