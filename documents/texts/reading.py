"""Which sections are restricted, so that their owner learns who opens them."""

from django.db.models import Model

from forums.readings.services import reading_record
from platform_api.core.actor import Actor

from .models import Document, Section, SectionState


def opened(actor: Actor, section: Section, version: str, part: Model | None = None) -> None:
    """Record that a section is opened, if it or its document is for fewer than a forum, or it is
    read out of a document that the reader does not see. A seat's own draft is its own affair.

    part: what is opened of the section, where it is not its text.
    """
    owner_id = section.owner_delegation_id
    if section.state == SectionState.PRIVATE_DRAFTING and owner_id in actor.seats:
        return
    try:
        document: Document | None = section.document
    except Document.DoesNotExist:
        document = None
    is_open = section.inherits and not section.marks.limits
    if is_open and document is not None and not document.marks.limits:
        return
    owner = owner_id or (document and document.owner_delegation_id)
    reading_record(actor=actor, obj=part or section, version=version, owner_id=owner or None)
