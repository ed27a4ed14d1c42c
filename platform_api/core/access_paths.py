"""The ways by which a protected row is seen, each stated once and read in both directions.

``condition`` is what makes a row visible to an actor; ``readers`` turns it round and says who
sees a row. ``core.access`` puts the ways together.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.functions import Now

from .actor import Actor, Level
from .registry import Protection, registry

LEVEL_CODENAMES: Mapping[Level, str] = {
    Level.READ: "view",
    Level.COMMENT: "comment",
    Level.DRAFT: "draft",
    Level.MANAGE: "manage",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """Who sees an object, by one way.

    scope: the reader scope that the object is in; group: the role group that a grant names. One
    of them is None. until: when the grant ends. inherited_from: type name and key of the parent
    whose readers these are, the nearest first; empty for the object's own.
    """

    way: str
    scope: int | None = None
    group: int | None = None
    level: Level = Level.READ
    until: datetime | None = None
    inherited_from: tuple[tuple[str, Any], ...] = ()


Readers = dict[Any, list[Reached]]
"""Who sees each object, by its key; an object that nobody sees is absent."""


class Way(Protocol):
    """One way by which rows of a model are seen.

    name: ``scope``, ``grant``, ``parent`` or ``also``.
    """

    @property
    def name(self) -> str: ...

    def condition(self, actor: Actor) -> Q:
        """The rows that the actor sees by this way."""
        ...

    def readers(self, keys: Collection[Any]) -> Iterator[tuple[Any, Reached]]:
        """Who sees each of these rows by this way."""
        ...


def ways_of(model: type[Model]) -> tuple[Way, ...]:
    """The ways by which rows of a protected model are seen; a row is visible by any of them."""
    protection = registry.protection_of(model)
    ways: list[Way] = []
    if protection.scope_field:
        ways.append(_ByScope(model, protection.scope_field))
    if protection.grants is not None:
        ways.append(_ByGrant(protection))
    if protection.parent_field:
        ways.append(_ByParent(model, protection.parent_field, protection.inherits_field))
    if protection.also is not None:
        ways.append(_Also(protection.also))
    return tuple(ways)


def readers_of(
    model: type[Model], keys: Collection[Any], *, ways: Collection[str] | None = None
) -> Readers:
    """Who sees each of some rows, as far as the caller of the database sees what says so.

    ways: names of those to look at; all by default. The number of queries does not depend on how
    many rows there are.
    """
    found: Readers = {}
    for way in ways_of(model):
        if ways is not None and way.name not in ways:
            continue
        for key, reached in way.readers(keys):
            found.setdefault(key, []).append(reached)
    return found


@lru_cache(maxsize=256)
def permission_id(model: type[Model], level: Level) -> int:
    """The primary key of the permission that a grant of this level on a model carries."""
    from django.contrib.auth.models import Permission

    return Permission.objects.get(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        codename=f"{LEVEL_CODENAMES[level]}_{model._meta.model_name}",
    ).pk


LIVE_GRANT = Q(expires_at=None) | Q(expires_at__gt=Now())
"""Grants that have not ended."""


def live_grants(protection: Protection, actor: Actor, levels: Iterable[Level]) -> Any:
    """The grants of a protected model that name the actor's groups and have not ended."""
    assert protection.grants is not None
    permissions = [permission_id(protection.model, level) for level in levels]
    return protection.grants._default_manager.filter(
        LIVE_GRANT,
        group_id__in=actor.groups,
        permission_id__in=permissions,
    )


class _Probe(Exists):
    """An EXISTS that is asked row by row, by the index on the object.

    PostgreSQL would otherwise, at some sizes, read and hash all that the actor was ever granted
    to answer for a page of rows. OFFSET 0 is what keeps it from that.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


@dataclass(frozen=True, slots=True)
class _ByScope:
    model: type[Model]
    field: str
    name: str = "scope"

    def condition(self, actor: Actor) -> Q:
        return Q(**{f"{self.field}__in": actor.scopes})

    def readers(self, keys: Collection[Any]) -> Iterator[tuple[Any, Reached]]:
        rows = self.model._default_manager.filter(pk__in=keys).exclude(**{self.field: None})
        for key, scope in rows.values_list("pk", f"{self.field}_id"):
            yield key, Reached(self.name, scope=scope)


@dataclass(frozen=True, slots=True)
class _ByGrant:
    protection: Protection
    name: str = "grant"

    def condition(self, actor: Actor) -> Q:
        if not actor.groups:
            return Q(pk__in=[])
        granted = live_grants(self.protection, actor, [Level.READ])
        return Q(_Probe(granted.filter(content_object_id=OuterRef("pk"))))

    def readers(self, keys: Collection[Any]) -> Iterator[tuple[Any, Reached]]:
        assert self.protection.grants is not None
        level_of = {permission_id(self.protection.model, level): level for level in Level}
        rows = self.protection.grants._default_manager.filter(LIVE_GRANT, content_object__in=keys)
        for key, group, permission, until in rows.order_by("created_at", "id").values_list(
            "content_object_id", "group_id", "permission_id", "expires_at"
        ):
            yield key, Reached(self.name, group=group, level=level_of[permission], until=until)


@dataclass(frozen=True, slots=True)
class _ByParent:
    model: type[Model]
    field: str
    inherits: str | None
    name: str = "parent"

    @property
    def parent(self) -> type[Model]:
        related = self.model._meta.get_field(self.field).related_model
        assert isinstance(related, type)
        return related

    def condition(self, actor: Actor) -> Q:
        rows = self.parent._default_manager.filter(visible_condition(self.parent, actor))
        inherited = Q(**{f"{self.field}__in": rows.values("pk")})
        return inherited & Q(**{self.inherits: True}) if self.inherits else inherited

    def readers(self, keys: Collection[Any]) -> Iterator[tuple[Any, Reached]]:
        rows = self.model._default_manager.filter(pk__in=keys)
        if self.inherits:
            rows = rows.filter(**{self.inherits: True})
        parent_of = dict(rows.values_list("pk", f"{self.field}_id"))
        above = readers_of(self.parent, set(parent_of.values()))
        type_name = registry.protection_of(self.parent).type_name
        for key, parent in parent_of.items():
            for reached in above.get(parent, ()):
                # A grant of a higher level on a parent gives no more than sight of what is below.
                if reached.level is Level.READ:
                    inherited = ((type_name, parent), *reached.inherited_from)
                    yield key, replace(reached, inherited_from=inherited)


@dataclass(frozen=True, slots=True)
class _Also:
    rule: Callable[[Actor], Q]
    name: str = "also"

    def condition(self, actor: Actor) -> Q:
        return self.rule(actor)

    def readers(self, keys: Collection[Any]) -> Iterator[tuple[Any, Reached]]:
        raise LookupError("a rule that looks at the actor says not who its readers are")


def visible_condition(model: type[Model], actor: Actor) -> Q:
    """The condition that holds exactly for the rows an actor may see now."""
    condition = Q(pk__in=[])
    for way in ways_of(model):
        condition |= way.condition(actor)
    return condition
