"""Giving and ending access to objects: a grant names a seat, or a country or organisation.

A grant to a country or organisation is for all its live seats, present and future. Each level
includes those below it; a level is carried by the role groups of the holder that may use it.

Access is judged on the seat that keeps the object, not on who manages it: it gives nothing of what
it does not see itself, and nothing to itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from forums.countries.models import Country
from forums.membership.models import Delegation
from forums.membership.selectors import forum_slug_of
from platform_api.core import access
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid, NotVisible
from platform_api.core.hooks import Hook
from platform_api.core.ids import new_id
from platform_api.core.registry import Protection, registry
from platform_api.core.service import service
from platform_api.identity.groups import role_groups_of
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .rules import ABILITY, MANAGERS, SCOPE
from .seats import Holder
from .selectors import Kept, kept_objects, overseeing_seat, overseen_row
from .tables import ROLE_OF_LEVEL, grants_end, grants_write, objects_lock

__all__ = [
    "ROLE_OF_LEVEL",
    "GrantChanged",
    "GrantGiving",
    "Holder",
    "Stub",
    "access_end",
    "access_give",
    "grant_changed",
    "grant_end",
    "grant_give",
    "grant_giving",
    "grants_give",
]

MOST_PAIRS = 10_000
"""Of objects and holders in one batch."""


@dataclass(frozen=True, slots=True)
class GrantChanged:
    """What a holder was granted on an object has changed, or ended (``gained`` is False).

    obj: the object, or its ``Stub`` where whoever changed it does not see it.
    """

    obj: "Model | Stub"
    type_name: str
    reader_group: int
    gained: bool


@dataclass(frozen=True, slots=True)
class GrantGiving:
    """Holders are about to be given access to objects of a model; a subscriber may refuse."""

    model: type[Model]
    keys: Sequence[UUID]
    holders: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Stub:
    """An object of which only this is known."""

    pk: UUID
    owner_delegation_id: UUID | None


grant_giving: Hook[GrantGiving] = Hook("forums.grant_giving")
grant_changed: Hook[GrantChanged] = Hook("forums.grant_changed")


@service
def grant_give(
    *,
    actor: Actor,
    obj: Any,
    holder: Holder,
    level: Level = Level.READ,
    until: datetime | None = None,
    reason: str = "",
    ability: str = ABILITY,
) -> None:
    """Give a holder access to an object, or change the level, end or reason of what it has.

    ability: what it needs on the object, where that is not managing its access. Raises
    NotVisible, Forbidden, Conflict (``not_releasable`` too), Invalid (``in_the_past``, ``owner``,
    ``not_seated``).
    """
    protection = registry.protection_of(type(obj))
    objects_lock(protection, [obj.pk])
    locked = _permitted(actor, protection, obj.pk, ability)
    errors = [*_end_errors(until), *_holder_errors(locked, [holder], lambda _: "")]
    if errors:
        raise Invalid(errors)
    grant_giving.fire(GrantGiving(protection.model, [obj.pk], [holder.pk]))
    grants_write(protection, [obj.pk], [holder.pk], level, until, reason, actor.require_user())
    details = _terms(level, until, reason)
    _told("grant.given", actor, protection, locked.obj, holder, locked.by, details)
    reader = role_groups_of(holder.pk)[Role.READER]
    grant_changed.fire(GrantChanged(locked.obj, protection.type_name, reader, gained=True))


@service
def access_give(
    *,
    actor: Actor,
    type_name: str,
    key: UUID,
    holder: Holder,
    level: Level,
    until: datetime | None = None,
    reason: str = "",
) -> None:
    """Give a holder access to an object that the caller manages and need not see.

    Raises Forbidden, Conflict (the object's state), Invalid (``unknown`` at ``/object``, and as
    ``grant_give``).
    """
    kept = kept_objects(actor, type_name, [key]).get(key)
    if kept is None:
        if overseen_row(actor, type_name, key) is not None:
            raise Forbidden("A secretariat ends access and gives none.", code="not_keeper")
        _refuse_unkept(actor, registry.protection_named(type_name), key)
        return
    grant_give(actor=actor, obj=kept.obj, holder=holder, level=level, until=until, reason=reason)


@service
def grants_give(
    *,
    actor: Actor,
    type_name: str,
    objects: Sequence[UUID],
    holders: Sequence[Holder],
    level: Level,
    until: datetime | None = None,
    reason: str = "",
) -> int:
    """Give each of some holders access to each of some objects, all or nothing.

    One statement writes them, and one entry of the ledger tells of them, for each seat that keeps
    some of the objects. Returns how many pairs there are. Raises Forbidden, and Invalid with an
    error at each object or holder that is not possible (``unknown``, the reason of a denial,
    ``owner``, ``not_seated``), or ``too_many``.
    """
    if not actor.may_use(SCOPE):
        raise Forbidden("You may not do this here.", code="insufficient_scope")
    protection = registry.protection_named(type_name)
    if len(objects) * len(holders) > MOST_PAIRS:
        detail = f"At most {MOST_PAIRS} pairs of object and holder."
        raise Invalid([FieldError("/objects", "too_many", detail)])
    objects_lock(protection, objects)
    kept = kept_objects(actor, type_name, objects)
    errors = _end_errors(until)
    for index, key in enumerate(objects):
        if key not in kept:
            errors.append(_unknown(f"/objects/{index}"))
            continue
        decision = access.decide(actor, ABILITY, kept[key].obj, seen=True)
        if not decision.allowed:
            detail = "You may not give access to this."
            errors.append(FieldError(f"/objects/{index}", decision.reason, detail))
    seats = {next(iter(each.seat.seats)): each for each in kept.values()}
    for each in seats.values():
        found = _Locked(each.obj, each.seat)
        errors += _holder_errors(found, holders, lambda index: f"/holders/{index}")
    if errors:
        raise Invalid(errors)
    parties = [holder.pk for holder in holders]
    grant_giving.fire(GrantGiving(protection.model, objects, parties))
    grants_write(protection, objects, parties, level, until, reason, actor.require_user())
    for seat in seats:
        own = [key for key in objects if seat in kept[key].seat.seats]
        _batch_told(actor, protection, seat, own, holders, _terms(level, until, reason))
    return len(objects) * len(holders)


@service
def grant_end(
    *, actor: Actor, obj: Any, holder: Holder, reason: str = "", ability: str = ABILITY
) -> None:
    """End what a holder was granted on an object, at once.

    ability: as of ``grant_give``; the state of the object does not matter to managing its access.
    Raises Forbidden, Conflict, and NotVisible when the holder has no grant there.
    """
    protection = registry.protection_of(type(obj))
    objects_lock(protection, [obj.pk])
    locked = _permitted(actor, protection, obj.pk, ability, ending=True)
    _end(actor, protection, obj.pk, holder, locked.by, reason)


@service
def access_end(
    *, actor: Actor, type_name: str, key: UUID, holder: Holder, reason: str = ""
) -> None:
    """End what a holder was granted on an object that the caller need not see.

    Those may who manage access to the object, who oversee it for its forum's secretariat, and who
    manage the access of the holder itself. Raises Forbidden, Invalid (``unknown`` at ``/object``),
    Conflict (``not_granted``).
    """
    if not actor.may_use(SCOPE):
        raise Forbidden("You may not do this here.", code="insufficient_scope")
    protection = registry.protection_named(type_name)
    objects_lock(protection, [key])
    kept = kept_objects(actor, type_name, [key]).get(key)
    by = next(iter(kept.seat.seats)) if kept else None
    own = {*actor.seats, *actor.parties}
    roles = actor.seats.get(holder.pk) or actor.parties.get(holder.pk) or frozenset()
    if kept is None:
        by = overseeing_seat(actor, type_name, key)
        if by is None:
            if holder.pk not in own or not roles & MANAGERS:
                _refuse_unkept(actor, protection, key)
            by = holder.pk if isinstance(holder, Delegation) else None
    try:
        _end(actor, protection, key, holder, by, reason)
    except NotVisible as error:
        if kept is None and holder.pk in own:
            raise Invalid([_unknown("/object")]) from error
        raise Conflict("It has no grant there.", code="not_granted") from error


@dataclass(frozen=True, slots=True)
class _Locked:
    """An object whose access is being changed. seat: that keeps it, where it was asked as one."""

    obj: Any
    seat: Actor | None

    @property
    def by(self) -> UUID | None:
        """The seat acted for."""
        if self.seat is not None:
            return next(iter(self.seat.seats))
        owner: UUID | None = self.obj.owner_delegation_id
        return owner


def _permitted(
    actor: Actor, protection: Protection, key: UUID, ability: str, *, ending: bool = False
) -> _Locked:
    """The object as it is now, if the actor may."""
    kept: Kept | None = None
    if ability == ABILITY:
        kept = kept_objects(actor, protection.type_name, [key]).get(key)
    obj = kept.obj if kept else protection.model._default_manager.filter(pk=key).first()
    if obj is None:
        raise NotVisible
    decision = access.decide(actor, ability, obj, seen=kept is not None)
    if not (ending and ability == ABILITY and decision.is_state):
        access.require(actor, ability, obj)
    return _Locked(obj, kept.seat if kept else None)


def _refuse_unkept(actor: Actor, protection: Protection, key: UUID) -> None:
    """Refuse as one who sees the object is refused, or as if there were none."""
    obj = protection.model._default_manager.filter(pk=key).first()
    if obj is not None:
        decision = access.decide(actor, ABILITY, obj)
        if decision != access.NOT_FOUND:
            raise Forbidden("You may not do this here.", code=decision.reason)
    raise Invalid([_unknown("/object")])


def _end(
    actor: Actor, protection: Protection, key: UUID, holder: Holder, by: UUID | None, reason: str
) -> None:
    groups = role_groups_of(holder.pk)
    ended, owner = grants_end(protection, key, groups.values())
    if not ended:
        raise NotVisible
    stub = Stub(key, owner)
    _told("grant.ended", actor, protection, stub, holder, by, {"reason": reason})
    reader = groups[Role.READER]
    grant_changed.fire(GrantChanged(stub, protection.type_name, reader, gained=False))


def _terms(level: Level, until: datetime | None, reason: str) -> dict[str, Any]:
    return {"level": level.name.lower(), "until": until and until.isoformat(), "reason": reason}


def _end_errors(until: datetime | None) -> list[FieldError]:
    if until is not None and until <= database_now():
        return [FieldError("/until", "in_the_past", "The end lies in the past.")]
    return []


def _holder_errors(locked: _Locked, holders: Iterable[Holder], pointer: Any) -> list[FieldError]:
    """Holders that can't be given anything: the keeper itself, and those for whom nobody acts."""
    own = {locked.obj.owner_delegation_id, locked.by}
    if locked.seat is not None and locked.obj.owner_delegation_id is None:
        own |= set(locked.seat.parties)
    errors = []
    for index, holder in enumerate(holders):
        if holder.pk in own:
            detail = "The seat that keeps it gives itself nothing."
            errors.append(FieldError(pointer(index), "owner", detail))
        elif Role.READER not in role_groups_of(holder.pk):
            detail = "Nobody acts for it on this platform."
            errors.append(FieldError(pointer(index), "not_seated", detail))
    return errors


