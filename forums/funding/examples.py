"""What the OpenAPI document says of funding, with examples of the scenario's project.

The amounts are illustrative; so is the identifier.
"""

from typing import Any

from forums.examples import HOST, SEAT_SEESAC, item, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_PROJECT_ID = "019d2c40-63a0-7c1e-8d5b-4c9b0e0b9a11"
_PARTICIPANT_ID = "019d2c40-63a0-7f52-a0f3-7f1c4a3e2b60"
_BUDGET_ID = "019d2c40-63a0-7b7d-9b1c-2a5d6e7f8091"
_TRANSACTION_ID = "019d2c40-63a0-7a3c-b7e1-15c2d3e4f506"
_REFUND_ID = "019d2c40-63a0-7d41-8c22-66b7c8d9eafb"

_TITLE = (
    "Strengthening Regional Cooperation on Gender Mainstreaming in Security Sector Reform in the "
    "Western Balkans"
)
_SUMMARY: Json = {
    "id": _PROJECT_ID,
    "identifier": "RCP-DEMO-GENDER-SSR",
    "owner_delegation": {"id": SEAT_SEESAC, "country": None, "organisation": "undp-seesac"},
    "forum": "wb-mod",
    "titles": {"en": _TITLE},
    "status": "2",
    "illustrative": True,
    "visibility": "forum",
    "created_at": "2026-03-23T08:00:00Z",
}
_SHARES: list[Json] = [{"country": code, "percentage": "25"} for code in ("BA", "ME", "MK", "RS")]
_PROJECT: Json = {
    **_SUMMARY,
    "descriptions": {"en": "Gives Ministries of Defence a platform. All amounts are illustrative."},
    "planned_start": None,
    "actual_start": None,
    "planned_end": None,
    "actual_end": None,
    "recipient_shares": _SHARES,
    "abilities": {"revise": True, "add_transaction": True, "share": False, "manage_access": False},
}
_PARTICIPANT: Json = {
    "id": _PARTICIPANT_ID,
    "project": _PROJECT_ID,
    "role": "1",
    "organisation": "gov-no",
    "abilities": {"remove": True},
}
_BUDGET: Json = {
    "id": _BUDGET_ID,
    "project": _PROJECT_ID,
    "type": "original",
    "period_start": "2021-01-01",
    "period_end": "2021-12-31",
    "value": "400000.00",
    "currency": "EUR",
    "value_date": "2021-01-01",
    "abilities": {"remove": True},
}
_TRANSACTION: Json = {
    "id": _TRANSACTION_ID,
    "project": _PROJECT_ID,
    "type": "1",
    "amount": "75000.00",
    "amount_text": "75000.00",
    "currency": "EUR",
    "transaction_date": "2021-03-10",
    "value_date": "2021-03-10",
    "provider": "gov-sk",
    "receiver": "undp-seesac",
    "recipient_country": None,
    "descriptions": {"en": "Illustrative first instalment of the Slovak Republic"},
    "ref": "",
    "ordinal": 1,
    "abilities": {"revise": True, "remove": True},
}
_REFUND: Json = {
    **_TRANSACTION,
    "id": _REFUND_ID,
    "type": "4",
    "amount": "-1250.10",
    "amount_text": "-1250.10",
    "transaction_date": "2021-09-14",
    "value_date": "2021-09-14",
    "provider": "undp-seesac",
    "receiver": None,
    "descriptions": {"en": "Illustrative refund of the cost of meetings that moved online"},
}


def _amounts(currency: str, **told: Any) -> Json:
    columns = (
        "pledged",
        "pledged_out",
        "committed",
        "committed_out",
        "received",
        "disbursed",
        "expenditure",
        "reimbursed",
    )
    return {"currency": currency, **dict.fromkeys(columns, "0.00"), "other": {}, **told}


def _line(key: str, *amounts: Json, declared_only: bool = False) -> Json:
    return {"key": key, "declared_only": declared_only, "amounts": list(amounts)}


