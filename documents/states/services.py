"""Every transition of documents and sections, but the release of a section from home."""

from collections.abc import Mapping
from dataclasses import dataclass

from documents.texts.marking import sections_follow, settle_document
from documents.texts.models import Document, DocumentState, Section, SectionState
from documents.texts.writing import (
    hold_document,
    invalid,
    locked_section,
    record_section,
    require_at,
)
from forums.marking.telling import ring_change, tell_groups
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, NotVisible
from platform_api.core.hooks import Hook
from platform_api.core.registry import registry
from platform_api.core.service import locked_row, service
from platform_api.identity.models import RoleGroup
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .selectors import deciding_seat


@dataclass(frozen=True, slots=True)
class TextSettling:
    """Sections, locked, whose text an actor is about to agree; a subscriber may object."""

    actor: Actor
    sections: tuple[Section, ...]


text_settling: Hook[TextSettling] = Hook("documents.text_settling")
"""Fired before a section is agreed, and for all that a final draft holds."""


@service
def section_agree(*, actor: Actor, section: Section, if_match: str) -> Section:
    """Agree on a released section's text provisionally; it is not revised any more.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``, ``text_fixed``, and what
    subscribers of ``text_settling`` object).
    """
    return _section_moved(actor, "agree", section, if_match)


@service
def section_close(*, actor: Actor, section: Section, if_match: str) -> Section:
    """Close a section that is provisionally agreed. Raises as ``section_agree``."""
    return _section_moved(actor, "close", section, if_match)


@service
def section_reopen(*, actor: Actor, section: Section, if_match: str, reason: str) -> Section:
    """Take an agreed or closed section back to be revised. Raises as ``section_agree``."""
    return _section_moved(actor, "reopen", section, if_match, {"reason": reason})


@service
def document_consult(*, actor: Actor, document: Document, if_match: str) -> Document:
    """Open a document to its forum: whoever sits there reads what is released of it, as far as
    its marks allow. What is at home stays there.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``).
    """
    locked = _permitted(actor, "consult", document, if_match)
    entry, gained = _document_moved(actor, "consult", locked, circulated=True)
    holders = RoleGroup.objects.filter(group_id__in=gained).values_list("holder_id", flat=True)
    notify(
        actor=actor,
        to=people_at(holders, [Role.READER]),
        kind=_KINDS["consult"],
        matter=entry,
        object_type="document",
        object_id=locked.pk,
        forum=locked.forum.slug,
    )
    return locked


@service
def document_finalise(*, actor: Actor, document: Document, if_match: str) -> Document:
    """Declare the text of a document in consultation its final draft.

    All that its readers read of it has to be agreed; what only some of them read, and what is at
    home, is no part of it. Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``,
    ``nothing_released``, ``sections_not_agreed`` with ``sections``, and what subscribers of
    ``text_settling`` object).
    """
    locked = _permitted(actor, "finalise", document, if_match)
    sections = tuple(
        Section.objects.select_for_update(of=("self",))
        .filter(document=locked, inherits=True, deleted_at=None)
        .exclude(state=SectionState.PRIVATE_DRAFTING)
        .order_by("id")
    )
    if not sections:
        raise Conflict("Nothing of the document is released yet.", code="nothing_released")
    text_settling.fire(TextSettling(actor, sections))
    pending = [section for section in sections if section.state == SectionState.RELEASED]
    if pending:
        raise Conflict(
            "Some sections are not agreed yet.",
            code="sections_not_agreed",
            extensions={"sections": [str(section.pk) for section in pending]},
        )
    _document_moved(actor, "finalise", locked)
    return locked


@service
def document_reopen(*, actor: Actor, document: Document, if_match: str, reason: str) -> Document:
    """Take a document back to its drafting group. Sections that are agreed stay agreed.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``).
    """
    locked = _permitted(actor, "reopen", document, if_match)
    _document_moved(actor, "reopen", locked, {"reason": reason}, circulated=False)
    return locked


@service
def document_withdraw(*, actor: Actor, document: Document, if_match: str, reason: str) -> Document:
    """Give a document up, for good. Whoever reads it goes on reading it, and that it is withdrawn.

    Raises as ``document_reopen``.
    """
    locked = _permitted(actor, "withdraw", document, if_match)
    _document_moved(actor, "withdraw", locked, {"reason": reason})
    return locked


