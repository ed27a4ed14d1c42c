"""How marks narrow a ring of sight. Pure.

The rings lie in one another: the owner's own seat, the drafting group, the forum, everybody.
TLP 2.0 caps the widest ring; ``releasable_to`` leaves those of its readers whose country or
organisation is named; a restricted object keeps to its owner's seat. Grants are beside all of
this: they name seats, which every label allows, and stay within ``releasable_to``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Ring(IntEnum):
    """Who reads by a ring, the narrowest first."""

    HOME = 1
    DRAFTING_GROUP = 2
    FORUM = 3
    PUBLIC = 4


class TrafficLight(StrEnum):
    """The labels of TLP 2.0, the strictest first."""

    RED = "red"
    AMBER_STRICT = "amber_strict"
    AMBER = "amber"
    GREEN = "green"
    CLEAR = "clear"


WIDEST: Mapping[TrafficLight, Ring] = {
    TrafficLight.RED: Ring.HOME,
    TrafficLight.AMBER_STRICT: Ring.HOME,
    TrafficLight.AMBER: Ring.DRAFTING_GROUP,
    TrafficLight.GREEN: Ring.FORUM,
    TrafficLight.CLEAR: Ring.PUBLIC,
}
"""The widest ring that a label allows. Whom RED names besides is said by grants alone."""

_STRICTEST_FIRST = list(TrafficLight)


@dataclass(frozen=True, slots=True)
class Marks:
    """What narrows an object. releasable_to: countries and organisations; None for no limit."""

    tlp: TrafficLight | None = None
    releasable_to: frozenset[UUID] | None = None
    restricted: bool = False

    def __bool__(self) -> bool:
        return self != Marks()

    @property
    def limits(self) -> bool:
        """Whether they are meant for less than a whole forum."""
        strict = self.tlp in (TrafficLight.RED, TrafficLight.AMBER_STRICT, TrafficLight.AMBER)
        return strict or self.restricted or self.releasable_to is not None

    def within(self, outer: "Marks") -> "Marks":
        """Both: the stricter label, the parties that both lists name."""
        labels = [tlp for tlp in (self.tlp, outer.tlp) if tlp is not None]
        lists = [each for each in (self.releasable_to, outer.releasable_to) if each is not None]
        return Marks(
            tlp=min(labels, key=_STRICTEST_FIRST.index, default=None),
            releasable_to=frozenset.intersection(*lists) if lists else None,
            restricted=self.restricted or outer.restricted,
        )


@dataclass(frozen=True, slots=True)
class Rings:
    """The rings of one object. natural: the one it has without marks.

    scopes: the scope that reads each ring which the object has; HOME is always among them.
    """

    natural: Ring
    scopes: Mapping[Ring, int]


def narrows(rings: Rings, marks: Marks) -> bool:
    """Whether an object has fewer readers by its marks than by its natural ring."""
    return marks.releasable_to is not None or ring_within(rings, marks) < rings.natural


def ring_within(rings: Rings, marks: Marks) -> Ring:
    """The widest ring an object has that its marks allow."""
    widest = rings.natural
    if marks.tlp is not None:
        widest = min(widest, WIDEST[marks.tlp])
    if marks.restricted:
        widest = Ring.HOME
    return max(ring for ring in rings.scopes if ring <= widest)
