"""Marking and restricting objects, and what ends by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from forums.countries.models import Country
from forums.granting.services import GrantChanged, grant_changed
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.registry import registry
from platform_api.core.service import locked_row, service
from platform_api.identity.actors import actor_of
from platform_api.identity.models import RoleGroup, User
from platform_api.ledger.services import EventSpec, record

from .access import narrowing_rule
from .kinds import Markable, markable_of
from .models import Marked
from .rings import TrafficLight
from .telling import ring_change, tell_groups


@dataclass(frozen=True, slots=True)
class EndedGrant:
    """A holder that lost what it was granted on an object."""

    type_name: str
    object_id: UUID
    holder_id: UUID


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What an object's marks are now, and who has lost by it.

    ended: grants that ended, of the object and of what the actor sees of its parts.
    out_of_sight: seats and parties that read it by its ring before, and by nothing now; of an
    object that everybody read they cannot be named.
    """

    obj: Marked
    ended: tuple[EndedGrant, ...]
    out_of_sight: tuple[UUID, ...]


@service
def object_mark(
    *,
    actor: Actor,
    obj: Model,
    tlp: str | None,
    releasable_to: Iterable[Country | Organisation] | None,
    reason: str = "",
    preview: bool = False,
) -> Narrowing:
    """Give an object these marks in place of those it has; its ring follows at once.

    The owner's party is always releasable. Taking marks away gives back the ring that the object
    would have; grants that ended stay ended. preview: do nothing, and say what would end.

    Raises Forbidden (``not_owner``, ``head_required``), Conflict (``not_markable`` and the codes
    of the types).
    """
    parties = None if releasable_to is None else {party.pk for party in releasable_to}

    def mark(locked: Any) -> None:
        locked.tlp = TrafficLight(tlp).value if tlp else None
        locked.releasable_to = None if parties is None else sorted(parties | _own(locked, actor))

    return _narrow("object.marked", actor, obj, mark, reason, preview)


@service
def object_restrict(
    *, actor: Actor, obj: Model, reason: str = "", preview: bool = False
) -> Narrowing:
    """Keep an object to its owner's seat and to grants; nothing is inherited any more.

    Raises as ``object_mark``, and Conflict (``already_restricted``).
    """

    def restrict(locked: Any) -> None:
        if locked.restricted:
            raise Conflict("The object is restricted already.", code="already_restricted")
        locked.restricted = True

    return _narrow("object.restricted", actor, obj, restrict, reason, preview)


@service
def object_unrestrict(*, actor: Actor, obj: Model, reason: str = "") -> Narrowing:
    """Give a restricted object back the ring that its marks allow.

    Raises as ``object_mark``, and Conflict (``not_restricted``).
    """

    def unrestrict(locked: Any) -> None:
        if not locked.restricted:
            raise Conflict("The object is not restricted.", code="not_restricted")
        locked.restricted = False

    return _narrow("object.unrestricted", actor, obj, unrestrict, reason, preview=False)


@service
def object_resettle(*, actor: Actor, obj: Marked) -> Narrowing:
    """Give an object, and its parts, the ring that follows from what it is part of now.

    For services that put it elsewhere: they hold its row, decide who may and record what they do.
    Grants that its new place does not allow end.
    """
    markable = markable_of(type(obj))
    assert markable is not None
    moved: Any = obj
    scope_before = moved.effective_scope_id
    markable.settle(moved)
    moved.save(update_fields=markable.written)
    ended = _end_unreleasable(actor, markable, moved)
    markable.follow(moved)
    return Narrowing(moved, ended, _tell_readers(moved, scope_before))


class _Previewed(Exception):
    """Undoes what was tried, and carries what it would have done."""

    def __init__(self, narrowing: Narrowing) -> None:
        super().__init__()
        self.narrowing = narrowing


def _narrow(
    kind: str,
    actor: Actor,
    obj: Model,
    change: Callable[[Any], None],
    reason: str,
    preview: bool,
) -> Narrowing:
    """Change an object's marks and let everything follow; a preview is the act itself, undone."""
    markable = markable_of(type(obj))
    if markable is None:
        raise Invalid([FieldError("/object/type", "not_markable", "Its type carries no marks.")])
    try:
        with transaction.atomic():
            narrowing = _narrowed(kind, actor, markable, obj, change, reason)
            if preview:
                raise _Previewed(narrowing)
    except _Previewed as previewed:
        return previewed.narrowing
    return narrowing


