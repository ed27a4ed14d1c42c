"""Where a passage of a revision stands now, in whichever section holds its text.

A passage stays bound to its revision. Its place is derived when it is read: in the present text of
its own section, and by the lineage in those that were split off it or that it was joined to, as
far as the actor sees them. What nobody may see of it is as if it were not there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from documents.texts.models import Revision, Section
from documents.texts.wording.anchoring import SURVIVAL, Movement, Traced, solid
from documents.texts.wording.effort import STEPS, Effort
from platform_api.core.actor import Actor

from .models import SectionLineage, SectionLineageKind
from .selectors import descended_from

_ALL_STEPS = 5 * STEPS
"""What may be spent on all the passages of one answer, unless its caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Passage:
    """before[start:end] of a revision whose body that is, in code points."""

    revision: UUID
    before: str
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.before[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands now: text[start:end] of a section, in code points.

    share: how much of it stands there.
    """

    section: Section
    text: str
    start: int
    end: int
    share: float = 1.0

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Step:
    """How a text went on into another section, of which the actor sees all."""

    into: Section
    source: Revision
    target: Revision
    lineage: SectionLineage

    def taken(self, at: Traced) -> tuple[int, int] | None:
        """The place in the new text of what went along of a passage of the old one; None where
        that is too little of it."""
        begin = self.lineage.source_start
        low, high = max(at.start, begin), min(at.end, begin + self.lineage.length)
        went = solid(self.source.body[low:high]) if low < high else 0
        if went < max(1, SURVIVAL * solid(self.source.body[at.start : at.end])):
            return None
        return low - begin + self.lineage.start, high - begin + self.lineage.start


class Following:
    """Looks for passages as one actor; what became of a text is worked out once for all of them.

    texts: what is taken for the present text of a section instead of its own. effort: what may be
    spent on all of them.
    """

    def __init__(
        self,
        actor: Actor,
        texts: Mapping[UUID, str] | None = None,
        effort: Effort | None = None,
    ) -> None:
        self._actor = actor
        self._texts = texts or {}
        self._effort = effort or Effort(_ALL_STEPS)
        self._movements: dict[tuple[UUID, UUID], Movement] = {}
        self._steps: dict[UUID, Mapping[UUID, list[_Step]]] = {}

    def text_of(self, section: Section) -> str:
        """What is taken for the present text of a section."""
        return self._texts.get(section.pk, section.body)

    def place(self, section: Section, passage: Passage) -> Place | None:
        """The place of a passage of a revision of a section; None when it is lost.

        Where it stands unchanged goes before where the most of it is left; of equals its own
        section. A tombstone keeps its text, unless that was joined to another.
        """
        if not 0 <= passage.start < passage.end <= len(passage.before):
            return None  # its revision was purged
        best: Place | None = None
        for place in self._places(section, passage):
            if place.words == passage.words:
                return place
            if best is None or place.share > best.share:
                best = place
        return best

    def _places(self, section: Section, passage: Passage) -> Iterator[Place]:
        stands = section.deleted_at is None
        own = self._present(section, passage) if stands or not self._is_joined(section) else None
        if own is not None:
            yield own
        yield from self._beyond(section, section, passage, frozenset({section.pk}))

    def _is_joined(self, section: Section) -> bool:
        """Whether a tombstone's text stands in another section now: it is no present text."""
        steps = self._steps_from(section).get(section.pk, ())
        return any(step.lineage.kind == SectionLineageKind.JOIN for step in steps)

    def _beyond(
        self, origin: Section, section: Section, passage: Passage, passed: frozenset[UUID]
    ) -> Iterator[Place]:
        """The places of a passage in the sections that its section's text went on into."""
        for step in self._steps_from(origin).get(section.pk, ()):
            if step.into.pk in passed:
                continue
            left = self._movement(
                (passage.revision, step.source.pk), passage.before, step.source.body
            ).trace(passage.start, passage.end)
            taken = step.taken(left) if left else None
            if left is None or taken is None:
                continue
            went = Passage(step.target.pk, step.target.body, *taken)
            here = self._present(step.into, went)
            if here is not None and step.into.deleted_at is None:
                yield replace(here, share=here.share * left.share)
            yield from self._beyond(origin, step.into, went, passed | {step.into.pk})

    def _present(self, section: Section, passage: Passage) -> Place | None:
        text = self.text_of(section)
        movement = self._movement((passage.revision, section.pk), passage.before, text)
        traced = movement.trace(passage.start, passage.end)
        if traced is None:
            return None
        return Place(section, text, traced.start, traced.end, traced.share)

    def _movement(self, key: tuple[UUID, UUID], before: str, after: str) -> Movement:
        found = self._movements.get(key)
        if found is None:
            found = self._movements[key] = Movement(before, after, self._effort)
        return found

    def _steps_from(self, origin: Section) -> Mapping[UUID, list[_Step]]:
        """The steps by which the text of a section went on, by the section that each led from."""
        found = self._steps.get(origin.pk)
        if found is None:
            found = self._steps[origin.pk] = self._loaded(descended_from(self._actor, origin))
        return found

    def _loaded(self, lineage: list[SectionLineage]) -> Mapping[UUID, list[_Step]]:
        if not lineage:
            return {}
        revisions = (
            Revision.objects.visible_to(self._actor)
            .filter(purged_at=None)
            .in_bulk({key for row in lineage for key in (row.source_revision_id, row.revision_id)})
        )
        sections = Section.objects.visible_to(self._actor).in_bulk(
            {row.section_id for row in lineage}
        )
        steps: dict[UUID, list[_Step]] = {}
        for row in lineage:
            into = sections.get(row.section_id)
            source = revisions.get(row.source_revision_id)
            target = revisions.get(row.revision_id)
            if into is not None and source is not None and target is not None:
                steps.setdefault(row.source_id, []).append(_Step(into, source, target, row))
        return steps
