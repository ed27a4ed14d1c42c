"""What those who manage access may know: stubs of objects, and who has access to them by what.

An access manager need not read its seat's objects. What it asks is therefore asked as the seat,
and told as a stub: type, key and owner, and the title of what its own seat keeps. The secretariat
of a forum is told the national objects on which others hold grants, without titles.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from forums.membership.models import Delegation, Forum, Office
from forums.membership.selectors import forums_in_office
from platform_api.core.access import permission_id
from platform_api.core.access_paths import LIVE_GRANT, Reached, readers_of
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Level
from platform_api.core.http.pages import Count
from platform_api.core.registry import Protection, registry
from platform_api.core.transaction import acting
from platform_api.identity.actors import LIVE
from platform_api.identity.models import Scope, ScopeReader

from .rules import KEPT, Keeping, managed_seats
from .seats import EVERYBODY, HolderName, holder_names, names_of, seat_actors, standing_seats
from .tables import call


@dataclass(frozen=True, slots=True)
class Cell:
    """What one holder has on an object by one way.

    way: ``scope`` or ``grant``. scope: kind of the reader scope. until: when the grant ends.
    inherited_from: type name and key of the parents through which it comes, the nearest first.
    """

    holder: HolderName
    way: str
    level: Level
    until: datetime | None = None
    scope: str | None = None
    inherited_from: tuple[tuple[str, UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An object as who manages access to it is told of it, and who has what on it.

    owner: None for what is common to its forum. title: None for what the own seat does not keep.
    """

    type: str
    id: UUID
    owner: HolderName | None
    title: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MatrixFilter:
    """Which objects a matrix shows.

    forum: slug; only what seats in it own, and what is common to it. owner: the owner's seat.
    groups: role groups of which one holds a live grant; level, expiring_before: of such a grant.
    """

    forum: str | None = None
    owner: UUID | None = None
    groups: tuple[int, ...] | None = None
    level: Level | None = None
    expiring_before: datetime | None = None

    @property
    def of_grants(self) -> bool:
        return (self.groups, self.level, self.expiring_before) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Kept:
    """An object to which a seat keeps the access. seat: the seat as an actor."""

    obj: Model
    seat: Actor


class Matrix:
    """The objects of one type to which an actor manages or oversees access, newest key first.

    A feed for ``paginate_feed``: entries are an object's key twice, and it loads MatrixRows.
    """

    def __init__(self, actor: Actor, type_name: str, wanted: MatrixFilter | None = None) -> None:
        self.protection = registry.protection_named(type_name)
        self.actor = actor
        self.wanted = wanted or MatrixFilter()
        self._keeping = KEPT[type_name]
        self._owners: dict[UUID, UUID] = {}

    def fetch(
        self, *, after: tuple[Any, ...] | None, before: tuple[Any, ...] | None, limit: int
    ) -> list[tuple[UUID, UUID]]:
        """The first keys, or those after one, or the nearest before one; in the feed's order."""
        below = after[-1] if after else None
        above = before[-1] if before else None
        found = self._own_keys(below, above, limit) | self._overseen_keys(below, above, limit)
        nearest = sorted(found, reverse=above is None)[:limit]
        return [(key, key) for key in (nearest if above is None else nearest[::-1])]

    @property
    def rows(self) -> QuerySet[Any]:
        """Nothing: a matrix is not asked by ids."""
        return self.protection.model._default_manager.none()

    def load(self, ids: Sequence[UUID]) -> list[MatrixRow]:
        """The rows of these keys."""
        rows: list[MatrixRow] = []
        for seat in self._seats():
            with acting(seat):
                objects = list(
                    _kept(self.protection, self._keeping, seat)
                    .filter(pk__in=ids)
                    .select_related(*self._keeping.related)
                )
                rows += _rows(self.protection, objects, self._keeping)
        overseen = {key: owner for key, owner in self._owners.items() if key in set(ids)}
        return [*rows, *_overseen_rows(self.protection, overseen)]

    def count(self, cap: int) -> Count:
        """How many objects there are, counting no further than ``cap``."""
        found = len(self.fetch(after=None, before=None, limit=cap + 1))
        return Count(min(found, cap), capped=found > cap)

    def _seats(self) -> list[Actor]:
        seats = Delegation.objects.filter(pk__in=managed_seats(self.actor)).order_by("pk")
        if self.wanted.forum is not None:
            seats = seats.filter(forum__slug=self.wanted.forum)
        return seat_actors(seats)

    def _own_keys(self, below: UUID | None, above: UUID | None, limit: int) -> set[UUID]:
        keys: set[UUID] = set()
        for seat in self._seats():
            with acting(seat):
                rows = _kept(self.protection, self._keeping, seat)
                if self.wanted.owner is not None:
                    rows = rows.filter(owner_delegation=self.wanted.owner)
                if self.wanted.of_grants:
                    rows = rows.filter(Exists(self._grants().filter(content_object=OuterRef("pk"))))
                if below is not None:
                    rows = rows.filter(pk__lt=below)
                if above is not None:
                    rows = rows.filter(pk__gt=above)
                order = "-pk" if above is None else "pk"
                keys.update(rows.order_by(order).values_list("pk", flat=True)[:limit])
        return keys

    def _grants(self) -> QuerySet[Any]:
        assert self.protection.grants is not None
        rows: QuerySet[Any] = self.protection.grants._default_manager.filter(LIVE_GRANT)
        if self.wanted.groups is not None:
            rows = rows.filter(group_id__in=self.wanted.groups)
        if self.wanted.level is not None:
            rows = rows.filter(
                permission_id=permission_id(self.protection.model, self.wanted.level)
            )
        if self.wanted.expiring_before is not None:
            rows = rows.filter(expires_at__lt=self.wanted.expiring_before)
        return rows

    def _overseen_keys(self, below: UUID | None, above: UUID | None, limit: int) -> set[UUID]:
        keys: set[UUID] = set()
        wanted = self.wanted
        level = None if wanted.level is None else permission_id(self.protection.model, wanted.level)
        for forum in overseen_forums(self.actor, wanted.forum):
            found = call(
                self.protection,
                "overseen",
                forum,
                wanted.owner,
                below,
                above,
                limit,
                None if wanted.groups is None else list(wanted.groups),
                level,
                wanted.expiring_before,
            )
            self._owners |= dict(found)
            keys.update(key for key, _ in found)
        return keys


