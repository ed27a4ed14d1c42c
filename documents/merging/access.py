"""Who sees working copies, and who discards them."""

from collections.abc import Mapping
from typing import Any

from documents.texts.purgeable import make_purgeable
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import WorkingCopy

WORKING_COPY_RULES: Mapping[str, Rule] = {
    "delete": Rule("documents:write", through=("author", "delegation"), role=Role.HEAD),
}


def _author(actor: Actor, copy: Any) -> frozenset[Role]:
    """Everything to whoever wrote it, in whatever role that is now."""
    return Role.HEAD.includes if actor.user_id == copy.author_id else frozenset()


def _delegation(actor: Actor, copy: Any) -> frozenset[Role]:
    return actor.roles_at(copy.delegation_id)


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=WorkingCopy,
            type_name="working_copy",
            read_scope="documents:read",
            rules=WORKING_COPY_RULES,
            relations={"author": _author, "delegation": _delegation},
        )
    )
    make_purgeable(WorkingCopy, "title", "body", "note")
