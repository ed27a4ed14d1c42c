"""Who sees and deletes attachments."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from documents.texts.models import Document, Section
from documents.texts.purgeable import make_purgeable
from forums.membership.selectors import roles_in_secretariat
from platform_api.core.access import state_refusal, visible_condition
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict
from platform_api.core.registry import Protection, Rule, registry

from .models import Attachment

WRITES: Mapping[type[Document | Section], str] = {Document: "add_section", Section: "revise"}
"""Who writes in a thing attaches files to it, in the states in which it is written."""

ATTACHMENT_RULES: Mapping[str, Rule] = {
    "delete": Rule(
        "documents:write",
        through=("owner", "attached"),
        role=Role.DRAFTER,
        premises=("written",),
    ),
}


def _owner(actor: Actor, attachment: Any) -> frozenset[Role]:
    """The roles at the seat whose section it is; of what is common at the document's keeper."""
    try:
        section = attachment.section
        if section is not None and section.owner_delegation_id:
            return actor.roles_at(section.owner_delegation_id)
        document = section.document if section is not None else attachment.document
    except (Document.DoesNotExist, Section.DoesNotExist):
        return frozenset()
    if document.owner_delegation_id:
        return actor.roles_at(document.owner_delegation_id)
    return roles_in_secretariat(actor, document)


def _attached(actor: Actor, attachment: Any) -> frozenset[Role]:
    """The roles at the seat that attached it."""
    return actor.roles_at(attachment.delegation_id)


def _written(actor: Actor, attachment: Any) -> Conflict | None:
    """What the state of the section or document it belongs to answers to a write there."""
    belongs = attachment.section if attachment.section_id else attachment.document
    return state_refusal(actor, WRITES[type(belongs)], belongs)


def _with_what_it_belongs_to(actor: Actor) -> Q:
    """Whoever sees the section, or the document."""
    sections = Section.objects.filter(visible_condition(Section, actor))
    documents = Document.objects.filter(visible_condition(Document, actor))
    return Q(section__in=sections.values("pk")) | Q(document__in=documents.values("pk"))


def register() -> None:
    """Tell the access engine of the slice's protected model."""
    registry.protect(
        Protection(
            model=Attachment,
            type_name="attachment",
            read_scope="documents:read",
            rules=ATTACHMENT_RULES,
            relations={"owner": _owner, "attached": _attached},
            premises={"written": _written},
            scope_field=None,
            also=_with_what_it_belongs_to,
        )
    )
    make_purgeable(Attachment, "name", kept={"stored_as": "a random name that the platform chose"})
