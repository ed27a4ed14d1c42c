"""A text is its blocks, and a block is its sentences."""

import pytest
from hypothesis import given

from documents.texts.wording.units import blocks, joined, sentences

from .texts import MANY, text, wild


@MANY
@given(text)
def test_blocks_put_together_are_the_text(body):
    prefix, units = blocks(body)

    assert prefix + joined(units) == body


@MANY
@given(wild)
def test_no_character_of_any_text_is_lost(body):
    prefix, units = blocks(body)

    assert prefix + joined(units) == body
    assert all(unit.text.strip() for unit in units)
    for unit in units:
        assert joined(sentences(unit.text)) == unit.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.\n\nTwo\nlines.\n", ["One.", "Two\nlines."]),
        ("# Head\nText.", ["# Head", "Text."]),
        ("- a\n- b\n  more\n1. c", ["- a", "- b\n  more", "1. c"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |", "|---|---|", "| 1 | 2 |"]),
        ("```\na\n\nb\n```\nafter", ["```\na\n\nb\n```", "after"]),
        ("~~~\n```\n~~~\n", ["~~~\n```\n~~~"]),
        ("```\nnever closed\n\nto the end", ["```\nnever closed\n\nto the end"]),
        ("Text[^1].\n[^1]: A note.", ["Text[^1].", "[^1]: A note."]),
        ("> a\n> b\n\nc", ["> a\n> b", "c"]),
    ],
)
def test_blocks(body, expected):
    assert [unit.text for unit in blocks(body)[1]] == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("One ends. Two begins! Three?", ["One ends.", "Two begins!", "Three?"]),
        (
            "As Art. 5 says, no. 52/2021 holds. Then.",
            ["As Art. 5 says, no. 52/2021 holds.", "Then."],
        ),
        (
            "Do 15. maja 2021. godine važi. Potom ne.",
            ["Do 15. maja 2021. godine važi.", "Potom ne."],
        ),
        (
            "По чл. 12 Закона, др. Петровић одлучује. Даље.",
            ["По чл. 12 Закона, др. Петровић одлучује.", "Даље."],
        ),
        ("He said “Stop.” She did.", ["He said “Stop.”", "She did."]),
        ("It goes on … and ends. So.", ["It goes on … and ends.", "So."]),
        ("J. Jovanović writes. A. B. answers.", ["J. Jovanović writes.", "A. B. answers."]),
        ("One line\nand another. Next.", ["One line\nand another.", "Next."]),
        ("```\nOne. Two.\n\n```", ["```\nOne. Two.\n\n```"]),
    ],
)
def test_sentences_of_the_languages_in_use(block, expected):
    assert [unit.text for unit in sentences(block)] == expected
