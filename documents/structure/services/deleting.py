"""Deleting sections, which become tombstones, and restoring them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from documents.structure.acting import document_to_add_to, held_for_act, revised
from documents.structure.models import SectionLineage, SectionLineageKind
from documents.structure.selectors import below
from documents.texts.acts import RevisionAct
from documents.texts.models import Section
from documents.texts.selectors import section_tree, writing_seat
from documents.texts.writing import check_depth, locked_section, record_section
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.core.hooks import Hook
from platform_api.core.service import service


@dataclass(frozen=True, slots=True)
class SectionDeleting:
    """A section, locked, that an actor is about to delete; a subscriber may object."""

    actor: Actor
    section: Section


section_deleting: Hook[SectionDeleting] = Hook("documents.section_deleting")
"""Fired for each section before it becomes a tombstone by itself, not by a join."""


@service
def section_delete(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    include_descendants: bool = False,
    delegation: UUID | None = None,
) -> Section:
    """Make a section a tombstone: out of the tree, of new versions and of the search.

    Its text, its revisions and who reads them stay. What others keep at home below a common one
    is not looked at; it stands in the tombstone's place from now on.

    include_descendants: delete what the actor sees below it too, or nothing.

    Raises NotVisible, Forbidden, PreconditionFailed and Conflict (``deleted``, ``has_children``,
    and what subscribers of ``section_deleting`` object).
    """
    locked = held_for_act(actor, section, if_match)
    seat = writing_seat(actor, locked, delegation)
    branch = [each.id for each in below(section_tree(actor, locked.document_id), locked.pk)]
    if branch and not include_descendants:
        raise Conflict("There are sections below it.", code="has_children")
    now = database_now()
    _delete_one(actor, locked, seat, now)
    rows = Section.objects.visible_to(actor).in_bulk(branch)
    for key in branch:
        child = locked_section(rows[key])
        access.require(actor, "restructure", child)
        _delete_one(actor, child, seat, now)
    return locked


@service
def section_restore(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    include_descendants: bool = False,
    note: str = "",
    delegation: UUID | None = None,
) -> Section:
    """Let a tombstone stand again, at the place it kept, in its state and with its text.

    include_descendants: restore what was deleted together with it, too.

    Raises NotVisible, Forbidden, PreconditionFailed, Invalid (``too_deep``) and Conflict
    (``joined``, ``not_deleted``, ``parent_deleted``).
    """
    locked = held_for_act(actor, section, if_match, "restore")
    document_to_add_to(actor, locked)
    seat = writing_seat(actor, locked, delegation)
    if _is_joined(locked):
        raise Conflict("Its text stands in another section now.", code="joined")
    if locked.parent is not None:
        if locked.parent.deleted_at is not None:
            raise Conflict("Restore the section above it first.", code="parent_deleted")
        access.require(actor, "add_section", locked.parent)
        check_depth(actor, locked.parent)
    deleted_at = locked.deleted_at
    _restore_one(actor, locked, seat, note)
    level = [locked.pk] if include_descendants else []
    while level:
        rows = Section.objects.visible_to(actor).filter(parent__in=level, deleted_at=deleted_at)
        children = [locked_section(row) for row in rows.order_by("id")]
        level = []
        for child in children:
            access.require(actor, "restore", child)
            if not _is_joined(child):
                _restore_one(actor, child, seat, note)
                level.append(child.pk)
    return locked


def _delete_one(actor: Actor, section: Section, seat: Delegation, now: datetime) -> None:
    section_deleting.fire(SectionDeleting(actor, section))
    section.deleted_at = now
    revised(actor, section, seat, "", RevisionAct.DELETED)
    record_section("section.deleted", actor, section, seat.pk, {})


def _restore_one(actor: Actor, section: Section, seat: Delegation, note: str) -> None:
    section.deleted_at = None
    revised(actor, section, seat, note, RevisionAct.RESTORED)
    record_section("section.restored", actor, section, seat.pk, {"note": note})


def _is_joined(section: Section) -> bool:
    return SectionLineage.objects.filter(kind=SectionLineageKind.JOIN, source=section).exists()
