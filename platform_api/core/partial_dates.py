"""Dates of which only the year, or the year and month, may be known. Pure.

The subset YYYY, YYYY-MM and YYYY-MM-DD of the Extended Date/Time Format (EDTF, ISO 8601-2).
A partial date stands for one unknown day of its span, so two of them compare surely only when
their spans do not overlap.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""The shape, also as a database constraint; it lets 30 February through, ``parse`` does not."""

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year. A month or day of 0 is not known.

    ``<`` is the order of lists, which is that of the texts: the vaguer before the more exact of
    the same beginning. It does not tell which came first; ``surely_before`` does.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The date of a text. Raises ValueError for another shape, or a day that never was."""
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no date such as 2021, 2021-05 or 2021-05-24")
        if "00" in match.groups()[1:]:
            raise ValueError(f"{text!r} names no month or day")
        year, month, day = (int(part or 0) for part in match.groups())
        return cls(year, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def earliest(self) -> date:
        """The first day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def surely_before(self, other: "PartialDate") -> bool:
        """Whether it lies before the other, whichever days the two are."""
        return self.latest < other.earliest

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether the two may be the same day, so that their order is not known."""
        return not self.surely_before(other) and not other.surely_before(self)

    def surely_by(self, day: date) -> bool:
        """Whether it has come on a day, whichever day it is."""
        return self.latest <= day

    def possibly_by(self, day: date) -> bool:
        """Whether it may have come on a day."""
        return self.earliest <= day


def is_partial_date(text: str) -> bool:
    """Whether a text is a partial date that the calendar has."""
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
