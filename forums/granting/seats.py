"""Seats as those who look: access is judged on the seat, not on who manages it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from forums.countries.models import Country
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core.actor import PUBLIC_SCOPE, Actor, ActorKind, Role
from platform_api.identity.actors import LIVE
from platform_api.identity.models import RoleGroup, ScopeReader

Holder = Delegation | Country | Organisation
"""Whom a grant names: one seat, or a country or organisation with all its seats."""


@dataclass(frozen=True, slots=True)
class HolderName:
    """A holder of access as answers name it.

    kind: ``delegation``, ``country``, ``organisation``, or ``everybody`` for what is public.
    delegation: the seat, of the first only. country, organisation: code or key of the party.
    forum: slug of the seat's forum.
    """

    kind: str
    delegation: UUID | None = None
    country: str | None = None
    organisation: str | None = None
    forum: str | None = None


EVERYBODY = HolderName("everybody")


def standing_seats() -> Q:
    """The condition of seats that stand today."""
    today = TruncDate(Now())
    begun = Q(since=None) | Q(since__lte=today)
    return begun & (Q(until=None) | Q(until__gt=today))


def seat_actor(seat: Delegation) -> Actor:
    """The seat itself as an actor: what somebody with every role there would be.

    The database knows it too (``rcp_groups``), so that both walls hold. It can only look: no user
    has its id. A seat that has ended or is suspended has nothing.
    """
    return seat_actors([seat])[0]


def seat_actors(seats: Iterable[Delegation]) -> list[Actor]:
    """``seat_actor`` of many different seats, in their order and as many queries as of one."""
    parties = {seat.pk: seat.country_id or seat.organisation_id for seat in seats}
    standing = set(
        Delegation.objects.filter(standing_seats(), pk__in=parties).values_list("pk", flat=True)
    )
    holders = {holder for seat in standing for holder in (seat, parties[seat]) if holder}
    held: dict[UUID, dict[int, Role]] = defaultdict(dict)
    rows = RoleGroup.objects.filter(holder_id__in=holders, suspended_at=None)
    for group, holder, role in rows.values_list("group_id", "holder_id", "role"):
        held[holder][group] = Role(role)
    scopes: dict[int, set[int]] = defaultdict(set)
    readers = ScopeReader.objects.filter(LIVE, group_id__in=set().union(*held.values()))
    for group, scope in readers.values_list("group_id", "scope_id"):
        scopes[group].add(scope)

    def actor(seat: UUID, party: UUID | None) -> Actor:
        of_seat, of_party = held.get(seat, {}), held.get(party, {}) if party else {}
        if seat not in standing:
            of_seat = of_party = {}
        groups = frozenset({*of_seat, *of_party})
        return Actor(
            kind=ActorKind.SYSTEM,
            user_id=seat,
            name=str(seat),
            groups=groups,
            scopes=frozenset[int]({PUBLIC_SCOPE}).union(*(scopes[group] for group in groups)),
            seats={seat: frozenset(of_seat.values())} if of_seat else {},
            parties={party: frozenset(of_party.values())} if party and of_party else {},
        )

    return [actor(seat, party) for seat, party in parties.items()]


def holder_names(groups: Iterable[int]) -> dict[int, HolderName]:
    """The holder behind each role group."""
    held = dict(
        RoleGroup.objects.filter(group_id__in=set(groups)).values_list("group_id", "holder_id")
    )
    names = names_of(held.values())
    return {group: names[holder] for group, holder in held.items() if holder in names}


def names_of(holders: Iterable[UUID]) -> dict[UUID, HolderName]:
    """The names of seats, countries and organisations by their ids."""
    ids = set(holders)
    names: dict[UUID, HolderName] = {
        pk: HolderName("country", country=code)
        for pk, code in Country.objects.filter(pk__in=ids).values_list("pk", "code")
    }
    for pk, key in Organisation.objects.filter(pk__in=ids).values_list("pk", "key"):
        names[pk] = HolderName("organisation", organisation=key)
    seats = Delegation.objects.filter(pk__in=ids)
    for seat in seats.select_related("country", "organisation", "forum"):
        names[seat.pk] = HolderName(
            "delegation",
            delegation=seat.pk,
            country=seat.country.code if seat.country else None,
            organisation=seat.organisation.key if seat.organisation else None,
            forum=seat.forum.slug if seat.forum else None,
        )
    return names
