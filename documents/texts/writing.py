"""What every write to a section is made of: its lock, its revision, its place, its record.

Called within services, in their transaction.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min

from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Invalid, NotVisible
from platform_api.core.service import check_revision, locked_row
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EntrySpec, EventSpec, record_all

from . import chain
from .acts import RevisionAct
from .content import SectionText, Worded
from .models import Document, Revision, Section, SectionState
from .rank import place_of_seat
from .selectors import place_held, scope_of_document, section_tree
from .unclassified import require_unclassified

MAX_DEPTH = 12
"""How many levels a document has at most."""


def locked_section(section: Section) -> Section:
    """The section as it is now, locked until the transaction ends. Raises NotVisible."""
    # Its document is not joined: a section may be granted to who does not see that.
    sections = Section.objects.select_related("owner_delegation", "effective_scope", "parent")
    # Waited for and then read: what is joined is otherwise that of before a move.
    locked_row(Section.objects.all(), section.pk)
    return locked_row(sections, section.pk)


def require_at(actor: Actor, ability: str, locked: Any, if_match: str) -> None:
    """Raise NotVisible, Forbidden, PreconditionFailed or Conflict unless the actor may do a thing
    to a locked row at this revision. 412 comes before 409: who is late learns what is there now.
    """
    try:
        access.require(actor, ability, locked)
    except Conflict:
        check_revision(locked.etag_revision, if_match)
        raise
    check_revision(locked.etag_revision, if_match)


def hold_document(document: UUID) -> None:
    """Let a document stay in the state that it is in until the transaction ends.

    Called before a section is locked: locks are taken in the order of document and sections. Rules
    that ask for the document's state (documents.texts.premises) then stay right.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_text_is_open(%s)", [document])


def read_again(document: Document) -> Document:
    """A document that is held, in the state that it stays in. Raises NotVisible."""
    found = Document.objects.filter(pk=document.pk).first()
    if found is None:
        raise NotVisible
    return found


def hold_for_text(section: Section) -> None:
    """``hold_document`` of a section that others read; at home everybody drafts on."""
    if section.state != SectionState.PRIVATE_DRAFTING:
        hold_document(section.document_id)


def write_section(
    actor: Actor,
    section: Section,
    seat: Delegation,
    note: str,
    *,
    commitment: bytes | None = None,
    not_classified: str = "",
    act: RevisionAct = RevisionAct.WRITTEN,
    worked_on: Revision | None = None,
) -> Revision:
    """Save a section together with the revision of its present text, linked to its head.

    The caller has set the text, the revision's number and the time of the change.
    commitment: what the first revision of a public chain is linked to. act: what it is made by.
    not_classified: why marks of classified information in the text are none, as its head says.
    worked_on: the second parent of a merge.

    Raises ClassificationMark, Forbidden (``head_required``).
    """
    answered = require_unclassified(actor, section, seat, not_classified)
    revision = next_revision(
        actor, section, seat, note, commitment=commitment, act=act, worked_on=worked_on
    )
    section.save(force_insert=section._state.adding)
    revision.save(force_insert=True)
    if answered:
        stated = {"marks": answered, "reason": not_classified}
        record_section("section.mark_answered", actor, section, seat.pk, stated)
    return revision


def next_revision(
    actor: Actor,
    section: Section,
    seat: Delegation,
    note: str,
    *,
    commitment: bytes | None = None,
    act: RevisionAct = RevisionAct.WRITTEN,
    worked_on: Revision | None = None,
) -> Revision:
    """The revision of a section's present text, linked to its head, whose place it takes.

    Neither of them is saved; the arguments are those of ``write_section``.
    """
    content = chain.content_digest(
        title=section.title, body=section.body, language=section.language
    )
    first = section.revision == 1
    before = (commitment or chain.GENESIS) if first else bytes(section.chain_hash)
    at_home = section.state == SectionState.PRIVATE_DRAFTING
    revision = Revision(
        section=section,
        number=section.revision,
        at_home=at_home,
        effective_scope=section.effective_scope if at_home else None,
        inherits=not at_home,
        parent_id=None if first else section.head,
        worked_on=worked_on,
        author_id=actor.require_user(),
        delegation=seat,
        note=note,
        act=act,
        language=section.language,
        title=section.title,
        body=section.body,
        content_sha256=content,
        home_commitment=commitment,
        chain_hash=chain.link(
            before, content, bytes(worked_on.chain_hash) if worked_on is not None else None
        ),
    )
    section.head, section.chain_hash = revision.pk, revision.chain_hash
    return revision


