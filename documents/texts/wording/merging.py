"""The three-way merge of a text: by blocks, then by sentences, never by words. Pure.

Two edits within one sentence are a conflict even where their words do not touch, because a merge
of them would be a sentence that nobody wrote. Edits of neighbouring sentences, and of
neighbouring blocks, do not clash.
"""

from collections.abc import Sequence

from .aligning import hunks
from .checking import keeps_all
from .merged import Conflict, ConflictKind, Merge, Mixed, Side, Taken, chosen, numbered, parted
from .moving import moved_blocks
from .units import Span, Unit, bare, blocks, sentences, spans_of, texts
from .walking import Overlap, Work, place_of, three_way, walk


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
    spans = spans_of(one, len(prefixes[0])), spans_of(three, len(prefixes[2]))
    work = _fine(one, two, three, spans) or _coarse(one, two, three, spans)
    return Merge(
        prefix=three_way(*prefixes),
        pieces=tuple(parted(numbered(work.pieces))),
        ending=three_way(*(units[-1].space if units else "" for units in (one, two, three))),
        taken=tuple(work.taken),
    )


_Spans = tuple[Sequence[Span], Sequence[Span]]
"""Where the units of the base, and those of theirs, stand in their texts."""


def _fine(base: list[Unit], yours: list[Unit], theirs: list[Unit], spans: _Spans) -> Work | None:
    """The merge by blocks and sentences; None where something that was moved would be lost or
    doubled by it."""
    work = Work(spans)
    changes = work.changes(base, yours, theirs)
    moved = moved_blocks(base, yours, theirs, changes, spans)
    if moved is None:
        return None
    if moved.contested:
        changes = work.changes(base, moved.yours, moved.theirs)
    walk(work, base, moved.yours, moved.theirs, changes, _merge_block)
    if not moved.contested.keys() <= {id(piece) for piece in work.pieces}:
        return None  # a moved block stands in what is contested itself
    kept = {id(piece) for piece in work.kept}
    changed = [piece for piece in work.pieces if id(piece) not in kept]
    if not keeps_all(
        [base[at].text for hunk in work.changed for at in range(*hunk)],
        *work.sides,
        *([chosen(piece, side) for piece in changed] for side in (Side.YOURS, Side.THEIRS)),
    ):
        return None
    work.pieces = [moved.contested.get(id(piece), piece) for piece in work.pieces]
    return work


def _coarse(base: list[Unit], yours: list[Unit], theirs: list[Unit], spans: _Spans) -> Work:
    """Everything from the first change to the last as one conflict."""
    work = Work(spans)
    split = [texts(units) for units in (base, yours, theirs)]
    shortest = min(map(len, split))
    ahead = 0
    while ahead < shortest and len({each[ahead] for each in split}) == 1:
        ahead += 1
    behind = 0
    while behind < shortest - ahead and len({each[-1 - behind] for each in split}) == 1:
        behind += 1
    one, two, three = (units[ahead : len(units) - behind] for units in (base, yours, theirs))
    work.pieces += [
        unit._replace(space=three_way(unit.space, mine.space, other.space))
        for unit, mine, other in zip(base[:ahead], yours, theirs, strict=False)
    ]
    before, now = (place_of(each, ahead, len(each) - behind) for each in spans)
    _contest(work, ConflictKind.STRUCTURE, Overlap(one, two, three, before, now))
    if behind:
        ends = (units[-behind:] for units in (base, yours, theirs))
        work.pieces += [
            unit._replace(space=three_way(unit.space, mine.space, other.space))
            for unit, mine, other in zip(*ends, strict=True)
        ]
    return work


def _settled(base: str, text: str, side: Side) -> Merge:
    """The text of one side as it is, since the other changed nothing or the same."""
    before, (prefix, units) = blocks(base)[1], blocks(text)
    taken = tuple(
        Taken(side, bare(before[hunk.low : hunk.high]), bare(units[hunk.begin : hunk.end]))
        for hunk in hunks(texts(before), texts(units))
    )
    return Merge(prefix, tuple(units), units[-1].space if units else "", taken)


def _merge_block(work: Work, found: Overlap) -> None:
    """Blocks that both sides changed; one on each side is merged by its sentences."""
    if not len(found.base) == len(found.yours) == len(found.theirs) == 1:
        _clash(work, found)
        return
    assert found.base_place is not None
    assert found.theirs_place is not None
    (base,), (yours,), (theirs,) = found.base, found.yours, found.theirs
    one, two, three = (sentences(each.text) for each in (base, yours, theirs))
    inner = Work((spans_of(one, found.base_place[0]), spans_of(three, found.theirs_place[0])))
    inner.efforts = work.efforts
    walk(inner, one, two, three, work.changes(one, two, three), _clash)
    space = three_way(base.space, yours.space, theirs.space)
    work.taken += inner.taken
    pieces = [piece for piece in inner.pieces if not isinstance(piece, Mixed)]
    work.pieces.append(Mixed(tuple(pieces), space, max(yours.joint, theirs.joint)))


def _clash(work: Work, found: Overlap) -> None:
    kind = ConflictKind.STRUCTURE
    if not found.base:
        kind = ConflictKind.BOTH_INSERTED
    elif not found.yours or not found.theirs:
        kind = ConflictKind.EDIT_DELETE
    elif len(found.base) == len(found.yours) == len(found.theirs):
        kind = ConflictKind.BOTH_EDITED
    _contest(work, kind, found)


def _contest(work: Work, kind: ConflictKind, found: Overlap) -> None:
    ends = [units[-1] for units in (found.yours, found.theirs) if units]
    space, joint = max((len(unit.space), unit.space, unit.joint) for unit in ends)[1:]
    words = bare(found.base), bare(found.yours), bare(found.theirs)
    places = found.base_place, found.theirs_place
    work.pieces.append(Conflict("", kind, *words, space, joint, *places))
