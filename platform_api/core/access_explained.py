"""How decisions on access come about: who gets what on an object, by which ways and rules.

Read from the ways of ``core.access_paths`` and the rules that ``core.access`` judges by, so that an
explanation can't disagree with a decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Model

from .access import NOT_FOUND, Decision, Levels, decide, roles_through
from .access_paths import Reached, readers_of, ways_of
from .actor import Actor, Role
from .registry import Protection, Rule, registry
from .transaction import acting


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor is to an object through one relation of a rule.

    relation: of the rule table. roles: held through it. seats: those of the actor's seats that
    give them; empty where grants do.
    """

    relation: str
    roles: frozenset[Role]
    seats: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """How one ability is decided.

    rule: the line of the table; None for ``view``. standings: through the rule's relations.
    """

    ability: str
    decision: Decision
    rule: Rule | None
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every way that leads an actor to a sight of an object, and every ability of its type.

    ways: names of the ways; empty when the actor does not see it. sight: by which scopes and
    grants of the actor's, as far as the database shows them to whoever asks.
    """

    ways: tuple[str, ...]
    sight: tuple[Reached, ...]
    abilities: tuple[Judged, ...]


def explain(actor: Actor, obj: Model) -> Explanation:
    """How an actor comes to what it may do with an object; asked as that actor.

    Read from the ways and rules that decide, so that it can't disagree with them.
    """
    model = type(obj)
    protection = registry.protection_of(model)
    rows = model._default_manager.filter(pk=obj.pk)
    ways = tuple(way.name for way in ways_of(model) if rows.filter(way.condition(actor)).exists())
    sight: tuple[Reached, ...] = ()
    if protection.also is None:
        sight = tuple(
            reached
            for reached in readers_of(model, [obj.pk]).get(obj.pk, ())
            if reached.scope in actor.scopes or reached.group in actor.groups
        )
    judged = [Judged("view", decide(actor, "view", obj), None, ())]
    levels = Levels(actor, [obj])
    for name, rule in protection.rules.items():
        decision = decide(actor, name, obj, seen=bool(ways))
        standings = (
            () if decision == NOT_FOUND else _standings(actor, protection, rule, obj, levels)
        )
        judged.append(Judged(name, decision, rule, standings))
    return Explanation(ways, sight, tuple(judged))


def who_can(ability: str, obj: Model, among: Iterable[Actor]) -> list[Actor]:
    """Those of some actors that may do a thing to an object now; each is asked as itself."""
    may = []
    for actor in among:
        with acting(actor):
            if decide(actor, ability, obj).allowed:
                may.append(actor)
    return may


def _standings(
    actor: Actor, protection: Protection, rule: Rule, obj: Model, levels: Levels
) -> tuple[Standing, ...]:
    """What each relation of a rule gives the actor, those that give nothing left out."""
    found = []
    for name in rule.through:
        roles = roles_through(name, actor, protection, obj, levels)
        if not roles:
            continue
        seats: tuple[UUID, ...] = ()
        if not name.startswith("granted_"):
            seats = tuple(
                seat
                for seat in sorted(actor.seats)
                if roles_through(name, _at(actor, seat), protection, obj, levels)
            )
        found.append(Standing(name, roles, seats))
    return tuple(found)


def _at(actor: Actor, seat: UUID) -> Actor:
    """The actor as far as it acts for one of its seats."""
    return replace(actor, seats={seat: actor.seats[seat]}, is_operator=False)
