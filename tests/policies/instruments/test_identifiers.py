"""Which identifiers are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.instruments.identifiers import identifier_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("52/21", "52/2021"),
        ("Official Gazette 52/21", "official  gazette 52 / 2021"),
        ("16/03, 102/09, 32/10", "16/2003,102/2009,32/2010"),
        ("S/RES/1325 (2000)", "s/res/1325(2000)"),
        ("4/78", "4/1978"),
        ("052/21", "52/2021"),
        ("2021–2030", "2021-2030"),
        ("  52/21 ", "52/21"),
    ],
)
def test_two_ways_of_citing_are_one(one, other):
    assert identifier_key(one) == identifier_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("52/21", "53/21"),
        ("52/21", "52/22"),
        ("52/2121", "52/2021"),
        ("S/RES/1325 (2000)", "S/RES/1820 (2008)"),
        ("eli/2016/67/oj", "eli/2016/1967/oj"),
        ("152/21", "52/21"),
        ("1 52/21", "152/21"),
    ],
)
def test_two_identifiers_stay_two(one, other):
    assert identifier_key(one) != identifier_key(other)


def test_no_identifier_has_no_key():
    assert identifier_key("  ") == ""


@pytest.mark.properties
@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text):
    assert identifier_key(identifier_key(text)) == identifier_key(text)


@pytest.mark.properties
@given(st.integers(1, 999), st.integers(1945, 2044))
def test_two_digits_of_a_year_are_the_four(number, year):
    assert identifier_key(f"{number}/{year % 100:02}") == identifier_key(f"{number}/{year}")
