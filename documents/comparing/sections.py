"""What became of each section between two states of a document. Pure.

A section is the same one wherever it stands, by its id. It has moved when it stands under another
one, or in another order among those that stayed beside it; that its number changed because
something came before it is no move.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from documents.texts.wording.aligning import matches
from documents.texts.wording.comparing import Change, ComparedBlock, Stretch, compare, compare_words
from documents.texts.wording.effort import Effort

EFFORT = 10_000_000
"""What one comparison of a document may cost: some seconds of a core at the very worst. Real
texts of a thousand pages take a hundredth of it."""


class SectionChange(StrEnum):
    """What can become of a section."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    LANGUAGE_CHANGED = "language_changed"


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as it stands in one state of a document, which lists them in reading order.

    parent: the section above, None at the top. number: None where it has none.
    """

    section: UUID
    parent: UUID | None
    number: str | None
    depth: int
    title: str
    language: str
    body: str


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section that stands in either state.

    title: its words. blocks: of its text; none where the text is the same in both.
    coarse: the texts were too long to be compared as finely as others.
    """

    section: UUID
    before: Passage | None
    after: Passage | None
    changes: tuple[SectionChange, ...]
    title: tuple[Stretch, ...]
    blocks: tuple[ComparedBlock, ...]
    coarse: bool

    @property
    def shown(self) -> Passage:
        """The later state of it, or the last that there was."""
        passage = self.after or self.before
        assert passage is not None
        return passage


def compare_sections(
    before: Sequence[Passage], after: Sequence[Passage], effort: Effort | None = None
) -> list[ComparedSection]:
    """The sections of both states in the reading order of the later; what was removed stands
    where it stood."""
    effort = effort or Effort(EFFORT)
    old = {passage.section: passage for passage in before}
    new = {passage.section: passage for passage in after}
    moved = _moved(before, after)
    return [
        compare_passages(old.get(key), new.get(key), key in moved, effort)
        for key in _in_order(list(old), list(new))
    ]


def compare_passages(
    before: Passage | None, after: Passage | None, moved: bool, effort: Effort
) -> ComparedSection:
    """One section in two states, of which one may lack it."""
    refusals = effort.refusals
    old, new = before.body if before else "", after.body if after else ""
    title = compare_words(before.title if before else "", after.title if after else "", effort)
    blocks = tuple(compare(old, new, effort)) if old != new else ()
    passage = after or before
    assert passage is not None
    return ComparedSection(
        section=passage.section,
        before=before,
        after=after,
        changes=tuple(_changes(before, after, moved)),
        title=tuple(title),
        blocks=blocks,
        coarse=effort.refusals > refusals,
    )


def word_count(blocks: Sequence[ComparedBlock], change: Change) -> int:
    """How many words of compared blocks were added, removed or kept."""
    return sum(
        len(stretch.text.split())
        for block in blocks
        for stretch in block.stretches
        if stretch.change is change
    )


def _changes(before: Passage | None, after: Passage | None, moved: bool) -> Iterator[SectionChange]:
    if before is None or after is None:
        yield SectionChange.ADDED if before is None else SectionChange.REMOVED
        return
    if moved:
        yield SectionChange.MOVED
    if before.title != after.title:
        yield SectionChange.RENAMED
    if before.body != after.body:
        yield SectionChange.CHANGED
    if before.language != after.language:
        yield SectionChange.LANGUAGE_CHANGED


def _moved(before: Sequence[Passage], after: Sequence[Passage]) -> set[UUID]:
    """The sections of both states that stand at another place."""
    parents = {passage.section: passage.parent for passage in before}
    found = {
        passage.section
        for passage in after
        if passage.section in parents and parents[passage.section] != passage.parent
    }
    staying = parents.keys() & {passage.section for passage in after} - found
    old, new = _siblings(before, staying), _siblings(after, staying)
    for parent, later in new.items():
        kept = {later[there] for _, there in matches(old[parent], later)}
        found |= {UUID(key) for key in later if key not in kept}
    return found


def _siblings(passages: Sequence[Passage], staying: set[UUID]) -> dict[UUID | None, list[str]]:
    """The ids of those that stay under the same section, in their order, by that section."""
    found: dict[UUID | None, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.section in staying:
            found[passage.parent].append(str(passage.section))
    return found


def _in_order(old: list[UUID], new: list[UUID]) -> Iterator[UUID]:
    """All ids, those of the later state in its order; what was removed stands where it stood."""
    there = set(new)
    begin = low = 0
    pairs = matches([str(key) for key in old], [str(key) for key in new])
    for at, to in [*pairs, (len(old), len(new))]:
        yield from (key for key in old[low:at] if key not in there)
        yield from new[begin : to + 1]
        low, begin = at + 1, to + 1
