"""Where the passage of an anchor stands in a present text. Pure.

Two ways: by what has happened to the text since (``Movement``), where the revision is in sight;
else by the words themselves, as long as they stand in exactly one place. Where neither finds one,
the passage is lost and has no place, rather than a wrong one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from documents.texts.wording.anchoring import Movement

from .models import Anchor

CONTEXT = 64
"""How many code points before and behind a passage are kept to tell it from others alike."""

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[K]):
    """A present text in which a passage may stand. key: whose text it is."""

    key: K
    text: str


@dataclass(frozen=True, slots=True)
class Place(Generic[K]):
    """Where a passage stands: text[start:end] of a candidate, in code points."""

    key: K
    start: int
    end: int


def place_among(
    anchor: Anchor,
    candidates: Sequence[Candidate[K]],
    movement: Callable[[Candidate[K]], Movement | None],
) -> Place[K] | None:
    """The place of a passage in one of several texts, None when it is in none of them.

    A text that holds the passage unchanged goes before one that holds what is left of it; of
    equals the first.

    movement: from the anchor's revision to a candidate; None when the revision is out of sight.
    """
    changed: Place[K] | None = None
    for candidate in candidates:
        moved = movement(candidate)
        if moved is None:
            found = next_only(occurrences(candidate.text, anchor))
        else:
            found = moved.place(anchor.start, anchor.end)
        if found is None:
            continue
        place = Place(candidate.key, *found)
        if candidate.text[place.start : place.end] == anchor.quote:
            return place
        changed = changed or place
    return changed


def anchor_at(anchor: Anchor, text: str) -> Anchor:
    """The anchor with its quote and what stands around it taken from its text."""
    start, end = anchor.start, anchor.end
    return Anchor(
        anchor.revision,
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def occurrences(text: str, anchor: Anchor) -> Iterator[tuple[int, int]]:
    """Where the quote stands in a text between its prefix and suffix."""
    whole = anchor.prefix + anchor.quote + anchor.suffix
    at = text.find(whole)
    while at >= 0:
        start = at + len(anchor.prefix)
        yield start, start + len(anchor.quote)
        at = text.find(whole, at + 1)


def next_only(found: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
    """The one place there is; None for none and for several."""
    first = next(found, None)
    return first if first is not None and next(found, None) is None else None