_NOK = {"pledged": "5000000.00", "committed": "4000000.00", "received": "2000000.00"}
_EUR = {"committed": "150000.00", "received": "75000.00"}
_OUT = {"expenditure": "17000.23"}
_SOURCES: Json = {
    "group_by": "source",
    "lines": [
        _line("gov-no", _amounts("NOK", **_NOK)),
        _line("gov-sk", _amounts("EUR", **_EUR)),
        _line("unattributed", _amounts("EUR", **_OUT)),
    ],
    "totals": [_amounts("EUR", **_EUR, **_OUT), _amounts("NOK", **_NOK)],
    "explained": None,
}
_SPLIT: Json = {
    "group_by": "country",
    "lines": [
        _line("BA", _amounts("EUR", received="18750.00")),
        _line("other", _amounts("EUR", received="56250.00")),
    ],
    "totals": [_amounts("EUR", received="75000.00")],
    "explained": [
        {
            "transaction": _TRANSACTION_ID,
            "project": _PROJECT_ID,
            "key": key,
            "type": "1",
            "currency": "EUR",
            "amount": amount,
            "whole": "75000.00",
            "percentage": percentage,
        }
        for key, amount, percentage in (("BA", "18750.00", "25"), ("other", "56250.00", "75"))
    ],
}

TAGS = {
    "budgets": "What projects are planned to cost.",
    "funding": "Totals of money: where it came from, and where it went.",
    "participating-organisations": "Organisations that fund, account for, extend or implement.",
    "projects": "Activities that are paid for, in the vocabulary of IATI 2.03.",
    "transactions": "Money promised, received or spent.",
}

_OWNER = "You act for no seat that owns it."
_DRAFTER = "Your seat may, but not in your role; a drafter may."
_NOT_ALLOWED = {403: {"not_owner": _OWNER, "drafter_required": _DRAFTER}}
_COUNTED = (
    "Only transactions that you see are counted. Every column is one type of transaction, each in "
    "its own currency, and none of them are added to each other. What an implementing "
    "organisation pays out is `unattributed`: money that goes out is a source's only where its "
    "provider is a funding organisation of the project."
)

