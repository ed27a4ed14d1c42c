"""Times of seats and delegates: an ``until`` is the first day or instant without it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forums.membership.validity import BEGINNING, seat_time, within

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_seat_stands_from_the_first_instant_of_its_first_day_to_that_of_its_last():
    assert seat_time(date(2024, 5, 1), date(2024, 5, 2)) == (
        datetime(2024, 5, 1, tzinfo=UTC),
        datetime(2024, 5, 2, tzinfo=UTC),
    )
    assert seat_time(None, None) == (BEGINNING, None)


@pytest.mark.parametrize(
    ("end", "outer_end", "expected"),
    [
        (None, None, None),
        (NOON, None, NOON),
        (None, NOON, NOON),
        (NOON, NOON + HOUR, NOON),
        (NOON + HOUR, NOON, NOON),
    ],
)
def test_a_time_within_another_ends_with_the_first_of_both(
    end: datetime | None, outer_end: datetime | None, expected: datetime | None
):
    assert within(NOON - HOUR, end, BEGINNING, outer_end) == (NOON - HOUR, expected)


def test_it_begins_with_the_last_of_both():
    assert within(NOON, None, NOON + HOUR, None)[0] == NOON + HOUR
    assert within(NOON, None, NOON - HOUR, None)[0] == NOON
