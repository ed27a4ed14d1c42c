"""Reads of meetings that are more than a queryset."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate

from forums.membership.models import Delegation, Office
from forums.membership.selectors import office_holders
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import FieldError
from platform_api.core.partial_dates import PartialDate, is_partial_date

from .models import Meeting, MeetingSeat, MeetingSeries

SEAT = ("owner_delegation__country", "owner_delegation__organisation")


def shown_meetings(actor: Actor) -> QuerySet[Meeting]:
    """The meetings an actor sees, with what their representation needs.

    ``seen_series`` and ``seen_continuation_of`` are null where the row they name is hidden.
    """
    series = MeetingSeries.objects.visible_to(actor).filter(pk=OuterRef("series"))
    continued = Meeting.objects.visible_to(actor).filter(pk=OuterRef("continuation_of"))
    return (
        Meeting.objects.visible_to(actor)
        .select_related("forum", *SEAT)
        .annotate(
            seen_series=Subquery(series.values("pk")[:1]),
            seen_continuation_of=Subquery(continued.values("pk")[:1]),
        )
    )


def with_seats(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with ``named_seats``, the participating seats that are named."""
    seats = MeetingSeat.objects.select_related("delegation__country", "delegation__organisation")
    return meetings.prefetch_related(Prefetch("seats", queryset=seats, to_attr="named_seats"))


def participating_seats(meeting: Meeting) -> list[Delegation]:
    """The delegations that take part in a meeting and whose seats stand today.

    Those that are named, else all of the forum.
    """
    today = TruncDate(Now(), tzinfo=UTC)
    standing = Delegation.objects.filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gt=today)
    )
    named = MeetingSeat.objects.filter(meeting=meeting).values_list("delegation", flat=True)
    if named:
        return list(standing.filter(pk__in=named))
    return list(standing.filter(forum=meeting.forum_id)) if meeting.forum_id else []


def keeping_seat(actor: Actor, row: Meeting | MeetingSeries) -> UUID | None:
    """The seat through which an actor keeps a meeting: the owner's, or the secretariat's."""
    owner = row.owner_delegation_id
    if owner is not None and Role.DRAFTER in actor.roles_at(owner):
        return owner
    holders = office_holders(row.forum_id, Office.Kind.SECRETARIAT) if row.forum_id else set()
    return next((seat for seat in holders if Role.DRAFTER in actor.roles_at(seat)), None)


def faults(facts: Mapping[str, Any]) -> list[FieldError]:
    """What is wrong with the dates and reported figures of a meeting; nothing for a good one."""
    found = [
        FieldError(f"/{name}", "invalid_date", "The calendar has no such date.")
        for name in ("begins", "ends")
        if facts[name] is not None and not is_partial_date(facts[name])
    ]
    if not found and facts["begins"] and facts["ends"]:
        begins, ends = PartialDate.parse(facts["begins"]), PartialDate.parse(facts["ends"])
        if ends.surely_before(begins):
            found.append(FieldError("/ends", "before_begins", "It cannot end before it begins."))
    participants, countries = facts["reported_participants"], facts["reported_countries"]
    reported = participants is not None or countries is not None
    if reported and not facts["reported_source"].strip():
        found.append(
            FieldError("/reported_source", "required", "Reported figures need their source.")
        )
    if facts["reported_source"] and not reported:
        found.append(
            FieldError("/reported_participants", "required", "The source reports no figure.")
        )
    if participants is not None and countries is not None and countries > participants:
        found.append(
            FieldError(
                "/reported_countries",
                "more_than_participants",
                "There are no more countries than participants.",
            )
        )
    return found
