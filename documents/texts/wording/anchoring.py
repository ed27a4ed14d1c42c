"""Where a passage stands after its text has changed. Pure.

A passage is followed by what of its characters is still there. One of which too little is left
has no place any more: it is never moved to where it might not belong.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .aligning import Hunk, hunks
from .effort import BoundedMatcher, Effort
from .units import blocks, sentences, spans_of, texts

SURVIVAL = 0.35
"""The least share of a passage's characters that must still stand for it to have a place."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of characters that both texts have: before[old:old+size] is after[new:new+size].

    moved: it is part of a block that stands elsewhere among the others than it did.
    """

    old: int
    new: int
    size: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a passage stands, and which share of its characters that are no white space."""

    start: int
    end: int
    share: float


_Placed = tuple[int, str]
"""A block or word with where it begins."""


class Movement:
    """How places of one text are places of a later one. Made once, asked for many passages.

    effort: what may be spent on it; where that ends, less of a changed block is known again.
    """

    def __init__(self, before: str, after: str, effort: Effort | None = None) -> None:
        self._before, self._after = before, after
        self._kept = _kept(before, after, effort or Effort())
        self._olds = [each.old for each in self._kept]
        self._begins = [[at for at, _ in _placed(text)] for text in (before, after)]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The place of before[start:end] in the later text, or None when it is lost.

        Of a passage whose parts were moved asunder it is the place of the largest part.
        Raises ValueError unless 0 <= start < end <= the length of the earlier text.
        """
        traced = self.trace(start, end)
        return (traced.start, traced.end) if traced else None

    def trace(self, start: int, end: int) -> Traced | None:
        """The place of a passage, with how much of it stands there. Raises as ``place`` does."""
        if not 0 <= start < end <= len(self._before):
            raise ValueError("no such passage")
        first = max(0, bisect_right(self._olds, start) - 1)
        found: list[Kept] = []
        for each in self._kept[first:]:
            if each.old >= end:
                break
            low, high = max(each.old, start), min(each.old + each.size, end)
            if low < high:
                found.append(Kept(low, each.new + low - each.old, high - low, each.moved))
        part = max(self._parts(found), key=self._left, default=[])
        left, whole = self._left(part), solid(self._before[start:end])
        if left < max(1, SURVIVAL * whole):
            return None
        return Traced(part[0].new, part[-1].new + part[-1].size, left / whole)

    def _parts(self, found: Sequence[Kept]) -> list[list[Kept]]:
        """What is left of a passage, divided where a part of it went elsewhere."""
        parts: list[list[Kept]] = []
        for each in found:
            if not parts or self._is_apart(parts[-1][-1], each):
                parts.append([])
            parts[-1].append(each)
        return parts

    def _is_apart(self, one: Kept, other: Kept) -> bool:
        end = one.new + one.size
        if other.new < end or self._is_torn(one, other):
            return True
        return (one.moved or other.moved) and bool(self._after[end : other.new].strip())

    def _is_torn(self, one: Kept, other: Kept) -> bool:
        """Whether words of one block stand in several now: some of them are only alike."""
        old, new = self._begins
        together = bisect_right(old, one.old) == bisect_right(old, other.old)
        return together and bisect_right(new, one.new) != bisect_right(new, other.new)

    def _left(self, part: Sequence[Kept]) -> int:
        return sum(solid(self._after[each.new : each.new + each.size]) for each in part)


def solid(text: str) -> int:
    """The characters of a text that are no white space."""
    return len(re.sub(r"\s", "", text))


def _kept(before: str, after: str, effort: Effort) -> list[Kept]:
    """What both texts have, by its place in the earlier: whole blocks, and words in others."""
    old, new = _placed(before), _placed(after)
    changes = hunks([text for _, text in old], [text for _, text in new], effort)
    moved = _moved(old, new, changes)
    gone, come = {one for one, _ in moved}, {two for _, two in moved}
    out = [Kept(one[0], two[0], len(one[1]), moved=True) for one, two in moved]
    at = to = 0
    for hunk in changes:
        out += _alike(old[at : hunk.low], new[to : hunk.begin])
        out += _sentences(
            [block for block in old[hunk.low : hunk.high] if block not in gone],
            [block for block in new[hunk.begin : hunk.end] if block not in come],
            effort,
        )
        at, to = hunk.high, hunk.end
    out += _alike(old[at:], new[to:])
    return sorted(out, key=lambda kept: kept.old)


def _placed(text: str) -> list[_Placed]:
    """The blocks of a text with where they begin."""
    prefix, units = blocks(text)
    spans = spans_of(units, len(prefix))
    return [(begin, unit.text) for (begin, _), unit in zip(spans, units, strict=True)]


def _alike(old: Sequence[_Placed], new: Sequence[_Placed]) -> list[Kept]:
    return [Kept(here, there, len(text)) for (here, text), (there, _) in zip(old, new, strict=True)]


def _moved(
    old: Sequence[_Placed], new: Sequence[_Placed], changes: Sequence[Hunk]
) -> list[tuple[_Placed, _Placed]]:
    """The changed blocks of which exactly one went and exactly one came elsewhere."""
    gone, come = _by_text(old), _by_text(new)
    changed = [block for hunk in changes for block in old[hunk.low : hunk.high]]
    return [
        (block, come[block[1]][0])
        for block in changed
        if len(gone[block[1]]) == 1 == len(come.get(block[1], []))
    ]


def _by_text(placed: Sequence[_Placed]) -> dict[str, list[_Placed]]:
    found: dict[str, list[_Placed]] = {}
    for each in placed:
        found.setdefault(each[1], []).append(each)
    return found


def _sentences(old: Sequence[_Placed], new: Sequence[_Placed], effort: Effort) -> list[Kept]:
    """What changed blocks have in common: whole sentences, and words in others."""
    here, there = _split(old), _split(new)
    out: list[Kept] = []
    at = to = 0
    for hunk in hunks([text for _, text in here], [text for _, text in there], effort):
        out += _alike(here[at : hunk.low], there[to : hunk.begin])
        out += _words(here[hunk.low : hunk.high], there[hunk.begin : hunk.end], effort)
        at, to = hunk.high, hunk.end
    return out + _alike(here[at:], there[to:])


def _split(placed: Sequence[_Placed]) -> list[_Placed]:
    """The sentences of blocks with where they begin."""
    out: list[_Placed] = []
    for begin, text in placed:
        units = sentences(text)
        out += zip((at for at, _ in spans_of(units, begin)), texts(units), strict=True)
    return out


def _words(old: Sequence[_Placed], new: Sequence[_Placed], effort: Effort) -> list[Kept]:
    """The words that changed sentences have in common, each with the white space before it that it
    has in both."""
    here, there = _tokens(old), _tokens(new)
    matcher = BoundedMatcher(
        [token.text for token in here], [token.text for token in there], effort
    )
    out: list[Kept] = []
    for match in matcher.get_matching_blocks():
        for step in range(match.size):
            one, other = here[match.a + step], there[match.b + step]
            space = len(one.space) if one.space == other.space else 0
            out.append(Kept(one.begin - space, other.begin - space, space + len(one.text)))
    return out


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or mark. begin: where; space: what stands between it and the one before it."""

    begin: int
    text: str
    space: str


def _tokens(placed: Sequence[_Placed]) -> list[_Token]:
    out: list[_Token] = []
    for begin, text in placed:
        end = 0
        for match in _TOKEN.finditer(text):
            out.append(_Token(begin + match.start(), match.group(), text[end : match.start()]))
            end = match.end()
    return out
