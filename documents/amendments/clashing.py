"""Which amendments to one section clash with each other, within a bounded effort. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from documents.merging.composing import Contested, compose
from documents.texts.content import SectionText

MOST_AMENDMENTS = 40
MOST_CHARACTERS = 8_000_000
"""How much text is compared at most, counted once for each pair."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an amendment proposes. base: the revision it was written on, and what that says."""

    id: UUID
    base: UUID
    before: SectionText
    text: SectionText


@dataclass(frozen=True, slots=True)
class Clash:
    """Two amendments that changed the same words: *yours* is of one, *theirs* of the other."""

    one: UUID
    other: UUID
    contested: Sequence[Contested]


@dataclass(frozen=True, slots=True)
class Clashes:
    """What a look at the amendments to a section showed.

    compared: how many were looked at, from the first; is_complete: whether these are all of them,
    each with each. apart: those that clash with the present text and so were compared only with
    the amendments to their own base.
    """

    found: Sequence[Clash]
    apart: Sequence[UUID]
    compared: int
    is_complete: bool


def clashes(amendments: Sequence[Proposed], head: UUID, present: SectionText) -> Clashes:
    """The pairs of which not both can be accepted as they are.

    Two on one base are merged over it; else both are brought to the present text first.
    """
    looked_at = amendments[:MOST_AMENDMENTS]
    is_complete = len(looked_at) == len(amendments)
    brought = {each.id: _brought(each, head, present) for each in looked_at}
    found: list[Clash] = []
    left = MOST_CHARACTERS
    for one, other in combinations(looked_at, 2):
        left -= len(one.text.body) + len(other.text.body)
        if left < 0:
            is_complete = False
            break
        contested = list(_contested(one, other, brought, present))
        if contested:
            found.append(Clash(one.id, other.id, contested))
    apart = [each.id for each in looked_at if brought[each.id] is None]
    return Clashes(found, apart, len(looked_at), is_complete)


def _brought(amendment: Proposed, head: UUID, present: SectionText) -> SectionText | None:
    """What the section would say with an amendment; None where they clash."""
    if amendment.base == head:
        return amendment.text
    composition = compose(amendment.before, amendment.text, present)
    return None if composition.contested else composition.text({})


def _contested(
    one: Proposed,
    other: Proposed,
    brought: dict[UUID, SectionText | None],
    present: SectionText,
) -> Iterator[Contested]:
    if one.base == other.base:
        yield from compose(one.before, one.text, other.text).contested
        return
    yours, theirs = brought[one.id], brought[other.id]
    if yours is not None and theirs is not None:
        yield from compose(present, yours, theirs).contested
