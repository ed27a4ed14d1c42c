"""Which places of a text a change of it touches, to be found again in a later text. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .aligning import hunks
from .anchoring import Movement
from .effort import Effort
from .units import Span, Unit, blocks, sentences, spans_of, texts


@dataclass(frozen=True, slots=True)
class Touched:
    """Sentences or blocks of a text that were changed or removed."""

    span: Span

    def place(self, movement: Movement, _length: int) -> Span | None:
        """Where they stand in the text of a movement; None where they are lost."""
        return movement.place(*self.span)


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something was inserted: between two units, or at an end of the text."""

    left: Span | None
    right: Span | None

    def place(self, movement: Movement, length: int) -> Span | None:
        """All between the two in the text of a movement, which has that length; None where one
        of them is lost."""
        left = movement.place(*self.left) if self.left else (0, 0)
        right = movement.place(*self.right) if self.right else (length, length)
        return (left[1], right[0]) if left and right else None


def touched(before: str, after: str, effort: Effort | None = None) -> list[Touched | Gap]:
    """What was changed of a text, as small as sentences. effort: what may be spent on it."""
    prefix, old = blocks(before)
    effort = effort or Effort()
    return list(_touched(old, blocks(after)[1], spans_of(old, len(prefix)), effort))


def overlap(one: Span | None, other: Span | None) -> bool:
    """Whether two stretches of one text have a character in common."""
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _touched(
    old: Sequence[Unit], new: Sequence[Unit], spans: Sequence[Span], effort: Effort
) -> Iterator[Touched | Gap]:
    """By blocks; a block that became another one by its sentences."""
    for hunk in hunks(texts(old), texts(new), effort):
        left = spans[hunk.low - 1] if hunk.low else None
        right = spans[hunk.high] if hunk.high < len(spans) else None
        if hunk.low == hunk.high:
            yield Gap(left, right)
        elif hunk.high - hunk.low == hunk.end - hunk.begin == 1:
            here, there = sentences(old[hunk.low].text), sentences(new[hunk.begin].text)
            inner = spans_of(here, spans[hunk.low][0])
            for each in hunks(texts(here), texts(there), effort):
                if each.low < each.high:
                    yield Touched((inner[each.low][0], inner[each.high - 1][1]))
                else:
                    yield Gap(
                        inner[each.low - 1] if each.low else left,
                        inner[each.high] if each.high < len(inner) else right,
                    )
        else:
            yield Touched((spans[hunk.low][0], spans[hunk.high - 1][1]))
