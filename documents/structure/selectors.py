"""Reads of the tree and of where texts came from."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.texts.models import Section
from documents.texts.numbering import Placed
from documents.texts.selectors import place_held
from platform_api.core.actor import Actor
from platform_api.core.errors import NotVisible

from .models import SectionLineage, SectionLineageKind


def lineage_of(actor: Actor, section: Section) -> QuerySet[SectionLineage]:
    """What an actor may know of where the text of a section came from and went to."""
    return SectionLineage.objects.visible_to(actor).filter(Q(section=section) | Q(source=section))


def descended_from(actor: Actor, section: Section) -> list[SectionLineage]:
    """How the text of a section went on into others, and on from there, nearest first.

    A step that the actor does not see, and what lies behind it, is left out.
    """
    found: list[SectionLineage] = []
    known, level = {section.pk}, {section.pk}
    while level:
        steps = list(
            SectionLineage.objects.visible_to(actor).filter(source__in=level).order_by("id")
        )
        found += steps
        level = {step.section_id for step in steps} - known
        known |= level
    return found


def came_from(actor: Actor, sections: Iterable[UUID]) -> set[UUID]:
    """The sections whose text, or part of it, went on into some, as far as the actor sees."""
    found: set[UUID] = set()
    known = level = set(sections)
    while level:
        steps = SectionLineage.objects.visible_to(actor).filter(section__in=level)
        level = set(steps.values_list("source", flat=True)) - known
        known = known | level
        found |= level
    return found


def joined_into(actor: Actor, section: Section) -> Section:
    """The section that one was joined to, and that one in turn, as far as the actor sees; itself
    where it was not."""
    while section.deleted_at is not None:
        joins = SectionLineage.objects.visible_to(actor).filter(
            kind=SectionLineageKind.JOIN, source=section
        )
        into = Section.objects.visible_to(actor).filter(pk__in=joins.values("section")).first()
        if into is None:
            break
        section = into
    return section


def shown_parent(actor: Actor, section: Section) -> Section | None:
    """The section that one is shown below, which no tombstone is. Raises NotVisible."""
    held = place_held(section)
    if held.parent_id is None:
        return None
    parent = Section.objects.visible_to(actor).filter(pk=held.parent_id).first()
    if parent is None:
        raise NotVisible
    return parent


def above(placed: Iterable[Placed[UUID]], section: UUID) -> set[UUID]:
    """The sections above one, as they are shown."""
    parents = {each.id: each.parent for each in placed}
    found: set[UUID] = set()
    parent = parents.get(section)
    while parent is not None:
        found.add(parent)
        parent = parents[parent]
    return found


def below(placed: Sequence[Placed[UUID]], section: UUID) -> list[Placed[UUID]]:
    """What stands below a section as it is shown, tombstones left out, in reading order."""
    at = next(index for index, each in enumerate(placed) if each.id == section)
    branch: list[Placed[UUID]] = []
    for each in placed[at + 1 :]:
        if each.depth <= placed[at].depth:
            break
        branch.append(each)
    return [each for each in branch if not each.deleted]


def next_sibling(placed: Sequence[Placed[UUID]], section: UUID) -> UUID | None:
    """The section that follows one on its level, as they are shown; tombstones do not count."""
    parent = next(each.parent for each in placed if each.id == section)
    level = [each.id for each in placed if each.parent == parent and not each.deleted]
    at = level.index(section)
    return level[at + 1] if at + 1 < len(level) else None
