"""Who manages access to the objects that can be granted."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from forums.membership.selectors import roles_in_secretariat
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule

ABILITY = "manage_access"
SCOPE = "access:manage"

MANAGERS = frozenset({Role.HEAD, Role.ACCESS_MANAGER})
"""The roles that manage the access of their seat."""


def _text(obj: Any) -> str:
    return str(obj)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whose seat manages access to the objects of a type: the owner's, or for what has no owner
    the secretariat of its forum.

    parent: the field of the object whose keeper keeps this one where it has no owner of its own.
    title: of an object, for its keeper. related: what title follows, loaded along.
    """

    parent: str = ""
    title: Callable[[Any], str] = _text
    related: tuple[str, ...] = ()

    def owner_of(self, obj: Any) -> UUID | None:
        """The seat that keeps an object; None for what is its forum's secretariat's."""
        owner: UUID | None = obj.owner_delegation_id
        if owner is None and self.parent:
            owner = getattr(obj, self.parent).owner_delegation_id
        return owner

    def kept_by(self, seat: UUID, offices: Collection[UUID]) -> Q:
        """The objects that a seat keeps. offices: the forums whose secretariat it is today."""
        own = Q(owner_delegation=seat)
        common = Q(owner_delegation=None)
        if not self.parent:
            return own | (common & Q(forum__in=offices))
        above = f"{self.parent}__"
        return own | (
            common
            & (
                Q(**{f"{above}owner_delegation": seat})
                | Q(**{f"{above}owner_delegation": None, f"{above}forum__in": offices})
            )
        )

    def roles(self, actor: Actor, obj: Any) -> frozenset[Role]:
        """The actor's roles at the seat that keeps the object; a head manages access too."""
        try:
            owner = self.owner_of(obj)
            if owner is not None:
                return _managing(actor.roles_at(owner))
            common = getattr(obj, self.parent) if self.parent else obj
        except ObjectDoesNotExist:  # the parent is hidden, and so its keeper is somebody else
            return frozenset()
        return _managing(roles_in_secretariat(actor, common))


KEPT: dict[str, Keeping] = {}
"""How access is kept, by the type names of what can be granted."""


def with_access(
    protection: Protection, keeping: Keeping = Keeping(), *, states: Iterable[str] | None = None
) -> Protection:
    """The protection of a type that can be granted, with the ability ``manage_access``.

    states: in which access is given; it is ended in every one.
    """
    KEPT[protection.type_name] = keeping
    rule = Rule(
        SCOPE,
        through=("keeper",),
        role=Role.ACCESS_MANAGER,
        states=None if states is None else frozenset(states),
        unseen=True,
        standing=None,
    )
    rules: Mapping[str, Rule] = {**protection.rules, ABILITY: rule}
    relations = {**protection.relations, "keeper": keeping.roles}
    return replace(protection, rules=rules, relations=relations)


def managed_seats(actor: Actor) -> list[UUID]:
    """The seats whose access an actor manages."""
    return sorted(seat for seat, roles in actor.seats.items() if roles & MANAGERS)


def _managing(roles: frozenset[Role]) -> frozenset[Role]:
    return roles | {Role.ACCESS_MANAGER} if Role.HEAD in roles else roles
