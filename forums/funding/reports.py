"""Shapes of totals, and a report as these show it."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .codes import Grouping, TransactionType
from .selectors import Explained, Report, in_order
from .totals import COLUMNS, exact, rounded

_ZERO = Decimal(0)


class TotalAmounts(serializers.Serializer[Any]):
    """Totals in one currency. No column is part of another, and none are to be added up."""

    currency = serializers.CharField(help_text="ISO 4217 code.")
    pledged = serializers.CharField(help_text="Incoming pledges (type 13).")
    pledged_out = serializers.CharField(help_text="Outgoing pledges (type 12).")
    committed = serializers.CharField(help_text="Incoming commitments (type 11).")
    committed_out = serializers.CharField(help_text="Outgoing commitments (type 2).")
    received = serializers.CharField(help_text="Incoming funds (type 1).")
    disbursed = serializers.CharField(help_text="Disbursements (type 3).")
    expenditure = serializers.CharField(help_text="Expenditure (type 4).")
    reimbursed = serializers.CharField(help_text="Reimbursements (type 7).")
    other = serializers.DictField(
        child=serializers.CharField(), help_text="The other types, each by its IATI code."
    )


class TotalLine(serializers.Serializer[Any]):
    """The totals under one heading."""

    key = serializers.CharField(
        help_text="An organisation's key, a country's code, a year or an IATI TransactionType; or "
        "`unattributed`, `unallocated`, `other`."
    )
    declared_only = serializers.BooleanField(
        help_text="A funding organisation (role 1) of which you see no money."
    )
    amounts = TotalAmounts(many=True)


class TotalShare(serializers.Serializer[Any]):
    """What one transaction adds to a line, exactly."""

    transaction = serializers.UUIDField()
    project = serializers.UUIDField()
    key = serializers.CharField(help_text="The line's.")
    type = serializers.ChoiceField(choices=TransactionType.choices)
    currency = serializers.CharField()
    amount = serializers.CharField(help_text="The share, a decimal as a string.")
    whole = serializers.CharField(help_text="The transaction's amount.")
    percentage = serializers.CharField(
        allow_null=True, help_text="Of a split by country; null where all of it goes to the line."
    )


class FundingTotals(serializers.Serializer[Any]):
    """Totals in the currencies of the transactions, of those that you see."""

    group_by = serializers.ChoiceField(choices=Grouping.choices)
    lines = TotalLine(many=True)
    totals = TotalAmounts(many=True)
    explained = TotalShare(
        many=True, allow_null=True, help_text="With `explain=true`: what each line is made of."
    )

    class Meta:
        model = None


class ExplainQuery(StrictSerializer):
    """Whether totals are explained."""

    explain = serializers.BooleanField(
        default=False, help_text="Name the transactions and shares that each line is made of."
    )


class SourcesQuery(ExplainQuery):
    """Which projects' money is counted."""

    project = serializers.UUIDField(required=False)
    forum = serializers.SlugField(required=False, help_text="Forum slug.")


class TotalsQuery(SourcesQuery):
    """Which projects' money is counted, and how it is grouped."""

    group_by = serializers.ChoiceField(choices=Grouping.choices, default=Grouping.SOURCE)


def shown(report: Report) -> dict[str, Any]:
    """A report as ``FundingTotals`` shows it. A declared source without money shows zeros."""
    sums = report.tally
    currencies = sorted(sums.whole)
    lines = [
        {
            "key": key,
            "declared_only": key not in sums.lines,
            "amounts": _amounts(sums.lines.get(key, {currency: {} for currency in currencies})),
        }
        for key in in_order({*sums.lines, *report.declared})
    ]
    return {
        "group_by": report.grouping.value,
        "lines": lines,
        "totals": _amounts(sums.whole),
        "explained": None
        if report.explained is None
        else [_explained(each) for each in report.explained],
    }


def _amounts(by_currency: Any) -> list[dict[str, Any]]:
    return [
        {
            "currency": currency,
            **{
                column: rounded(by_type.get(type_, _ZERO), currency)
                for type_, column in COLUMNS.items()
            },
            "other": {
                type_: rounded(by_type[type_], currency)
                for type_ in in_order(set(by_type) - set(COLUMNS))
            },
        }
        for currency, by_type in sorted(by_currency.items())
    ]


def _explained(share: Explained) -> dict[str, Any]:
    entry, percentage = share.entry, share.percentage
    return {
        "transaction": share.transaction,
        "project": share.project,
        "key": entry.key,
        "type": entry.type,
        "currency": entry.currency,
        "amount": exact(entry.amount, entry.currency),
        "whole": exact(share.whole, entry.currency),
        "percentage": None if percentage is None else format(percentage.normalize(), "f"),
    }
