"""Blocks that one side moved and the other changed. Pure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .aligning import Hunk
from .merged import Conflict, ConflictKind, Side
from .units import Span, Unit, texts
from .walking import BothHunks


@dataclass(frozen=True, slots=True)
class Moved:
    """Both sides without the edits of blocks that the other moved, which are contested.

    contested: conflicts by the identity of the moved block.
    """

    yours: list[Unit]
    theirs: list[Unit]
    contested: Mapping[int, Conflict]


def moved_blocks(
    base: list[Unit],
    yours: list[Unit],
    theirs: list[Unit],
    found: BothHunks,
    spans: tuple[Sequence[Span], Sequence[Span]],
) -> Moved | None:
    """What one side moved and the other changed.

    An edit of a block that the other side moved is contested where the block stands now. None
    when both moved a block, each elsewhere, or the other changed more than its wording: then
    nothing can be merged by itself without losing or doubling it.

    spans: where the units of the base, and those of theirs, stand in their texts.
    """
    sides = {Side.YOURS: list(yours), Side.THEIRS: list(theirs)}
    changes = dict(zip(sides, found, strict=True))
    places = {side: _moved_by(base, units, changes[side]) for side, units in sides.items()}
    for index in places[Side.YOURS].keys() & places[Side.THEIRS].keys():
        if texts(yours) != texts(theirs):
            return None
        del places[Side.THEIRS][index]
    contested: dict[int, Conflict] = {}
    for mover, other in ((Side.YOURS, Side.THEIRS), (Side.THEIRS, Side.YOURS)):
        for index, place in places[mover].items():
            change = _change_of(index, changes[other])
            if change is None:
                continue
            if (change.high - change.low, change.end - change.begin) != (1, 1):
                return None
            edited = sides[other][change.begin]
            sides[other][change.begin] = base[index]._replace(space=edited.space)
            moved = sides[mover][place]
            yours_text, theirs_text = moved.text, edited.text
            if mover is Side.THEIRS:
                yours_text, theirs_text = theirs_text, yours_text
            contested[id(moved)] = Conflict(
                "",
                ConflictKind.MOVE_EDIT,
                base[index].text,
                yours_text,
                theirs_text,
                moved.space,
                moved.joint,
                spans[0][index],
                spans[1][place if mover is Side.THEIRS else change.begin],
            )
    return Moved(sides[Side.YOURS], sides[Side.THEIRS], contested)


def _change_of(index: int, found: Sequence[Hunk]) -> Hunk | None:
    """The hunk that a unit of the base falls into."""
    at = bisect_right(found, index, key=lambda hunk: hunk.low) - 1
    while at >= 0 and found[at].low == index and found[at].high == index:
        at -= 1  # what is inserted before the unit
    return found[at] if at >= 0 and found[at].low <= index < found[at].high else None


def _moved_by(base: Sequence[Unit], units: Sequence[Unit], found: Sequence[Hunk]) -> dict[int, int]:
    """Blocks that stand once on each side and not where they stood: index in base -> in units."""
    here, there = Counter(texts(base)), Counter(texts(units))
    gone = {base[at].text: at for hunk in found for at in range(hunk.low, hunk.high)}
    return {
        gone[units[at].text]: at
        for hunk in found
        for at in range(hunk.begin, hunk.end)
        if units[at].text in gone and here[units[at].text] == there[units[at].text] == 1
    }
