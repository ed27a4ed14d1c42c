"""Taking what a purge names out of the text itself, and what its readers are told of it.

Called within services of purging, under the locks of the purge and of the text.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from documents.attachments.models import Attachment
from documents.attachments.recording import record_attachment
from documents.attachments.storing import remove_after_commit
from documents.attachments.verification import PURGED as FILE_PURGED
from documents.texts.models import Document, Revision, Section, SectionState
from documents.texts.selectors import scope_of_document
from documents.texts.verification import PURGED
from documents.texts.writing import record_section, write_section
from documents.versions.manifest import manifest_sha256
from documents.versions.models import DocumentVersion
from documents.versions.selectors import HEAD_PURGED
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.ledger.services import EventSpec, record

from .erasing import (
    carried_out,
    files_emptied,
    files_forgotten,
    forgotten,
    heads_cut,
    holds,
    without,
)
from .files import holding
from .models import Purge

Removed = dict[str, list[str]]
"""The keys of what lost its content, by the name under which the seat's ledger tells them."""


def cut_section(actor: Actor, section: Section, purge: Purge) -> Removed:
    """Remove a passage, or one revision, from a section and all that hangs on it.

    Raises Conflict (``title_empty``).
    """
    if purge.target_id is None:
        _cut_present(actor, section, purge)
    revisions = list(Revision.objects.filter(pk__in=carried_out(purge)).order_by("id"))
    files = _held_in_files(Attachment.objects.filter(section=section), purge.passage)
    forgotten(actor, purge, purge.passage, {"section": [section.pk]}, revisions)
    for revision in revisions:
        _record_revision(actor, section, revision, purge.delegation_id)
    removed = {"revisions": [str(row.pk) for row in revisions]}
    return removed | empty_files(actor, section, purge, files)


def cut_document(actor: Actor, document: Document, purge: Purge) -> Removed:
    """Remove a passage from a document's titles, from what its versions are called, and from its
    own files. Its sections keep their words: other seats may keep them.

    Raises Conflict (``title_empty``).
    """
    _cut_titles(actor, document, purge)
    versions = heads_cut(purge)
    files = _held_in_files(Attachment.objects.filter(document=document), purge.passage)
    of_document = DocumentVersion.objects.filter(document=document)
    held_by = {
        "document": [document.pk],
        "document_version": list(of_document.values_list("pk", flat=True)),
    }
    forgotten(actor, purge, purge.passage, held_by)
    for version in of_document.filter(pk__in=versions).order_by("id"):
        _record_version(actor, document, version, purge.delegation_id)
    return {"versions": [str(key) for key in versions]} | empty_files(actor, document, purge, files)


def empty_files(
    actor: Actor, text: Section | Document, purge: Purge, files: Sequence[UUID]
) -> Removed:
    """Remove attached files of a section or document: the bytes once the rest is certain."""
    if not files:
        return {}
    for stored in files_emptied(purge, files):
        remove_after_commit(stored)
    files_forgotten(actor, purge, files)
    for file in Attachment.objects.filter(pk__in=files).order_by("id"):
        record_attachment(FILE_PURGED, actor, file, text, purge.delegation_id, {})
    return {"attachments": [str(key) for key in files]}


def _held_in_files(files: QuerySet[Attachment], passage: str) -> list[UUID]:
    return holding(files.filter(deleted_at=None).order_by("id"), passage) if passage else []


def _cut_present(actor: Actor, section: Section, purge: Purge) -> None:
    """Go on with a present text without the passage, where that holds it, or its note does."""
    title, body = without(section.title, purge.passage), without(section.body, purge.passage)
    note = Revision.objects.filter(pk=section.head).values_list("note", flat=True).first() or ""
    if (title, body) == (section.title, section.body) and not holds(note, purge.passage):
        return
    if not title.strip():
        raise Conflict("It is the whole title; give the section another.", code="title_empty")
    section.title, section.body = title, body
    section.revision += 1
    section.updated_at = database_now()
    write_section(actor, section, purge.delegation, "")
    record_section("section.revised", actor, section, purge.delegation_id, {"note": ""})


def _cut_titles(actor: Actor, document: Document, purge: Purge) -> None:
    titles = {tag: without(title, purge.passage) for tag, title in document.titles.items()}
    if titles == document.titles:
        return
    if not titles[document.working_language].strip():
        raise Conflict("It is the whole title; give the document another.", code="title_empty")
    document.titles = {tag: title for tag, title in titles.items() if title.strip()}
    document.revision += 1
    document.save(update_fields=["titles", "revision"])
    _record_document("document.revised", actor, document, purge.delegation_id)


def _record_revision(actor: Actor, section: Section, revision: Revision, seat_id: UUID) -> None:
    """What whoever reads the revision is told, and what its verification rests on."""
    at_home = revision.effective_scope_id
    public = section.effective_scope_id or scope_of_document(section.document_id)
    assert at_home is not None or section.state != SectionState.PRIVATE_DRAFTING
    record(
        kind=PURGED,
        actor=actor,
        object_type="revision",
        object_id=revision.pk,
        seat_id=seat_id,
        owner_seat_id=section.owner_delegation_id,
        effective_scope_id=at_home or public,
        events=[EventSpec(PURGED, narrow_scope_id=at_home)],
    )


def _record_version(
    actor: Actor, document: Document, version: DocumentVersion, seat_id: UUID
) -> None:
    """What whoever reads the version is told, and what its verification rests on."""
    record(
        kind=HEAD_PURGED,
        actor=actor,
        object_type="document_version",
        object_id=version.pk,
        seat_id=seat_id,
        owner_seat_id=document.owner_delegation_id,
        effective_scope_id=document.effective_scope_id,
        details={"sha256": version.sha256, "sha256_now": manifest_sha256(version.manifest)},
        events=[EventSpec(HEAD_PURGED)],
    )


def _record_document(kind: str, actor: Actor, document: Document, seat_id: UUID) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type="document",
        object_id=document.pk,
        seat_id=seat_id,
        owner_seat_id=document.owner_delegation_id,
        effective_scope_id=document.effective_scope_id,
        details={"after": document.titles},
        events=[EventSpec(kind)],
    )
