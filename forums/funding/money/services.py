"""Every write to budgets and transactions."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max

from forums.funding.codes import BudgetType
from forums.funding.contents import (
    TransactionChanges,
    TransactionContent,
    amount_of,
    check_currency,
    check_dates,
    merged,
)
from forums.funding.keeping import locked_project, record_change
from forums.funding.models import Budget, Project, Transaction
from forums.funding.totals import EXACT
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.service import check_revision, locked_row, service
from platform_api.ledger.canonical import canonical_json, plain


@service
def budget_add(
    *,
    actor: Actor,
    project: Project,
    period_start: date,
    period_end: date,
    value: str,
    currency: str,
    value_date: date | None = None,
    type: str = BudgetType.ORIGINAL,  # noqa: A002 - the member's name in the standard
) -> Budget:
    """Say what a project is planned to cost in a period. Raises Forbidden, Invalid.

    value_date: the first day of the period where it is None.
    """
    locked = locked_project(actor, project.pk)
    check_dates(period_start, period_end, "/period_end")
    check_currency(currency)
    budget = Budget(
        project=locked,
        type=type,
        period_start=period_start,
        period_end=period_end,
        value=amount_of(value, "/value"),
        currency=currency,
        value_date=value_date or period_start,
    )
    budget.save(force_insert=True)
    record_change("budget.added", actor, locked, budget, _told_budget(budget))
    return budget


@service
def budget_remove(*, actor: Actor, budget: Budget, if_match: str) -> None:
    """Take a budget out. Raises Forbidden, PreconditionFailed."""
    project = locked_project(actor, budget.project_id)
    locked = locked_row(Budget.objects.all(), budget.pk)
    check_revision(locked.etag_revision, if_match)
    record_change("budget.removed", actor, project, locked, _told_budget(locked))
    locked.delete()


@service
def transaction_add(*, actor: Actor, project: Project, content: TransactionContent) -> Transaction:
    """Report a transaction of a project. Raises Forbidden, Invalid."""
    locked = locked_project(actor, project.pk, ability="add_transaction")
    row = Transaction(project=locked, owner_delegation_id=locked.owner_delegation_id)
    _fill(row, content)
    row.save(force_insert=True)
    _record_transaction("transaction.created", actor, locked, row, _told(content))
    return row


@service
def transaction_revise(
    *, actor: Actor, transaction: Transaction, if_match: str, changes: TransactionChanges
) -> Transaction:
    """Correct a transaction; it takes the next place among those that then tell the same.

    Raises Forbidden, PreconditionFailed, Invalid.
    """
    project = locked_row(Project.objects.all(), transaction.project_id)
    locked = _locked_transaction(actor, transaction, "revise", if_match)
    before = TransactionContent.of(locked)
    given: dict[str, Any] = dict(changes)
    if "descriptions" in given:
        given["descriptions"] = merged(before.descriptions, given["descriptions"])
    content = replace(before, **given)
    if content == before:
        return locked
    _fill(locked, content)
    locked.revision += 1
    locked.save()
    details = {"before": _told(before), "after": _told(content)}
    narrow = before.recipient_country is not None
    _record_transaction("transaction.revised", actor, project, locked, details, narrow=narrow)
    return locked


@service
def transaction_remove(*, actor: Actor, transaction: Transaction, if_match: str) -> None:
    """Take a transaction out that should never have been there; the ledger keeps what it told.

    Money that came back is not this: it is a negative transaction.
    Raises Forbidden, PreconditionFailed.
    """
    project = locked_row(Project.objects.all(), transaction.project_id)
    locked = _locked_transaction(actor, transaction, "remove", if_match)
    told = _told(TransactionContent.of(locked))
    _record_transaction("transaction.removed", actor, project, locked, told)
    locked.delete()


def _fill(row: Transaction, content: TransactionContent) -> None:
    """Write a content and the identity that follows from it; the project is locked."""
    amount = amount_of(content.amount)
    check_currency(content.currency)
    row.type, row.amount, row.amount_text = content.type, amount, content.amount
    row.currency = content.currency
    row.transaction_date = content.transaction_date
    row.value_date = content.value_date or content.transaction_date
    row.provider, row.receiver = content.provider, content.receiver
    row.recipient_country = content.recipient_country
    row.descriptions, row.ref = merged({}, content.descriptions), content.ref
    told = _told(content) | {
        "amount": format(EXACT.normalize(amount), "f"),
        "value_date": row.value_date,
        "descriptions": row.descriptions,
    }
    digest = hashlib.sha256(canonical_json(plain(told))).digest()
    if row.group_digest != digest:
        row.group_digest = digest
        equals = Transaction.objects.filter(project=row.project, group_digest=digest)
        row.ordinal = (equals.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _told(content: TransactionContent) -> dict[str, Any]:
    country = content.recipient_country
    return {
        "type": content.type,
        "amount": content.amount,
        "currency": content.currency,
        "transaction_date": content.transaction_date,
        "value_date": content.value_date,
        "provider": content.provider and content.provider.key,
        "receiver": content.receiver and content.receiver.key,
        "recipient_country": country and country.code,
        "descriptions": content.descriptions,
        "ref": content.ref,
    }


def _told_budget(budget: Budget) -> dict[str, Any]:
    names = ("type", "period_start", "period_end", "value", "currency", "value_date")
    return {name: getattr(budget, name) for name in names}


def _locked_transaction(actor: Actor, row: Transaction, ability: str, if_match: str) -> Transaction:
    related = ("provider", "receiver", "recipient_country")
    locked = locked_row(Transaction.objects.select_related("project", *related), row.pk)
    access.require(actor, ability, locked)
    check_revision(locked.etag_revision, if_match)
    return locked


def _record_transaction(
    kind: str,
    actor: Actor,
    project: Project,
    row: Transaction,
    details: Mapping[str, Any],
    *,
    narrow: bool = False,
) -> None:
    """narrow: it told of a country before, so that the project's readers may not read of it."""
    owner_only = narrow or row.recipient_country is not None
    record_change(kind, actor, project, row, details, owner_only=owner_only)
