"""Moving a section, with all that is below it, to another place of its document."""

from collections.abc import Sequence
from uuid import UUID

from documents.structure.acting import document_to_add_to, held_for_act, revised
from documents.structure.selectors import above, below
from documents.texts.acts import RevisionAct
from documents.texts.marking import marks_of
from documents.texts.models import Document, Section, SectionState
from documents.texts.numbering import Placed
from documents.texts.selectors import section_tree, writing_seat
from documents.texts.writing import (
    check_depth,
    invalid,
    locked_section,
    rank_of,
    record_section,
    sibling,
)
from forums.marking.services import object_resettle
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.service import service


@service
def section_move(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    parent: Section | None,
    after: Section | None = None,
    first: bool = False,
    note: str = "",
    delegation: UUID | None = None,
) -> Section:
    """Put a section below another, or among the chapters, with all that is below it.

    after: the sibling that it comes behind; without one it is the last, or with ``first`` the
    first. One that stands there already is left alone.

    Its readers follow from the marks above its new place. It never gets more of them: one whose
    marks above would be taken away is to be marked itself before.

    Raises NotVisible, Forbidden, PreconditionFailed, Conflict (``cycle``, ``deleted``,
    ``parent_not_released``, ``wider``) and Invalid.
    """
    locked = held_for_act(actor, section, if_match)
    document = document_to_add_to(actor, locked)
    seat = writing_seat(actor, locked, delegation)
    if parent is not None:
        parent = _new_parent(actor, locked, document, parent)
    if after is not None:
        after = sibling(after, document.pk, parent)
        if after.pk == locked.pk:
            raise invalid("/after", "not_a_sibling", "It can't come behind itself.")
    if _stands_there(actor, locked, parent, after, first):
        return locked
    before = locked.parent_id
    marks_before = marks_of(locked)
    rank = rank_of(actor, document, parent, after, seat, first=first, moving=locked)
    locked.parent, locked.rank = parent, rank
    marks = marks_of(locked)
    if locked.state != SectionState.PRIVATE_DRAFTING and marks.within(marks_before) != marks:
        raise Conflict(
            "More would read it there than now. Give it the marks it stands under first.",
            code="wider",
        )
    revised(actor, locked, seat, note, RevisionAct.MOVED)
    if locked.owner_delegation_id is not None:
        object_resettle(actor=actor, obj=locked)
    places = {"parent": locked.parent_id, "parent_before": before}
    record_section("section.moved", actor, locked, seat.pk, {"note": note, **places})
    return locked


def _new_parent(actor: Actor, moved: Section, document: Document, parent: Section) -> Section:
    """The section that another comes to stand below, if it may."""
    if parent.pk == moved.pk:
        raise invalid("/parent", "itself", "A section can't stand below itself.")
    if parent.document_id != document.pk:
        raise invalid("/parent", "unknown", "There is no such section in this document.")
    if parent.owner_delegation_id is not None:
        parent = locked_section(parent)
    access.require(actor, "add_section", parent)
    if parent.owner_delegation_id not in (None, moved.owner_delegation_id):
        raise invalid("/parent", "not_allowed_here", "The chapter is a delegation's own.")
    placed = section_tree(actor, document.pk)
    if moved.pk in above(placed, parent.pk):
        raise Conflict("The section named stands below this one.", code="cycle")
    if (
        parent.state == SectionState.PRIVATE_DRAFTING
        and moved.state != SectionState.PRIVATE_DRAFTING
    ):
        raise Conflict(
            "The section above is still at home; release that first.", code="parent_not_released"
        )
    check_depth(actor, parent, _levels(placed, moved))
    return parent


def _levels(placed: Sequence[Placed[UUID]], section: Section) -> int:
    """How many levels a section and what stands below it make up."""
    own = next(each.depth for each in placed if each.id == section.pk)
    return max((each.depth for each in below(placed, section.pk)), default=own) - own + 1


def _stands_there(
    actor: Actor, section: Section, parent: Section | None, after: Section | None, first: bool
) -> bool:
    """Whether a section is where it is to be put already, as far as the actor sees."""
    if section.parent_id != (parent.pk if parent else None):
        return False
    siblings = (
        Section.objects.visible_to(actor)
        .filter(document=section.document_id, parent=parent, deleted_at=None)
        .exclude(pk=section.pk)
        .order_by("rank", "id")
    )
    if after is None and not first:
        return not siblings.filter(rank__gt=section.rank).exists()
    preceding = siblings.filter(rank__lt=section.rank).last()
    return preceding == after
