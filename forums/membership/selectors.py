"""Reads of seats and offices that more than one place needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate

from platform_api.core.actor import Actor, Role
from platform_api.identity.actors import LIVE
from platform_api.identity.groups import reader_groups_of
from platform_api.identity.models import Membership, User, UserKind

from .models import Delegate, Delegation, Forum, Office
from .validity import seat_time


def readers_of(seats: Iterable[Delegation]) -> dict[int, tuple[datetime, datetime | None]]:
    """The reader groups of seats with the time in which each seat stands."""
    by_id = {seat.pk: seat for seat in seats}
    return {
        group_id: seat_time(by_id[seat_id].since, by_id[seat_id].until)
        for seat_id, group_id in reader_groups_of(by_id).items()
    }


def office_holders(forum_id: UUID, kind: Office.Kind) -> set[UUID]:
    """The delegations that hold an office of a forum today."""
    today = TruncDate(Now())
    rows = Office.objects.filter(
        Q(until=None) | Q(until__gt=today), forum_id=forum_id, kind=kind, since__lte=today
    )
    return set(rows.exclude(delegation=None).values_list("delegation_id", flat=True))


def forums_in_office(seats: Iterable[UUID], kind: Office.Kind) -> QuerySet[Forum]:
    """The forums in which one of some seats holds an office today."""
    today = TruncDate(Now())
    offices = Office.objects.filter(
        Q(until=None) | Q(until__gt=today),
        delegation__in=list(seats),
        kind=kind,
        since__lte=today,
    )
    return Forum.objects.filter(pk__in=offices.values("forum"))


def roles_in_office(actor: Actor, forum_id: UUID, kind: Office.Kind) -> frozenset[Role]:
    """The roles an actor holds at the seats that hold an office today."""
    roles: frozenset[Role] = frozenset()
    for seat in office_holders(forum_id, kind):
        roles |= actor.roles_at(seat)
    return roles


def roles_in_secretariat(actor: Actor, row: Any) -> frozenset[Role]:
    """The roles an actor holds at the secretariat of a row's forum today; none without a forum.

    Rows of a list bring the secretariat along (``secretariat_now``).
    """
    if row.forum_id is None:
        return frozenset()
    if "secretariat" in vars(row):
        return actor.roles_at(row.secretariat)
    return roles_in_office(actor, row.forum_id, Office.Kind.SECRETARIAT)


def secretariat_now(forum: str = "forum") -> Subquery:
    """The delegation that is the secretariat of a row's forum today, to annotate a list with.

    forum: the row's field. Spares a list a query for each row when its abilities are told.
    """
    today = TruncDate(Now())
    offices = Office.objects.filter(
        Q(until=None) | Q(until__gt=today),
        forum=OuterRef(forum),
        kind=Office.Kind.SECRETARIAT,
        since__lte=today,
    )
    return Subquery(offices.values("delegation")[:1])


def is_secretariat(forum: Forum, seats: Iterable[UUID]) -> bool:
    """Whether one of the seats is the forum's secretariat today."""
    return bool(office_holders(forum.pk, Office.Kind.SECRETARIAT) & set(seats))


def live_delegates(delegates: QuerySet[Delegate]) -> QuerySet[Delegate]:
    """Those whose time has begun and has not ended; the seat's own time is not looked at."""
    return delegates.filter(LIVE)


def held_delegates(
    seat: Delegation, user: User, role: Role, begin: datetime, end: datetime | None
) -> QuerySet[Delegate]:
    """The times in which a person holds a role at a seat that overlap the time asked about."""
    rows = Delegate.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=begin), delegation=seat, user=user, role=role.value
    )
    return rows if end is None else rows.filter(valid_from__lt=end)


def person_named(actor: Actor, seat: Delegation, email: str) -> User | None:
    """The person of an address, if the actor may appoint it to a seat; else None.

    Other people than an operator reach those who never acted for anybody, and those who act or
    acted for the seat or its country or organisation. Anybody else is as unknown as an address
    without a person (docs/decisions/0003-adding-delegates.md): the same single statement finds
    nothing, so that neither answer nor time tells who has an account elsewhere.
    """
    people = User.objects.filter(
        email=email.lower(), kind=UserKind.PERSON, is_active=True, is_operator=False
    )
    if not actor.is_operator:
        # Memberships, because an actor does not see delegates of other seats.
        ties = Membership.objects.filter(user=OuterRef("pk"))
        own = ties.filter(group__rolegroup__holder_id__in=[seat.pk, seat.party.pk])
        people = people.filter(Exists(own) | ~Exists(ties))
    return people.first()


def managed_seats(actor: Actor) -> list[UUID]:
    """The delegations whose access an actor manages."""
    return [seat for seat, roles in actor.seats.items() if Role.ACCESS_MANAGER in roles]


def forum_slug_of(seat_id: UUID) -> str:
    """The slug of the forum in which a seat sits; empty for anything else."""
    slugs = Delegation.objects.filter(pk=seat_id).values_list("forum__slug", flat=True)
    return slugs.first() or ""
