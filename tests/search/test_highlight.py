"""Passages: plain text of the original with ranges that name the matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.search.highlight import WIDTH, highlighted
from platform_api.search.query import TooManyWords, understand


def passage(q: str, body: str, title: str = "", language: str = "sr"):
    query = understand(q)
    return highlighted(title, body, language, query.wanted, query.families)


def marked(q: str, body: str, **given: str) -> list[str]:
    found = passage(q, body, **given)
    return [found.text[start:end] for start, end in found.ranges]


@pytest.mark.parametrize(
    ("q", "body", "expected"),
    [
        ("diskriminacija", "Забрана дискриминације.", ["дискриминације"]),
        ("дискриминација", "Zabrana DISKRIMINACIJE", ["DISKRIMINACIJE"]),
        ("Arandjelovac", "U Aranđelovcu, Аранђеловац", ["Aranđelovcu", "Аранђеловац"]),
        ("1325", "S/RES/1325 (2000), UNSCR1325", ["1325", "UNSCR1325"]),
        ("law", "<b>law</b> & lawn", ["law"]),
    ],
)
def test_matches_are_marked_as_they_are_written(q, body, expected):
    assert marked(q, body) == expected


def test_ranges_count_code_points():
    assert passage("law", "👩‍✈️ law").ranges == ((5, 8),)


def test_a_passage_is_cut_around_the_most_matches():
    far = "word " * 100
    found = passage("zakon rod", f"zakon {far}zakon i rod {far}")

    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert len(found.text) <= WIDTH + 2
    assert [found.text[a:b] for a, b in found.ranges] == ["zakon", "rod"]


def test_a_short_text_is_shown_whole():
    assert passage("law", "The law.").text == "The law."


def test_the_title_is_shown_where_the_body_has_no_match():
    assert marked("law", "Nothing of it.", title="The law") == ["law"]
    assert passage("law", "Nothing of it.", title="The law").text == "The law"


def test_control_characters_are_spaces():
    assert passage("law", "a\x00\nlaw\u2028b").text == "a  law b"


@pytest.mark.properties
@given(st.text("ab čЖ\n1-", max_size=900), st.text("abčЖ1", min_size=1, max_size=3))
def test_ranges_lie_in_order_within_the_text(body, q):
    try:
        found = passage(q, body)
    except TooManyWords:
        return
    edges = [edge for pair in found.ranges for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(found.text) for edge in edges)
    assert all(found.text[a:b].strip("… ") for a, b in found.ranges)
    assert len(found.text) <= WIDTH + 2
