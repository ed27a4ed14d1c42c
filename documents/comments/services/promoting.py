"""Letting a wider ring read what was said in a narrower one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from documents.comments.models import Anchor, Comment, CommentAudience
from documents.comments.placing import anchor_at
from documents.comments.recording import allowed, locked_comment, record_comment, tell
from documents.comments.rings import ring_scope
from documents.comments.selectors import Places
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.service import service


@service
def comment_promote(
    *,
    actor: Actor,
    comment: Comment,
    if_match: str,
    audience: CommentAudience,
    replies: Sequence[Comment] = (),
) -> Comment:
    """Let a wider ring read a comment, and those replies to it that are named; no other.

    Each is its own seat's to promote. To the wider ring it is as if it had been written now: what
    tells of the time before begins anew. A reply is never wider than its thread.

    Raises Forbidden, Invalid (``not_wider``, ``not_in_thread``), PreconditionFailed, and Conflict
    (``wrong_state``, ``wider_than_thread``, ``anchor_lost``; ``at_home`` and others as
    ``ring_scope``).
    """
    locked = locked_comment(comment)
    allowed(actor, "promote", locked, if_match)
    if audience.width <= CommentAudience(locked.audience).width:
        raise Invalid([FieldError("/audience", "not_wider", "It reaches as far as that already.")])
    thread = locked.thread
    if thread is not None and audience.width > CommentAudience(thread.audience).width:
        raise Conflict(
            "A reply reaches no further than its thread; promote that first.",
            code="wider_than_thread",
        )
    now = database_now()
    _promote(actor, locked, audience, thread, now)
    for place, reply in enumerate(_in_order(locked, replies), 1):
        access.require(actor, "promote", reply)
        if CommentAudience(reply.audience).width < audience.width:
            # One after the other, as they were written.
            _promote(actor, reply, audience, locked, now + timedelta(microseconds=place))
    return locked


def _in_order(first: Comment, replies: Sequence[Comment]) -> list[Comment]:
    """The replies of a thread that were named, locked, in the order in which they were written."""
    locked = [locked_comment(reply) for reply in sorted(replies, key=lambda reply: reply.pk)]
    wrong = [
        FieldError(f"/replies/{index}", "not_in_thread", "This is no reply to the comment.")
        for index, reply in enumerate(replies)
        if reply.thread_id != first.pk
    ]
    if wrong:
        raise Invalid(wrong)
    return sorted(locked, key=lambda reply: reply.created_at)


def _promote(
    actor: Actor,
    comment: Comment,
    audience: CommentAudience,
    thread: Comment | None,
    now: datetime,
) -> None:
    seat, section = comment.delegation, comment.section
    comment.effective_scope_id = ring_scope(actor, section, seat, audience, thread)
    if audience is not CommentAudience.OWNER and comment.anchor is not None:
        comment.anchor = _shown_anchor(actor, comment, comment.anchor)
    before, comment.audience = comment.audience, audience
    comment.posted_at, comment.edited_at, comment.revision = now, None, 1
    comment.save()
    details = {"from": before}
    entry = record_comment("comment.promoted", actor, comment, comment.delegation_id, details)
    tell(actor, "comment.promoted", entry, comment)


def _shown_anchor(actor: Actor, comment: Comment, anchor: Anchor) -> Anchor:
    """The anchor in the present text, unless its revision is one that all readers have.

    What was written at home is not to be read in the quote of a comment on it.
    """
    if comment.section.revisions.filter(pk=anchor.revision, at_home=False).exists():
        return anchor
    place = Places(actor, [comment]).of(comment)
    if place is None or place.section.pk != comment.section_id:
        raise Conflict(
            "The passage it is about is no longer in the text; anchor it anew, or to the whole.",
            code="anchor_lost",
        )
    section = comment.section
    return anchor_at(Anchor(section.head, place.start, place.end, "", "", ""), section.body)
