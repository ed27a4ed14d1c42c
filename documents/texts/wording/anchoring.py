"""Where a passage stands after its text has changed. Pure.

A passage is followed by what of its characters is still there. One of which too little is left
has no place any more: it is never moved to where it might not belong.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .aligning import hunks
from .units import blocks

SURVIVAL = 0.35
"""The least share of a passage's characters that must still stand for it to have a place."""
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of characters that both texts have: before[old:old+size] is after[new:new+size]."""

    old: int
    new: int
    size: int


class Movement:
    """How places of one text are places of a later one. Made once, asked for many passages."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        self._kept = _kept(before, after)
        self._olds = [each.old for each in self._kept]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The place of before[start:end] in the later text, or None when it is lost.

        Raises ValueError unless 0 <= start < end <= the length of the earlier text.
        """
        if not 0 <= start < end <= len(self._before):
            raise ValueError("no such passage")
        first = max(0, bisect_right(self._olds, start) - 1)
        found: list[tuple[int, int]] = []
        for each in self._kept[first:]:
            if each.old >= end:
                break
            low, high = max(each.old, start), min(each.old + each.size, end)
            if low < high:
                shift = each.new - each.old
                found.append((low + shift, high + shift))
        left = sum(_solid(self._after[low:high]) for low, high in found)
        if left < max(1, SURVIVAL * _solid(self._before[start:end])):
            return None
        return found[0][0], found[-1][1]


def _solid(text: str) -> int:
    """The characters of a text that are no white space."""
    return len(re.sub(r"\s", "", text))


def _kept(before: str, after: str) -> list[Kept]:
    """What both texts have, in rising order on both sides: whole blocks, and words in others."""
    old, new = _placed(before), _placed(after)
    out: list[Kept] = []
    at = to = 0
    changes = hunks([text for _, text in old], [text for _, text in new])
    for hunk in changes:
        out += _alike(old[at : hunk.low], new[to : hunk.begin])
        out += _words(old[hunk.low : hunk.high], new[hunk.begin : hunk.end], before, after)
        at, to = hunk.high, hunk.end
    return out + _alike(old[at:], new[to:])


def _placed(text: str) -> list[tuple[int, str]]:
    """The blocks of a text with where they begin."""
    prefix, units = blocks(text)
    out: list[tuple[int, str]] = []
    at = len(prefix)
    for unit in units:
        out.append((at, unit.text))
        at += len(unit.text) + len(unit.space)
    return out


def _alike(old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> list[Kept]:
    return [Kept(here, there, len(text)) for (here, text), (there, _) in zip(old, new, strict=True)]


def _words(
    old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]], before: str, after: str
) -> list[Kept]:
    """The words that changed blocks have in common."""
    if not old or not new:
        return []
    here = _tokens(before, old[0][0], old[-1][0] + len(old[-1][1]))
    there = _tokens(after, new[0][0], new[-1][0] + len(new[-1][1]))
    if max(len(here), len(there)) > _MOST_WORDS:
        return []
    matcher = SequenceMatcher(
        None, [token for _, token in here], [token for _, token in there], autojunk=False
    )
    out: list[Kept] = []
    for match in matcher.get_matching_blocks():
        if match.size:
            begin, last = here[match.a], here[match.a + match.size - 1]
            size = last[0] + len(last[1]) - begin[0]
            out.append(Kept(begin[0], there[match.b][0], size))
    return out


def _tokens(text: str, low: int, high: int) -> list[tuple[int, str]]:
    return [
        (match.start(), match.group())
        for match in re.compile(r"\w+|\s+|[^\w\s]").finditer(text, low, high)
    ]
