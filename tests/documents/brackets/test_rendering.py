"""A text with its disagreed passages in square brackets."""

import pytest

from documents.brackets.rendering import Disagreed, Wording, with_brackets

TEXT = "Each party shall report yearly."


@pytest.mark.parametrize(
    ("wordings", "shown"),
    [
        (
            [Wording("shall", []), Wording("should", ["RS", "AL"])],
            "Each party [shall | AL, RS: should] report yearly.",
        ),
        (
            [Wording("shall", ["ME"]), Wording("", ["RS"])],
            "Each party [ME: shall | RS: (delete)] report yearly.",
        ),
        (
            [Wording("shall", []), Wording("", [])],
            "Each party [shall | (delete)] report yearly.",
        ),
    ],
)
def test_the_wordings_stand_in_the_passage_s_place_with_their_proponents(wordings, shown):
    assert with_brackets(TEXT, [Disagreed(11, 16, wordings)]) == shown


def test_passages_are_shown_in_their_order_and_the_rest_of_the_text_as_it_is():
    passages = [
        Disagreed(24, 31, [Wording("yearly.", []), Wording("monthly.", ["ME"])]),
        Disagreed(0, 4, [Wording("Each", []), Wording("Every", ["RS"])]),
    ]

    assert with_brackets(TEXT, passages) == (
        "[Each | RS: Every] party shall report [yearly. | ME: monthly.]"
    )
    assert with_brackets(TEXT, []) == TEXT


def test_passages_that_touch_are_both_shown_and_of_those_that_overlap_the_first():
    def passage(start: int, end: int) -> Disagreed:
        return Disagreed(start, end, [Wording(TEXT[start:end], []), Wording("x", [])])

    assert with_brackets("abcd", [passage(0, 2), passage(2, 4)]) == "[Ea | x][ch | x]"
    assert with_brackets("abcd", [passage(1, 4), passage(0, 2)]) == "[Ea | x]cd"
