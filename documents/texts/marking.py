"""How marks narrow documents and sections, and who takes one over.

A section has no ring of its own until it is marked, or stands below one that is: it inherits from
its document. A marked one keeps within its document's marks and those of the sections above it,
and grants on the document do not reach it.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from forums.marking.compiling import home_of, rings_of, scope_within
from forums.marking.kinds import Markable, make_markable
from forums.marking.rings import Marks, Ring, Rings, TrafficLight, narrows, ring_within
from forums.membership.models import Delegation
from forums.transfers.kinds import Transferable, make_transferable

from .models import Document, DocumentDelegation, Section, SectionState


def register() -> None:
    """Tell of this slice's types whoever marks them and hands them over."""
    make_markable(
        Markable(
            model=Document,
            settle=settle_document,
            follow=sections_follow,
            parts=("section", "document_version"),
        )
    )
    make_markable(
        Markable(
            model=Section,
            settle=settle_section,
            follow=_sections_below_follow,
            refusal=lambda section: None if section.owner_delegation_id else "common_section",
            written=("effective_scope", "inherits"),
        )
    )
    make_transferable(Transferable(model=Document, refusal=_document_refusal))
    make_transferable(Transferable(model=Section, refusal=_section_refusal))


def _document_refusal(document: Any, receiver: Delegation) -> str | None:
    drafts = DocumentDelegation.objects.filter(document=document, delegation=receiver)
    return None if drafts.exists() else "not_drafting_group"


def _section_refusal(section: Any, receiver: Delegation) -> str | None:
    """What is at home stays: a chapter is handed over with what is released of it."""
    if section.deleted_at is not None:
        return "deleted"
    if section.state == SectionState.PRIVATE_DRAFTING:
        return "at_home"
    above = section.parent
    if above is not None and above.owner_delegation_id is not None:
        return "part_of_a_chapter"
    if not Document.objects.filter(pk=section.document_id).exists():
        return "document_hidden"
    return _document_refusal(section.document, receiver)


def settle_document(document: Any) -> None:
    """Give a document the scope of its state and marks."""
    rings = _rings(document, _ring(document), document.owner_delegation_id)
    document.effective_scope_id = scope_within(rings, document.marks)


def settle_section(section: Any) -> None:
    """Give a section its own scope or its document's, by its marks; at home it stays at home."""
    if section.state != SectionState.PRIVATE_DRAFTING:
        settle_sections(_document_of(section), [section])


def settle_sections(document: Document, sections: Iterable[Any]) -> None:
    """``settle_section`` for many of one document that are not at home any more.

    What sections with the same owner and marks have in common is looked up once.
    """
    readers: dict[tuple[UUID | None, Marks], tuple[int | None, bool]] = {}
    for section in sections:
        owner_id, marks = section.owner_delegation_id, marks_of(section)
        if (owner_id, marks) not in readers:
            readers[owner_id, marks] = section_readers(document, owner_id, marks)
        section.effective_scope_id, section.inherits = readers[owner_id, marks]


def _document_of(section: Any) -> Document:
    """What settles the readers of a section: its document, or of one that has been narrowed out
    of its owner's sight what the database hands out."""
    found: Document | None = Document.objects.filter(pk=section.document_id).first()
    if found is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_document_marked(%s)", [section.document_id])
        columns = [column.name for column in cursor.description]
        (row,) = cursor.fetchall()
    return Document(pk=section.document_id, **dict(zip(columns, row, strict=True)))


def marks_of(section: Section) -> Marks:
    """The marks of a section together with those of the sections above it."""
    marks = section.marks
    for above in _above(section):
        marks = marks.within(above.marks)
    return marks


def section_readers(
    document: Document, owner_id: UUID | None, marks: Marks
) -> tuple[int | None, bool]:
    """The scope of a released section with the marks of its own and of those above it, and
    whether it inherits: it does unless they leave it fewer readers than its document's ring has.

    Its owner always reads it, also out of a document that has been narrowed.
    """
    if not marks and not (document.marks and owner_id):
        return None, True
    rings = _rings(document, _ring_within_marks(document), owner_id)
    if narrows(rings, marks):
        return scope_within(rings, marks.within(document.marks)), False
    return (rings.scopes[Ring.HOME] if document.marks and owner_id else None), True


def _ring(document: Document) -> Ring:
    """The ring that a document has without marks."""
    return Ring.FORUM if document.circulated else Ring.DRAFTING_GROUP


def _ring_within_marks(document: Document) -> Ring:
    """The widest ring of what is part of a document; the same marks then narrow nothing."""
    rings = _rings(document, _ring(document), document.owner_delegation_id)
    return max(Ring.DRAFTING_GROUP, ring_within(rings, document.marks))


def _rings(document: Document, natural: Ring, owner_id: UUID | None) -> Rings:
    return rings_of(
        natural,
        home_of(owner_id, document.forum_id),
        drafting_group=document.drafting_scope_id,
        forum=document.forum.effective_scope_id,
    )


def _above(section: Any) -> Iterable[Section]:
    parent = section.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def sections_follow(document: Any) -> None:
    """Bring the sections of a saved document to its ring and marks.

    The document's owner does not see sections that are narrower than its own sight of them,
    so that the database hands out the marks of all and takes their scopes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, parent_id, owner_delegation_id, tlp, releasable_to, restricted "
            "FROM documents_sections_marked(%s)",
            [document.pk],
        )
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
        for key, (_, owner_id, *_) in rows.items():
            marks = Marks()
            above: UUID | None = key
            while above is not None:
                parent, _, tlp, releasable_to, restricted = rows[above]
                marks = marks.within(
                    Marks(
                        tlp=TrafficLight(tlp) if tlp else None,
                        releasable_to=None if releasable_to is None else frozenset(releasable_to),
                        restricted=restricted,
                    )
                )
                above = parent
            readers = section_readers(document, owner_id, marks)
            cursor.execute("SELECT documents_section_settle(%s, %s, %s)", [key, *readers])


def _sections_below_follow(section: Any) -> None:
    """Everything below a delegation's section is that delegation's, and so in its sight."""
    for child in Section.objects.filter(parent=section).order_by("id"):
        settle_section(child)
        child.save(update_fields=["effective_scope", "inherits"])
        _sections_below_follow(child)
