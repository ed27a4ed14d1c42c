"""Where access is decided, and nowhere else.

``visible_condition`` is the one statement of who sees a row (core.access_paths); ``decide`` reads
an app's rule table to say who may do a thing to it. Views, services, the abilities told in answers
and the tests all ask here; core.access_explained tells how the answers come about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from .access_paths import LEVEL_CODENAMES, live_grants, permission_id, visible_condition
from .actor import Actor, Level, Role
from .errors import Conflict, Forbidden, NotVisible
from .registry import Protection, Rule, registry

__all__ = [
    "ALLOWED",
    "LEVEL_CODENAMES",
    "NOT_FOUND",
    "Decision",
    "Levels",
    "abilities",
    "abilities_of_all",
    "decide",
    "granted_levels",
    "granting_groups",
    "is_visible",
    "live_grants",
    "permission_id",
    "require",
    "require_operator",
    "roles_through",
    "state_refusal",
    "visible_condition",
]

_GRANTED_ROLES: Mapping[Level, frozenset[Role]] = {
    Level.READ: frozenset({Role.READER}),
    Level.COMMENT: frozenset({Role.READER}),
    Level.DRAFT: frozenset({Role.READER, Role.DRAFTER}),
    Level.MANAGE: frozenset({Role.READER, Role.DRAFTER}),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an actor may do a thing, and the stable reason if not.

    is_state: the object's state forbids it, or that of what it belongs to, which answers 409 rather
    than 403. refusal: that answer, where it is a premise's.
    """

    allowed: bool
    reason: str = ""
    is_state: bool = False
    refusal: Conflict | None = field(default=None, compare=False)


ALLOWED = Decision(allowed=True)
NOT_FOUND = Decision(allowed=False, reason="not_found")


def is_visible(actor: Actor, obj: Model) -> bool:
    """Whether the actor sees this one row now."""
    model = type(obj)
    rows = model._default_manager.filter(visible_condition(model, actor), pk=obj.pk)
    return rows.exists()


def granted_levels(actor: Actor, objects: Sequence[Model]) -> dict[Any, Level]:
    """The highest level that live grants give the actor on each of these objects, by key.

    One query for all of them; an object without a grant is absent. All are of one model.
    """
    if not objects or not actor.groups:
        return {}
    protection = registry.protection_of(type(objects[0]))
    if protection.grants is None:
        return {}
    level_of = {permission_id(protection.model, level): level for level in Level}
    held: dict[Any, Level] = {}
    rows = live_grants(protection, actor, Level).filter(
        content_object_id__in=[obj.pk for obj in objects]
    )
    for key, permission in rows.values_list("content_object_id", "permission_id"):
        held[key] = max(level_of[permission], held.get(key, Level.READ))
    return held


def granting_groups(actor: Actor, obj: Model, level: Level) -> list[int]:
    """The actor's groups that live grants on an object name with this level."""
    protection = registry.protection_of(type(obj))
    rows = live_grants(protection, actor, [level]).filter(content_object_id=obj.pk)
    return list(rows.values_list("group_id", flat=True))


def decide(actor: Actor, ability: str, obj: Model, *, seen: bool = False) -> Decision:
    """Whether an actor may do a thing to an object.

    seen: True when the caller fetched the object through ``visible_to``; otherwise its
    visibility is asked first, since view is needed for every other right.
    """
    protection = registry.protection_of(type(obj))
    rule = protection.rules.get(ability)
    if rule is not None and rule.unseen and not seen:
        decision = _judge(actor, protection, rule, obj, Levels(actor, [obj]))
        if decision.allowed or decision.is_state:
            return decision
    if not seen and not is_visible(actor, obj):
        return NOT_FOUND
    if ability == "view":
        return _scope_decision(actor, protection.read_scope)
    if rule is None:
        return Decision(allowed=False, reason="no_such_ability")
    return _judge(actor, protection, rule, obj, Levels(actor, [obj]))


def abilities(actor: Actor, obj: Model) -> dict[str, Decision]:
    """Every ability of a visible object's type with the decision for this actor."""
    return abilities_of_all(actor, [obj])[0]


def abilities_of_all(actor: Actor, objects: Sequence[Model]) -> list[dict[str, Decision]]:
    """The abilities on each of many visible objects of one model; grants are asked for once."""
    if not objects:
        return []
    protection = registry.protection_of(type(objects[0]))
    levels = Levels(actor, objects)
    return [
        {
            name: _judge(actor, protection, rule, obj, levels)
            for name, rule in protection.rules.items()
        }
        for obj in objects
    ]


def require(actor: Actor, ability: str, obj: Model) -> None:
    """Raise NotVisible, Forbidden or Conflict unless the actor may; services call it on the
    locked row."""
    decision = decide(actor, ability, obj)
    if decision.allowed:
        return
    if decision.reason == "not_found":
        raise NotVisible
    if decision.is_state:
        raise _conflict(ability, obj, decision)
    raise Forbidden("You may not do this here.", code=decision.reason)


