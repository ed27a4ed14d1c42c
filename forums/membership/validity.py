"""Times of validity: whole days of seats against instants of delegates. Pure.

An ``until`` is exclusive: the first day or instant on which the thing no longer holds.
"""

from datetime import UTC, date, datetime, time

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)


def seat_time(since: date | None, until: date | None) -> tuple[datetime, datetime | None]:
    """The instants between which a seat stands, days being UTC days."""
    return (
        datetime.combine(since, time.min, UTC) if since else BEGINNING,
        datetime.combine(until, time.min, UTC) if until else None,
    )


def within(
    begin: datetime, end: datetime | None, outer_begin: datetime, outer_end: datetime | None
) -> tuple[datetime, datetime | None]:
    """The part of a time that lies within another."""
    ends = [instant for instant in (end, outer_end) if instant is not None]
    return max(begin, outer_begin), min(ends) if ends else None