def kept_objects(actor: Actor, type_name: str, keys: Sequence[UUID]) -> dict[UUID, Kept]:
    """Those of some objects to which the actor's seats keep the access, by their keys."""
    protection, keeping = registry.protection_named(type_name), KEPT[type_name]
    found: dict[UUID, Kept] = {}
    seats = Delegation.objects.filter(pk__in=managed_seats(actor)).order_by("pk")
    for viewer in seat_actors(seats):
        with acting(viewer):
            rows = _kept(protection, keeping, viewer).select_related(*keeping.related)
            found |= {obj.pk: Kept(obj, viewer) for obj in rows.filter(pk__in=keys)}
    return found


def overseen_row(actor: Actor, type_name: str, key: UUID) -> MatrixRow | None:
    """A national object of a forum that the actor oversees, as its secretariat is told of it."""
    protection = registry.protection_named(type_name)
    for forum in overseen_forums(actor, None):
        found = call(
            protection, "overseen", forum, None, _next(key), _previous(key), 1, None, None, None
        )
        if found:
            return _overseen_rows(protection, dict(found))[0]
    return None


def overseeing_seat(actor: Actor, type_name: str, key: UUID) -> UUID | None:
    """The actor's seat that oversees a national object as its forum's secretariat, or None."""
    row = overseen_row(actor, type_name, key)
    if row is None or row.owner is None:
        return None
    forums = Forum.objects.filter(slug=row.owner.forum)
    for seat in managed_seats(actor):
        held = forums_in_office([seat], Office.Kind.SECRETARIAT)
        if held.filter(pk__in=forums.values("pk")).exists():
            return seat
    return None


def overseen_forums(actor: Actor, slug: str | None) -> list[UUID]:
    """The forums whose secretariat's access the actor manages today, or one of them."""
    forums = forums_in_office(managed_seats(actor), Office.Kind.SECRETARIAT)
    if slug is not None:
        forums = forums.filter(slug=slug)
    return list(forums.order_by("pk").values_list("pk", flat=True))


def _kept(protection: Protection, keeping: Keeping, seat: Actor) -> QuerySet[Any]:
    """The objects that a seat keeps and sees."""
    model: Any = protection.model
    (key,) = seat.seats or (None,)
    if key is None:
        return model._default_manager.none()
    offices = forums_in_office([key], Office.Kind.SECRETARIAT).values_list("pk", flat=True)
    rows: QuerySet[Any] = model._default_manager.visible_to(seat)
    return rows.filter(keeping.kept_by(key, list(offices)))


def _rows(protection: Protection, objects: Sequence[Any], keeping: Keeping) -> list[MatrixRow]:
    readers = readers_of(protection.model, [obj.pk for obj in objects])
    cells = _cells(readers)
    owners = names_of(obj.owner_delegation_id for obj in objects if obj.owner_delegation_id)
    return [
        MatrixRow(
            protection.type_name,
            obj.pk,
            owners.get(obj.owner_delegation_id),
            keeping.title(obj),
            cells.get(obj.pk, ()),
        )
        for obj in objects
    ]


def _overseen_rows(protection: Protection, owners: Mapping[UUID, UUID]) -> list[MatrixRow]:
    """Type, key, owner and grantees; the rest is the owner's to tell."""
    cells = _cells(readers_of(protection.model, list(owners), ways=["grant"]))
    names = names_of(owners.values())
    return [
        MatrixRow(protection.type_name, key, names.get(owner), None, cells.get(key, ()))
        for key, owner in owners.items()
    ]


def cells_of(reached: Sequence[Reached], groups: Collection[int]) -> tuple[Cell, ...]:
    """What the holders behind some role groups have, of all who have something on an object."""
    return _cells({None: reached}, among=groups).get(None, ())


