"""Series and meetings: planning, holding, closing, and who organises them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db.models import Max

from forums.granting.services import GrantChanged, grant_changed
from forums.marking.releasability import require_releasable
from forums.meetings.models import (
    Meeting,
    MeetingGrant,
    MeetingOrganiser,
    MeetingSeat,
    MeetingSeries,
    MeetingState,
)
from forums.meetings.selectors import faults, keeping_seat
from forums.membership.models import Delegation, Forum
from forums.membership.selectors import is_secretariat
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import home_scope, reader_groups_of
from platform_api.ledger.services import EventSpec, record

FACTS: Mapping[str, Any] = {
    "kind": None,
    "mode": None,
    "place": "",
    "time_zone": "UTC",
    "begins": None,
    "ends": None,
    "duration_days": None,
    "reported_participants": None,
    "reported_countries": None,
    "reported_source": "",
}
"""What is told of a meeting besides its titles, with what stands where nothing is told."""


@service
def meeting_series_create(
    *, actor: Actor, delegation: Delegation, names: Mapping[str, str], common: bool = False
) -> MeetingSeries:
    """Begin a series of meetings in a seat's forum, or at a home seat.

    common: the forum's own, which only its secretariat may say. Raises Forbidden
    (``drafter_required``, ``not_secretariat``).
    """
    _require_keeper(actor, delegation, common)
    series = MeetingSeries(
        forum=delegation.forum,
        owner_delegation=None if common else delegation,
        names=dict(names),
        effective_scope_id=_scope(delegation),
    )
    series.save(force_insert=True)
    _record("meeting_series.created", actor, series, delegation.pk, {"names": dict(names)})
    return series


@service
def meeting_create(
    *,
    actor: Actor,
    delegation: Delegation,
    titles: Mapping[str, str],
    series: MeetingSeries | None = None,
    sequence: int | None = None,
    continuation_of: Meeting | None = None,
    seats: Iterable[Delegation] = (),
    common: bool = False,
    **facts: Any,
) -> Meeting:
    """Plan a meeting of a seat's forum, or of a home seat.

    delegation: the seat acted for, which keeps the meeting. sequence: the next of the series by
    default. seats: the delegations that take part; in a forum all of them where none is named.
    One that sits elsewhere is let see the meeting. facts: see ``FACTS``; kind and mode at least.

    Raises Forbidden (``drafter_required``, ``not_secretariat``), Conflict (``sequence_taken``)
    and Invalid.
    """
    _require_keeper(actor, delegation, common)
    told = {**FACTS, **facts}
    errors = _unknown_zone(told) + faults(told)
    if continuation_of is not None and not _together(continuation_of, delegation):
        errors.append(FieldError("/continuation_of", "of_another_forum", "It is another forum's."))
    if series is not None and not _together(series, delegation):
        errors.append(FieldError("/series", "of_another_forum", "It is another forum's."))
    if series is None and sequence is not None:
        errors.append(FieldError("/sequence", "without_series", "It is in no series."))
    if errors:
        raise Invalid(errors)
    meeting = Meeting(
        forum=delegation.forum,
        owner_delegation=None if common else delegation,
        series=series,
        sequence=None if series is None else _place_in(actor, series, sequence),
        continuation_of=continuation_of,
        titles=dict(titles),
        effective_scope_id=_scope(delegation),
        **told,
    )
    meeting.save(force_insert=True)
    taking_part = {seat.pk: seat for seat in seats}
    MeetingSeat.objects.bulk_create(
        MeetingSeat(meeting=meeting, delegation=seat) for seat in taking_part.values()
    )
    _let_see(
        actor,
        meeting,
        [
            seat.pk
            for seat in taking_part.values()
            if seat.pk != delegation.pk
            and (meeting.forum is None or seat.forum_id != meeting.forum_id)
        ],
        "participating seat",
    )
    _record(
        "meeting.created",
        actor,
        meeting,
        delegation.pk,
        {"titles": dict(titles), "seats": [str(key) for key in taking_part], **told},
    )
    return meeting


@service
def meeting_revise(
    *,
    actor: Actor,
    meeting: Meeting,
    if_match: str,
    titles: Mapping[str, str | None] | None = None,
    **facts: Any,
) -> Meeting:
    """Change what is told of a meeting; what is not named stays, a title of None is taken out.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``) and Invalid.
    """
    locked = _permitted(actor, "revise", meeting, if_match)
    before = {name: getattr(locked, name) for name in (*FACTS, "titles")}
    after = {**before, **facts}
    merged = {**before["titles"], **(titles or {})}
    after["titles"] = {tag: title for tag, title in merged.items() if title}
    errors = _unknown_zone(after) + faults(after)
    if not after["titles"]:
        errors.append(FieldError("/titles", "required", "A meeting has a title."))
    if errors:
        raise Invalid(errors)
    changed = [name for name, value in after.items() if value != before[name]]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, after[name])
    _saved(locked, changed)
    _record(
        "meeting.revised",
        actor,
        locked,
        keeping_seat(actor, locked),
        {
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        },
    )
    return locked


@service
def meeting_hold(*, actor: Actor, meeting: Meeting, if_match: str) -> Meeting:
    """Say that a planned meeting was held. Raises as ``meeting_revise``."""
    return _moved(actor, "hold", meeting, if_match, MeetingState.HELD)


@service
def meeting_close(*, actor: Actor, meeting: Meeting, if_match: str) -> Meeting:
    """Close a meeting that was held; it is not changed any more. Raises as ``meeting_revise``."""
    return _moved(actor, "close", meeting, if_match, MeetingState.CLOSED)


@service
def meeting_cancel(*, actor: Actor, meeting: Meeting, if_match: str) -> Meeting:
    """Cancel a meeting that was not held yet. Raises as ``meeting_revise``."""
    return _moved(actor, "cancel", meeting, if_match, MeetingState.CANCELLED)


@service
def meeting_organiser_add(
    *, actor: Actor, meeting: Meeting, party: Organisation | Delegation, role: str
) -> MeetingOrganiser:
    """Name who organises, hosts or pays for a meeting, which thereby sees the meeting.

    An organisation does so through whichever of its seats it acts. Raises Forbidden, Conflict
    (``wrong_state``, ``already_organiser``).
    """
    locked = locked_row(Meeting.objects.all(), meeting.pk)
    access.require(actor, "revise", locked)
    is_seat = isinstance(party, Delegation)
    named: dict[str, Any] = {"delegation" if is_seat else "organisation": party}
    if MeetingOrganiser.objects.filter(meeting=locked, role=role, **named).exists():
        raise Conflict("It is named in this role already.", code="already_organiser")
    organiser = MeetingOrganiser(meeting=locked, role=role, **named)
    organiser.save(force_insert=True)
    _let_see(actor, locked, [party.pk], role)
    _record(
        "meeting.organiser_added",
        actor,
        locked,
        keeping_seat(actor, locked),
        {"party": str(party.pk), "role": role},
    )
    return organiser


def _require_keeper(actor: Actor, delegation: Delegation, common: bool) -> None:
    if Role.DRAFTER not in actor.roles_at(delegation.pk):
        raise Forbidden("A drafter of the seat plans meetings.", code="drafter_required")
    if common and (
        delegation.forum is None or not is_secretariat(delegation.forum, [delegation.pk])
    ):
        raise Forbidden("Only the secretariat plans for the forum.", code="not_secretariat")


def _scope(delegation: Delegation) -> int | None:
    """The readers of what a seat keeps: its forum's, or its own at home."""
    forum: Forum | None = delegation.forum
    return delegation.home_scope_id if forum is None else forum.effective_scope_id


