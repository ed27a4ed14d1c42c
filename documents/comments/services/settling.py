"""Resolving threads and taking them up again."""

from documents.comments.models import Comment, CommentState
from documents.comments.recording import allowed, locked_comment, record_comment, tell
from documents.comments.selectors import settling_seat
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import service


@service
def comment_resolve(*, actor: Actor, comment: Comment, if_match: str) -> Comment:
    """Resolve a thread, named by its first comment.

    It is for that comment's seat and for the section's owner; at a common section for every seat
    of the drafting group. Raises Forbidden (``reply``), Conflict (``wrong_state``),
    PreconditionFailed.
    """
    locked = locked_comment(comment)
    allowed(actor, "resolve", locked, if_match)
    seat = settling_seat(actor, locked)
    locked.state = CommentState.RESOLVED
    locked.resolved_at, locked.resolved_by = database_now(), seat
    locked.revision += 1
    locked.save()
    entry = record_comment("comment.resolved", actor, locked, seat.pk, {})
    tell(actor, "comment.resolved", entry, locked)
    return locked


@service
def comment_reopen(*, actor: Actor, comment: Comment, if_match: str) -> Comment:
    """Take a resolved thread up again. Raises as ``comment_resolve`` does."""
    locked = locked_comment(comment)
    allowed(actor, "reopen", locked, if_match)
    seat = settling_seat(actor, locked)
    locked.state = CommentState.OPEN
    locked.resolved_at = locked.resolved_by = None
    locked.revision += 1
    locked.save()
    record_comment("comment.reopened", actor, locked, seat.pk, {})
    return locked