def _narrowed(
    kind: str,
    actor: Actor,
    markable: Markable,
    obj: Model,
    change: Callable[[Any], None],
    reason: str,
) -> Narrowing:
    locked: Any = locked_row(markable.model._default_manager.all(), obj.pk)
    access.require_by(actor, narrowing_rule(locked), locked)
    code = markable.refusal(locked)
    if code:
        raise Conflict("It is marked with what it is part of.", code=code)
    before = locked.marks
    change(locked)
    if locked.marks == before:
        return Narrowing(locked, (), ())
    locked.save(update_fields=["tlp", "releasable_to", "restricted"])
    narrowing = object_resettle(actor=actor, obj=locked)
    type_name = registry.protection_of(markable.model).type_name
    record(
        kind=kind,
        actor=actor,
        object_type=type_name,
        object_id=locked.pk,
        seat_id=locked.owner_delegation_id,
        owner_seat_id=locked.owner_delegation_id,
        effective_scope_id=locked.effective_scope_id,
        details={
            "before": _told(before),
            "after": _told(locked.marks),
            "reason": reason,
            "ended": [
                {"type": each.type_name, "object": each.object_id, "holder": each.holder_id}
                for each in narrowing.ended
            ],
        },
        events=[EventSpec(kind)],
    )
    return narrowing


def _own(locked: Any, actor: Actor) -> set[UUID]:
    """The owner's party; of what is the forum's own, those of the seats acted for."""
    owners = [locked.owner_delegation_id] if locked.owner_delegation_id else list(actor.seats)
    seats = Delegation.objects.filter(pk__in=owners)
    if locked.owner_delegation_id is None:
        seats = seats.filter(forum=locked.forum_id)
    pairs = seats.values_list("country_id", "organisation_id")
    return {party for pair in pairs for party in pair if party}


def _end_unreleasable(actor: Actor, markable: Markable, locked: Any) -> tuple[EndedGrant, ...]:
    """End the grants on an object and its parts that its marks do not allow any more."""
    # Its ring may be a scope that the actor was built before.
    user = User.objects.get(pk=actor.require_user())
    now = actor_of(user, token_scopes=actor.token_scopes, client_id=actor.client_id)
    models = [markable.model, *(registry.protection_named(part).model for part in markable.parts)]
    told: list[EndedGrant] = []
    for model in models:
        for object_id, groups in _ended(model, locked.pk).items():
            part: Any = model._default_manager.filter(pk=object_id).first()
            is_seen = part is not None and access.is_visible(now, part)
            told += _tell_ended(part or model(pk=object_id), groups, listed=is_seen)
    return tuple(told)


def _ended(model: type[Model], object_id: UUID) -> dict[UUID, list[int]]:
    grants: Any = registry.protection_of(model).grants
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT object, holder_group FROM {grants._meta.db_table}_unreleasable_end(%s)",  # noqa: S608 - our own name
            [object_id],
        )
        ended: dict[UUID, list[int]] = {}
        for key, group in cursor.fetchall():
            ended.setdefault(key, []).append(group)
    return ended


def _tell_ended(part: Any, groups: list[int], *, listed: bool) -> list[EndedGrant]:
    type_name = registry.protection_of(type(part)).type_name
    holders = set(RoleGroup.objects.filter(group_id__in=groups).values_list("holder_id", flat=True))
    found = RoleGroup.objects.filter(holder_id__in=holders, role=Role.READER)
    for group_id in sorted(found.values_list("group_id", flat=True)):
        grant_changed.fire(GrantChanged(part, type_name, group_id, gained=False))
    if not listed:
        return []
    return [EndedGrant(type_name, part.pk, holder) for holder in sorted(holders)]


def _tell_readers(locked: Any, scope_before: int | None) -> tuple[UUID, ...]:
    """Tell the readers that an object's ring lost or gained; those that see it by nothing now."""
    change = ring_change(locked, scope_before)
    tell_groups(locked, change.lost, gained=False)
    tell_groups(locked, change.gained, gained=True)
    holders = RoleGroup.objects.filter(group_id__in=change.lost)
    return tuple(sorted(holders.values_list("holder_id", flat=True)))


def _told(marks: Any) -> dict[str, Any]:
    parties = marks.releasable_to
    return {
        "tlp": marks.tlp and marks.tlp.value,
        "releasable_to": None if parties is None else sorted(map(str, parties)),
        "restricted": marks.restricted,
    }