def _together(row: Meeting | MeetingSeries, delegation: Delegation) -> bool:
    """Whether a row is of the same forum as a seat, or of the same home seat."""
    if delegation.forum_id is None:
        return row.owner_delegation_id == delegation.pk
    return row.forum_id == delegation.forum_id


def _place_in(actor: Actor, series: MeetingSeries, wanted: int | None) -> int:
    locked = locked_row(MeetingSeries.objects.all(), series.pk)
    access.require(actor, "add_meeting", locked)
    held = Meeting.objects.filter(series=locked)
    if wanted is None:
        return (held.aggregate(last=Max("sequence"))["last"] or 0) + 1
    if held.filter(sequence=wanted).exists():
        raise Conflict("The series has a meeting of this number.", code="sequence_taken")
    return wanted


def _let_see(actor: Actor, meeting: Meeting, holders: Iterable[UUID], reason: str) -> None:
    """Let seats or organisations see a meeting, besides those that do by its forum.

    Raises Conflict (``not_releasable``) where the meeting's marks leave one out.
    """
    holders = list(holders)
    require_releasable(type(meeting), [meeting.pk], holders)
    groups = reader_groups_of(holders).values()
    # Grants on a meeting that is not its own are hidden from the secretariat, so that the database
    # has to say which are there.
    MeetingGrant.objects.bulk_create(
        [
            MeetingGrant(
                content_object_id=meeting.pk,
                group_id=group_id,
                permission_id=access.permission_id(Meeting, Level.READ),
                reason=reason,
                granted_by_id=actor.require_user(),
            )
            for group_id in groups
        ],
        ignore_conflicts=True,
    )
    for group_id in groups:
        grant_changed.fire(GrantChanged(meeting, "meeting", group_id, gained=True))


def _permitted(actor: Actor, ability: str, meeting: Meeting, if_match: str) -> Meeting:
    """The locked meeting, if the actor may; who is late learns so before its state counts."""
    locked = locked_row(Meeting.objects.all(), meeting.pk)
    try:
        access.require(actor, ability, locked)
    except Conflict:
        check_revision(locked.etag_revision, if_match)
        raise
    check_revision(locked.etag_revision, if_match)
    return locked


def _moved(actor: Actor, ability: str, meeting: Meeting, if_match: str, to: str) -> Meeting:
    locked = _permitted(actor, ability, meeting, if_match)
    before, locked.state = locked.state, to
    _saved(locked, ["state"])
    _record(
        f"meeting.{to}",
        actor,
        locked,
        keeping_seat(actor, locked),
        {"before": before, "after": to},
    )
    return locked


def _saved(meeting: Meeting, changed: list[str]) -> None:
    meeting.revision += 1
    meeting.save(update_fields=[*changed, "revision"])


def _unknown_zone(told: Mapping[str, Any]) -> list[FieldError]:
    if told["time_zone"] in available_timezones():
        return []
    return [FieldError("/time_zone", "unknown", "There is no such time zone (IANA name).")]


def _record(
    kind: str,
    actor: Actor,
    row: Meeting | MeetingSeries,
    seat_id: UUID | None,
    details: Mapping[str, object],
) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type="meeting" if isinstance(row, Meeting) else "meeting_series",
        object_id=row.pk,
        seat_id=seat_id,
        owner_seat_id=row.owner_delegation_id,
        effective_scope_id=row.effective_scope_id,
        details=details,
        events=[EventSpec(kind, narrow_scope_id=home_scope(row.effective_scope_id))],
    )