def write_text(
    actor: Actor,
    section: Section,
    seat: Delegation,
    note: str,
    content: SectionText,
    *,
    worked_on: Revision | None = None,
    not_classified: str = "",
) -> bool:
    """Write the next revision of a locked section and record it; whether there was any need.

    What changes nothing makes no revision. worked_on and not_classified: as of ``write_section``.
    """
    if content == text_of(section):
        return False
    section.title, section.body, section.language = content
    section.revision += 1
    section.updated_at = database_now()
    write_section(actor, section, seat, note, worked_on=worked_on, not_classified=not_classified)
    merged = {"worked_on": str(worked_on.pk)} if worked_on else {}
    record_section("section.revised", actor, section, seat.pk, {"note": note, **merged})
    return True


def text_of(row: Worded) -> SectionText:
    """What a section, a revision or anything like them says."""
    return SectionText(row.title, row.body, row.language)


def rank_of(
    actor: Actor,
    document: Document,
    parent: Section | None,
    after: Section | None,
    seat: Delegation,
    *,
    first: bool = False,
    moving: Section | None = None,
) -> str:
    """A place after a sibling and before the next one the actor sees, or at the end.

    first: before all that the actor sees. moving: leave this sibling out of account.
    """
    siblings = Section.objects.visible_to(actor).filter(document=document, parent=parent)
    if moving is not None:
        siblings = siblings.exclude(pk=moving.pk)
    # Seats are numbered as they joined; ended ones keep their numbers.
    number = Delegation.objects.filter(forum=document.forum_id, pk__lte=seat.pk).count()
    if first:
        following = siblings.aggregate(next=Min("rank"))["next"]
        return place_of_seat("", following, number)
    if after is None:
        last = siblings.aggregate(last=Max("rank"))["last"]
        return place_of_seat(last or "", None, number)
    following = siblings.filter(rank__gt=after.rank).aggregate(next=Min("rank"))["next"]
    return place_of_seat(after.rank, following, number)


def sibling(after: Section, document: UUID, parent: Section | None) -> Section:
    """Whose place a section is put after. Raises Invalid unless it is a sibling there."""
    held = place_held(after)
    if held.document_id != document or held.parent_id != (parent.pk if parent else None):
        raise invalid("/after", "not_a_sibling", "The section named is not a sibling.")
    return held


def check_depth(actor: Actor, parent: Section, levels: int = 1) -> None:
    """Raise Invalid where a branch of so many levels would not end within ``MAX_DEPTH``."""
    depths = {placed.id: placed.depth for placed in section_tree(actor, parent.document_id)}
    if depths[parent.pk] + 1 + levels > MAX_DEPTH:
        raise invalid("/parent", "too_deep", f"A document has at most {MAX_DEPTH} levels.")


def record_section(
    kind: str, actor: Actor, section: Section, seat_id: UUID, details: Mapping[str, object]
) -> Entry:
    """Write what was done to a section into the ledger, with an event of the same kind.

    At home both are for its owner; else for whoever reads the section.
    """
    (entry,) = record_all(actor, [section_entry(kind, section, seat_id, details)])
    return entry


def section_entry(
    kind: str,
    section: Section,
    seat_id: UUID,
    details: Mapping[str, object],
    *,
    document_scope: int | None = None,
) -> EntrySpec:
    """What ``record_section`` writes. document_scope: the document's, where it is known."""
    scope = section.effective_scope_id or document_scope or scope_of_document(section.document_id)
    return EntrySpec(
        kind=kind,
        object_type="section",
        object_id=section.pk,
        seat_id=seat_id,
        owner_seat_id=section.owner_delegation_id,
        effective_scope_id=scope,
        details={"revision": section.etag_revision, **details},
        events=[EventSpec(kind, narrow_scope_id=_home_scope(section))],
    )


def _home_scope(section: Section) -> int | None:
    """The readers that what is done to a section at home is told to, now and later."""
    return section.effective_scope_id if section.state == SectionState.PRIVATE_DRAFTING else None


def invalid(pointer: str, code: str, detail: str) -> Invalid:
    """The refusal of one member of an input."""
    return Invalid([FieldError(pointer, code, detail)])
