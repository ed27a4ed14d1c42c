"""Who may do what to documents and sections. The table is data; core decides by it."""

from collections.abc import Mapping
from typing import Any

from documents.attachments.access import register as register_attachments
from documents.citations.access import register as register_citations
from documents.texts.models import (
    Document,
    DocumentDelegation,
    DocumentGrant,
    ReleaseCommitment,
    Revision,
    Section,
    SectionGrant,
    SectionState,
)
from documents.texts.release import four_eyes
from documents.versions.access import register as register_versions
from forums.granting.rules import Keeping, with_access
from forums.membership.selectors import roles_in_secretariat
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

DOCUMENT_RULES: Mapping[str, Rule] = {
    "revise": Rule("documents:write", through=("owner",), role=Role.DRAFTER),
    "add_section": Rule("documents:write", through=("drafting_group",), role=Role.DRAFTER),
}

SECTION_RULES: Mapping[str, Rule] = {
    "revise": Rule("documents:write", through=("owner", "granted_draft"), role=Role.DRAFTER),
    "add_section": Rule("documents:write", through=("owner",), role=Role.DRAFTER),
    "release": Rule(
        "documents:write",
        through=("owner",),
        role=Role.HEAD,
        states=frozenset({SectionState.PRIVATE_DRAFTING}),
        checks=("four_eyes",),
    ),
}


def _document_owner(actor: Actor, document: Any) -> frozenset[Role]:
    """The owner's roles; at a common document those of the forum's secretariat."""
    if document.owner_delegation_id:
        return actor.roles_at(document.owner_delegation_id)
    return roles_in_secretariat(actor, document)


def _drafting_group(actor: Actor, document: Any) -> frozenset[Role]:
    roles: frozenset[Role] = frozenset()
    for member in document.documentdelegation_set.all():
        roles |= actor.roles_at(member.delegation_id)
    return roles


def _section_owner(actor: Actor, section: Any) -> frozenset[Role]:
    """The owner's roles; at a common section those of every seat of the drafting group."""
    if section.owner_delegation_id:
        return actor.roles_at(section.owner_delegation_id)
    try:
        return _drafting_group(actor, section.document)
    except Document.DoesNotExist:  # granted alone, out of a document the actor does not see
        return frozenset()


def register() -> None:
    """Tell the access engine of this app's protected models."""
    registry.protect(
        with_access(
            Protection(
                model=Document,
                type_name="document",
                read_scope="documents:read",
                rules=DOCUMENT_RULES,
                relations={"owner": _document_owner, "drafting_group": _drafting_group},
                state_field="state",
                grants=DocumentGrant,
                kind_field="kind",
                has_facet=True,
            )
        )
    )
    registry.protect(
        with_access(
            Protection(
                model=Section,
                type_name="section",
                read_scope="documents:read",
                rules=SECTION_RULES,
                relations={"owner": _section_owner},
                checks={"four_eyes": four_eyes},
                parent_field="document",
                inherits_field="inherits",
                state_field="state",
                grants=SectionGrant,
            ),
            Keeping(parent="document", related=("document",)),
        )
    )
    registry.protect(
        Protection(
            model=DocumentDelegation,
            type_name="document_delegation",
            read_scope="documents:read",
            scope_field=None,
            parent_field="document",
        )
    )
    registry.protect(
        Protection(
            model=Revision,
            type_name="revision",
            read_scope="documents:read",
            parent_field="section",
            inherits_field="inherits",
        )
    )
    registry.protect(
        Protection(
            model=ReleaseCommitment, type_name="release_commitment", read_scope="documents:read"
        )
    )
    register_versions()
    register_attachments()
    register_citations()
