"""What every write to a comment is made of: its lock, its record, and who is told.

Called within services, in their transaction.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from forums.membership.models import Delegation, Forum
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict
from platform_api.core.service import check_revision, locked_row
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .models import Comment, CommentAudience
from .rings import surroundings_of
from .selectors import seats_seeing


def locked_comment(comment: Comment) -> Comment:
    """The comment as it is now, locked until the transaction ends. Raises NotVisible."""
    rows = Comment.objects.select_related("section", "thread", "delegation")
    return locked_row(rows, comment.pk)


def allowed(actor: Actor, ability: str, comment: Comment, if_match: str) -> None:
    """Raise unless the actor may do this to the locked comment, as it was read.

    412 comes before 409: who is late learns what is there now.
    """
    try:
        access.require(actor, ability, comment)
    except Conflict:
        check_revision(comment.etag_revision, if_match)
        raise
    check_revision(comment.etag_revision, if_match)


def record_comment(
    kind: str, actor: Actor, comment: Comment, seat_id: UUID, details: Mapping[str, object]
) -> Entry:
    """Write what was done to a comment into the ledger, with an event for its ring.

    The entry is for the seat of the comment alone; no words of the comment are in it.
    """
    return record(
        kind=kind,
        actor=actor,
        object_type="comment",
        object_id=comment.pk,
        seat_id=seat_id,
        owner_seat_id=comment.delegation_id,
        effective_scope_id=comment.seat_scope_id,
        details={"audience": comment.audience, **details},
        events=[EventSpec(kind, narrow_scope_id=scope) for scope in _told(comment)],
    )


def tell(actor: Actor, kind: str, entry: Entry, comment: Comment) -> None:
    """Notify those whom a comment concerns and who see it: the drafters of its seat, of the
    section's owner and of the seats that wrote in its thread."""
    first = comment.thread_id or comment.pk
    spoken = Comment.objects.filter(Q(pk=first) | Q(thread=first))
    concerned = {*spoken.values_list("delegation", flat=True), comment.delegation_id}
    seats = Delegation.objects.filter(
        Q(pk__in=concerned) | Q(pk=comment.section.owner_delegation_id)
    ).order_by("pk")
    if comment.audience == CommentAudience.INTERNAL:
        seats = seats.filter(pk=comment.delegation_id)
    notify(
        actor=actor,
        to=people_at(_ids(seats_seeing(comment, seats)), [Role.DRAFTER]),
        kind=kind,
        matter=entry,
        object_type="comment",
        object_id=comment.pk,
        forum=_forum_slug(comment),
    )


def _ids(seats: Iterable[Delegation]) -> list[UUID]:
    return [seat.pk for seat in seats]


def _forum_slug(comment: Comment) -> str:
    forum = surroundings_of(comment.section.document_id).forum
    return Forum.objects.values_list("slug", flat=True).get(pk=forum)


def _told(comment: Comment) -> list[int | None]:
    """The scopes that are told, now and later; None for whoever sees the comment."""
    audience = CommentAudience(comment.audience)
    if audience is CommentAudience.FORUM:
        return [None]
    if audience is CommentAudience.DRAFTING_GROUP:
        return [comment.effective_scope_id]
    if audience is CommentAudience.OWNER:
        return [comment.seat_scope_id, comment.effective_scope_id]
    return [comment.seat_scope_id]
