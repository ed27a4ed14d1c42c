"""Who sees, carries out and withdraws purges: two people of the seat that keeps the text."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from documents.texts.models import Document, Revision, Section
from documents.texts.purgeable import make_purgeable
from documents.versions.models import DocumentVersion
from forums.membership.models import Office
from forums.membership.selectors import office_holders
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import Purge, PurgeState

SCOPE = "documents:write"
_REQUESTED = frozenset({PurgeState.REQUESTED})

PURGE_RULES: Mapping[str, Rule] = {
    "carry_out": Rule(
        SCOPE, through=("keeper",), role=Role.HEAD, states=_REQUESTED, checks=("two_persons",)
    ),
    "withdraw": Rule(SCOPE, through=("keeper",), role=Role.DRAFTER, states=_REQUESTED),
}


def keeper_of(text: Section | Document) -> UUID | None:
    """The seat that answers for a section: its owner; for a common one the document's keeper. For
    a document its owner, or the secretariat of the forum where it is common."""
    if text.owner_delegation_id is not None:
        return text.owner_delegation_id
    document: Document | None
    if isinstance(text, Section):
        document = Document.objects.filter(pk=text.document_id).first()
    else:
        document = text
    if document is None:  # the section was granted alone, so that somebody else keeps it
        return None
    if document.owner_delegation_id is not None:
        return document.owner_delegation_id
    return next(iter(office_holders(document.forum_id, Office.Kind.SECRETARIAT)), None)


def _keeper(actor: Actor, purge: Any) -> frozenset[Role]:
    return actor.roles_at(purge.delegation_id)


def _two_persons(actor: Actor, purge: Any) -> str | None:
    return "two_persons" if purge.requested_by_id == actor.user_id else None


def register() -> None:
    """Tell the access engine of the slice's model, and the purge of those it knows by itself."""
    registry.protect(
        Protection(
            model=Purge,
            type_name="purge",
            read_scope="documents:read",
            rules=PURGE_RULES,
            relations={"keeper": _keeper},
            checks={"two_persons": _two_persons},
            state_field="state",
        )
    )
    make_purgeable(Section, "title", "body", own_way=True)
    make_purgeable(Revision, "title", "body", "note", own_way=True)
    make_purgeable(
        DocumentVersion,
        "manifest",
        "label",
        own_way=True,
    )
    make_purgeable(Purge, "passage", kept={"reason": "may not hold the passage"}, own_way=True)
    make_purgeable(Document, "titles", own_way=True)
