"""Cutting a text in two loses nothing and breaks nothing that Markdown holds together."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.structure.cutting import Uncuttable, cut, put_together

BLOCKS = [
    "One paragraph.",
    "Још један став. Са две реченице 😀.",
    "## A heading",
    "- an item",
    "  - an item below",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "```\ncode\n\nmore code\n```",
    "> A quotation.",
    "A note.[^1]",
    "[^1]: What it says.",
]


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=7), st.integers(-1, 200))
def test_whatever_is_cut_is_put_together_by_its_parts(blocks: list[str], at: int) -> None:
    assume(blocks.count(BLOCKS[-1]) < 2)  # a note that is defined twice is not joined again
    text = "\n\n".join(blocks)
    try:
        first, second = cut(text, at)
    except Uncuttable:
        return

    assert (first + second, len(first)) == (text, at)
    assert first.strip()
    assert second.strip()
    assert put_together(first, second) == (text, at)


@given(st.lists(st.sampled_from(BLOCKS[:4] + BLOCKS[5:8]), min_size=2, max_size=7))
def test_every_block_that_begins_a_line_begins_a_part(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    starts = [sum(len(block) + 2 for block in blocks[:count]) for count in range(1, len(blocks))]
    for start, (above, below) in zip(starts, pairwise(blocks), strict=True):
        if not (above.startswith("|") and below.startswith("|")):
            assert cut(text, start)[1].startswith(below)


@pytest.mark.parametrize(
    ("text", "before", "code"),
    [
        ("One.\n\nTwo.", "One", "empty_part"),
        ("One.\n\nTwo.", "wo.", "inside_block"),
        ("One.\n\nTwo.", "\nTwo.", "inside_block"),
        ("One. Two.", "Two.", "inside_block"),
        ("```\na\n\nb\n```\n\nAfter.", "b\n", "inside_fence"),
        ("~~~~\na\n~~~\n\nb\n~~~~\n\nAfter.", "b\n", "inside_fence"),
        ("| a |\n| - |\n| b |\n| c |\n", "| c |", "inside_table"),
        ("| a |\n| - |\n| b |\n", " b |", "inside_table"),
        ("- item\n\n  Its second paragraph.", "  Its", "inside_block"),
        ("A note.[^n]\n\nMore.\n\n[^n]: Said.", "More.", "note_apart"),
        ("See [the Law].\n\nMore.\n\n[the law]: https://example.org", "More.", "note_apart"),
        ("[^n]: Said.\n\nA note.[^n]", "A note", "note_apart"),
    ],
)
def test_what_belongs_together_is_not_cut(text: str, before: str, code: str) -> None:
    with pytest.raises(Uncuttable) as refused:
        cut(text, text.rindex(before))

    assert refused.value.code == code


@pytest.mark.parametrize("at", [0, 3, 11, 50])
def test_no_part_is_empty(at: int) -> None:
    text = "One." if at == 3 else "\n\nOne.\n\n  \n"
    with pytest.raises(Uncuttable):
        cut(text, at)


def test_a_refusal_tells_where_the_nearest_blocks_begin() -> None:
    with pytest.raises(Uncuttable, match="begin at 6 and 12"):
        cut("One.\n\nTwo.\n\nThree.", 8)


def test_a_note_and_its_definition_may_go_together() -> None:
    text = "Before.\n\nA note.[^n]\n\n[^n]: Said."

    assert cut(text, text.index("A note")) == ("Before.\n\n", "A note.[^n]\n\n[^n]: Said.")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("One.", "Two.", ("One.\n\nTwo.", 6)),
        ("One.\n", "Two.", ("One.\n\nTwo.", 6)),
        ("One.\n\n\n", "Two.", ("One.\n\n\nTwo.", 7)),
        ("", "Two.", ("Two.", 0)),
        ("One.", "", ("One.", 4)),
    ],
)
def test_two_texts_stand_apart_by_a_blank_line(
    first: str, second: str, expected: tuple[str, int]
) -> None:
    assert put_together(first, second) == expected


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("```\ncode", "Two.", "open_fence"),
        ("A.[^1]\n\n[^1]: x", "B.[^1]\n\n[^1]: y", "same_note"),
    ],
)
def test_what_would_read_otherwise_is_not_put_together(first: str, second: str, code: str) -> None:
    with pytest.raises(Uncuttable) as refused:
        put_together(first, second)

    assert refused.value.code == code