def _unknown(pointer: str) -> FieldError:
    return FieldError(pointer, "unknown", "There is no such object.")


def _audiences(holder: UUID) -> list[int]:
    """The role groups that are told of grants of a holder, or on what it owns."""
    groups = role_groups_of(holder)
    return [groups[role] for role in (Role.READER, Role.ACCESS_MANAGER) if role in groups]


def _told(
    kind: str,
    actor: Actor,
    protection: Protection,
    obj: Any,
    holder: Holder,
    by: UUID | None,
    details: Mapping[str, Any],
) -> None:
    """Both sides learn of it: the owner and the holder read the entry and are told in the feed.

    The holder learns no more of the object than its type and key.
    """
    owner: UUID | None = obj.owner_delegation_id
    keeper = owner or by
    groups = dict.fromkeys([*_audiences(holder.pk), *(_audiences(keeper) if keeper else [])])
    record(
        kind=kind,
        actor=actor,
        object_type=protection.type_name,
        object_id=obj.pk,
        seat_id=by,
        owner_seat_id=keeper,
        effective_scope_id=_home_scope_of(holder),
        details={"holder": str(holder.pk), **details},
        events=[EventSpec(kind, audience_group_id=group) for group in groups],
    )


def _batch_told(
    actor: Actor,
    protection: Protection,
    seat: UUID,
    objects: Sequence[UUID],
    holders: Sequence[Holder],
    details: Mapping[str, Any],
) -> None:
    """One entry for all, with the same events for each object as if it had been given alone."""
    told: dict[int, list[str]] = {group: ["grant.given"] for group in _audiences(seat)}
    for holder in holders:
        for group in _audiences(holder.pk):
            told.setdefault(group, ["grant.given"])
        told[role_groups_of(holder.pk)[Role.READER]].append("access.gained")
    entry = record(
        kind="grants.given",
        actor=actor,
        object_type="grant_batch",
        object_id=new_id(),
        seat_id=seat,
        owner_seat_id=seat,
        details={
            "type": protection.type_name,
            "objects": [str(key) for key in objects],
            "holders": [str(holder.pk) for holder in holders],
            **details,
        },
        events=[
            EventSpec(kind, protection.type_name, key, audience_group_id=group)
            for key in objects
            for group, kinds in told.items()
            for kind in kinds
        ],
    )
    for holder in holders:
        notify(
            actor=actor,
            to=people_at([holder.pk], MANAGERS),
            kind="access.gained",
            matter=entry,
            object_type=protection.type_name,
            object_id=objects[-1],
            forum=forum_slug_of(holder.pk),
        )


def _home_scope_of(holder: Holder) -> int | None:
    """The readers of a holder: those of the seat, or of a party's home seat."""
    if isinstance(holder, Delegation):
        return holder.home_scope_id
    party = Q(country=holder) if isinstance(holder, Country) else Q(organisation=holder)
    homes = Delegation.objects.filter(party, forum=None)
    return homes.values_list("home_scope_id", flat=True).first()
