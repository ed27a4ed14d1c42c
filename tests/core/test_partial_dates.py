"""Dates of which only the year or the month may be known."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.core.partial_dates import PATTERN, PartialDate, is_partial_date

DATES = st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        ]
    )
)


@pytest.mark.parametrize("text", ["2021", "2021-12", "2021-12-03", "2020-02-29", "0001"])
def test_a_date_reads_as_it_is_written(text):
    assert str(PartialDate.parse(text)) == text
    assert re.fullmatch(PATTERN, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "21", "2021-", "2021-1", "2021-13", "2021-00", "2021-02-29", "2021-12-00", "0000"),
        *("2021-12-03T10:00", "2021~", "-2021", " 2021", "2021\n", "٢٠٢١", "unknown"),
    ],
)
def test_anything_else_is_no_date(text):
    assert not is_partial_date(text)


def test_a_date_lasts_as_long_as_it_may_be():
    assert PartialDate(2020, 2).first_day == date(2020, 2, 1)
    assert PartialDate(2020, 2).last_day == date(2020, 2, 29)
    assert PartialDate(2021).last_day == date(2021, 12, 31)
    assert PartialDate(2021, 12, 3).first_day == PartialDate(2021, 12, 3).last_day
    assert [each.is_day for each in (PartialDate(2021), PartialDate(2021, 1, 1))] == [False, True]


def test_of_two_that_begin_alike_the_more_exact_comes_first():
    shuffled = [PartialDate(2021), PartialDate(2021, 1, 1), PartialDate(2020), PartialDate(2021, 1)]

    ordered = sorted(shuffled, key=PartialDate.sort_key)

    assert [str(each) for each in ordered] == ["2020", "2021-01-01", "2021-01", "2021"]


@pytest.mark.properties
@given(DATES, DATES)
def test_one_date_is_certainly_after_another_as_their_texts_tell(left, right):
    """The rule of the database constraint: the parts that both tell are compared as text."""
    length = min(len(str(left)), len(str(right)))

    assert left.certainly_after(right) == (str(left)[:length] > str(right)[:length])
    assert not (left.certainly_after(right) and right.certainly_after(left))
    assert PartialDate.parse(str(left)) == left
