"""Which units of one text are which of another: hunks of change between two sequences. Pure.

Equal units are found first, those that stand once on either side before all others, so that
repeated lines do not pull an alignment apart and cost stays near linear. What is left is paired
one to one only where nothing can be taken for a part of something else.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5
"""Units with this share of words in common are the same one, edited (Dice's coefficient)."""
_PART = 0.35
"""What has this share of its words in another unit may be a part of it, cut off or joined on."""
_MOST_PAIRS = 40_000
_PAIR = 25
"""What comparing two units costs besides their words, in comparisons of words."""
_MOST_REPEATS = 400_000


@dataclass(frozen=True, slots=True)
class Hunk:
    """base[low:high] became other[begin:end]; low equals high for an insertion."""

    low: int
    high: int
    begin: int
    end: int


@dataclass(slots=True)
class Effort:
    """How much may yet be spent on alignments of which none is too dear by itself.

    left: comparisons of two words, of which a core makes some millions a second.
    refusals: how often there was not enough left, so that an alignment is coarser than it might be.
    """

    left: int
    refusals: int = 0

    def affords(self, steps: int) -> bool:
        """Whether these steps may be taken; they are taken off."""
        if steps > self.left:
            self.refusals += 1
            return False
        self.left -= steps
        return True


def hunks(base: Sequence[str], other: Sequence[str], effort: Effort | None = None) -> list[Hunk]:
    """The changes from one sequence of texts to another, in order, as small as is certain."""
    found: list[Hunk] = []
    low = begin = 0
    for at, there in [*matches(base, other, effort), (len(base), len(other))]:
        if at > low or there > begin:
            found += _refined(base, other, Hunk(low, at, begin, there), effort)
        low, begin = at + 1, there + 1
    return found


def matches(
    base: Sequence[str], other: Sequence[str], effort: Effort | None = None
) -> list[tuple[int, int]]:
    """Pairs of positions of equal texts, rising on both sides."""
    pairs: list[tuple[int, int]] = []
    pending = [(0, len(base), 0, len(other))]
    while pending:
        low, high, begin, end = pending.pop()
        while low < high and begin < end and base[low] == other[begin]:
            pairs.append((low, begin))
            low, begin = low + 1, begin + 1
        while low < high and begin < end and base[high - 1] == other[end - 1]:
            high, end = high - 1, end - 1
            pairs.append((high, end))
        if low == high or begin == end:
            continue
        unique = _rising(_unique(base, other, low, high, begin, end))
        if not unique:
            pairs += _plain(base, other, low, high, begin, end, effort)
            continue
        for at, there in [*unique, (high, end)]:
            pending.append((low, at, begin, there))
            low, begin = at, there
            if at < high:
                pairs.append((at, there))
                low, begin = at + 1, there + 1
    return sorted(pairs)


def alikeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of words, from 0 to 1."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def bag(text: str) -> Counter[str]:
    """The words of a text with how often each stands there."""
    return Counter(re.findall(r"\w+", text.casefold()))


def _unique(
    base: Sequence[str], other: Sequence[str], low: int, high: int, begin: int, end: int
) -> Iterator[tuple[int, int]]:
    """Positions of texts that stand once on each side, in the order of the first."""
    here, there = Counter(base[low:high]), Counter(other[begin:end])
    place = {other[at]: at for at in range(begin, end)}
    for at in range(low, high):
        if here[base[at]] == 1 and there[base[at]] == 1:
            yield at, place[base[at]]


def _rising(pairs: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest of the subsequences whose second members rise (patience sorting)."""
    tails: list[int] = []
    last: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        at = bisect_left(tails, pair[1])
        before[pair] = last[at - 1] if at else None
        if at == len(tails):
            tails.append(pair[1])
            last.append(pair)
        else:
            tails[at], last[at] = pair[1], pair
    chain: list[tuple[int, int]] = []
    step = last[-1] if last else None
    while step is not None:
        chain.append(step)
        step = before[step]
    return chain[::-1]


def _plain(
    base: Sequence[str],
    other: Sequence[str],
    low: int,
    high: int,
    begin: int,
    end: int,
    effort: Effort | None,
) -> list[tuple[int, int]]:
    """Equal texts among such as stand several times; none where that would cost too much."""
    here, there = Counter(base[low:high]), Counter(other[begin:end])
    repeats = sum(count * there[text] for text, count in here.items())
    if repeats > _MOST_REPEATS or not (effort is None or effort.affords(repeats)):
        return []
    matcher = SequenceMatcher(None, base[low:high], other[begin:end], autojunk=False)
    return [
        (low + match.a + step, begin + match.b + step)
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    ]


def _refined(
    base: Sequence[str], other: Sequence[str], hunk: Hunk, effort: Effort | None
) -> list[Hunk]:
    """A hunk as single edits, insertions and deletions where it is certain which is which."""
    height, width = hunk.high - hunk.low, hunk.end - hunk.begin
    if height == 0 or width == 0 or (height, width) == (1, 1) or height * width > _MOST_PAIRS:
        return [hunk]
    here = [bag(text) for text in base[hunk.low : hunk.high]]
    there = [bag(text) for text in other[hunk.begin : hunk.end]]
    words = width * sum(map(len, here)) + height * sum(map(len, there))
    if not (effort is None or effort.affords(words + _PAIR * height * width)):
        return [hunk]
    if height == width and all(
        alikeness(one, two) >= ALIKE for one, two in zip(here, there, strict=True)
    ):
        pairs = [(at, at) for at in range(height)]
    else:
        pairs = _best_pairs(here, there)
        if not _certain(here, there, pairs):
            return [hunk]
    out: list[Hunk] = []
    at = to = 0
    for one, two in [*pairs, (height, width)]:
        low, begin = hunk.low + at, hunk.begin + to
        if one > at or two > to:
            out.append(Hunk(low, hunk.low + one, begin, hunk.begin + two))
        if one < height:
            out.append(
                Hunk(hunk.low + one, hunk.low + one + 1, hunk.begin + two, hunk.begin + two + 1)
            )
        at, to = one + 1, two + 1
    return out


def _best_pairs(
    here: Sequence[Counter[str]], there: Sequence[Counter[str]]
) -> list[tuple[int, int]]:
    """Rising pairs of alike units with the greatest sum of alikeness."""
    worth = [[alikeness(one, two) for two in there] for one in here]
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for row in reversed(range(len(here))):
        for column in reversed(range(len(there))):
            paired = worth[row][column]
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                paired + best[row + 1][column + 1] if paired >= ALIKE else 0.0,
            )
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(here) and column < len(there):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _certain(
    here: Sequence[Counter[str]], there: Sequence[Counter[str]], pairs: Sequence[tuple[int, int]]
) -> bool:
    """Whether what has no partner is new, or gone: not a part of something that was split or
    joined, whose words would otherwise be lost or doubled."""
    paired_here, paired_there = {one for one, _ in pairs}, {two for _, two in pairs}
    lone = [(here[at], there) for at in range(len(here)) if at not in paired_here]
    lone += [(there[at], here) for at in range(len(there)) if at not in paired_there]
    return all(_contained(unit, other) < _PART for unit, units in lone for other in units)


def _contained(unit: Counter[str], other: Counter[str]) -> float:
    """The share of a unit's words that stand in another."""
    return (unit & other).total() / unit.total() if unit else 0.0
