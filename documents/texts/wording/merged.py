"""What a merge comes to: the pieces of a text, what is contested, what is resolved. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from .units import Span, Unit, joined, runs_on


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
    base_place, theirs_place: where the passage stands in those two texts; None where it does not.
    """

    id: str
    kind: ConflictKind
    base: str
    yours: str
    theirs: str
    space: str
    joint: str
    base_place: Span | None = None
    theirs_place: Span | None = None


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
        kept[-1] = kept[-1]._replace(space=self.ending)
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


def numbered(
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


def parted(
    pieces: Iterable[Unit | Conflict | Mixed],
) -> Iterator[Unit | Conflict | Mixed]:
    """The pieces with a blank line between blocks that come to stand together and would be one:
    a paragraph after another's last item, or two rows that both sides made sentences of."""
    every = list(pieces)
    for piece, following in pairwise(every):
        close = (piece.space or piece.joint).count("\n") < 2
        before, after = _opening(piece), _opening(following)
        if not (close and before and after and runs_on(before, after)):
            yield piece
        elif isinstance(piece, Unit):
            yield piece._replace(space="\n\n")
        else:
            yield replace(piece, space="\n\n")
    yield from every[-1:]


def _opening(piece: Unit | Conflict | Mixed) -> str:
    """What a block begins with; empty where that is contested."""
    if isinstance(piece, Mixed):
        return _opening(piece.pieces[0]) if piece.pieces else ""
    return piece.text if isinstance(piece, Unit) else ""


def chosen(piece: Unit | Conflict | Mixed, side: Side) -> str:
    """What stands there when everything is settled for one side."""
    if isinstance(piece, Mixed):
        return _worded(_settled_for(piece, side), {}).text
    if isinstance(piece, Conflict):
        return piece.yours if side is Side.YOURS else piece.theirs
    return piece.text


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


def _settled_for(piece: Mixed, side: Side) -> Mixed:
    inner = [
        Unit(chosen(each, side), each.space, each.joint) if isinstance(each, Conflict) else each
        for each in piece.pieces
    ]
    return replace(piece, pieces=tuple(inner))
