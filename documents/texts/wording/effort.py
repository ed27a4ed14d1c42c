"""A bound on the work of an alignment, counted in steps, so that the same texts always end alike.

No text that somebody can send may keep a processor for longer than a moment. Where the work is
used up, what is left is taken for changed as a whole: a coarser answer, and never a wrong one.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher

STEPS = 4_000_000
"""Of one alignment; about half a second."""

_ELEMENT_STEPS = 3
"""What looking at one element costs the matcher, beside the places where it stands."""


class Effort:
    """Work that may still be done, in steps.

    refusals: how often there were not enough, so that an answer is coarser than it might be.
    """

    def __init__(self, steps: int = STEPS) -> None:
        self._left = steps
        self.refusals = 0

    def spend(self, steps: int) -> bool:
        """Take steps away; False when there are not so many left, and then there are none."""
        self._left = max(-1, self._left - steps)
        if self._left < 0:
            self.refusals += 1
        return self._left >= 0


class BoundedMatcher(SequenceMatcher[str]):
    """The matcher of the standard library, which finds no more when its effort is spent."""

    def __init__(self, one: Sequence[str], other: Sequence[str], effort: Effort) -> None:
        super().__init__(None, one, other, autojunk=False)
        self._one, self._times, self._effort = one, Counter(other), effort

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        high = len(self._one) if ahi is None else ahi
        steps = sum(_ELEMENT_STEPS + self._times[each] for each in self._one[alo:high])
        if not self._effort.spend(steps):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
