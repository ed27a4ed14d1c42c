"""Writing comments and replies, editing them and taking them back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from documents.comments.anchors import anchor_given
from documents.comments.models import Comment, CommentAudience
from documents.comments.recording import allowed, locked_comment, record_comment, tell
from documents.comments.rings import ring_scope
from documents.comments.selectors import commenting_seat
from documents.texts.models import Section
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.service import service


@service
def comment_create(
    *,
    actor: Actor,
    section: Section,
    body: str,
    audience: CommentAudience | None = None,
    thread: Comment | None = None,
    anchor: Mapping[str, Any] | None = None,
    delegation: UUID | None = None,
) -> Comment:
    """Begin a thread on a section or a passage of it, or reply in one.

    audience: the seat's own by default; a reply has that of its thread. thread: its first
    comment. anchor: see ``anchor_given``; a reply has none. delegation: the seat acted for,
    needed when several of the actor's read the section.

    No row of the section is locked, so that a comment never keeps a writer waiting.
    Raises Forbidden, Invalid, Conflict as ``ring_scope`` and ``commenting_seat`` do.
    """
    access.require(actor, "comment", section)
    seat = commenting_seat(actor, section, delegation)
    if thread is not None:
        thread = locked_comment(thread)
        if anchor is not None:
            raise _invalid("/anchor", "not_in_a_reply", "A reply has the place of its thread.")
        if audience not in (None, thread.audience):
            raise _invalid("/audience", "not_the_threads", "A reply has its thread's audience.")
        audience = CommentAudience(thread.audience)
    audience = audience or CommentAudience.INTERNAL
    assert seat.home_scope_id is not None
    comment = Comment(
        section=section,
        thread=thread,
        delegation=seat,
        author_id=actor.require_user(),
        audience=audience,
        seat_scope_id=seat.home_scope_id,
        effective_scope_id=ring_scope(actor, section, seat, audience, thread),
        body=body,
        posted_at=database_now(),
    )
    comment.anchor = anchor_given(actor, section, anchor) if anchor is not None else None
    comment.save(force_insert=True)
    kind = "comment.created" if thread is None else "comment.replied"
    tell(actor, kind, record_comment(kind, actor, comment, seat.pk, {}), comment)
    return comment


@service
def comment_revise(
    *,
    actor: Actor,
    comment: Comment,
    if_match: str,
    body: str | None = None,
    anchor: Mapping[str, Any] | None = None,
    unanchor: bool = False,
) -> Comment:
    """Change the words of a comment, or what passage it is about; what is left out stays.

    unanchor: it is about the whole section from now on. A change that changes nothing is none.
    Raises Forbidden, Invalid, PreconditionFailed.
    """
    locked = locked_comment(comment)
    allowed(actor, "revise", locked, if_match)
    before = locked.body, locked.anchor
    if body is not None:
        locked.body = body
    if unanchor:
        locked.anchor = None
    if anchor is not None:
        if locked.thread_id:
            raise _invalid("/anchor", "not_in_a_reply", "A reply has the place of its thread.")
        locked.anchor = anchor_given(actor, locked.section, anchor)
    if (locked.body, locked.anchor) == before:
        return locked
    locked.revision += 1
    locked.edited_at = database_now()
    locked.save()
    record_comment("comment.revised", actor, locked, locked.delegation_id, {})
    return locked


@service
def comment_delete(*, actor: Actor, comment: Comment, if_match: str) -> Comment:
    """Take a comment back: its words and its anchor go, its place in the thread stays.

    Raises Forbidden, PreconditionFailed.
    """
    locked = locked_comment(comment)
    allowed(actor, "delete", locked, if_match)
    locked.body, locked.anchor = "", None
    locked.deleted_at = database_now()
    locked.revision += 1
    locked.save()
    record_comment("comment.deleted", actor, locked, locked.delegation_id, {})
    return locked


def _invalid(pointer: str, code: str, detail: str) -> Invalid:
    return Invalid([FieldError(pointer, code, detail)])
