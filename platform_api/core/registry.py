"""What upper layers tell lower ones, typed, filled once in ``AppConfig.ready()``."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, Q

from .actor import Actor, Role
from .errors import Conflict

if TYPE_CHECKING:
    from rest_framework.request import Request

    from .http.idempotency import IdempotencyStore
    from .http.throttling import Throttle

Relation = Callable[[Actor, Any], frozenset[Role]]
"""The roles an actor holds towards an object through one relation; empty for none."""

Check = Callable[[Actor, Any], str | None]
"""A further condition: None when it holds, else the stable reason code."""

Premise = Callable[[Actor, Any], Conflict | None]
"""A state of something else that an act needs: None when it holds, else what the act answers."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of an app's access table: who may do a thing, in which states.

    token_scope: the OAuth scope a credential needs.
    through: relations, any of which gives standing.
    role: the least role needed through that relation.
    states: the object's states that allow it, None for all.
    checks: further conditions.
    premises: states of what the object belongs to, asked last.
    unseen: what the rule allows is allowed without sight of the object too. The one exception to
    "view first": who manages access to an object need not read it.
    to: the state that the act brings the object into; empty where it changes none.
    standing: True for what stands, False for tombstones, None for both.
    """

    token_scope: str
    through: tuple[str, ...]
    role: Role
    states: frozenset[str] | None = None
    checks: tuple[str, ...] = ()
    unseen: bool = False
    to: str = ""
    standing: bool | None = True
    premises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Protection:
    """How a model's rows are protected.

    A row is visible when its scope is among the actor's, or a live grant names one of the
    actor's groups, or it inherits and its parent is visible, or ``also`` says so.

    type_name: the stable name of the type (``section``).
    rules: ability -> rule; ``view`` is not among them, it is visibility itself.
    scope_field, parent_field, inherits_field, state_field: names of fields, None where absent.
    grants: the guardian permission model of direct foreign key form.
    kind_field: what its ``kind`` repeats; None where that is the name of the type.
    has_facet: both tables have an index of the feed by that field.
    tombstone_field: the time a row was deleted at, null while it stands; None where rows are not
    kept as tombstones.
    """

    model: type[Model]
    type_name: str
    read_scope: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    premises: Mapping[str, Premise] = field(default_factory=dict)
    scope_field: str | None = "effective_scope"
    parent_field: str | None = None
    inherits_field: str | None = None
    state_field: str | None = None
    grants: type[Model] | None = None
    kind_field: str | None = None
    has_facet: bool = False
    tombstone_field: str | None = None
    also: Callable[[Actor], Q] | None = None


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is found of an object in one language.

    language: a BCP 47 tag; no two texts of an object have the same. body: Markdown or plain.
    """

    language: str
    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class SearchSource:
    """How the objects of a protected model are found by their texts.

    Who finds them is not said here: the database reads it from the same columns as the second
    wall (``search_source`` in a migration).

    texts: of an object. route: name of the URL that shows one by its ``id``.
    related: what ``texts`` and ``heading`` follow, loaded along.
    heading: what is shown as the title of an object whose texts have none; nothing is found by it.
    """

    model: type[Model]
    texts: Callable[[Any], Iterable[SearchText]]
    route: str
    related: tuple[str, ...] = ()
    heading: Callable[[Any], str] | None = None


SearchIndexer = Callable[[SearchSource, Sequence[Any]], None]
"""Puts objects of a source into the index as they are now, in the open transaction."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reader is told of an object that something refers to.

    titles: by BCP 47 tag. url: the address that shows it.
    """

    id: UUID
    identifier: str
    titles: Mapping[str, str]
    url: str


ReferenceResolver = Callable[[Actor, Collection[UUID]], Mapping[UUID, Reference]]
"""The objects of one kind that an actor sees, by id; hidden ones are left out like absent ones."""


DenialRecorder = Callable[[Actor, str, str, str, str], None]
"""(actor, action, object type, object id, reason): keeps a refused attempt."""


class Registry:
    """One instance, ``registry``; reading what nobody registered raises LookupError."""

    def __init__(self) -> None:
        self._protections: dict[type[Model], Protection] = {}
        self._by_type: dict[str, Protection] = {}
        self.actor_builder: Callable[[Request], Actor] | None = None
        self.idempotency_store: IdempotencyStore | None = None
        self.throttle: Throttle | None = None
        self.denial_recorder: DenialRecorder | None = None
        self.search_indexer: SearchIndexer | None = None
        self._search_sources: dict[type[Model], SearchSource] = {}
        self._resolvers: dict[str, ReferenceResolver] = {}

    def protect(self, protection: Protection) -> None:
        """Register a protected model, once."""
        if protection.model in self._protections or protection.type_name in self._by_type:
            raise ValueError(f"{protection.type_name} is registered already")
        self._protections[protection.model] = protection
        self._by_type[protection.type_name] = protection

    def protection_of(self, model: type[Model]) -> Protection:
        try:
            return self._protections[model]
        except KeyError:
            raise LookupError(f"{model.__name__} has no registered protection") from None

    def is_protected(self, model: type[Model]) -> bool:
        return model in self._protections

    def protection_named(self, type_name: str) -> Protection:
        try:
            return self._by_type[type_name]
        except KeyError:
            raise LookupError(f"no protected type {type_name!r}") from None

    def make_referable(self, kind: str, resolver: ReferenceResolver) -> None:
        """Let others refer to objects of a kind by their ids alone; once."""
        if kind in self._resolvers:
            raise ValueError(f"references to {kind!r} are resolved already")
        self._resolvers[kind] = resolver

    def references(
        self, kind: str, actor: Actor, ids: Collection[UUID]
    ) -> Mapping[UUID, Reference]:
        """What an actor is told of the objects of a kind; what it does not see is left out."""
        try:
            resolver = self._resolvers[kind]
        except KeyError:
            raise LookupError(f"nobody resolves references to {kind!r}") from None
        return resolver(actor, ids) if ids else {}

    def make_searchable(self, source: SearchSource) -> None:
        """Register a search source, once; its model is protected already."""
        self.protection_of(source.model)
        if source.model in self._search_sources:
            raise ValueError(f"{source.model.__name__} is searchable already")
        self._search_sources[source.model] = source

    @property
    def search_sources(self) -> Mapping[str, SearchSource]:
        """The search sources by type name."""
        return {
            self._protections[model].type_name: source
            for model, source in self._search_sources.items()
        }

    def is_searchable(self, model: type[Model]) -> bool:
        return model in self._search_sources

    def written(self, objects: Sequence[Model]) -> None:
        """Bring the index to what was just written: rows of one model, in their transaction."""
        source = self._search_sources.get(type(objects[0])) if objects else None
        if source is not None and self.search_indexer is not None:
            self.search_indexer(source, objects)

    @property
    def protections(self) -> tuple[Protection, ...]:
        return tuple(self._protections.values())


registry = Registry()
