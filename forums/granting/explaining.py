"""Why a seat, a person or a client of one's own may do what it may, and who may do a thing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from forums.membership.models import ClientBinding, Delegate, Delegation
from forums.membership.selectors import live_delegates
from platform_api.core.access_explained import Explanation, explain, who_can
from platform_api.core.access_paths import readers_of
from platform_api.core.actor import PUBLIC_SCOPE, Actor
from platform_api.core.registry import registry
from platform_api.core.transaction import acting
from platform_api.identity.actors import LIVE, actor_of
from platform_api.identity.models import RoleGroup, ScopeReader, User

from .rules import managed_seats
from .seats import HolderName, names_of, seat_actor, seat_actors, standing_seats
from .selectors import Cell, Kept, cells_of, kept_objects


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose access is explained: an actor as far as it acts for one seat."""

    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation with the holders named. sight: every way that leads to it."""

    explanation: Explanation
    sight: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Able:
    """Who may do a thing to an object.

    everybody: it is public. people: accounts of the seat that keeps the object.
    """

    everybody: bool
    seats: tuple[HolderName, ...]
    people: tuple[User, ...]


def subject_named(actor: Actor, name: str) -> Subject | None:
    """The subject of a name among the seats whose access the actor manages; None for others.

    Somebody who acts for other seats too is taken as far as it acts for these.
    """
    kind, _, key = name.partition(":")
    seats = Delegation.objects.filter(pk__in=managed_seats(actor)).order_by("pk")
    for seat in seats:
        found = _at(seat, kind, key)
        if found is not None:
            return Subject(name, found)
    return None


def explained(actor: Actor, subject: Subject, type_name: str, key: UUID) -> Explained | None:
    """How a subject comes to what it may; None for an object of which the actor must not know.

    It knows of what the subject sees, of what its own seat keeps and of what it sees itself.
    """
    rows: Any = registry.protection_named(type_name).model._default_manager
    kept = kept_objects(actor, type_name, [key]).get(key)
    obj = kept.obj if kept else rows.visible_to(actor).filter(pk=key).first()
    with acting(subject.actor):
        obj = obj or rows.visible_to(subject.actor).filter(pk=key).first()
        if obj is None:
            return None
        found = explain(subject.actor, obj)
        return Explained(found, cells_of(found.sight, subject.actor.groups))


def able(actor: Actor, kept: Kept, ability: str) -> Able:
    """Who may do a thing to an object that a seat of the actor's keeps."""
    model = type(kept.obj)
    with acting(kept.seat):
        reached = readers_of(model, [kept.obj.pk]).get(kept.obj.pk, [])
    public = any(each.scope == PUBLIC_SCOPE for each in reached)
    groups = {each.group for each in reached if each.group is not None}
    scopes = {each.scope for each in reached if each.scope is not None}
    readers = ScopeReader.objects.filter(LIVE, scope_id__in=scopes)
    groups |= set(readers.values_list("group_id", flat=True))
    (keeper,) = kept.seat.seats
    seats = list(_seats_behind(groups, everybody=public, and_of=[keeper]).order_by("pk"))
    may = [seat.user_id for seat in who_can(ability, kept.obj, seat_actors(seats))]
    people = _people_of(keeper)
    persons = who_can(ability, kept.obj, [each for _, each in people])
    names = names_of(pk for pk in may if pk)
    ids = {person.user_id for person in persons}
    return Able(
        everybody=public and ability == "view",
        seats=tuple(names[pk] for pk in may if pk in names),
        people=tuple(user for user, _ in people if user.pk in ids),
    )


def _seats_behind(groups: Collection[int], *, everybody: bool, and_of: Iterable[UUID]) -> Any:
    """The standing seats that hold some role groups, as seats or through their parties."""
    holders = RoleGroup.objects.filter(group_id__in=groups).values("holder_id")
    held = Q(pk__in=holders) | Q(country__in=holders) | Q(organisation__in=holders)
    seats = Delegation.objects.filter(standing_seats())
    return seats if everybody else seats.filter(held | Q(pk__in=list(and_of)))


def _people_of(seat: UUID) -> list[tuple[User, Actor]]:
    """The accounts that act for a seat now, each as an actor as far as it does."""
    delegation = Delegation.objects.get(pk=seat)
    delegates = live_delegates(Delegate.objects.filter(delegation=seat))
    bindings = ClientBinding.objects.filter(delegation=seat)
    users = User.objects.filter(
        Q(pk__in=delegates.values("user")) | Q(pk__in=bindings.values("client__user")),
        is_active=True,
    )
    scopes = {
        binding.client.user_id: frozenset(binding.client.scopes)
        for binding in bindings.select_related("client")
    }
    people = [
        (user, _as_of_seat(actor_of(user, token_scopes=scopes.get(user.pk)), delegation))
        for user in users.order_by("name", "pk")
    ]
    return [(user, each) for user, each in people if each.seats]


def _at(seat: Delegation, kind: str, key: str) -> Actor | None:
    """The actor that a subject is at a seat; None where it does not act for it."""
    if kind == "delegation":
        return seat_actor(seat) if str(seat.pk) == key else None
    for user, each in _people_of(seat.pk):
        named = str(user.pk)
        if kind == "client":
            bound = ClientBinding.objects.filter(delegation=seat, client__user=user)
            named = bound.values_list("client__client_id", flat=True).first() or ""
        if named == key and (kind == "client") == (user.kind == "client"):
            return each
    return None


def _as_of_seat(actor: Actor, seat: Delegation) -> Actor:
    """An actor as far as it acts for one seat."""
    party = seat.country_id or seat.organisation_id
    rows = RoleGroup.objects.filter(
        group_id__in=actor.groups, holder_id__in=[each for each in (seat.pk, party) if each]
    )
    groups = frozenset(rows.values_list("group_id", flat=True))
    scopes = ScopeReader.objects.filter(LIVE, group_id__in=groups)
    return replace(
        actor,
        groups=groups,
        scopes=frozenset(scopes.values_list("scope_id", flat=True)) | {PUBLIC_SCOPE},
        seats={pk: roles for pk, roles in actor.seats.items() if pk == seat.pk},
        parties={pk: roles for pk, roles in actor.parties.items() if pk == party},
        is_operator=False,
    )
