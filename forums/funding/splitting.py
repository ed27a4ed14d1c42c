"""Splits by country of many transactions at once: the database adds up what is rounded alike."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Func, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Greatest

from .currencies import CURRENCIES_BY_MINOR_UNITS, USUAL_MINOR_UNITS
from .models import Transaction
from .totals import EXACT, Weights, period_of, units_of, weights_of

PartSums = tuple[UUID, str, str, dict[str, Decimal]]
"""Project, currency, type of transaction, and the sum of the parts by country."""


class _Whole(Func):
    """A function of numerics whose result is a whole number."""

    output_field = IntegerField()


class _Units(_Whole):
    """An amount without its sign, counted in the last of so many decimals."""

    template = "(abs(%(expressions)s))"
    arg_joiner = ") * power(10::numeric, "


def split_sums(
    transactions: QuerySet[Transaction], weights: Mapping[UUID, Weights]
) -> Iterator[PartSums]:
    """The parts of transactions, each split by itself as ``totals.split`` says, added up.

    What an amount has beyond whole periods of its project's weights is rounded by itself, and the
    whole periods of all amounts together: so the database tells but a number of each.

    weights: of the projects that have shares.
    """
    unshared = weights_of({})
    sums: dict[tuple[UUID, str, str, int], list[int]] = {}
    of_period: dict[UUID, tuple[int, list[int]]] = {}
    for project, currency, type_, scale, sign, rests, amount in _alike(transactions, weights):
        own = weights.get(project, unshared)
        if project not in of_period:
            length = period_of(own)
            of_period[project] = length, units_of(length, own)
        length, parts_of_period = of_period[project]
        periods = (int(EXACT.scaleb(amount, scale)) - sign * sum(rests)) // length
        held = sums.setdefault((project, currency, type_, scale), [0] * len(own))
        for place, part in enumerate(parts_of_period):
            held[place] += periods * part
        for rest, times in Counter(rests).items():
            for place, part in enumerate(units_of(rest, own)):
                held[place] += sign * times * part
    for (project, currency, type_, scale), held in sums.items():
        parts = {
            key: EXACT.scaleb(Decimal(part), -scale)
            for (key, _), part in zip(weights.get(project, unshared), held, strict=True)
        }
        yield project, currency, type_, parts


def _alike(transactions: QuerySet[Transaction], weights: Mapping[UUID, Weights]) -> Any:
    """Project, currency, type, decimals and sign; of the transactions that have these the units
    beyond whole periods of each, and what they are together."""
    projects: dict[int, list[UUID]] = defaultdict(list)
    for project, own in weights.items():
        projects[period_of(own)].append(project)
    period = Case(
        *(When(project__in=each, then=Value(length)) for length, each in projects.items()),
        default=Value(period_of(weights_of({}))),
        output_field=IntegerField(),
    )
    smallest = Case(
        *(
            When(currency__in=sorted(codes), then=Value(places))
            for places, codes in CURRENCIES_BY_MINOR_UNITS.items()
        ),
        default=Value(USUAL_MINOR_UNITS),
        output_field=IntegerField(),
    )
    scale = Greatest(_Whole(F("amount"), function="min_scale"), smallest)
    units = _Units(F("amount"), scale)
    alike = ("project_id", "currency", "type", "scale", "sign")
    return (
        transactions.order_by()
        .annotate(
            scale=scale,
            sign=_Whole(F("amount"), function="sign"),
            rest=Cast(_Whole(units, period, function="mod"), IntegerField()),
        )
        .values(*alike)
        .annotate(rests=ArrayAgg("rest"), together=Sum("amount"))
        .values_list(*alike, "rests", "together")
    )
