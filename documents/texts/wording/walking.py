"""The changes of both sides to a sequence of units, applied in order. Pure.

What overlaps is handed over to be settled; what only touches does not overlap.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .aligning import Hunk, hunks
from .effort import Effort
from .merged import Conflict, Mixed, Side, Taken
from .units import Span, Unit, bare, texts

BothHunks = tuple[list[Hunk], list[Hunk]]
"""What either side changed."""


@dataclass
class Work:
    """What a merge gathers while it walks through the texts.

    kept: pieces that neither side changed. changed: the places of the others in the base.
    sides: what either side has there. spans: where the units of the base, and those of theirs,
    stand in their texts.
    """

    spans: tuple[Sequence[Span], Sequence[Span]]

    pieces: list[Unit | Conflict | Mixed] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    kept: list[Unit] = field(default_factory=list)
    changed: list[tuple[int, int]] = field(default_factory=list)
    sides: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    efforts: tuple[Effort, Effort] = field(default_factory=lambda: (Effort(), Effort()))

    def changes(
        self, base: Sequence[Unit], yours: Sequence[Unit], theirs: Sequence[Unit]
    ) -> BothHunks:
        """What either side changed, each by an effort of its own: whoever asks gets the same."""
        before = texts(base)
        return (
            hunks(before, texts(yours), self.efforts[0]),
            hunks(before, texts(theirs), self.efforts[1]),
        )


@dataclass(frozen=True, slots=True)
class Overlap:
    """Units that both sides changed, each in its own way, and where they stand."""

    base: list[Unit]
    yours: list[Unit]
    theirs: list[Unit]
    base_place: Span | None
    theirs_place: Span | None


Clash = Callable[[Work, Overlap], None]


def walk(
    work: Work,
    base: Sequence[Unit],
    yours: Sequence[Unit],
    theirs: Sequence[Unit],
    changes: BothHunks,
    clash: Clash,
) -> None:
    """Apply the changes of both sides in order; what overlaps goes to ``clash``."""
    spaces = (_spaces_of(base, yours, changes[0]), _spaces_of(base, theirs, changes[1]))
    kept = [
        unit._replace(space=three_way(unit.space, one, two))
        for unit, one, two in zip(base, *spaces, strict=True)
    ]
    work.kept = kept
    at = 0
    for low, high, here, there in _clusters(*changes):
        before = list(base[low:high])
        one = _applied(before, low, here, yours)
        two = _applied(before, low, there, theirs)
        if low < high and not (here and there):
            # The side that left these blocks may still have parted the last from what follows.
            gap = base[high - 1].space, (spaces[1] if here else spaces[0])[high - 1]
            if one and two:
                one[-1], two[-1] = _apart(one[-1], *gap), _apart(two[-1], *gap)
            elif at < low:
                kept[low - 1] = _apart(kept[low - 1], *gap)
        work.pieces += kept[at:low]
        at = high
        work.changed.append((low, high))
        work.sides[0].extend(texts(one))
        work.sides[1].extend(texts(two))
        if here and there and texts(one) != texts(two):
            begin, end = there[0].begin - there[0].low + low, there[-1].end - there[-1].high + high
            places = place_of(work.spans[0], low, high), place_of(work.spans[1], begin, end)
            clash(work, Overlap(before, one, two, *places))
            continue
        side = Side.BOTH if here and there else Side.YOURS if here else Side.THEIRS
        result = one if here else two
        if here and there:
            both = [
                three_way("", ours.space, others.space)
                for ours, others in zip(one, two, strict=True)
            ]
            result = [unit._replace(space=space) for unit, space in zip(one, both, strict=True)]
        work.taken.append(Taken(side, bare(before), bare(result)))
        work.pieces += result
    work.pieces += kept[at:]


def place_of(spans: Sequence[Span], low: int, high: int) -> Span | None:
    """Where the units from ``low`` to before ``high`` stand; None where they are none."""
    return (spans[low][0], spans[high - 1][1]) if low < high else None


def three_way(base: str, yours: str, theirs: str) -> str:
    """White space of either side; of two different changes the longer, whoever made it."""
    if yours in (base, theirs):
        return theirs
    if theirs == base:
        return yours
    return max(yours, theirs, key=lambda space: (len(space), space))


def _clusters(
    mine: Sequence[Hunk], other: Sequence[Hunk]
) -> Iterator[tuple[int, int, Sequence[Hunk], Sequence[Hunk]]]:
    """Hunks that overlap, in order: base[low:high] and what of either side falls into it.

    What only touches does not overlap, save two insertions at one place.
    """
    sides = (mine, other)
    begun = [0, 0]
    while begun[0] < len(mine) or begun[1] < len(other):
        ahead = (side[at] for side, at in zip(sides, begun, strict=True) if at < len(side))
        first = min(ahead, key=lambda hunk: (hunk.low, hunk.high))
        low, high = first.low, first.high
        ends = list(begun)
        grown = True
        while grown:
            grown = False
            for index, side in enumerate(sides):
                if ends[index] == len(side):
                    continue
                hunk = side[ends[index]]
                if hunk is first or hunk.low < high or hunk.low == hunk.high == low == high:
                    ends[index] += 1
                    high = max(high, hunk.high)
                    grown = True
        yield low, high, mine[begun[0] : ends[0]], other[begun[1] : ends[1]]
        begun = ends


def _applied(
    before: Sequence[Unit], low: int, found: Sequence[Hunk], units: Sequence[Unit]
) -> list[Unit]:
    """One side's units in the place of the base's, which begin at ``low``."""
    out: list[Unit] = []
    at = low
    for hunk in found:
        out += before[at - low : hunk.low - low]
        out += units[hunk.begin : hunk.end]
        at = hunk.high
    return out + list(before[at - low :])


def _apart(unit: Unit, base: str, other: str) -> Unit:
    """A unit with the white space behind it that the other side changed behind its own."""
    return unit._replace(space=three_way(base, unit.space, other))


def _spaces_of(base: Sequence[Unit], units: Sequence[Unit], found: Sequence[Hunk]) -> list[str]:
    spaces: list[str] = []
    at = to = 0
    for hunk in [*found, Hunk(len(base), len(base), len(units), len(units))]:
        spaces += [unit.space for unit in units[to : hunk.begin]]
        spaces += [unit.space for unit in base[hunk.low : hunk.high]]
        at, to = hunk.high, hunk.end
    assert at == len(base)
    return spaces
