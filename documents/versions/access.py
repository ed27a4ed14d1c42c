"""Who sees, presents and is shown versions."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from documents.states.access import owner_roles, penholder_roles
from documents.texts.models import Document
from forums.granting.rules import with_access
from forums.meetings.models import AgendaItem
from platform_api.core.access import visible_condition
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import DocumentVersion, DocumentVersionGrant, MeetingMaterial

VERSION_RULES: Mapping[str, Rule] = {
    "present": Rule("documents:write", through=("owner", "penholder"), role=Role.DRAFTER),
}


def _penholder(actor: Actor, version: Any) -> frozenset[Role]:
    """The roles at the seat through which the document's penholder drafts it."""
    documents = Document.objects.filter(pk=version.document_id).exclude(penholder=None)
    document = documents.prefetch_related("documentdelegation_set__delegation").first()
    return penholder_roles(actor, document) if document else frozenset()


def _shown_at_meetings(actor: Actor) -> Q:
    """Whoever sees both the version and the meeting."""
    versions = DocumentVersion.objects.filter(visible_condition(DocumentVersion, actor))
    items = AgendaItem.objects.filter(visible_condition(AgendaItem, actor))
    return Q(version__in=versions.values("pk"), agenda_item__in=items.values("pk"))


def register() -> None:
    """Tell the access engine of the slice's protected models."""
    registry.protect(
        with_access(
            Protection(
                model=DocumentVersion,
                type_name="document_version",
                read_scope="documents:read",
                rules=VERSION_RULES,
                relations={"owner": owner_roles, "penholder": _penholder},
                scope_field=None,
                parent_field="document",
                grants=DocumentVersionGrant,
                kind_field="kind",
            )
        )
    )
    registry.protect(
        Protection(
            model=MeetingMaterial,
            type_name="meeting_material",
            read_scope="documents:read",
            scope_field=None,
            also=_shown_at_meetings,
        )
    )
