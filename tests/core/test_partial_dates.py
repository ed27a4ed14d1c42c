"""Partial dates: their texts, their order, and what they leave open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.core.partial_dates import PartialDate

PARTIAL_DATES = st.dates().flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), _whole(day)]
    )
)


def _whole(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-05", date(2021, 5, 1), date(2021, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-05-24", date(2021, 5, 24), date(2021, 5, 24)),
    ],
)
def test_a_partial_date_spans_the_days_that_it_may_be(text, earliest, latest):
    parsed = PartialDate.parse(text)

    assert (parsed.earliest, parsed.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-", "2021-5", "2021-13", "2021-00", "2021-02-29", "2021-05-00", "0000",
     "2021-05-24T00", " 2021", "2021\n", "２０２１", "2021~", "202X"],
)  # fmt: skip
def test_what_is_no_partial_date_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_day_without_its_month_is_refused():
    with pytest.raises(ValueError):
        PartialDate(2021, 0, 5)


@pytest.mark.properties
@given(PARTIAL_DATES)
def test_a_text_is_read_back_as_it_was_written(partial):
    assert PartialDate.parse(str(partial)) == partial


@pytest.mark.properties
@given(PARTIAL_DATES, PARTIAL_DATES)
def test_the_order_of_lists_is_that_of_the_texts(one, other):
    assert (one < other) == (str(one) < str(other))


@pytest.mark.properties
@given(PARTIAL_DATES, PARTIAL_DATES)
def test_two_are_surely_ordered_exactly_when_they_share_no_day(one, other):
    assert [
        one.surely_before(other),
        other.surely_before(one),
        one.overlaps(other),
    ].count(True) == 1
    if one.surely_before(other):
        assert one < other


@pytest.mark.properties
@given(PARTIAL_DATES, st.dates())
def test_what_has_surely_come_has_possibly_come(partial, day):
    assert partial.surely_by(day) <= partial.possibly_by(day)
    assert partial.surely_by(partial.latest)
    assert partial.possibly_by(day) == (partial.earliest <= day)
