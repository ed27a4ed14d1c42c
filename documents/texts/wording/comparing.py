"""What changed between two texts, to be read: by blocks, within them by words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .aligning import hunks
from .effort import BoundedMatcher, Effort
from .units import Unit, blocks


class Change(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one block and what became of it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """A block that stands in either text. change: of the whole, KEPT where only words differ."""

    change: Change
    stretches: tuple[Stretch, ...]

    @property
    def is_changed(self) -> bool:
        return any(stretch.change is not Change.KEPT for stretch in self.stretches)


def compare(before: str, after: str, effort: Effort | None = None) -> list[ComparedBlock]:
    """The blocks of both texts in reading order; what was removed stands before what came.

    effort: what may be spent on it; where that ends the comparison is coarser.
    """
    old, new = blocks(before)[1], blocks(after)[1]
    out: list[ComparedBlock] = []
    effort = effort or Effort()
    at = 0
    for hunk in hunks(_texts(old), _texts(new), effort):
        out += [_whole(Change.KEPT, unit) for unit in old[at : hunk.low]]
        at = hunk.high
        if hunk.high - hunk.low == hunk.end - hunk.begin == 1:
            stretches = tuple(compare_words(old[hunk.low].text, new[hunk.begin].text, effort))
            out.append(ComparedBlock(Change.KEPT, stretches))
            continue
        out += [_whole(Change.REMOVED, unit) for unit in old[hunk.low : hunk.high]]
        out += [_whole(Change.ADDED, unit) for unit in new[hunk.begin : hunk.end]]
    return out + [_whole(Change.KEPT, unit) for unit in old[at:]]


def compare_words(before: str, after: str, effort: Effort | None = None) -> Iterator[Stretch]:
    """The stretches of two wordings. Those kept and removed put together are the one, those kept
    and added the other.

    effort: what may be spent on it; where that ends the rest is removed and added.
    """
    old, new = _tokens(before), _tokens(after)
    codes = BoundedMatcher(old, new, effort or Effort()).get_opcodes()
    for code, low, high, begin, end in codes:
        if code == "equal":
            yield Stretch(Change.KEPT, "".join(old[low:high]))
            continue
        if high > low:
            yield Stretch(Change.REMOVED, "".join(old[low:high]))
        if end > begin:
            yield Stretch(Change.ADDED, "".join(new[begin:end]))


def _tokens(text: str) -> list[str]:
    """Words with the white space after them, and marks of punctuation."""
    return re.findall(r"\w+\s*|[^\w\s]\s*|\s+", text)


def _whole(change: Change, unit: Unit) -> ComparedBlock:
    return ComparedBlock(change, (Stretch(change, unit.text),))


def _texts(units: Sequence[Unit]) -> list[str]:
    return [unit.text for unit in units]
