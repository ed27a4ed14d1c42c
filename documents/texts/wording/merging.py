"""The three-way merge of a text: by blocks, then by sentences, never by words. Pure.

Two edits within one sentence are a conflict even where their words do not touch, because a merge
of them would be a sentence that nobody wrote. Edits of neighbouring sentences, and of
neighbouring blocks, do not clash.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .aligning import Hunk, hunks
from .checking import keeps_all
from .effort import Effort
from .units import Unit, blocks, joined, sentences


class ConflictKind(StrEnum):
    """How two edits clash."""

    BOTH_EDITED = "both_edited"
    EDIT_DELETE = "edit_delete"
    BOTH_INSERTED = "both_inserted"
    MOVE_EDIT = "move_edit"
    STRUCTURE = "structure"


class Side(StrEnum):
    """Whose edit."""

    YOURS = "yours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage that both sides changed, each in its own way.

    id: the same whenever the same three texts are merged. space, joint: as of a unit.
    """

    id: str
    kind: ConflictKind
    base: str
    yours: str
    theirs: str
    space: str
    joint: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """A block in which sentences are contested. space, joint: as of a unit."""

    pieces: tuple[Unit | Conflict, ...]
    space: str
    joint: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A change that was merged by itself: whose, what stood there and what stands now."""

    side: Side
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged text, with conflicts in the places that are not settled.

    prefix, ending: the white space before and after it. pieces: in reading order.
    """

    prefix: str
    pieces: tuple[Unit | Conflict | Mixed, ...]
    ending: str
    taken: tuple[Taken, ...]

    @property
    def conflicts(self) -> list[Conflict]:
        """What is contested, in reading order."""
        return list(_conflicts(self.pieces))

    @property
    def text(self) -> str:
        """The merged text. Raises ValueError while there are conflicts."""
        return self.resolved({})

    def resolved(self, wordings: Mapping[str, str]) -> str:
        """The text with a wording for each conflict, by its id; an empty one leaves nothing.

        Raises ValueError for a conflict without a wording, and for an id that there is not.
        """
        if {conflict.id for conflict in self.conflicts} != set(wordings):
            raise ValueError("the wordings are not those of the conflicts")
        units = [_worded(piece, wordings) for piece in self.pieces]
        kept = [unit for unit in units if unit.text]
        if not kept:
            return "" if self.pieces else self.prefix
        kept[-1] = replace(kept[-1], space=self.ending)
        return self.prefix + joined(kept)

    def offer(self) -> Iterator[str | Conflict]:
        """The text in reading order, with each conflict in its place. Put together with wordings
        that leave none empty it is the resolved text."""
        held = self.prefix
        for piece in _spaced(self.pieces, self.ending):
            if isinstance(piece, str):
                held += piece
                continue
            if held:
                yield held
            held = ""
            yield piece
        if held:
            yield held


Clash = Callable[["_Work", list[Unit], list[Unit], list[Unit]], None]
_Hunks = tuple[list[Hunk], list[Hunk]]
"""What either side changed."""


@dataclass
class _Work:
    """What a merge gathers while it walks through the texts.

    kept: pieces that neither side changed. changed: the places of the others in the base.
    sides: what either side has there.
    """

    pieces: list[Unit | Conflict | Mixed] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    kept: list[Unit] = field(default_factory=list)
    changed: list[tuple[int, int]] = field(default_factory=list)
    sides: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    efforts: tuple[Effort, Effort] = field(default_factory=lambda: (Effort(), Effort()))

    def changes(
        self, base: Sequence[Unit], yours: Sequence[Unit], theirs: Sequence[Unit]
    ) -> _Hunks:
        """What either side changed, each by an effort of its own: whoever asks gets the same."""
        before = _texts(base)
        return (
            hunks(before, _texts(yours), self.efforts[0]),
            hunks(before, _texts(theirs), self.efforts[1]),
        )


