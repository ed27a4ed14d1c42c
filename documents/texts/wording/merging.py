"""The three-way merge of a text: by blocks, then by sentences, never by words. Pure.

Two edits within one sentence are a conflict even where their words do not touch, because a merge
of them would be a sentence that nobody wrote. Edits of neighbouring sentences, and of
neighbouring blocks, do not clash.
"""

from collections.abc import Sequence
from dataclasses import replace

from .aligning import hunks
from .checking import keeps_all
from .merged import Conflict, ConflictKind, Merge, Mixed, Side, Taken, chosen, numbered
from .moving import moved_blocks
from .units import Unit, bare, blocks, sentences, texts
from .walking import Work, three_way, walk


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
        prefix=three_way(*prefixes),
        pieces=tuple(numbered(work.pieces)),
        ending=three_way(*(units[-1].space if units else "" for units in (one, two, three))),
        taken=tuple(work.taken),
    )


def _fine(base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> Work | None:
    """The merge by blocks and sentences; None where something that was moved would be lost or
    doubled by it."""
    work = Work()
    changes = work.changes(base, yours, theirs)
    moved = moved_blocks(base, yours, theirs, changes)
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


def _coarse(base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> Work:
    """Everything from the first change to the last as one conflict."""
    work = Work()
    split = [texts(units) for units in (base, yours, theirs)]
    shortest = min(map(len, split))
    ahead = 0
    while ahead < shortest and len({each[ahead] for each in split}) == 1:
        ahead += 1
    behind = 0
    while behind < shortest - ahead and len({each[-1 - behind] for each in split}) == 1:
        behind += 1
    middles = [units[ahead : len(units) - behind] for units in (base, yours, theirs)]
    triples = list(zip(base[:ahead], yours, theirs, strict=False))
    work.pieces += [
        replace(unit, space=three_way(unit.space, one.space, two.space))
        for unit, one, two in triples
    ]
    _contest(work, ConflictKind.STRUCTURE, *middles)
    if behind:
        ends = (units[-behind:] for units in (base, yours, theirs))
        work.pieces += [
            replace(unit, space=three_way(unit.space, one.space, two.space))
            for unit, one, two in zip(*ends, strict=True)
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


def _merge_block(work: Work, base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> None:
    """Blocks that both sides changed; one on each side is merged by its sentences."""
    if not len(base) == len(yours) == len(theirs) == 1:
        _clash(work, base, yours, theirs)
        return
    inner = Work()
    one, two, three = (sentences(found[0].text) for found in (base, yours, theirs))
    inner.efforts = work.efforts
    walk(inner, one, two, three, work.changes(one, two, three), _clash)
    space = three_way(base[0].space, yours[0].space, theirs[0].space)
    work.taken += inner.taken
    pieces = [piece for piece in inner.pieces if not isinstance(piece, Mixed)]
    work.pieces.append(Mixed(tuple(pieces), space, max(yours[0].joint, theirs[0].joint)))


def _clash(work: Work, base: list[Unit], yours: list[Unit], theirs: list[Unit]) -> None:
    kind = ConflictKind.STRUCTURE
    if not base:
        kind = ConflictKind.BOTH_INSERTED
    elif not yours or not theirs:
        kind = ConflictKind.EDIT_DELETE
    elif len(base) == len(yours) == len(theirs):
        kind = ConflictKind.BOTH_EDITED
    _contest(work, kind, base, yours, theirs)


def _contest(
    work: Work,
    kind: ConflictKind,
    base: Sequence[Unit],
    yours: Sequence[Unit],
    theirs: Sequence[Unit],
) -> None:
    ends = [units[-1] for units in (yours, theirs) if units]
    space, joint = max((len(unit.space), unit.space, unit.joint) for unit in ends)[1:]
    work.pieces.append(Conflict("", kind, bare(base), bare(yours), bare(theirs), space, joint))
