"""The two ends of a comparison, as far as a reader sees them.

A section that the reader does not see now is in neither end, though it may stand in an older
version. One that is at home with a delegation is in neither for anybody: what is compared can be
handed on to whoever reads the document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from documents.texts.models import Document, Revision, Section
from documents.texts.reading import opened
from documents.texts.selectors import section_tree
from documents.texts.wording.effort import Effort
from documents.versions.models import DocumentVersion
from forums.marking.rings import Marks
from forums.readings.services import reading_record
from platform_api.core.actor import Actor

from .sections import EFFORT, ComparedSection, Passage, compare_passages, compare_sections


@dataclass(frozen=True, slots=True)
class End:
    """A state of a document. version: None for the present. at: when its text was last changed."""

    version: DocumentVersion | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentCompared:
    """Two states of a document. before: None where it begins with nothing."""

    document: Document
    before: End | None
    after: End
    sections: Sequence[ComparedSection]
    marks: Marks


@dataclass(frozen=True, slots=True)
class RevisionEnd:
    """A state of a section. revision: None for the present. number: ``7``, at home ``h7``."""

    revision: UUID | None
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SectionCompared:
    """Two states of a section. before: None where it begins with nothing."""

    section: Section
    before: RevisionEnd | None
    after: RevisionEnd
    compared: ComparedSection
    marks: Marks


def newest_version(
    actor: Actor, document: Document, before: DocumentVersion | None
) -> DocumentVersion | None:
    """The newest version of a document that an actor sees, or the one before another."""
    versions = DocumentVersion.objects.visible_to(actor).filter(document=document)
    if before is not None:
        versions = versions.filter(created_at__lt=before.created_at)
    return versions.order_by("-created_at", "-id").first()


def document_compared(
    actor: Actor,
    document: Document,
    before: DocumentVersion | None,
    after: DocumentVersion | None,
) -> DocumentCompared:
    """What became of a document's sections between a version, or nothing, and another, or now.

    Whoever reads it opens what is restricted in it.
    """
    rows = {row.pk: row for row in _seen(actor, document)}
    later = _of_version(after, rows) if after else _present(actor, document, rows)
    sections = compare_sections(_of_version(before, rows) if before else [], later)
    for version in filter(None, (before, after)):
        if document.marks.limits:
            reading_record(
                actor=actor,
                obj=version,
                version=version.sha256,
                owner_id=version.owner_delegation_id,
            )
    marks = document.marks
    for compared in sections:
        row = rows[compared.section]
        marks = row.marks.within(marks)
        if compared.blocks:
            opened(actor, row, row.etag_revision)
    changed = [rows[passage.section].updated_at for passage in later]
    at = after.created_at if after else max(changed, default=None)
    return DocumentCompared(
        document=document,
        before=End(before, before.created_at) if before else None,
        after=End(after, at),
        sections=sections,
        marks=marks,
    )


def revision_before(actor: Actor, section: Section, after: Revision | None) -> Revision | None:
    """The revision that another one, or the present text, was made from, if the actor sees it."""
    revisions = Revision.objects.visible_to(actor).filter(section=section)
    later = after or revisions.filter(pk=section.head).first()
    return revisions.filter(pk=later.parent_id).first() if later and later.parent_id else None


def section_compared(
    actor: Actor, section: Section, before: Revision | None, after: Revision | None
) -> SectionCompared:
    """What became of a section's text between a revision, or nothing, and another, or now.

    Whoever reads it opens the section where that is restricted.
    """
    opened(actor, section, section.etag_revision)
    compared = compare_passages(
        _alone(before, section) if before else None,
        _alone(after or section, section),
        moved=False,
        effort=Effort(EFFORT),
    )
    now = RevisionEnd(None, section.etag_revision, section.updated_at)
    return SectionCompared(
        section=section,
        before=_end(before) if before else None,
        after=_end(after) if after else now,
        compared=compared,
        marks=section.marks,
    )


def _end(revision: Revision) -> RevisionEnd:
    number = f"{'h' if revision.at_home else ''}{revision.number}"
    return RevisionEnd(revision.pk, number, revision.created_at)


def _alone(state: Revision | Section, section: Section) -> Passage:
    return Passage(section.pk, None, None, 0, state.title, state.language, state.body)


def _seen(actor: Actor, document: Document) -> Iterable[Section]:
    for row in Section.objects.visible_to(actor).filter(document=document):
        row.document = document
        yield row


def _present(actor: Actor, document: Document, seen: Mapping[UUID, Section]) -> list[Passage]:
    """What is released now: the sections that have a number, in reading order."""
    tree = [placed for placed in section_tree(actor, document.pk) if placed.number is not None]
    return _nested(
        (
            placed.depth,
            Passage(
                section=placed.id,
                parent=None,
                number=placed.number,
                depth=0,
                title=seen[placed.id].title,
                language=seen[placed.id].language,
                body=seen[placed.id].body,
            ),
        )
        for placed in tree
    )


def _of_version(version: DocumentVersion, seen: Mapping[UUID, Section]) -> list[Passage]:
    """The sections of a version that are seen, in reading order, numbered as they were."""
    found = _nested(
        (
            entry["depth"],
            Passage(
                section=UUID(entry["section"]),
                parent=None,
                number=entry["number"],
                depth=0,
                title=entry["title"],
                language=entry["language"],
                body=entry["body"],
            ),
        )
        for entry in version.manifest["sections"]
    )
    kept = {passage.section: passage for passage in found if passage.section in seen}
    depths: dict[UUID | None, int] = {None: -1}
    for key, passage in kept.items():
        parent = passage.parent if passage.parent in kept else None
        depths[key] = depths[parent] + 1
        kept[key] = replace(passage, parent=parent, depth=depths[key])
    return list(kept.values())


def _nested(placed: Iterable[tuple[int, Passage]]) -> list[Passage]:
    """Passages in reading order, each with the one above it that its depth tells."""
    above: list[UUID] = []
    out = []
    for depth, passage in placed:
        del above[depth:]
        out.append(replace(passage, parent=above[-1] if above else None, depth=depth))
        above.append(passage.section)
    return out