def merge(base: str, yours: str, theirs: str) -> Merge:
    """Bring two texts that were made from one base together.

    Where one side changed nothing, or both the same, the result is the other's text to the
    letter. No change of either side is lost, and none stands there twice.
    """
    if yours in (base, theirs):
        return _settled(base, theirs, Side.THEIRS if yours == base else Side.BOTH)
    if theirs == base:
        return _settled(base, yours, Side.YOURS)
    split = [blocks(text) for text in (base, yours, theirs)]
    prefixes = [prefix for prefix, _ in split]
    one, two, three = ([*units] for _, units in split)
    work = _fine(one, two, three) or _coarse(one, two, three)
    return Merge(
        prefix=_three_way(*prefixes),
        pieces=tuple(_numbered(work.pieces)),
        ending=_three_way(*(units[-1].space if units else "" for units in (one, two, three))),
        taken=tuple(work.taken),
    )


def _fine(base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> "_Work | None":
    """The merge by blocks and sentences; None where something that was moved would be lost or
    doubled by it."""
    work = _Work()
    changes = work.changes(base, yours, theirs)
    moved = _moves(base, yours, theirs, changes)
    if moved is None:
        return None
    if moved.contested:
        changes = work.changes(base, moved.yours, moved.theirs)
    _walk(work, base, moved.yours, moved.theirs, changes, _merge_block)
    if not moved.contested.keys() <= {id(piece) for piece in work.pieces}:
        return None  # a moved block stands in what is contested itself
    kept = {id(piece) for piece in work.kept}
    changed = [piece for piece in work.pieces if id(piece) not in kept]
    if not keeps_all(
        [base[at].text for hunk in work.changed for at in range(*hunk)],
        *work.sides,
        *([_chosen(piece, side) for piece in changed] for side in (Side.YOURS, Side.THEIRS)),
    ):
        return None
    work.pieces = [moved.contested.get(id(piece), piece) for piece in work.pieces]
    return work


def _coarse(base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> "_Work":
    """Everything from the first change to the last as one conflict."""
    work = _Work()
    texts = [_texts(units) for units in (base, yours, theirs)]
    shortest = min(map(len, texts))
    ahead = 0
    while ahead < shortest and len({each[ahead] for each in texts}) == 1:
        ahead += 1
    behind = 0
    while behind < shortest - ahead and len({each[-1 - behind] for each in texts}) == 1:
        behind += 1
    middles = [units[ahead : len(units) - behind] for units in (base, yours, theirs)]
    triples = list(zip(base[:ahead], yours, theirs, strict=False))
    work.pieces += [
        replace(unit, space=_three_way(unit.space, one.space, two.space))
        for unit, one, two in triples
    ]
    _contest(work, ConflictKind.STRUCTURE, *middles)
    if behind:
        ends = (units[-behind:] for units in (base, yours, theirs))
        work.pieces += [
            replace(unit, space=_three_way(unit.space, one.space, two.space))
            for unit, one, two in zip(*ends, strict=True)
        ]
    return work


def _settled(base: str, text: str, side: Side) -> Merge:
    """The text of one side as it is, since the other changed nothing or the same."""
    before, (prefix, units) = blocks(base)[1], blocks(text)
    taken = tuple(
        Taken(side, _bare(before[hunk.low : hunk.high]), _bare(units[hunk.begin : hunk.end]))
        for hunk in hunks(_texts(before), _texts(units))
    )
    return Merge(prefix, tuple(units), units[-1].space if units else "", taken)


def _walk(
    work: _Work,
    base: Sequence[Unit],
    yours: Sequence[Unit],
    theirs: Sequence[Unit],
    changes: _Hunks,
    clash: Clash,
) -> None:
    """Apply the changes of both sides in order; what overlaps goes to ``clash``."""
    kept = _kept(base, yours, theirs, *changes)
    work.kept = kept
    at = 0
    for low, high, here, there in _clusters(*changes):
        work.pieces += kept[at:low]
        at = high
        before = list(base[low:high])
        one = _applied(before, low, here, yours)
        two = _applied(before, low, there, theirs)
        work.changed.append((low, high))
        work.sides[0].extend(_texts(one))
        work.sides[1].extend(_texts(two))
        if here and there and _texts(one) != _texts(two):
            clash(work, before, one, two)
            continue
        side = Side.BOTH if here and there else Side.YOURS if here else Side.THEIRS
        result = one if here else two
        if here and there:
            spaces = [
                _three_way("", ours.space, others.space)
                for ours, others in zip(one, two, strict=True)
            ]
            result = [replace(unit, space=space) for unit, space in zip(one, spaces, strict=True)]
        work.taken.append(Taken(side, _bare(before), _bare(result)))
        work.pieces += result
    work.pieces += kept[at:]


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


def _kept(
    base: Sequence[Unit],
    yours: Sequence[Unit],
    theirs: Sequence[Unit],
    mine: Sequence[Hunk],
    other: Sequence[Hunk],
) -> list[Unit]:
    """The base's units with the white space that either side gave to those it kept."""
    spaces = [_spaces_of(base, units, found) for units, found in ((yours, mine), (theirs, other))]
    return [
        replace(unit, space=_three_way(unit.space, one, two))
        for unit, one, two in zip(base, *spaces, strict=True)
    ]


def _spaces_of(base: Sequence[Unit], units: Sequence[Unit], found: Sequence[Hunk]) -> list[str]:
    spaces: list[str] = []
    at = to = 0
    for hunk in [*found, Hunk(len(base), len(base), len(units), len(units))]:
        spaces += [unit.space for unit in units[to : hunk.begin]]
        spaces += [unit.space for unit in base[hunk.low : hunk.high]]
        at, to = hunk.high, hunk.end
    assert at == len(base)
    return spaces


def _merge_block(work: _Work, base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> None:
    """Blocks that both sides changed; one on each side is merged by its sentences."""
    if not len(base) == len(yours) == len(theirs) == 1:
        _clash(work, base, yours, theirs)
        return
    inner = _Work()
    one, two, three = (sentences(found[0].text) for found in (base, yours, theirs))
    inner.efforts = work.efforts
    _walk(inner, one, two, three, work.changes(one, two, three), _clash)
    space = _three_way(base[0].space, yours[0].space, theirs[0].space)
    work.taken += inner.taken
    pieces = [piece for piece in inner.pieces if not isinstance(piece, Mixed)]
    work.pieces.append(Mixed(tuple(pieces), space, max(yours[0].joint, theirs[0].joint)))


def _clash(work: _Work, base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> None:
    kind = ConflictKind.STRUCTURE
    if not base:
        kind = ConflictKind.BOTH_INSERTED
    elif not yours or not theirs:
        kind = ConflictKind.EDIT_DELETE
    elif len(base) == len(yours) == len(theirs):
        kind = ConflictKind.BOTH_EDITED
    _contest(work, kind, base, yours, theirs)


def _contest(
    work: _Work,
    kind: ConflictKind,
    base: Sequence[Unit],
    yours: Sequence[Unit],
    theirs: Sequence[Unit],
) -> None:
    ends = [units[-1] for units in (yours, theirs) if units]
    space, joint = max((len(unit.space), unit.space, unit.joint) for unit in ends)[1:]
    work.pieces.append(Conflict("", kind, _bare(base), _bare(yours), _bare(theirs), space, joint))


# -- blocks that were moved -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moved:
    """Both sides without the edits of blocks that the other moved, which are contested.

    contested: conflicts by the identity of the moved block.
    """

    yours: list[Unit]
    theirs: list[Unit]
    contested: Mapping[int, Conflict]


def _moves(base: list[Unit], yours: list[Unit], theirs: list[Unit], found: _Hunks) -> _Moved | None:
    """What one side moved and the other changed.

    An edit of a block that the other side moved is contested where the block stands now. None
    when both moved a block, each elsewhere, or the other changed more than its wording: then
    nothing can be merged by itself without losing or doubling it.
    """
    sides = {Side.YOURS: list(yours), Side.THEIRS: list(theirs)}
    changes = dict(zip(sides, found, strict=True))
    places = {side: _moved_by(base, units, changes[side]) for side, units in sides.items()}
    for index in places[Side.YOURS].keys() & places[Side.THEIRS].keys():
        if _texts(yours) != _texts(theirs):
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
            sides[other][change.begin] = replace(base[index], space=edited.space)
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
            )
    return _Moved(sides[Side.YOURS], sides[Side.THEIRS], contested)


def _change_of(index: int, found: Sequence[Hunk]) -> Hunk | None:
    """The hunk that a unit of the base falls into."""
    at = bisect_right(found, index, key=lambda hunk: hunk.low) - 1
    while at >= 0 and found[at].low == index and found[at].high == index:
        at -= 1  # what is inserted before the unit
    return found[at] if at >= 0 and found[at].low <= index < found[at].high else None


def _moved_by(base: Sequence[Unit], units: Sequence[Unit], found: Sequence[Hunk]) -> dict[int, int]:
    """Blocks that stand once on each side and not where they stood: index in base -> in units."""
    here, there = Counter(_texts(base)), Counter(_texts(units))
    gone = {base[at].text: at for hunk in found for at in range(hunk.low, hunk.high)}
    return {
        gone[units[at].text]: at
        for hunk in found
        for at in range(hunk.begin, hunk.end)
        if units[at].text in gone and here[units[at].text] == there[units[at].text] == 1
    }


# -- small things ---------------------------------------------------------------------------------


def _numbered(
    pieces: Sequence[Unit | Conflict | Mixed],
) -> Iterator[Unit | Conflict | Mixed]:
    """The pieces with their conflicts' ids."""
    number = 0

    def named(conflict: Conflict) -> Conflict:
        nonlocal number
        number += 1
        told = "\0".join(
            [str(number), conflict.kind, conflict.base, conflict.yours, conflict.theirs]
        )
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return replace(conflict, id=digest[:16])

    for piece in pieces:
        if isinstance(piece, Mixed):
            inner = [named(each) if isinstance(each, Conflict) else each for each in piece.pieces]
            yield replace(piece, pieces=tuple(inner))
        else:
            yield named(piece) if isinstance(piece, Conflict) else piece


def _conflicts(pieces: Sequence[Unit | Conflict | Mixed]) -> Iterator[Conflict]:
    for piece in pieces:
        if isinstance(piece, Mixed):
            yield from _conflicts(piece.pieces)
        elif isinstance(piece, Conflict):
            yield piece


def _spaced(pieces: Sequence[Unit | Conflict | Mixed], ending: str) -> Iterator[str | Conflict]:
    """Texts, white space and conflicts in reading order; what is empty has no white space."""
    shown = [piece for piece in pieces if _shows(piece)]
    for at, piece in enumerate(shown):
        if isinstance(piece, Mixed):
            yield from _spaced(piece.pieces, "")
        else:
            yield piece.text if isinstance(piece, Unit) else piece
        yield ending if at + 1 == len(shown) else piece.space or piece.joint


def _shows(piece: Unit | Conflict | Mixed) -> bool:
    """Whether something stands there, whatever is chosen where it is contested."""
    if isinstance(piece, Mixed):
        return any(map(_shows, piece.pieces))
    return isinstance(piece, Conflict) or bool(piece.text)


def _worded(piece: Unit | Conflict | Mixed, wordings: Mapping[str, str]) -> Unit:
    if isinstance(piece, Unit):
        return piece
    if isinstance(piece, Conflict):
        return Unit(wordings[piece.id], piece.space, piece.joint)
    inner = [_worded(each, wordings) for each in piece.pieces]
    text = joined([unit for unit in inner if unit.text]).rstrip()
    return Unit(text, piece.space, piece.joint)


def _chosen(piece: Unit | Conflict | Mixed, side: Side) -> str:
    """What stands there when everything is settled for one side."""
    if isinstance(piece, Mixed):
        return _worded(_settled_for(piece, side), {}).text
    if isinstance(piece, Conflict):
        return piece.yours if side is Side.YOURS else piece.theirs
    return piece.text


def _settled_for(piece: Mixed, side: Side) -> Mixed:
    inner = [
        Unit(_chosen(each, side), each.space, each.joint) if isinstance(each, Conflict) else each
        for each in piece.pieces
    ]
    return replace(piece, pieces=tuple(inner))


def _texts(units: Sequence[Unit]) -> list[str]:
    return [unit.text for unit in units]


def _bare(units: Sequence[Unit]) -> str:
    """Units as text, without the white space after the last."""
    return joined([*units[:-1], *(replace(unit, space="") for unit in units[-1:])])


def _three_way(base: str, yours: str, theirs: str) -> str:
    """White space of either side; of two different changes the longer, whoever made it."""
    if yours in (base, theirs):
        return theirs
    if theirs == base:
        return yours
    return max(yours, theirs, key=lambda space: (len(space), space))
