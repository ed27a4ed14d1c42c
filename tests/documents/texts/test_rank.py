"""Between two places there is always room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.texts.rank import between


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
