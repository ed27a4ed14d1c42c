"""The points of a meeting's agenda."""

from collections.abc import Mapping

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, ProtectedError

from forums.meetings.models import AgendaItem, Meeting
from forums.meetings.selectors import keeping_seat
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import home_scope
from platform_api.ledger.services import EventSpec, record


@service
def agenda_item_add(
    *,
    actor: Actor,
    meeting: Meeting,
    titles: Mapping[str, str],
    kind: str,
    position: int | None = None,
) -> AgendaItem:
    """Put a point on a meeting's agenda, at the end unless a free position is named.

    Raises Forbidden, Conflict (``wrong_state``, ``position_taken``).
    """
    locked = locked_row(Meeting.objects.all(), meeting.pk)
    access.require(actor, "revise", locked)
    if position is None:
        held = AgendaItem.objects.filter(meeting=locked)
        position = (held.aggregate(last=Max("position"))["last"] or 0) + 1
    _free_position(locked, position)
    item = AgendaItem(meeting=locked, position=position, kind=kind, titles=dict(titles))
    item.save(force_insert=True)
    _record_agenda("agenda_item.added", actor, item, {"position": position, "kind": kind})
    return item


@service
def agenda_item_revise(
    *,
    actor: Actor,
    item: AgendaItem,
    if_match: str,
    titles: Mapping[str, str | None] | None = None,
    kind: str | None = None,
    position: int | None = None,
) -> AgendaItem:
    """Change a point of the agenda; what is None stays, a title of None is taken out.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``, ``position_taken``), Invalid.
    """
    locked = _permitted_item(actor, "revise", item, if_match)
    before = {"titles": locked.titles, "kind": locked.kind, "position": locked.position}
    merged = {**locked.titles, **(titles or {})}
    after = {
        "titles": {tag: title for tag, title in merged.items() if title},
        "kind": kind or locked.kind,
        "position": position or locked.position,
    }
    if not after["titles"]:
        raise Invalid([FieldError("/titles", "required", "A point of the agenda has a title.")])
    if after == before:
        return locked
    if after["position"] != before["position"]:
        _free_position(locked.meeting, locked.position if position is None else position)
    for name, value in after.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save(update_fields=[*after, "revision"])
    _record_agenda("agenda_item.revised", actor, locked, {"before": before, "after": after})
    return locked


@service
def agenda_item_remove(*, actor: Actor, item: AgendaItem, if_match: str) -> None:
    """Take a point off the agenda.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``, and ``in_use`` where
    something is presented at it).
    """
    locked = _permitted_item(actor, "delete", item, if_match)
    _record_agenda("agenda_item.removed", actor, locked, {"titles": locked.titles})
    try:
        with transaction.atomic():
            locked.delete()
            # What refers to it may be hidden from the actor; the database knows, and is asked now.
            connection.check_constraints()
    except (IntegrityError, ProtectedError) as error:
        raise Conflict("Something is presented at this point.", code="in_use") from error


def _permitted_item(actor: Actor, ability: str, item: AgendaItem, if_match: str) -> AgendaItem:
    """The item, locked after its meeting, if the actor may change it and the meeting's agenda."""
    meeting = locked_row(Meeting.objects.all(), item.meeting_id)
    locked = locked_row(AgendaItem.objects.all(), item.pk)
    locked.meeting = meeting
    access.require(actor, ability, locked)
    check_revision(locked.etag_revision, if_match)
    access.require(actor, "revise", meeting)
    return locked


def _free_position(meeting: Meeting, position: int) -> None:
    if AgendaItem.objects.filter(meeting=meeting, position=position).exists():
        raise Conflict("The agenda has another point there.", code="position_taken")


def _record_agenda(
    kind: str, actor: Actor, item: AgendaItem, details: Mapping[str, object]
) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type="agenda_item",
        object_id=item.pk,
        seat_id=keeping_seat(actor, item.meeting),
        owner_seat_id=item.meeting.owner_delegation_id,
        effective_scope_id=item.meeting.effective_scope_id,
        details={"meeting": str(item.meeting_id), **details},
        events=[EventSpec(kind, narrow_scope_id=home_scope(item.meeting.effective_scope_id))],
    )