def state_refusal(actor: Actor, ability: str, obj: Model) -> Conflict | None:
    """What the state of an object answers to an act, whoever asks; None where it allows it.

    For the premises of what belongs to it.
    """
    protection = registry.protection_of(type(obj))
    rule = protection.rules[ability]
    decision = _of_state(protection, rule, obj) or _of_premises(actor, protection, rule, obj)
    return _conflict(ability, obj, decision) if decision else None


def require_by(actor: Actor, rule: Rule, obj: Model) -> None:
    """Raise NotVisible or Forbidden unless a rule that many types share lets the actor.

    Its relations are those of the object's own type; services call it on the locked row.
    """
    if not is_visible(actor, obj):
        raise NotVisible
    decision = _judge(actor, registry.protection_of(type(obj)), rule, obj, Levels(actor, [obj]))
    if not decision.allowed:
        raise Forbidden("You may not do this here.", code=decision.reason)


def require_operator(actor: Actor) -> None:
    """Raise Forbidden unless the actor is an operator of the instance."""
    if not actor.is_operator:
        raise Forbidden("Only an operator may do this.", code="operator_required")


def _conflict(ability: str, obj: Model, decision: Decision) -> Conflict:
    if decision.refusal is not None:
        return decision.refusal
    protection = registry.protection_of(type(obj))
    wrong = decision.reason == "wrong_state"
    return Conflict(
        f"The {protection.type_name}'s state does not allow this.",
        code=decision.reason,
        extensions=_state_extensions(protection, protection.rules[ability], obj) if wrong else {},
    )


def _state_extensions(protection: Protection, rule: Rule, obj: Model) -> dict[str, Any]:
    assert protection.state_field is not None
    state = getattr(obj, protection.state_field)
    told: dict[str, Any] = {"state": state, "allowed": sorted(rule.states or ())}
    if any(each.to for each in protection.rules.values()):
        told["transitions"] = {
            name: each.to
            for name, each in sorted(protection.rules.items())
            if each.to and state in (each.states or ())
        }
    return told


def _scope_decision(actor: Actor, token_scope: str) -> Decision:
    if actor.is_authenticated and not actor.may_use(token_scope):
        return Decision(allowed=False, reason="insufficient_scope")
    return ALLOWED


class Levels:
    """Granted levels of a batch of objects, looked up when the first rule asks for one."""

    def __init__(self, actor: Actor, objects: Sequence[Model]) -> None:
        self._actor = actor
        self._objects = objects
        self._held: dict[Any, Level] | None = None

    def of(self, obj: Model) -> Level | None:
        if self._held is None:
            self._held = granted_levels(self._actor, self._objects)
        return self._held.get(obj.pk)


def _judge(
    actor: Actor, protection: Protection, rule: Rule, obj: Model, levels: Levels
) -> Decision:
    if not actor.is_authenticated:
        return Decision(allowed=False, reason="not_authenticated")
    if not actor.may_use(rule.token_scope):
        return Decision(allowed=False, reason="insufficient_scope")
    held: frozenset[Role] = frozenset()
    for name in rule.through:
        held |= roles_through(name, actor, protection, obj, levels)
        if rule.role in held:
            break
    if not held:
        return Decision(allowed=False, reason=f"not_{rule.through[0]}")
    if rule.role not in held:
        return Decision(allowed=False, reason=f"{rule.role}_required")
    ended = _of_state(protection, rule, obj)
    if ended is not None:
        return ended
    for check in rule.checks:
        reason = protection.checks[check](actor, obj)
        if reason:
            return Decision(allowed=False, reason=reason)
    return _of_premises(actor, protection, rule, obj) or ALLOWED


def _of_state(protection: Protection, rule: Rule, obj: Model) -> Decision | None:
    """The refusal by an object's own state; None where it allows the act."""
    if protection.tombstone_field is not None and rule.standing is not None:
        stands = getattr(obj, protection.tombstone_field) is None
        if stands is not rule.standing:
            ended = "deleted" if rule.standing else "not_deleted"
            return Decision(allowed=False, reason=ended, is_state=True)
    if rule.states is not None:
        assert protection.state_field is not None
        if getattr(obj, protection.state_field) not in rule.states:
            return Decision(allowed=False, reason="wrong_state", is_state=True)
    return None


def _of_premises(actor: Actor, protection: Protection, rule: Rule, obj: Model) -> Decision | None:
    """The refusal by the state of what an object belongs to; None where that allows the act."""
    for premise in rule.premises:
        refusal = protection.premises[premise](actor, obj)
        if refusal is not None:
            return Decision(allowed=False, reason=refusal.code, is_state=True, refusal=refusal)
    return None


def roles_through(
    name: str, actor: Actor, protection: Protection, obj: Model, levels: Levels
) -> frozenset[Role]:
    """The roles an actor holds towards an object through one relation of a rule."""
    if name.startswith("granted_"):
        level = levels.of(obj)
        wanted = Level[name.removeprefix("granted_").upper()]
        return _GRANTED_ROLES[level] if level and level >= wanted else frozenset()
    return protection.relations[name](actor, obj)
