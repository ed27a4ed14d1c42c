"""What a query means, from its words to the tsquery."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.search.query import MOST_WORDS, TooManyWords, understand


def tsquery(text: str) -> str:
    """Of a language without stems."""
    return understand(text, "tr").tsquery


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rod", "(('rod'))"),
        ("Rod i SPOL", "(('rod')) & (('spol'))"),
        ("S/RES/1325", "(('s')) & (('res')) & (('1325'))"),
        ('"gender equality"', "(('gender') <-> ('equality'))"),
        ('"state of law', "(('state') <-> ('of') <-> ('law'))"),
        ("law -draft", "(('law')) & !((('draft')))"),
        ('law -"first draft"', "(('law')) & !((('first') <-> ('draft')))"),
        ("law -first-draft", "(('law')) & !((('first') & ('draft')))"),
        ("gender-based", "(('gender')) & (('based'))"),
        ("the", "(('the'))"),
        ("the law", "(('law'))"),
    ],
)
def test_a_query_is_read(text, expected):
    assert tsquery(text) == expected


@pytest.mark.parametrize(
    "text", ["", "   ", "-", '"', '""', '-""', "…()&|!:*<->'\\", "-law", "- -"]
)
def test_a_query_without_a_word_that_is_wanted_looks_for_nothing(text):
    assert tsquery(text) == ""


def test_forms_are_joined_within_the_word_and_the_negation_stands_around_them():
    expected = "(('s~zakon' | 'zakoni')) & !((('mjere' | 's~mer')))"
    assert understand("zakoni -mjere", "sr").tsquery == expected


def test_without_a_language_the_stems_of_all_are_wanted():
    wanted = understand("zakoni").wanted
    assert {form[:2] for form in wanted} == {"s~", "q~", "e~", "za"}


def test_what_is_excluded_is_not_highlighted():
    assert understand("law -draft", "tr").wanted == {"law"}


def test_the_number_of_words_is_limited():
    understand("a " * MOST_WORDS)
    with pytest.raises(TooManyWords):
        understand("a " * (MOST_WORDS + 1))
    with pytest.raises(TooManyWords):
        understand("/".join("abcdefghijklmnopq"))


@pytest.mark.properties
@given(st.text(max_size=100) | st.text("ab -\"'\\&|!:*()<>@~", max_size=60))
def test_any_text_is_read_or_has_too_many_words(text):
    try:
        query = understand(text)
    except TooManyWords:
        return
    assert "@" not in query.tsquery
    assert query.tsquery.count("'") % 2 == 0
    assert bool(query.tsquery) == bool(query.wanted)
