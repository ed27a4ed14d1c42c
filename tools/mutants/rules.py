"""Weakened lines of the rule tables, while a block runs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

_EVERYTHING = frozenset(Role)


_EQUIVALENT = {("suspend", "the least role")}
"""Weakenings that change nothing: operators alone suspend, and they hold every role of the rule."""


def weakenings() -> Iterator[tuple[str, str]]:
    """Every way in which a line or a relation is weakened, and the type that it belongs to.

    ``<type>.<ability>: <what is left out>`` and ``<type>: <relation> holds of everybody``.
    """
    for protection in registry.protections:
        for ability, rule in protection.rules.items():
            for what, weaker in _weaker(rule, protection):
                if weaker != rule and (ability, what) not in _EQUIVALENT:
                    yield f"{protection.type_name}.{ability}: {what}", protection.type_name
        for relation in protection.relations:
            yield f"{protection.type_name}: {relation} holds of everybody", protection.type_name


@contextmanager
def broken_rule(named: str) -> Iterator[None]:
    """Weaken what ``weakenings`` named so."""
    line, _, what = named.partition(": ")
    type_name, _, ability = line.partition(".")
    protection = registry.protection_named(type_name)
    if ability:
        weaker = dict(_weaker(protection.rules[ability], protection))[what]
        rules: Mapping[str, Rule] = {**protection.rules, ability: weaker}
        _register(replace(protection, rules=rules))
    else:
        relation = what.partition(" ")[0]
        relations = {**protection.relations, relation: _of_everybody}
        _register(replace(protection, relations=relations))
    try:
        yield
    finally:
        _register(protection)


def _weaker(rule: Rule, protection: Protection) -> list[tuple[str, Rule]]:
    return [
        ("the least role", replace(rule, role=Role.READER)),
        ("the states", replace(rule, states=None)),
        ("the further checks", replace(rule, checks=())),
        ("the token's scope", replace(rule, token_scope=protection.read_scope)),
    ]


def _of_everybody(actor: Actor, obj: Any) -> frozenset[Role]:
    return _EVERYTHING


def _register(protection: Protection) -> None:
    registry._protections[protection.model] = protection
    registry._by_type[protection.type_name] = protection