def _cells(
    readers: Mapping[Any, Sequence[Reached]], *, among: Collection[int] | None = None
) -> dict[Any, tuple[Cell, ...]]:
    """What holders have on each object, the highest level of each by one way.

    among: the role groups that count; all by default.
    """
    every = [reached for found in readers.values() for reached in found]
    scopes = _scopes({each.scope for each in every if each.scope is not None})
    named = holder_names(
        {each.group for each in every if each.group is not None}.union(
            *(groups for _, groups in scopes.values())
        )
    )
    if among is not None:
        named = {group: name for group, name in named.items() if group in among}
    cells: dict[Any, tuple[Cell, ...]] = {}
    for key, found in readers.items():
        held: dict[Any, Cell] = {}
        for reached in found:
            for cell in _each(reached, scopes, named):
                same = (cell.holder, cell.way, cell.scope, cell.inherited_from)
                if same not in held or held[same].level < cell.level:
                    held[same] = cell
        cells[key] = tuple(held.values())
    return cells


def _each(
    reached: Reached,
    scopes: Mapping[int, tuple[str, Collection[int]]],
    named: Mapping[int, HolderName],
) -> Iterator[Cell]:
    if reached.group is not None:
        if reached.group in named:
            yield Cell(
                named[reached.group],
                "grant",
                reached.level,
                reached.until,
                inherited_from=reached.inherited_from,
            )
        return
    assert reached.scope is not None
    if reached.scope == PUBLIC_SCOPE:
        yield Cell(
            EVERYBODY, "scope", Level.READ, scope="public", inherited_from=reached.inherited_from
        )
        return
    kind, groups = scopes[reached.scope]
    for group in groups:
        if group in named:
            yield Cell(
                named[group],
                "scope",
                Level.READ,
                scope=kind,
                inherited_from=reached.inherited_from,
            )


def _scopes(ids: Collection[int]) -> dict[int, tuple[str, list[int]]]:
    """Kind and live reader groups of each scope; a suspended or ended seat reads nothing."""
    found: dict[int, tuple[str, list[int]]] = {
        pk: (kind, []) for pk, kind in Scope.objects.filter(pk__in=ids).values_list("pk", "kind")
    }
    standing = Delegation.objects.filter(standing_seats())
    readers = ScopeReader.objects.filter(
        LIVE,
        scope_id__in=ids,
        group__rolegroup__suspended_at=None,
        group__rolegroup__holder_id__in=standing.values("pk"),
    )
    for scope, group in readers.order_by("pk").values_list("scope_id", "group_id"):
        found[scope][1].append(group)
    return found


def _next(key: UUID) -> UUID:
    return UUID(int=min(key.int + 1, 2**128 - 1))


def _previous(key: UUID) -> UUID:
    return UUID(int=max(key.int - 1, 0))


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """What a holder was granted on an object. reason: None to who does not keep the object."""

    object: Mapping[str, Any]
    holder: HolderName
    level: Level
    until: datetime | None
    reason: str | None
    since: datetime


def grants_on(
    actor: Actor, type_name: str, key: UUID, *, of: Collection[int] | None = None
) -> list[HeldGrant] | None:
    """The live grants on an object as far as the actor may know of them, the oldest first.

    of: only those that name these role groups.

    All to who keeps or oversees it; to the managers of a holder, what it holds. None for an object
    of which the actor knows nothing by these.
    """
    protection = registry.protection_named(type_name)
    if key in kept_objects(actor, type_name, [key]):
        return _held(protection, key, told=True, groups=of)
    if overseen_row(actor, type_name, key) is not None:
        return _held(protection, key, told=False, groups=of)
    seats = Delegation.objects.filter(pk__in=managed_seats(actor)).order_by("pk")
    for viewer in seat_actors(seats):
        with acting(viewer):
            held = _held(
                protection,
                key,
                told=False,
                groups=viewer.groups if of is None else viewer.groups & set(of),
            )
        if held:
            return held
    return None


def _held(
    protection: Protection, key: UUID, *, told: bool, groups: Collection[int] | None = None
) -> list[HeldGrant]:
    assert protection.grants is not None
    rows = protection.grants._default_manager.filter(LIVE_GRANT, content_object=key)
    if groups is not None:
        rows = rows.filter(group_id__in=groups)
    level_of = {permission_id(protection.model, level): level for level in Level}
    grants: list[Any] = list(rows.order_by("created_at", "id"))
    names = holder_names(grant.group_id for grant in grants)
    held: dict[HolderName, HeldGrant] = {}
    for grant in grants:
        holder, level = names[grant.group_id], level_of[grant.permission_id]
        if holder not in held or held[holder].level < level:
            held[holder] = HeldGrant(
                {"type": protection.type_name, "id": key},
                holder,
                level,
                grant.expires_at,
                grant.reason if told else None,
                min(grant.created_at, held[holder].since) if holder in held else grant.created_at,
            )
    return list(held.values())
