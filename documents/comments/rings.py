"""Which rings a seat may address from a section, and which scope is each."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from documents.texts.models import DocumentDelegation, Section, SectionState
from forums.membership.models import Delegation
from platform_api.core.access import granting_groups
from platform_api.core.actor import Actor, Level
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.identity.models import RoleGroup

from .models import Comment, CommentAudience


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The rings around a document. Scopes are those of the forum's and the group's readers."""

    forum: UUID
    forum_scope: int
    drafting_scope: int


def surroundings_of(document: UUID) -> Surroundings:
    """The rings around a document, also for whoever was granted a section of it alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT forum_id, forum_scope, drafting_scope FROM documents_rings_of(%s)", [document]
        )
        return Surroundings(*cursor.fetchone())


def ring_scope(
    actor: Actor,
    section: Section,
    seat: Delegation,
    audience: CommentAudience,
    thread: Comment | None = None,
) -> int | None:
    """The scope of the other readers of what a seat says to a ring; None for itself alone.

    thread: the first comment, where the ring of a reply is meant.

    Raises Forbidden (``not_drafting_group``, ``comment_grant_required``) where the seat is not
    in the ring itself, Conflict (``at_home``) where the ring does not read the section yet, and
    Invalid (``no_owner``, ``own_section``).
    """
    if audience is CommentAudience.INTERNAL:
        return None
    if audience is CommentAudience.OWNER and thread is not None:
        return _other_side(seat, thread)
    if audience is CommentAudience.OWNER and section.owner_delegation is None:
        raise _audience("no_owner", "The section is common; it has no owner to address.")
    if audience is CommentAudience.OWNER and section.owner_delegation_id == seat.pk:
        raise _audience("own_section", "The section is your own; that audience is internal.")
    around = surroundings_of(section.document_id)
    if audience is CommentAudience.DRAFTING_GROUP:
        group = DocumentDelegation.objects.filter(document=section.document_id, delegation=seat)
        if not group.exists():
            raise Forbidden("Your seat is not in the drafting group.", code="not_drafting_group")
    elif seat.forum_id != around.forum and not _may_comment(actor, section, seat):
        raise Forbidden(
            "Your seat was let read the section, not comment on it to others.",
            code="comment_grant_required",
        )
    if audience is CommentAudience.OWNER:
        assert section.owner_delegation is not None
        return section.owner_delegation.home_scope_id
    if section.state == SectionState.PRIVATE_DRAFTING:
        raise Conflict(
            "The section is at home; only its owner can be addressed from there.", code="at_home"
        )
    if audience is CommentAudience.FORUM:
        return around.forum_scope
    return around.drafting_scope


def _other_side(seat: Delegation, thread: Comment) -> int | None:
    """Of the two seats of a thread with an owner, the readers of the one that is not speaking."""
    if seat.home_scope_id == thread.seat_scope_id:
        return thread.effective_scope_id
    if seat.home_scope_id == thread.effective_scope_id:
        return thread.seat_scope_id
    raise Forbidden("Your seat is not one of the two of this thread.", code="not_of_the_thread")


def _may_comment(actor: Actor, section: Section, seat: Delegation) -> bool:
    """Whether a grant to comment names the seat, or its country or organisation."""
    groups = granting_groups(actor, section, Level.COMMENT)
    party = Q(holder_id=seat.pk) | Q(holder_id=seat.party.pk)
    return RoleGroup.objects.filter(party, group__in=groups).exists()


def _audience(code: str, detail: str) -> Invalid:
    return Invalid([FieldError("/audience", code, detail)])
