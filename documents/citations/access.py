"""Who sees and takes out citations: whoever reads the section, and whoever writes it."""

from collections.abc import Mapping
from typing import Any

from documents.texts.models import Section
from documents.texts.purgeable import make_purgeable
from platform_api.core.access import Levels, roles_through, state_refusal
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict
from platform_api.core.registry import Protection, Rule, registry

from .models import Citation

CITATION_RULES: Mapping[str, Rule] = {
    "delete": Rule(
        "documents:write", through=("writer",), role=Role.DRAFTER, premises=("section_revised",)
    ),
}


def _writer(actor: Actor, citation: Any) -> frozenset[Role]:
    """The roles towards the section by which its text may be revised."""
    section, protection = citation.section, registry.protection_of(Section)
    levels, roles = Levels(actor, [section]), frozenset[Role]()
    for relation in protection.rules["revise"].through:
        roles |= roles_through(relation, actor, protection, section, levels)
        if Role.DRAFTER in roles:
            break
    return roles


def _section_revised(actor: Actor, citation: Any) -> Conflict | None:
    return state_refusal(actor, "revise", citation.section)


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=Citation,
            type_name="citation",
            read_scope="documents:read",
            rules=CITATION_RULES,
            relations={"writer": _writer},
            premises={"section_revised": _section_revised},
            scope_field=None,
            parent_field="section",
        )
    )
    make_purgeable(Citation, kept={"provision": "an eId, which has no room for prose"})
