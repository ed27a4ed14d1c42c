"""Who sees comments, and who changes, settles and promotes them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from documents.texts.models import Document, Section
from documents.texts.purgeable import make_purgeable
from platform_api.core.access import live_grants, visible_condition
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import Comment, CommentAudience, CommentState

COMMENT_RULES: Mapping[str, Rule] = {
    "revise": Rule("documents:write", through=("seat",), role=Role.DRAFTER),
    "delete": Rule("documents:write", through=("seat",), role=Role.DRAFTER),
    "resolve": Rule(
        "documents:write",
        through=("seat", "section_owner"),
        role=Role.DRAFTER,
        states=frozenset({CommentState.OPEN}),
        checks=("reply",),
        standing=None,
    ),
    "reopen": Rule(
        "documents:write",
        through=("seat", "section_owner"),
        role=Role.DRAFTER,
        states=frozenset({CommentState.RESOLVED}),
        standing=None,
    ),
    "promote": Rule(
        "documents:write",
        through=("seat",),
        role=Role.DRAFTER,
        states=frozenset({CommentState.OPEN}),
    ),
}

SECTION_RULES: Mapping[str, Rule] = {
    # Whoever reads a section may note something for its own seat; who else may be addressed is
    # decided by the ring (documents.comments.rings).
    "comment": Rule("documents:write", through=("seat",), role=Role.DRAFTER),
}
"""What the slice adds to the rules of sections."""


def any_seat(actor: Actor, section: Any) -> frozenset[Role]:
    """The actor's roles at all its seats: an object it sees, it sees through one of them."""
    return frozenset[Role]().union(*actor.seats.values())


def _seat(actor: Actor, comment: Any) -> frozenset[Role]:
    return actor.roles_at(comment.delegation_id)


def _section_owner(actor: Actor, comment: Any) -> frozenset[Role]:
    """The roles at the section's owner; the drafting group's where it is common."""
    owner = registry.protection_of(Section).relations["owner"]
    return owner(actor, comment.section)


def _reply(_: Actor, comment: Any) -> str | None:
    return "reply" if comment.thread_id else None


def _in_ring(actor: Actor) -> Q:
    """Whoever reads the section and is in the comment's ring."""
    sections = Section.objects.filter(visible_condition(Section, actor))
    ring = Q(seat_scope__in=actor.scopes) | Q(effective_scope__in=actor.scopes)
    if actor.groups:
        ring |= Q(audience=CommentAudience.FORUM) & _granted(actor)
    return Q(section__in=sections.values("pk")) & ring


def _granted(actor: Actor) -> Q:
    """Comments on sections that a live grant names, on themselves or on their document."""
    alone, within = (
        live_grants(registry.protection_of(model), actor, [Level.READ]).values("content_object")
        for model in (Section, Document)
    )
    inherited = Section.objects.filter(inherits=True, document__in=within)
    return Q(section__in=alone) | Q(section__in=inherited.values("pk"))


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=Comment,
            type_name="comment",
            read_scope="documents:read",
            rules=COMMENT_RULES,
            relations={"seat": _seat, "section_owner": _section_owner},
            checks={"reply": _reply},
            scope_field=None,
            state_field="state",
            tombstone_field="deleted_at",
            also=_in_ring,
        )
    )
    make_purgeable(Comment, "body", "anchor_quote", "anchor_prefix", "anchor_suffix")
