"""Dates of which only the year or the month may be known. Pure.

The forms are those of EDTF level 0 (ISO 8601-2:2019): ``2021``, ``2021-12``, ``2021-12-03``.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""The form of a partial date, also as a database constraint; it lets 30 February through."""

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day; the time in which something happened.

    month, day: None where they are not known. A day without a month is none.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. Raises ValueError for anything else."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"no partial date: {text!r}")
        year, month, day = (None if part is None else int(part) for part in match.groups())
        assert year is not None
        found = cls(year, month, day)
        date(year, 1 if month is None else month, 1 if day is None else day)
        return found

    @property
    def first_day(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    def certainly_after(self, other: "PartialDate") -> bool:
        """Whether it lies after the other, whatever the unknown parts are."""
        return self.first_day > other.last_day

    def sort_key(self) -> tuple[date, date]:
        """A total order: by the first day, and of two that begin alike the more exact one first."""
        return self.first_day, self.last_day

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def is_partial_date(text: str) -> bool:
    """Whether a text is a partial date that the calendar has."""
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
