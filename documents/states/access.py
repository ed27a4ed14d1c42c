"""Who moves documents and sections from one state to the next: data, of the app's rule tables."""

from collections.abc import Mapping
from typing import Any

from documents.texts.models import Document, DocumentState, SectionState
from forums.membership.selectors import roles_in_secretariat
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Rule

from .selectors import penholder_seats

_SCOPE = "documents:write"
_STANDING = frozenset(
    {DocumentState.DRAFTING, DocumentState.CONSULTATION, DocumentState.FINAL_DRAFT}
)


def _by_owner(states: frozenset[str], to: str) -> Rule:
    return Rule(_SCOPE, through=("owner",), role=Role.HEAD, states=states, to=to)


def _by_document(states: frozenset[str], to: str) -> Rule:
    through = ("document_owner", "penholder")
    return Rule(
        _SCOPE, through=through, role=Role.HEAD, states=states, to=to, premises=("text_open",)
    )


DOCUMENT_TRANSITIONS: Mapping[str, Rule] = {
    "consult": _by_owner(frozenset({DocumentState.DRAFTING}), DocumentState.CONSULTATION),
    "finalise": _by_owner(frozenset({DocumentState.CONSULTATION}), DocumentState.FINAL_DRAFT),
    "reopen": _by_owner(
        frozenset({DocumentState.CONSULTATION, DocumentState.FINAL_DRAFT}), DocumentState.DRAFTING
    ),
    "withdraw": _by_owner(_STANDING, DocumentState.WITHDRAWN),
    "supersede": _by_owner(_STANDING, DocumentState.SUPERSEDED),
}

SECTION_TRANSITIONS: Mapping[str, Rule] = {
    "agree": _by_document(frozenset({SectionState.RELEASED}), SectionState.PROVISIONALLY_AGREED),
    "close": _by_document(frozenset({SectionState.PROVISIONALLY_AGREED}), SectionState.CLOSED),
    "reopen": _by_document(
        frozenset({SectionState.PROVISIONALLY_AGREED, SectionState.CLOSED}), SectionState.RELEASED
    ),
}


def owner_roles(actor: Actor, row: Any) -> frozenset[Role]:
    """The roles at the owner of a document, or of what carries its owner; at what is common
    those of the forum's secretariat."""
    if row.owner_delegation_id:
        return actor.roles_at(row.owner_delegation_id)
    return roles_in_secretariat(actor, row)


def penholder_roles(actor: Actor, document: Any) -> frozenset[Role]:
    """The roles at the seat through which a document's penholder drafts it."""
    roles: frozenset[Role] = frozenset()
    for seat in penholder_seats(document):
        roles |= actor.roles_at(seat)
    return roles


def document_owner(actor: Actor, section: Any) -> frozenset[Role]:
    """``owner_roles`` of a section's document; none where that is hidden."""
    try:
        return owner_roles(actor, section.document)
    except Document.DoesNotExist:
        return frozenset()


def document_penholder(actor: Actor, section: Any) -> frozenset[Role]:
    """``penholder_roles`` of a section's document; none where that is hidden."""
    try:
        return penholder_roles(actor, section.document)
    except Document.DoesNotExist:
        return frozenset()
