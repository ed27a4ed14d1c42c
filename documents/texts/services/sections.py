"""Adding sections and revising their text."""

from uuid import UUID

from documents.texts.content import SectionText
from documents.texts.models import Document, Section, SectionState
from documents.texts.selectors import acting_seat, writing_seat
from documents.texts.writing import (
    check_depth,
    hold_document,
    hold_for_text,
    invalid,
    locked_section,
    rank_of,
    read_again,
    record_section,
    require_at,
    sibling,
    write_section,
    write_text,
)
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import service


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
    not_classified: str = "",
) -> Section:
    """Add a section after a sibling, or as the last of its parent.

    A section of a delegation begins at home; a common one is read by the drafting group at
    once. Under a delegation's section only that delegation adds, and only its own.

    delegation: the seat acted for, needed when the actor has several in the drafting group.
    not_classified: why marks of classified information in the text are none; a head's to say.
    Raises Forbidden, Invalid, NotVisible, ClassificationMark, Conflict (``wrong_state``,
    ``text_fixed``).
    """
    hold_document(document.pk)
    document = read_again(document)
    access.require(actor, "add_section", document)
    seat = acting_seat(actor, document.pk, delegation)
    if parent is not None:
        access.require(actor, "add_section", parent)
        if parent.document_id != document.pk:
            raise invalid("/parent", "unknown", "There is no such section in this document.")
        if parent.owner_delegation_id and (common or parent.owner_delegation_id != seat.pk):
            raise invalid("/common", "not_allowed_here", "The chapter is a delegation's own.")
        check_depth(actor, parent)
    if after is not None:
        after = sibling(after, document.pk, parent)
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
    write_section(actor, section, seat, note, not_classified=not_classified)
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
    not_classified: str = "",
) -> Section:
    """Write the next revision of a section; what is None stays as it is.

    A write that changes nothing makes no revision. Raises PreconditionFailed when the section
    has moved on since ``if_match``; nothing is written then. Raises Conflict (``wrong_state``:
    the text is agreed; ``text_fixed``), and ClassificationMark for a text with marks of classified
    information, until a head says why they are none (not_classified).
    """
    hold_for_text(section)
    locked = locked_section(section)
    require_at(actor, "revise", locked, if_match)
    seat = writing_seat(actor, locked, delegation)
    content = SectionText(
        title=locked.title if title is None else title,
        body=locked.body if body is None else body,
        language=locked.language if language is None else language,
    )
    write_text(actor, locked, seat, note, content, not_classified=not_classified)
    return locked
