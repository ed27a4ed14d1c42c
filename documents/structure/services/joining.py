"""Joining a section with the one that follows it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from documents.structure.acting import (
    bring_along,
    document_to_add_to,
    held_for_act,
    home_writers,
    revised,
)
from documents.structure.cutting import Uncuttable, put_together
from documents.structure.models import SectionLineage, SectionLineageKind
from documents.structure.selectors import next_sibling
from documents.texts.acts import RevisionAct
from documents.texts.content import MAX_BODY
from documents.texts.marking import marks_of
from documents.texts.models import Section
from documents.texts.selectors import section_tree, writing_seat
from documents.texts.writing import invalid, locked_section, rank_of, record_section
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.service import service

_ALIKE: Mapping[str, Callable[[Section], object]] = {
    "owner_delegation": lambda section: section.owner_delegation_id,
    "state": lambda section: section.state,
    "language": lambda section: section.language,
    "marks": marks_of,
}


@service
def section_join(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    following: Section,
    revision: str,
    note: str = "",
    delegation: UUID | None = None,
) -> Section:
    """Append the text of the next sibling to a section; that becomes a tombstone.

    What stands below it goes to the end of what stands below the first. Its title stays with the
    tombstone.

    revision: of the following section, as If-Match names it.

    Raises NotVisible, Forbidden, PreconditionFailed, Invalid (``not_the_next_sibling``) and
    Conflict (``other_has_changed``, ``not_alike``, ``too_long``, ``deleted`` and those of
    ``cutting.put_together``).
    """
    locked = held_for_act(actor, section, if_match)
    document = document_to_add_to(actor, locked)
    seat = writing_seat(actor, locked, delegation)
    placed = section_tree(actor, document.pk)
    if next_sibling(placed, locked.pk) != following.pk:
        raise invalid("/with", "not_the_next_sibling", "It is not the section that follows.")
    other = locked_section(following)
    access.require(actor, "restructure", other)
    _check_alike(locked, other)
    if other.etag_revision != revision:
        raise Conflict(
            "The following section has changed since it was read.",
            code="other_has_changed",
            extensions={"revision": other.etag_revision},
        )
    try:
        body, start = put_together(locked.body, other.body)
    except Uncuttable as refused:
        raise Conflict(refused.detail, code=refused.code) from refused
    if len(body) > MAX_BODY:
        raise Conflict(f"A section has at most {MAX_BODY} characters.", code="too_long")
    locked.home_writers = sorted({*locked.home_writers, *home_writers(other)})
    locked.body = body
    source_revision = other.head
    joined = revised(actor, locked, seat, note, RevisionAct.JOINED)
    SectionLineage(
        kind=SectionLineageKind.JOIN,
        source=other,
        source_revision_id=source_revision,
        section=locked,
        revision=joined,
        source_start=0,
        start=start,
        length=len(other.body),
    ).save(force_insert=True)
    other.deleted_at = locked.updated_at
    revised(actor, other, seat, note, RevisionAct.DELETED)
    record_section("section.joined", actor, locked, seat.pk, {"note": note, "with": other.pk})
    record_section("section.deleted", actor, other, seat.pk, {"note": note, "into": locked.pk})
    children = Section.objects.visible_to(actor).filter(parent=other, deleted_at=None)
    for child in children.order_by("rank", "id"):
        rank = rank_of(actor, document, locked, None, seat)
        bring_along(actor, child, locked, rank, seat, note)
    return locked


def _check_alike(first: Section, second: Section) -> None:
    """Raise Conflict (``not_alike``) with what tells two sections apart."""
    apart = [name for name, of in _ALIKE.items() if of(first) != of(second)]
    if apart:
        raise Conflict(
            f"Joined are sections of the same {' and '.join(apart)}.",
            code="not_alike",
            extensions={"differ": apart},
        )
