"""The scenario's project with its funding; its amounts are illustrative and say so."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from forums.countries.models import Country
from forums.funding.contents import Share, TransactionContent
from forums.funding.models import Project
from forums.funding.money.services import budget_add, transaction_add
from forums.funding.services import participating_organisation_add, project_create
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core.actor import Actor
from platform_api.core.transaction import acting

_DATA = Path(__file__).parent / "data" / "funding.json"


def load(*, owner: Delegation, drafter: Actor) -> Project:
    """Make the project of the seat with all that belongs to it, where it is missing.

    owner: UNDP SEESAC's seat in the working group. drafter: a drafter of that seat.
    """
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    with acting(drafter):
        known = Project.objects.filter(
            owner_delegation=owner, identifier=data["identifier"]
        ).first()
        return known or _made(data, owner, drafter)


def _made(data: Any, owner: Delegation, drafter: Actor) -> Project:
    project = project_create(
        actor=drafter,
        delegation=owner,
        identifier=data["identifier"],
        titles=data["titles"],
        descriptions=data["descriptions"],
        status=data["status"],
        illustrative=data["illustrative"],
        visibility=data["visibility"],
        recipient_shares=[
            Share(Country.objects.get(code=code), Decimal(percentage))
            for code, percentage in data["recipient_shares"].items()
        ],
    )
    for row in data["participating_organisations"]:
        participating_organisation_add(
            actor=drafter,
            project=project,
            role=row["role"],
            organisation=Organisation.objects.get(key=row["organisation"]),
        )
    for row in data["budgets"]:
        days = {name: date.fromisoformat(row[name]) for name in ("period_start", "period_end")}
        budget_add(actor=drafter, project=project, **{**row, **days})
    for row in data["transactions"]:
        transaction_add(actor=drafter, project=project, content=_content(row))
    return project


def _content(row: Any) -> TransactionContent:
    country, value_date = row.get("recipient_country"), row.get("value_date")
    return TransactionContent(
        type=row["type"],
        amount=row["amount"],
        currency=row["currency"],
        transaction_date=date.fromisoformat(row["transaction_date"]),
        value_date=date.fromisoformat(value_date) if value_date else None,
        provider=_organisation(row.get("provider")),
        receiver=_organisation(row.get("receiver")),
        recipient_country=Country.objects.get(code=country) if country else None,
        descriptions={"en": row["description"]},
    )


def _organisation(key: str | None) -> Organisation | None:
    return Organisation.objects.get(key=key) if key else None
