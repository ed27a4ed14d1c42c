"""Adding sections and revising their text."""

from uuid import UUID

from documents.texts.content import SectionText
from documents.texts.models import Document, Section, SectionState
from documents.texts.selectors import acting_seat, writing_seat
from documents.texts.writing import (
    invalid,
    locked_section,
    rank_of,
    record_section,
    write_section,
    write_text,
)
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import check_revision, service


@service
def section_create(
    *,
    actor: Actor,
    document: Document,
    title: str,
    body: str,
    language: str,
    parent: Section | None = None,
    after: Section | None = None,
    common: bool = False,
    delegation: UUID | None = None,
    note: str = "",
) -> Section:
    """Add a section after a sibling, or as the last of its parent.

    A section of a delegation begins at home; a common one is read by the drafting group at
    once. Under a delegation's section only that delegation adds, and only its own.

    delegation: the seat acted for, needed when the actor has several in the drafting group.
    Raises Forbidden, Invalid, NotVisible.
    """
    access.require(actor, "add_section", document)
    seat = acting_seat(actor, document.pk, delegation)
    if parent is not None:
        access.require(actor, "add_section", parent)
        if parent.document_id != document.pk:
            raise invalid("/parent", "unknown", "There is no such section in this document.")
        if parent.owner_delegation_id and (common or parent.owner_delegation_id != seat.pk):
            raise invalid("/common", "not_allowed_here", "The chapter is a delegation's own.")
    if after is not None and (
        after.document_id != document.pk or after.parent_id != (parent.pk if parent else None)
    ):
        raise invalid("/after", "not_a_sibling", "The section named is not a sibling.")
    now = database_now()
    section = Section(
        document=document,
        parent=parent,
        rank=rank_of(actor, document, parent, after, seat),
        owner_delegation=None if common else seat,
        state=SectionState.RELEASED if common else SectionState.PRIVATE_DRAFTING,
        inherits=common,
        effective_scope=None if common else seat.home_scope,
        released_at=now if common else None,
        language=language,
        title=title,
        body=body,
        updated_at=now,
    )
    write_section(actor, section, seat, note)
    record_section("section.created", actor, section, seat.pk, {"note": note})
    return section


@service
def section_revise(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    title: str | None = None,
    body: str | None = None,
    language: str | None = None,
    note: str = "",
    delegation: UUID | None = None,
) -> Section:
    """Write the next revision of a section; what is None stays as it is.

    A write that changes nothing makes no revision. Raises PreconditionFailed when the section
    has moved on since ``if_match``; nothing is written then.
    """
    locked = locked_section(section)
    access.require(actor, "revise", locked)
    check_revision(locked.etag_revision, if_match)
    seat = writing_seat(actor, locked, delegation)
    content = SectionText(
        title=locked.title if title is None else title,
        body=locked.body if body is None else body,
        language=locked.language if language is None else language,
    )
    write_text(actor, locked, seat, note, content)
    return locked