OPERATIONS: dict[str, OperationDoc] = {
    "projects_list": OperationDoc(
        summary="List projects",
        description="The projects you may see, newest first.",
        response={
            "The scenario's project": page(
                item(_SUMMARY, '"1"'), following=f"{HOST}/projects?limit=1&cursor=UHJvamVjdHM"
            )
        },
    ),
    "projects_create": OperationDoc(
        summary="Report a project",
        description="Reports a project of your seat. At `home` only your seat reads it; the "
        "`forum` reads it at once if you say so.",
        request={
            "A project of four countries": {
                "delegation": SEAT_SEESAC,
                "identifier": "RCP-DEMO-GENDER-SSR",
                "titles": {"en": _TITLE},
                "status": "2",
                "illustrative": True,
                "visibility": "forum",
                "recipient_shares": _SHARES,
            }
        },
        response={"The project": _PROJECT},
        problems={
            403: {"drafter_required": "A drafter of the seat reports a project."},
            409: {"identifier_taken": "Your seat has a project of this identifier."},
        },
    ),
    "projects_retrieve": OperationDoc(
        summary="Get a project",
        description="The project with the shares of its recipient countries.",
        response={"The scenario's project": _PROJECT},
    ),
    "projects_revise": OperationDoc(
        summary="Change a project",
        description="A JSON Merge Patch (RFC 7396): what is not named stays. `recipient_shares` "
        "is the whole set. Who reads the project is the head's to change.",
        request={"The project is closed": {"status": "4", "actual_end": "2022-06-30"}},
        response={"The closed project": _PROJECT | {"status": "4", "actual_end": "2022-06-30"}},
        problems={
            403: {
                "not_owner": _OWNER,
                "drafter_required": _DRAFTER,
                "head_required": "Only the head changes who reads it.",
            }
        },
    ),
    "project_participating_organisations_list": OperationDoc(
        summary="List who takes part in a project",
        description="The organisations in their roles, in the order in which they were named.",
        response={"Norway funds": page(item(_PARTICIPANT, '"1"'))},
    ),
    "project_participating_organisations_create": OperationDoc(
        summary="Name an organisation in a role",
        description="One organisation may have several roles; each is named by itself.",
        request={"Norway funds": {"role": "1", "organisation": "gov-no"}},
        response={"Norway funds": _PARTICIPANT},
        problems=_NOT_ALLOWED
        | {409: {"already_there": "The organisation is named in this role already."}},
    ),
    "participating_organisations_retrieve": OperationDoc(
        summary="Get an organisation in its role",
        description="An organisation in one of its roles in a project.",
        response={"Norway funds": _PARTICIPANT},
    ),
    "participating_organisations_delete": OperationDoc(
        summary="Take an organisation's role out",
        description="Its transactions stay; what goes out from it may become `unattributed`.",
        problems=_NOT_ALLOWED,
    ),
    "project_budgets_list": OperationDoc(
        summary="List the budgets of a project",
        description="In the order in which they were given. A revised budget does not take the "
        "original one out.",
        response={"One budget": page(item(_BUDGET, '"1"'))},
    ),
    "project_budgets_create": OperationDoc(
        summary="Add a budget",
        description="What the project is planned to cost in a period.",
        request={
            "A year": {
                "period_start": "2021-01-01",
                "period_end": "2021-12-31",
                "value": "400000.00",
                "currency": "EUR",
            }
        },
        response={"A year": _BUDGET},
        problems=_NOT_ALLOWED,
    ),
    "budgets_retrieve": OperationDoc(
        summary="Get a budget",
        description="What a project is planned to cost in a period.",
        response={"A year": _BUDGET},
    ),
    "budgets_delete": OperationDoc(
        summary="Take a budget out",
        description="The ledger keeps what it said.",
        problems=_NOT_ALLOWED,
    ),
    "project_transactions_list": OperationDoc(
        summary="List the transactions of a project",
        description="Those you see, latest first. One with a recipient country is seen by that "
        "country, by the project's owner, and by whoever was granted all countries.",
        response={"A refund": page(item(_REFUND, '"1"'))},
    ),
    "project_transactions_create": OperationDoc(
        summary="Report a transaction",
        description="Amounts are decimal strings and may be negative. Two transactions that are "
        "alike are two; `ordinal` tells them apart.",
        request={
            "An instalment": {
                "type": "1",
                "amount": "75000.00",
                "currency": "EUR",
                "transaction_date": "2021-03-10",
                "provider": "gov-sk",
                "receiver": "undp-seesac",
                "descriptions": {"en": "Illustrative first instalment of the Slovak Republic"},
            }
        },
        response={"An instalment": _TRANSACTION},
        problems=_NOT_ALLOWED,
    ),
    "transactions_retrieve": OperationDoc(
        summary="Get a transaction",
        description="The transaction, if you see it.",
        response={"An instalment": _TRANSACTION, "A refund": _REFUND},
    ),
    "transactions_revise": OperationDoc(
        summary="Correct a transaction",
        description="A JSON Merge Patch (RFC 7396). With a recipient country it is from then on "
        "seen by that country and the owner alone.",
        request={"Another reference": {"ref": "SK-2021-1"}},
        response={"The corrected transaction": _TRANSACTION | {"ref": "SK-2021-1"}},
        problems=_NOT_ALLOWED,
    ),
    "transactions_delete": OperationDoc(
        summary="Take a transaction out",
        description="For one that should never have been there; the ledger keeps what it said. "
        "Money that came back is a negative transaction.",
        problems=_NOT_ALLOWED,
    ),
    "projects_funding_sources": OperationDoc(
        summary="Tell the funding sources of a project",
        description=f"{_COUNTED} A funding organisation of which you see no money is there with "
        "zeros and `declared_only`.",
        response={"Norway and the Slovak Republic": _SOURCES},
    ),
    "funding_sources": OperationDoc(
        summary="Tell the funding sources of your projects",
        description=f"Of all projects that you see, of one, or of those of a forum. {_COUNTED}",
        response={"Norway and the Slovak Republic": _SOURCES},
    ),
    "funding_totals": OperationDoc(
        summary="Tell totals by source, country, year or type",
        description=f"{_COUNTED} By country, a transaction's own country goes before the "
        "percentages of its project, and what these leave over is `unallocated`. A country is "
        "told by name where you see all of its money in the project; the shares of the others are "
        "one line, `other`. With `explain=true` the answer names the transactions and shares that "
        "each line is made of, 2,000 transactions at most.",
        response={"By source": _SOURCES, "What Bosnia and Herzegovina sees, explained": _SPLIT},
    ),
}
