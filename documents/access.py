"""Who may do what to documents and sections. The table is data; core decides by it."""

from collections.abc import Mapping
from typing import Any

from documents.amendments.access import SECTION_RULES as AMENDING_RULES
from documents.amendments.access import register as register_amendments
from documents.attachments.access import register as register_attachments
from documents.brackets.access import register as register_brackets
from documents.citations.access import register as register_citations
from documents.comments.access import SECTION_RULES as COMMENTING
from documents.comments.access import any_seat
from documents.comments.access import register as register_comments
from documents.merging.access import register as register_merging
from documents.purging.access import register as register_purges
from documents.states.access import (
    DOCUMENT_TRANSITIONS,
    SECTION_TRANSITIONS,
    document_owner,
    document_penholder,
    owner_roles,
)
from documents.structure.access import register as register_structure
from documents.texts.models import (
    DRAFTED_IN,
    Document,
    DocumentDelegation,
    DocumentGrant,
    DocumentState,
    ReleaseCommitment,
    Revision,
    Section,
    SectionGrant,
    SectionState,
)
from documents.texts.premises import PREMISES
from documents.texts.release import four_eyes
from documents.versions.access import register as register_versions
from forums.granting.rules import Keeping, with_access
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

_WRITTEN_IN = frozenset({SectionState.PRIVATE_DRAFTING, SectionState.RELEASED})
"""The states of a section in which its text is revised."""

DOCUMENT_RULES: Mapping[str, Rule] = {
    "revise": Rule("documents:write", through=("owner",), role=Role.DRAFTER, states=DRAFTED_IN),
    "add_section": Rule(
        "documents:write", through=("drafting_group",), role=Role.DRAFTER, states=DRAFTED_IN
    ),
    "make_version": Rule(
        "documents:write",
        through=("owner",),
        role=Role.DRAFTER,
        states=DRAFTED_IN | {DocumentState.FINAL_DRAFT},
    ),
    **DOCUMENT_TRANSITIONS,
}

SECTION_RULES: Mapping[str, Rule] = {
    "revise": Rule(
        "documents:write",
        through=("owner", "granted_draft"),
        role=Role.DRAFTER,
        states=_WRITTEN_IN,
        premises=("text_open_beyond_home",),
    ),
    "add_section": Rule(
        "documents:write",
        through=("owner",),
        role=Role.DRAFTER,
        states=_WRITTEN_IN | {SectionState.PROVISIONALLY_AGREED},
        premises=("text_open",),
    ),
    "release": Rule(
        "documents:write",
        through=("owner",),
        role=Role.HEAD,
        states=frozenset({SectionState.PRIVATE_DRAFTING}),
        checks=("four_eyes",),
        to=SectionState.RELEASED,
        premises=("text_open",),
    ),
    "bracket": Rule(
        "documents:write",
        through=("drafting_group",),
        role=Role.DRAFTER,
        states=frozenset({SectionState.RELEASED}),
        premises=("text_open",),
    ),
    **SECTION_TRANSITIONS,
    "restructure": Rule(
        "documents:write",
        through=("owner",),
        role=Role.DRAFTER,
        states=frozenset({SectionState.PRIVATE_DRAFTING, SectionState.RELEASED}),
        premises=("text_open_beyond_home",),
    ),
    "restore": Rule(
        "documents:write",
        through=("owner",),
        role=Role.DRAFTER,
        standing=False,
        premises=("text_open",),
    ),
    **AMENDING_RULES,
}


def _drafting_group(actor: Actor, document: Any) -> frozenset[Role]:
    roles: frozenset[Role] = frozenset()
    for member in document.documentdelegation_set.all():
        roles |= actor.roles_at(member.delegation_id)
    return roles


def _section_owner(actor: Actor, section: Any) -> frozenset[Role]:
    """The owner's roles; at a common section those of every seat of the drafting group."""
    if section.owner_delegation_id:
        return actor.roles_at(section.owner_delegation_id)
    return _drafting_group_of_section(actor, section)


def _drafting_group_of_section(actor: Actor, section: Any) -> frozenset[Role]:
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
                relations={"owner": owner_roles, "drafting_group": _drafting_group},
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
                rules={**SECTION_RULES, **COMMENTING},
                relations={
                    "owner": _section_owner,
                    "drafting_group": _drafting_group_of_section,
                    "document_owner": document_owner,
                    "penholder": document_penholder,
                    "seat": any_seat,
                },
                checks={"four_eyes": four_eyes},
                premises=PREMISES,
                parent_field="document",
                inherits_field="inherits",
                state_field="state",
                tombstone_field="deleted_at",
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
    register_brackets()
    register_structure()
    register_versions()
    register_purges()
    register_comments()
    register_amendments()
    register_merging()
    register_attachments()
    register_citations()
