"""What an attachment belongs to, and what the ledger and the feed are told of it."""

from collections.abc import Mapping
from uuid import UUID

from documents.texts.models import Document, Section, SectionState
from documents.texts.selectors import scope_of_document
from platform_api.core.actor import Actor
from platform_api.ledger.services import EventSpec, record

from .models import Attachment


def belongs_to(attachment: Attachment) -> Document | Section:
    """The section or the document whose file it is."""
    found = attachment.section or attachment.document
    assert found is not None, "a constraint asks for one of the two"
    return found


def record_attachment(
    kind: str,
    actor: Actor,
    attachment: Attachment,
    belongs: Document | Section,
    seat_id: UUID | None,
    details: Mapping[str, object],
) -> None:
    """Write it into the ledger, for whoever reads what it belongs to; at home for its owner."""
    scope, home = belongs.effective_scope_id, None
    if isinstance(belongs, Section):
        scope = scope or scope_of_document(belongs.document_id)
        if belongs.state == SectionState.PRIVATE_DRAFTING:
            home = belongs.effective_scope_id
    record(
        kind=kind,
        actor=actor,
        object_type="attachment",
        object_id=attachment.pk,
        seat_id=seat_id,
        owner_seat_id=belongs.owner_delegation_id,
        effective_scope_id=scope,
        details={
            type(belongs).__name__.lower(): str(belongs.pk),
            "sha256": attachment.sha256,
            "size": attachment.size,
            **details,
        },
        events=[EventSpec(kind, narrow_scope_id=home)],
    )
