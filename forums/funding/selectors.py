"""Reads of projects and the totals of their money, from what the caller sees and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid

from .codes import Grouping, OrganisationRole
from .currencies import minor_units
from .models import ParticipatingOrganisation, Project, RecipientShare, Transaction
from .splitting import split_sums
from .totals import (
    OTHER,
    UNALLOCATED,
    UNATTRIBUTED,
    Entry,
    Tally,
    folded,
    parts_of,
    source_of,
    weights_of,
)
from .visibility import countries_told

_ZERO = Decimal(0)

MOST_EXPLAINED = 2_000
"""How many transactions an explained answer goes through at most."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What one transaction adds to a line. percentage: of the transaction, None for all of it."""

    transaction: UUID
    project: UUID
    entry: Entry
    whole: Decimal
    percentage: Decimal | None = None


@dataclass(slots=True)
class Report:
    """Totals by one grouping.

    declared: headings of funding organisations (role 1) of the projects, with money or without.
    """

    grouping: Grouping
    tally: Tally = field(default_factory=Tally)
    declared: frozenset[str] = frozenset()
    explained: list[Explained] | None = None

    def add(self, row: "_Row", entry: Entry, percentage: Decimal | None = None) -> None:
        """Count what a row adds to a line, and explain it where that was asked for."""
        self.tally.add(entry)
        if self.explained is not None:
            assert row.id is not None
            self.explained.append(Explained(row.id, row.project, entry, row.amount, percentage))


@dataclass(frozen=True, slots=True)
class _Row:
    """A transaction; or several of one project, currency, type and heading.

    id: None for several. heading: what the database groups by. amount: their sum.
    """

    id: UUID | None
    project: UUID
    currency: str
    type: str
    heading: str | None
    amount: Decimal


_HEADINGS: Mapping[Grouping, str] = {
    Grouping.SOURCE: "provider__key",
    Grouping.COUNTRY: "recipient_country__code",
    Grouping.YEAR: "transaction_date__year",
    Grouping.TYPE: "type",
}


def funding_report(
    actor: Actor, grouping: Grouping, projects: QuerySet[Project], *, explain: bool = False
) -> Report:
    """The totals of visible projects by a grouping, from the transactions an actor sees.

    The database adds up what is only added; what is split by country is split transaction by
    transaction, so that an explanation adds up to the line. Years are those of the transactions'
    own dates. Raises Invalid (``too_many``) where there is too much to explain.
    """
    seen = Transaction.objects.visible_to(actor).filter(project__in=projects.values("pk"))
    report = Report(grouping, explained=[] if explain else None)
    if explain and seen[: MOST_EXPLAINED + 1].count() > MOST_EXPLAINED:
        detail = f"At most {MOST_EXPLAINED} transactions are explained; name one project."
        raise Invalid([FieldError("?explain", "too_many", detail)])
    if grouping == Grouping.SOURCE:
        _by_source(report, seen, projects)
    elif grouping == Grouping.COUNTRY:
        _by_country(report, seen, projects, actor)
    else:
        for row in _rows(seen, grouping, explain=explain):
            report.add(row, _entry(row, str(row.heading)))
    return report


def _by_source(report: Report, seen: QuerySet[Transaction], projects: QuerySet[Project]) -> None:
    funding: dict[UUID, set[str]] = defaultdict(set)
    named = ParticipatingOrganisation.objects.filter(
        project__in=projects.values("pk"), role=OrganisationRole.FUNDING
    )
    for project, key in named.values_list("project_id", "organisation__key"):
        funding[project].add(key)
    report.declared = frozenset().union(*funding.values())
    for row in _rows(seen, Grouping.SOURCE, explain=report.explained is not None):
        source = source_of(row.type, row.heading, funding.get(row.project, ()))
        report.add(row, _entry(row, source))


def _by_country(
    report: Report, seen: QuerySet[Transaction], projects: QuerySet[Project], actor: Actor
) -> None:
    explain = report.explained is not None
    for row in _rows(
        seen.filter(recipient_country__isnull=False), Grouping.COUNTRY, explain=explain
    ):
        report.add(row, _entry(row, str(row.heading)))
    shares: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    codes: dict[UUID, str] = {}
    owners: dict[UUID, UUID] = {}
    for project, owner, country, code, percentage in RecipientShare.objects.filter(
        project__in=projects.values("pk")
    ).values_list(
        "project_id", "project__owner_delegation_id", "country_id", "country__code", "percentage"
    ):
        shares[project][code] = percentage
        codes[country], owners[project] = code, owner
    told = {
        project: None if countries is None else {codes[each] for each in countries if each in codes}
        for project, countries in countries_told(actor, owners).items()
    }
    weights = {project: weights_of(own) for project, own in shares.items()}
    whole = weights_of({})
    without_country = seen.filter(recipient_country=None)
    if not explain:
        for project, currency, type_, parts in split_sums(without_country, weights):
            for key, part in folded(parts, told.get(project)).items():
                report.tally.add(Entry(key, currency, type_, part))
        return
    for row in _one_by_one(without_country):
        parts = parts_of(row.amount, weights.get(row.project, whole), minor_units(row.currency))
        own, named = shares.get(row.project, {}), told.get(row.project)
        percentages = folded({**own, UNALLOCATED: 100 - sum(own.values(), _ZERO)}, named)
        for key, part in folded(parts, named).items():
            report.add(row, Entry(key, row.currency, row.type, part), percentages[key])


def _rows(seen: QuerySet[Transaction], grouping: Grouping, *, explain: bool) -> Iterator[_Row]:
    """The transactions, or their sums by project, currency, type and heading."""
    heading = _HEADINGS[grouping]
    columns = ("project_id", "currency", "type")
    if explain:
        alone: Any = _ordered(seen).values_list("pk", *columns, heading, "amount")
        yield from (_Row(*each) for each in alone)
        return
    by = dict.fromkeys((*columns, heading))
    sums = seen.order_by().values(*by).annotate(sum=Sum("amount"))
    for each in sums.values_list(*columns, heading, "sum"):
        yield _Row(None, *each)


def _one_by_one(seen: QuerySet[Transaction]) -> Iterator[_Row]:
    alone: Any = _ordered(seen).values_list("pk", "project_id", "currency", "type", "amount")
    for key, project, currency, type_, amount in alone:
        yield _Row(key, project, currency, type_, None, amount)


def _ordered(seen: QuerySet[Transaction]) -> QuerySet[Transaction]:
    return seen.order_by("transaction_date", "pk")


def _entry(row: _Row, key: str) -> Entry:
    return Entry(key, row.currency, row.type, row.amount)


_LAST = {OTHER: 1, UNATTRIBUTED: 2, UNALLOCATED: 3}


def in_order(keys: Iterable[str]) -> list[str]:
    """Headings in the order of an answer: named ones, numbers by size, then the rest."""
    return sorted(keys, key=lambda key: (_LAST.get(key, 0), len(key) if key.isdigit() else 0, key))
