"""Splitting a section in two."""

from uuid import UUID

from documents.structure.acting import (
    bring_along,
    document_to_add_to,
    held_for_act,
    home_writers,
    revised,
)
from documents.structure.cutting import Uncuttable, cut
from documents.structure.models import SectionLineage, SectionLineageKind, SplitPart
from documents.texts.acts import RevisionAct
from documents.texts.models import Section
from documents.texts.selectors import writing_seat
from documents.texts.writing import invalid, rank_of, record_section, write_section
from platform_api.core.actor import Actor
from platform_api.core.service import service


@service
def section_split(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    at: int,
    title: str,
    children: str = SplitPart.FIRST,
    note: str = "",
    delegation: UUID | None = None,
) -> Section:
    """Cut the text of a section in two; the second part becomes a section right behind it.

    The new one has its owner, state, marks, language and time of release; grants stay with the
    first. It is returned.

    at: the character at which the second part begins, where a block does. title: of the new one.
    children: which of the two keeps the sections below.

    Raises NotVisible, Forbidden, PreconditionFailed, Conflict (``deleted``) and Invalid (see
    ``cutting.cut``).
    """
    locked = held_for_act(actor, section, if_match)
    document = document_to_add_to(actor, locked)
    seat = writing_seat(actor, locked, delegation)
    try:
        kept, taken = cut(locked.body, at)
    except Uncuttable as refused:
        raise invalid("/at", refused.code, refused.detail) from refused
    source_revision = locked.head
    locked.body = kept
    revised(actor, locked, seat, note, RevisionAct.SPLIT)
    new = Section(
        document=document,
        parent=locked.parent,
        rank=rank_of(actor, document, locked.parent, locked, seat),
        owner_delegation=locked.owner_delegation,
        state=locked.state,
        inherits=locked.inherits,
        effective_scope=locked.effective_scope,
        tlp=locked.tlp,
        releasable_to=locked.releasable_to,
        restricted=locked.restricted,
        released_at=locked.released_at,
        single_person_release=locked.single_person_release,
        home_writers=home_writers(locked),
        language=locked.language,
        title=title,
        body=taken,
        updated_at=locked.updated_at,
    )
    revision = write_section(actor, new, seat, note, act=RevisionAct.SPLIT)
    SectionLineage(
        kind=SectionLineageKind.SPLIT,
        source=locked,
        source_revision_id=source_revision,
        section=new,
        revision=revision,
        source_start=at,
        start=0,
        length=len(taken),
    ).save(force_insert=True)
    record_section("section.split", actor, locked, seat.pk, {"note": note, "into": new.pk})
    record_section("section.created", actor, new, seat.pk, {"note": note, "split_from": locked.pk})
    if children == SplitPart.SECOND:
        rows = Section.objects.visible_to(actor).filter(parent=locked, deleted_at=None)
        for child in rows.order_by("rank", "id"):
            bring_along(actor, child, new, child.rank, seat, note)
    return new
