"""The comments on words in dispute."""

from uuid import UUID

from documents.structure.selectors import came_from
from documents.texts.hanging import Dispute
from documents.texts.wording.effort import Effort
from documents.texts.wording.touching import overlap
from documents.texts.wording.units import Span
from platform_api.core.actor import Actor

from .models import Comment, CommentState
from .selectors import Places

MOST_COMMENTS = 1_000
"""How many are looked at, the latest first."""


def comments_at(actor: Actor, dispute: Dispute) -> list[list[UUID]]:
    """The open threads, of those the actor sees, whose passage stands in the words: now, or in
    the text that both sides began with. The earliest first.

    Also those on a section that the text came from, where it was split or joined.
    """
    section = dispute.section
    rows = (
        Comment.objects.visible_to(actor)
        .filter(
            section__in={section.pk, *came_from(actor, [section.pk])},
            anchor_revision__isnull=False,
            state=CommentState.OPEN,
            deleted_at=None,
        )
        .select_related("section")
        .order_by("-posted_at", "-id")
    )
    comments = list(reversed(rows[:MOST_COMMENTS]))
    effort = Effort()
    now = Places(actor, comments, effort=effort)
    before = Places(actor, comments, {section.pk: dispute.base.body}, effort)

    def stands(places: Places, comment: Comment, words: Span | None) -> bool:
        place = places.of(comment)
        if place is None or place.section.pk != section.pk:
            return False
        return overlap((place.start, place.end), words)

    return [
        [
            comment.pk
            for comment in comments
            if stands(now, comment, words.present) or stands(before, comment, words.base)
        ]
        for words in dispute.words
    ]
