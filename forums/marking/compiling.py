"""Compiles marks into scopes, at the time of writing."""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from forums.membership.models import Delegation, Office
from forums.membership.selectors import office_holders
from platform_api.core.actor import PUBLIC_SCOPE
from platform_api.identity.groups import narrowed_scope
from platform_api.identity.models import ScopeReader

from .models import NarrowedScope
from .rings import Marks, Ring, Rings, ring_within


def scope_within(rings: Rings, marks: Marks) -> int:
    """The scope of an object with these rings and marks; made when there is none yet."""
    ring = ring_within(rings, marks)
    home, base = rings.scopes[Ring.HOME], rings.scopes[ring]
    if ring is Ring.HOME or marks.releasable_to is None:
        return base
    return _narrowed(base, home, marks.releasable_to)


def rings_of(
    natural: Ring,
    home: int | None,
    *,
    drafting_group: int | None = None,
    forum: int | None = None,
) -> Rings:
    """The rings of an object, of the scopes that it has."""
    scopes: Mapping[Ring, int | None] = {
        Ring.HOME: home,
        Ring.DRAFTING_GROUP: drafting_group,
        Ring.FORUM: forum,
        Ring.PUBLIC: PUBLIC_SCOPE,
    }
    return Rings(natural, {ring: scope for ring, scope in scopes.items() if scope is not None})


def home_of(owner_id: UUID | None, forum_id: UUID | None) -> int | None:
    """The home scope of an owner, or of the secretariat that keeps what is a forum's own."""
    keepers = {owner_id} if owner_id else set()
    if not keepers and forum_id is not None:
        keepers = office_holders(forum_id, Office.Kind.SECRETARIAT)
    seats = Delegation.objects.filter(pk__in=keepers).order_by("pk")
    return seats.values_list("home_scope", flat=True).first()


def readers(scope_id: int | None) -> set[int]:
    """The role groups that read a scope, none for the public one, which everybody reads."""
    if scope_id is None:
        return set()
    return set(ScopeReader.objects.filter(scope=scope_id).values_list("group_id", flat=True))


def seats_reading(scope_id: int | None) -> Q:
    """The condition on delegations whose readers are among a scope's."""
    groups = ScopeReader.objects.filter(scope=scope_id)
    return Q(pk__in=groups.values("group__rolegroup__holder_id"))


def _narrowed(base: int, home: int, parties: frozenset[UUID]) -> int:
    ordered = sorted(parties)
    digest = hashlib.sha256("|".join(map(str, ordered)).encode()).hexdigest()[:32]
    scope, made = narrowed_scope(f"narrowed:{base}:{home}:{digest}")
    if made:
        NarrowedScope(scope=scope, base_id=base, home_id=home, releasable_to=ordered).save(
            force_insert=True
        )
    return scope.pk
