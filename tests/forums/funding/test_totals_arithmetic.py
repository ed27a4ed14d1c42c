"""The arithmetic of totals: parts equal the whole, nothing is lost, order does not matter."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.funding.currencies import minor_units
from forums.funding.totals import (
    EXACT,
    OTHER,
    UNALLOCATED,
    UNATTRIBUTED,
    Entry,
    exact,
    folded,
    period_of,
    rounded,
    source_of,
    split,
    tally,
    units_of,
    weights_of,
)

COUNTRIES = ["BA", "ME", "MK", "RS", "XK"]
AMOUNTS = st.decimals(
    min_value=-(10**28) + 1, max_value=10**28 - 1, places=10, allow_nan=False, allow_infinity=False
) | st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False, allow_infinity=False)


@st.composite
def shares(draw: st.DrawFn) -> dict[str, Decimal]:
    """Percentages of up to four decimals that are at most the whole together."""
    left, told = 1_000_000, {}
    for code in draw(st.lists(st.sampled_from(COUNTRIES), unique=True)):
        part = draw(st.integers(0, left))
        if part:
            told[code] = Decimal(part).scaleb(-4)
            left -= part
    return told


ENTRIES = st.lists(
    st.builds(
        Entry,
        key=st.sampled_from(COUNTRIES),
        currency=st.sampled_from(["EUR", "NOK", "JPY"]),
        type=st.sampled_from([str(code) for code in range(1, 14)]),
        amount=AMOUNTS,
    ),
    max_size=30,
)


def fractions(amounts: object) -> Fraction:
    return sum((Fraction(each) for each in amounts), Fraction(0))  # type: ignore[attr-defined]


@pytest.mark.properties
@given(AMOUNTS, shares(), st.sampled_from([0, 2, 3]))
def test_the_parts_equal_the_whole_and_none_is_a_unit_off_its_share(amount, told, smallest):
    parts = split(amount, told, smallest)

    assert fractions(parts.values()) == Fraction(amount)
    assert set(parts) - {UNALLOCATED} == set(told)
    unit = min(
        Fraction(1, 10**smallest), Fraction(10) ** int(EXACT.normalize(amount).as_tuple().exponent)
    )
    rest = 100 - sum(told.values())
    for key, part in parts.items():
        share = Fraction(amount) * Fraction(told.get(key, rest)) / 100
        assert abs(Fraction(part) - share) < unit
        assert Fraction(part) % unit == 0


@pytest.mark.properties
@given(AMOUNTS, shares())
def test_a_refund_splits_as_what_it_refunds(amount, told):
    back = split(amount.copy_negate(), told, 2)

    assert {key: part.copy_negate() for key, part in back.items()} == split(amount, told, 2)


@pytest.mark.properties
@given(AMOUNTS, shares(), st.randoms(use_true_random=False), st.integers(1, 9))
def test_neither_the_order_of_shares_nor_taking_equals_together_matters(
    amount, told, random, times
):
    shuffled = list(told.items())
    random.shuffle(shuffled)

    once = split(amount, told, 2)
    assert split(amount, dict(shuffled), 2) == once
    together = split(amount, told, 2, times=times)
    assert {key: Fraction(part) for key, part in together.items()} == {
        key: Fraction(part) * times for key, part in once.items()
    }


@pytest.mark.properties
@given(AMOUNTS, shares(), st.sets(st.sampled_from(COUNTRIES)))
def test_folding_keeps_the_whole_and_the_named_parts(amount, told, named):
    parts = split(amount, told, 2)
    shown = folded(parts, named)

    assert fractions(shown.values()) == Fraction(amount)
    assert {key for key in shown if key not in {OTHER, UNALLOCATED}} == named & set(told)
    for key in set(shown) - {OTHER}:
        assert shown[key] == parts[key]
    assert (OTHER in shown) == bool(set(told) - named)
    assert folded(parts, None) == parts


@pytest.mark.properties
@given(ENTRIES, st.randoms(use_true_random=False))
def test_sums_are_those_of_a_naive_oracle_in_any_order(entries, random):
    naive: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for entry in entries:
        naive[entry.key, entry.currency, entry.type] += Fraction(entry.amount)
    shuffled = list(entries)
    random.shuffle(shuffled)

    sums = tally(shuffled)

    told = {
        (key, currency, type_): Fraction(amount)
        for key, by_currency in sums.lines.items()
        for currency, by_type in by_currency.items()
        for type_, amount in by_type.items()
    }
    assert told == naive
    for currency, by_type in sums.whole.items():
        for type_, amount in by_type.items():
            assert Fraction(amount) == sum(
                part for (_, c, t), part in naive.items() if (c, t) == (currency, type_)
            )
    assert sums == tally(entries)


@pytest.mark.properties
@given(AMOUNTS, st.sampled_from(["EUR", "JPY", "KWD"]))
def test_an_amount_is_rounded_once_and_told_exactly_otherwise(amount, currency):
    unit = Fraction(1, 10 ** minor_units(currency))
    text = rounded(amount, currency)

    assert abs(Fraction(text) - Fraction(amount)) <= unit / 2
    assert Fraction(text) % unit == 0
    assert Fraction(exact(amount, currency)) == Fraction(amount)
    assert "E" not in text + exact(amount, currency)


@pytest.mark.parametrize(
    ("amount", "told", "expected"),
    [
        ("100", {"BA": "33.3333", "ME": "33.3333", "RS": "33.3334"}, "33.33 33.33 33.34"),
        ("0.01", {"BA": "50", "RS": "50"}, "0.01 0.00"),
        ("-0.01", {"RS": "50", "BA": "50"}, "-0.01 0.00"),
        ("10", {"BA": "25", "RS": "25"}, "2.50 2.50 5.00"),
        ("0.03", {"BA": "50"}, "0.02 0.01"),
        ("0.005", {"BA": "50", "RS": "50"}, "0.003 0.002"),
        ("7", {}, "7.00"),
        ("0", {"BA": "100"}, "0.00"),
    ],
)
def test_what_is_left_over_goes_to_the_largest_remainders(amount, told, expected):
    parts = split(Decimal(amount), {key: Decimal(text) for key, text in told.items()}, 2)

    assert " ".join(exact(part, "EUR") for _, part in sorted(parts.items())) == expected


def test_shares_of_more_than_the_whole_are_refused():
    with pytest.raises(ValueError, match="more than the whole"):
        split(Decimal(1), {"BA": Decimal(60), "RS": Decimal("40.0001")}, 2)


@pytest.mark.parametrize(
    ("type_", "provider", "source"),
    [
        ("1", "norway", "norway"),
        ("11", "sweden", "sweden"),
        ("13", None, UNATTRIBUTED),
        ("3", "norway", "norway"),
        ("3", "seesac", UNATTRIBUTED),
        ("4", None, UNATTRIBUTED),
        ("12", "norway", "norway"),
    ],
)
def test_what_goes_out_is_a_sources_only_if_it_funds_the_project(type_, provider, source):
    assert source_of(type_, provider, {"norway"}) == source


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("0.005", "EUR", "0.01"),
        ("-0.005", "EUR", "-0.01"),
        ("-0.004", "EUR", "0.00"),
        ("0.5", "JPY", "1"),
        ("1E+3", "NOK", "1000.00"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_halves_are_rounded_away_from_zero(amount, currency, text):
    assert rounded(Decimal(amount), currency) == text


@pytest.mark.properties
@given(told=shares(), units=st.integers(0, 10**30))
def test_whole_periods_are_split_without_a_remainder(told: dict[str, Decimal], units: int) -> None:
    weights = weights_of(told)
    period = period_of(weights)
    alone = units_of(period, weights)
    rest = units_of(units % period, weights)

    assert [part * 1_000_000 for part in alone] == [period * weight for _, weight in weights]
    assert units_of(units, weights) == [
        left + units // period * part for left, part in zip(rest, alone, strict=True)
    ]