@service
def document_supersede(
    *, actor: Actor, document: Document, if_match: str, by: Document, reason: str = ""
) -> Document:
    """Put another document of the forum in the place of one, for good.

    Raises Invalid (``same_document``, ``of_another_forum``), and as ``document_reopen``; Conflict
    (``successor_ended``) where the other one is itself withdrawn or superseded.
    """
    if by.pk == document.pk:
        raise invalid("/by", "same_document", "A document does not supersede itself.")
    # Both at once and in their order: two that name one another must not both succeed.
    pair = Document.objects.select_for_update(of=("self",)).filter(pk__in=[by.pk, document.pk])
    rows = {row.pk: row for row in pair.order_by("id")}
    if len(rows) < 2:
        raise NotVisible
    locked = _permitted(actor, "supersede", document, if_match)
    successor = rows[by.pk]
    if successor.forum_id != locked.forum_id:
        raise invalid("/by", "of_another_forum", "It is another forum's document.")
    if successor.state in (DocumentState.WITHDRAWN, DocumentState.SUPERSEDED):
        raise Conflict(
            "What is withdrawn or superseded supersedes nothing.", code="successor_ended"
        )
    locked.superseded_by = successor
    _document_moved(actor, "supersede", locked, {"by": str(successor.pk), "reason": reason})
    return locked


_KINDS: Mapping[str, str] = {
    "consult": "document.consultation_opened",
    "finalise": "document.finalised",
    "reopen": "document.reopened",
    "withdraw": "document.withdrawn",
    "supersede": "document.superseded",
}
"""What each transition of a document is called in the ledger and the change feed."""

_SECTION_KINDS: Mapping[str, str] = {
    "agree": "section.agreed",
    "close": "section.closed",
    "reopen": "section.reopened",
}


def _section_moved(
    actor: Actor,
    ability: str,
    section: Section,
    if_match: str,
    details: Mapping[str, object] | None = None,
) -> Section:
    hold_document(section.document_id)
    locked = locked_section(section)
    require_at(actor, ability, locked, if_match)
    if ability == "agree":
        text_settling.fire(TextSettling(actor, (locked,)))
    before, locked.state = locked.state, registry.protection_of(Section).rules[ability].to
    locked.updated_at = database_now()
    locked.save(update_fields=["state", "updated_at"])
    seat = deciding_seat(actor, locked.document)
    assert seat is not None
    moved = {"before": before, "after": locked.state, **(details or {})}
    record_section(_SECTION_KINDS[ability], actor, locked, seat, moved)
    return locked


def _permitted(actor: Actor, ability: str, document: Document, if_match: str) -> Document:
    locked = locked_row(Document.objects.select_related("forum"), document.pk)
    require_at(actor, ability, locked, if_match)
    return locked


def _document_moved(
    actor: Actor,
    ability: str,
    locked: Document,
    details: Mapping[str, object] | None = None,
    *,
    circulated: bool | None = None,
) -> tuple[Entry, list[int]]:
    """Bring a document into the state that an act leads to, its sections into its ring.

    circulated: whether its ring is the forum from now on; None leaves it. Returns the entry and
    the reader groups that read it now and did not before.
    """
    before, scope_before = locked.state, locked.effective_scope_id
    locked.state = registry.protection_of(Document).rules[ability].to
    locked.revision += 1
    if circulated is not None:
        locked.circulated = circulated
        settle_document(locked)
    locked.save(
        update_fields=["state", "revision", "circulated", "effective_scope", "superseded_by"]
    )
    if circulated is not None:
        sections_follow(locked)
    change = ring_change(locked, scope_before)
    tell_groups(locked, change.lost, gained=False)
    entry = record(
        kind=_KINDS[ability],
        actor=actor,
        object_type="document",
        object_id=locked.pk,
        seat_id=deciding_seat(actor, locked),
        owner_seat_id=locked.owner_delegation_id,
        effective_scope_id=locked.effective_scope_id,
        details={"before": before, "after": locked.state, **(details or {})},
        events=[EventSpec(_KINDS[ability])],
    )
    return entry, change.gained
