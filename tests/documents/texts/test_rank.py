"""Between two places there is always room."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.texts.rank import between, place_of_seat


@given(st.lists(st.integers(0, 1_000_000), max_size=200))
def test_inserting_anywhere_keeps_the_order(choices):
    ranks = []
    for choice in choices:
        at = choice % (len(ranks) + 1)
        low = ranks[at - 1] if at else ""
        high = ranks[at] if at < len(ranks) else None
        ranks.insert(at, between(low, high))

    assert ranks == sorted(set(ranks))


def test_inserting_at_one_place_again_and_again_still_finds_room():
    low, high = between("", None), None
    for _ in range(500):
        high = between(low, high)
        assert low < high

    assert len(high) < 200


def test_five_hundred_appended_sections_keep_short_ranks():
    last = ""
    for _ in range(500):
        last = between(last, None)

    assert len(last) < 20


@pytest.mark.parametrize(("low", "high"), [("5", "5"), ("6", "5")])
def test_a_reversed_order_is_refused(low, high):
    with pytest.raises(ValueError, match="below"):
        between(low, high)


@given(st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(1, 45_360)), max_size=100))
def test_seats_inserting_anywhere_keep_the_order(choices):
    ranks = []
    for choice, seat in choices:
        at = choice % (len(ranks) + 1)
        low = ranks[at - 1] if at else ""
        high = ranks[at] if at < len(ranks) else None
        ranks.insert(at, place_of_seat(low, high, seat))

    assert ranks == sorted(set(ranks))


@given(st.lists(st.integers(1, 45_360), min_size=2, max_size=20, unique=True))
def test_seats_that_choose_one_place_stand_in_the_order_of_their_numbers(seats):
    """And there is room between each two of them."""
    ranks = [place_of_seat("5001", "6", seat) for seat in sorted(seats)]

    assert ranks == sorted(set(ranks))
    for low, high in itertools.pairwise(ranks):
        assert low < place_of_seat(low, high, 1) < high


@pytest.mark.parametrize("seat", [0, -1, 45_361])
def test_a_seat_without_a_number_has_no_place(seat):
    with pytest.raises(ValueError, match="seat number"):
        place_of_seat("", None, seat)
