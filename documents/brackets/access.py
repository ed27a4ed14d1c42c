"""Who sees brackets, puts them, stands by a wording, and resolves them."""

from collections.abc import Mapping
from typing import Any

from documents.texts.models import Section
from documents.texts.purgeable import make_purgeable
from platform_api.core.access import Levels, roles_through, state_refusal
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict
from platform_api.core.registry import Protection, Rule, registry

from .models import Bracket, BracketAlternative, BracketProponent, BracketState
from .selectors import section_of

_SCOPE = "documents:write"
_OPEN = frozenset({BracketState.OPEN})

BRACKET_RULES: Mapping[str, Rule] = {
    "support": Rule(_SCOPE, through=("drafting_group",), role=Role.DRAFTER, states=_OPEN),
    "resolve": Rule(
        _SCOPE,
        through=("reviser",),
        role=Role.DRAFTER,
        states=_OPEN,
        to=BracketState.RESOLVED,
        premises=("section_revised",),
    ),
    "withdraw": Rule(
        _SCOPE,
        through=("proposer",),
        role=Role.DRAFTER,
        states=_OPEN,
        to=BracketState.WITHDRAWN,
    ),
}


def _drafting_group(actor: Actor, bracket: Any) -> frozenset[Role]:
    protection = registry.protection_of(Section)
    return protection.relations["drafting_group"](actor, bracket.section)


def _reviser(actor: Actor, bracket: Any) -> frozenset[Role]:
    """The roles by which an actor may revise the section that has the bracket now."""
    protection, section = registry.protection_of(Section), section_of(actor, bracket)
    levels = Levels(actor, [section])
    roles: frozenset[Role] = frozenset()
    for name in protection.rules["revise"].through:
        roles |= roles_through(name, actor, protection, section, levels)
    return roles


def _proposer(actor: Actor, bracket: Any) -> frozenset[Role]:
    return actor.roles_at(bracket.delegation_id)


def _section_revised(actor: Actor, bracket: Any) -> Conflict | None:
    return state_refusal(actor, "revise", section_of(actor, bracket))


def register() -> None:
    """Tell the access engine of the slice's protected models: whoever reads a section reads its
    brackets."""
    registry.protect(
        Protection(
            model=Bracket,
            type_name="bracket",
            read_scope="documents:read",
            rules=BRACKET_RULES,
            relations={
                "drafting_group": _drafting_group,
                "reviser": _reviser,
                "proposer": _proposer,
            },
            premises={"section_revised": _section_revised},
            scope_field=None,
            parent_field="section",
            state_field="state",
        )
    )
    for model, type_name in (
        (BracketAlternative, "bracket_alternative"),
        (BracketProponent, "bracket_proponent"),
    ):
        registry.protect(
            Protection(
                model=model,
                type_name=type_name,
                read_scope="documents:read",
                scope_field=None,
                parent_field="bracket",
            )
        )
    make_purgeable(Bracket, "note")
    make_purgeable(BracketAlternative, "text")
