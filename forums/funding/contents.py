"""What callers say of a project, a budget or a transaction: values that services check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from forums.countries.models import Country
from forums.organisations.models import Organisation
from platform_api.core.errors import FieldError, Invalid

from .currencies import CURRENCIES
from .models import AMOUNT_DIGITS, AMOUNT_PLACES, Transaction
from .totals import PERCENT_PLACES


@dataclass(frozen=True, slots=True)
class Share:
    """The percentage of a project that goes to a country."""

    country: Country
    percentage: Decimal


class ProjectChanges(TypedDict, total=False):
    """What may change of a project; what is absent stays.

    titles, descriptions: merged by language, a null text is taken out.
    recipient_shares: the whole set.
    """

    titles: Mapping[str, str | None]
    descriptions: Mapping[str, str | None]
    status: str
    planned_start: date | None
    actual_start: date | None
    planned_end: date | None
    actual_end: date | None
    illustrative: bool
    visibility: str
    recipient_shares: list[Share]


@dataclass(frozen=True, slots=True)
class TransactionContent:
    """What a transaction tells. amount: a decimal as text, kept as it was given."""

    type: str
    amount: str
    currency: str
    transaction_date: date
    value_date: date | None = None
    provider: Organisation | None = None
    receiver: Organisation | None = None
    recipient_country: Country | None = None
    descriptions: Mapping[str, str] = field(default_factory=dict)
    ref: str = ""

    @classmethod
    def of(cls, transaction: Transaction) -> "TransactionContent":
        """The content of a transaction as it stands."""
        return cls(
            type=transaction.type,
            amount=transaction.amount_text,
            currency=transaction.currency,
            transaction_date=transaction.transaction_date,
            value_date=transaction.value_date,
            provider=transaction.provider,
            receiver=transaction.receiver,
            recipient_country=transaction.recipient_country,
            descriptions=transaction.descriptions,
            ref=transaction.ref,
        )


class TransactionChanges(TypedDict, total=False):
    """What may change of a transaction; what is absent stays.

    descriptions: merged by language, a null text is taken out.
    """

    type: str
    amount: str
    currency: str
    transaction_date: date
    value_date: date | None
    provider: Organisation | None
    receiver: Organisation | None
    recipient_country: Country | None
    descriptions: Mapping[str, str | None]
    ref: str


def amount_of(text: str, pointer: str = "/amount") -> Decimal:
    """The amount that a text says. Raises Invalid for one that the platform can't keep whole."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _invalid(pointer, "invalid", "The amount is no decimal number.") from None
    if not amount.is_finite():
        raise _invalid(pointer, "invalid", "The amount is no decimal number.")
    exponent = int(amount.as_tuple().exponent)
    if amount.adjusted() >= AMOUNT_DIGITS - AMOUNT_PLACES or -exponent > AMOUNT_PLACES:
        detail = (
            f"At most {AMOUNT_DIGITS - AMOUNT_PLACES} digits before the point and "
            f"{AMOUNT_PLACES} behind it."
        )
        raise _invalid(pointer, "too_many_digits", detail)
    return amount


def check_currency(currency: str) -> None:
    """Raise Invalid for what is no currency of the IATI code list."""
    if currency not in CURRENCIES:
        raise _invalid("/currency", "unknown", "There is no such currency.")


def check_shares(shares: list[Share]) -> None:
    """Raise Invalid for a country that is named twice, or more than the whole."""
    pointer = "/recipient_shares"
    if len({share.country.pk for share in shares}) < len(shares):
        raise _invalid(pointer, "repeated", "A country is named once.")
    for index, share in enumerate(shares):
        places = -int(share.percentage.as_tuple().exponent)
        if not 0 < share.percentage <= 100 or places > PERCENT_PLACES:
            detail = f"More than 0, at most 100, with at most {PERCENT_PLACES} decimals."
            raise _invalid(f"{pointer}/{index}/percentage", "out_of_range", detail)
    if sum((share.percentage for share in shares), Decimal(0)) > 100:
        raise _invalid(pointer, "more_than_whole", "The shares are at most 100 percent together.")


def merged(texts: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """Texts by language after a merge patch of them (RFC 7396)."""
    return {tag: text for tag, text in {**texts, **changes}.items() if text}


def check_dates(start: date | None, end: date | None, pointer: str) -> None:
    """Raise Invalid when an end lies before its start."""
    if start and end and end < start:
        raise _invalid(pointer, "before_start", "The end lies before the start.")


def _invalid(pointer: str, code: str, detail: str) -> Invalid:
    return Invalid([FieldError(pointer, code, detail)])
