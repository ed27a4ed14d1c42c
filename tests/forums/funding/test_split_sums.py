"""Splitting in the sum is splitting one by one, whatever the currencies and signs."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, localcontext

import pytest

from forums.funding.currencies import minor_units
from forums.funding.models import Transaction
from forums.funding.splitting import split_sums
from forums.funding.totals import split, weights_of
from tests.factories import ForumFactory, ProjectFactory, TransactionFactory, seat

pytestmark = pytest.mark.django_db

THIRDS = {"AL": "33.3333", "BA": "33.3333", "ME": "33.3333"}
HALVES = {"AL": "50", "BA": "50"}
AMOUNTS = [
    ("0.01", "EUR"),
    ("0.01", "EUR"),
    ("100.00", "EUR"),
    ("-100.01", "EUR"),
    ("10000.01", "EUR"),
    ("0.0000000001", "EUR"),
    ("9999999999999999999999999999.99", "EUR"),
    ("1001", "JPY"),
    ("-1", "JPY"),
    ("0.001", "KWD"),
    ("1.0005", "KWD"),
    ("0.00000003", "XBT"),
]


@pytest.fixture(autouse=True)
def exact() -> Iterator[None]:
    """Sums of large amounts have more digits than decimals keep by default."""
    with localcontext(prec=60):
        yield


def test_the_sums_of_the_parts_are_those_of_each_transaction() -> None:
    owner = seat(ForumFactory(), "RS")
    shares = {
        ProjectFactory(delegation=owner, shares=told): {
            code: Decimal(text) for code, text in told.items()
        }
        for told in (THIRDS, HALVES, {})
    }
    expected: dict[object, Decimal] = defaultdict(Decimal)
    for project, own in shares.items():
        for amount, currency in AMOUNTS:
            made = TransactionFactory(project=project, amount=amount, currency=currency)
            for key, part in split(Decimal(amount), own, minor_units(currency)).items():
                expected[project.pk, currency, made.type, key] += part

    weights = {project.pk: weights_of(own) for project, own in shares.items() if own}
    found: dict[object, Decimal] = defaultdict(Decimal)
    for project_id, currency, type_, parts in split_sums(Transaction.objects.all(), weights):
        for key, part in parts.items():
            found[project_id, currency, type_, key] += part
    assert found == expected
    assert len(found) == (4 + 2 + 1) * 4
