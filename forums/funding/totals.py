"""Sums of money, and splits whose parts equal the whole. Pure.

Every type of transaction is a column of its own and no two are ever added, so incoming money is
not mixed with outgoing money, nor a promise with a payment. Amounts are exact decimals; an
operation that would lose a digit raises ``decimal.Inexact``. ``rounded`` is the only place where
anything is rounded, once, at output.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Clamped, Context, Decimal, Inexact, InvalidOperation, Overflow
from math import gcd

from .currencies import minor_units

EXACT = Context(prec=200, traps=[Clamped, Inexact, InvalidOperation, Overflow])
_ROUNDING = Context(prec=200, rounding=ROUND_HALF_UP)

UNATTRIBUTED = "unattributed"
"""The heading of money of which nobody said where it came from."""
UNALLOCATED = "unallocated"
"""The heading of money that goes to no country by itself or by its project's shares."""
OTHER = "other"
"""The heading of the shares of countries that are not told one by one."""

COLUMNS: Mapping[str, str] = {
    "13": "pledged",
    "12": "pledged_out",
    "11": "committed",
    "2": "committed_out",
    "1": "received",
    "3": "disbursed",
    "4": "expenditure",
    "7": "reimbursed",
}
"""The column of each type of transaction; the types without one stand under ``other`` by code."""

FUNDING_TYPES = frozenset({"1", "11", "13"})
"""Types whose provider is the source of a project's money."""

PERCENT_PLACES = 4
"""Decimals that a share's percentage may have."""

_WHOLE = 100 * 10**PERCENT_PLACES


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount of one type and currency under a heading: a transaction, a part or a sum."""

    key: str
    currency: str
    type: str
    amount: Decimal


Amounts = dict[str, dict[str, Decimal]]
"""Currency -> type of transaction -> amount."""


@dataclass(slots=True)
class Tally:
    """Entries added up: by heading, and all together."""

    lines: dict[str, Amounts] = field(default_factory=dict)
    whole: Amounts = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Count an entry once."""
        for amounts in (self.lines.setdefault(entry.key, {}), self.whole):
            by_type = amounts.setdefault(entry.currency, {})
            held = by_type.get(entry.type, Decimal(0))
            by_type[entry.type] = EXACT.add(held, entry.amount)


def tally(entries: Iterable[Entry]) -> Tally:
    """The sums of entries; their order does not matter."""
    sums = Tally()
    for entry in entries:
        sums.add(entry)
    return sums


def source_of(type_: str, provider: str | None, funding: Collection[str]) -> str:
    """The source that a transaction belongs to: its provider's key or ``unattributed``.

    What comes in (types 1, 11 and 13) has its provider as source. What goes out is its source's
    only if that provider is one of the project's funding organisations (role 1): money that an
    implementer pays is not thereby the implementer's, and whose it was is not said.

    funding: keys of the project's organisations of role 1.
    """
    if provider is not None and (type_ in FUNDING_TYPES or provider in funding):
        return provider
    return UNATTRIBUTED


def split(
    amount: Decimal, shares: Mapping[str, Decimal], smallest: int, *, times: int = 1
) -> dict[str, Decimal]:
    """An amount by percentages, with what they leave over under ``unallocated``.

    The parts are whole minor units and equal the amount exactly: what rounding down leaves goes
    unit by unit to the largest remainders, among equals to the first key, to ``unallocated`` last
    (method of the largest remainder). An amount finer than a minor unit is split as finely as it
    is written. The parts of a negative amount are those of the positive one, negated.

    shares: percentages by key, at most 100 together and of at most ``PERCENT_PLACES`` decimals.
    smallest: decimals of the currency's minor unit. times: how many such amounts there are.
    Raises ValueError for shares of more than 100 percent.
    """
    return parts_of(amount, weights_of(shares), smallest, times=times)


Weights = tuple[tuple[str, int], ...]
"""Shares as whole numbers that add up to the whole, in the order in which equals come first."""


def weights_of(shares: Mapping[str, Decimal]) -> Weights:
    """The weights of percentages, for many amounts. Raises ValueError as ``split`` does."""
    found = [(key, int(EXACT.scaleb(share, PERCENT_PLACES))) for key, share in shares.items()]
    left = _WHOLE - sum(weight for _, weight in found)
    if left < 0:
        raise ValueError("the shares are more than the whole")
    found.sort()
    if left or not found:
        found.append((UNALLOCATED, left))
    return tuple(found)


def parts_of(
    amount: Decimal, weights: Weights, smallest: int, *, times: int = 1
) -> dict[str, Decimal]:
    """The parts of an amount by weights; see ``split``."""
    exponent = min(-smallest, int(EXACT.normalize(amount).as_tuple().exponent))
    units = int(EXACT.scaleb(EXACT.abs(amount), -exponent))
    sign = -times if amount < 0 else times
    return {
        key: EXACT.scaleb(Decimal(sign * part), exponent)
        for (key, _), part in zip(weights, units_of(units, weights), strict=True)
    }


def units_of(units: int, weights: Weights) -> list[int]:
    """The parts of that many units, in the order of the weights; see ``split``."""
    floors = [units * weight // _WHOLE for _, weight in weights]
    rest = units - sum(floors)
    if rest:
        left = [units * weight % _WHOLE for _, weight in weights]
        for place in sorted(range(len(left)), key=left.__getitem__, reverse=True)[:rest]:
            floors[place] += 1
    return floors


def period_of(weights: Weights) -> int:
    """The number of units after which the remainders of a split begin anew.

    What is a whole number of periods is split without a remainder, so amounts that differ by
    whole periods are rounded alike and can be added up before they are split.
    """
    shortest: int = _WHOLE // gcd(_WHOLE, *(weight for _, weight in weights))
    return shortest


def folded(parts: Mapping[str, Decimal], named: Collection[str] | None) -> dict[str, Decimal]:
    """Parts by country with those of countries that are not named added up under ``other``.

    named: the countries that are told one by one, None for all. ``unallocated`` always is.
    """
    if named is None:
        return dict(parts)
    told: dict[str, Decimal] = {}
    for key, part in parts.items():
        heading = key if key in named or key == UNALLOCATED else OTHER
        told[heading] = EXACT.add(told.get(heading, Decimal(0)), part)
    return told


def rounded(amount: Decimal, currency: str) -> str:
    """An amount as text, rounded half away from zero to the currency's minor unit."""
    smallest = Decimal(1).scaleb(-minor_units(currency))
    found = amount.quantize(smallest, context=_ROUNDING)
    return format(found or abs(found), "f")


def exact(amount: Decimal, currency: str) -> str:
    """An amount as text with all its digits, and the decimals of its currency at least."""
    exponent = min(-minor_units(currency), int(EXACT.normalize(amount).as_tuple().exponent))
    found = amount.quantize(Decimal(1).scaleb(exponent), context=EXACT)
    return format(found or abs(found), "f")
