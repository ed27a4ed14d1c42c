"""The change feed as one caller sees it now."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from platform_api.core.actor import Actor
from platform_api.core.registry import registry
from platform_api.ledger.feed import FeedEvent, Mark, look


@dataclass(frozen=True, slots=True)
class Changes:
    """Events a caller may see, oldest first, and the place where the next ones lie.

    onward: behind the last event shown, so that what is hidden behind it leaves no trace; only
    a look that was cut short goes on where it ended.
    """

    events: list[FeedEvent]
    onward: Mark


def changes_for(
    actor: Actor, *, after: Mark, limit: int, types: Collection[str] | None = None
) -> Changes:
    """What an actor may see now of what happened behind a mark.

    An event is seen when it is told to a role group of the actor, or when its object is visible
    now and it is not narrowed to a scope that the actor does not read. A type that the
    credential may not read is left out. One query for each type of object that occurs.

    Raises Superseded.
    """
    found = look(
        after,
        groups=actor.groups,
        scopes=actor.scopes,
        object_types=_readable_types(actor),
        types=types,
    )
    visible = _visible(actor, (event for event in found.events if not event.by_audience))
    seen = [
        event
        for event in found.events
        if event.by_audience or event.object_id in visible[event.object_type]
    ]
    shown = seen[:limit]
    if len(seen) > limit:
        onward = shown[-1].mark
    elif not found.at_head:
        onward = found.edge
    else:
        onward = shown[-1].mark if shown else after
    return Changes(shown, onward)


def _readable_types(actor: Actor) -> list[str]:
    return [
        protection.type_name
        for protection in registry.protections
        if actor.may_use(protection.read_scope)
    ]


def _visible(actor: Actor, events: Iterable[FeedEvent]) -> dict[str, set[UUID]]:
    """The keys of the objects of these events that the actor sees, by type."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        wanted[event.object_type].add(event.object_id)
    visible: dict[str, set[UUID]] = defaultdict(set)
    for type_name, ids in wanted.items():
        model: Any = registry.protection_named(type_name).model
        rows = model._default_manager.visible_to(actor).filter(pk__in=ids)
        visible[type_name] = set(rows.values_list("pk", flat=True))
    return visible
