"""Totals: both sources named, decimals as strings, the same whole under every heading."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.api import api, codes, queries_of, refused
from tests.factories import ProjectFactory, TransactionFactory

ZEROS = {
    "pledged": "0.00",
    "pledged_out": "0.00",
    "committed": "0.00",
    "committed_out": "0.00",
    "received": "0.00",
    "disbursed": "0.00",
    "expenditure": "0.00",
    "reimbursed": "0.00",
    "other": {},
}


def amounts(currency: str, **told: Any) -> dict[str, Any]:
    """The totals in one currency that are zero but for these."""
    return {"currency": currency, **ZEROS, **told}


def line(key: str, *told: Any, declared_only: bool = False) -> dict[str, Any]:
    return {"key": key, "declared_only": declared_only, "amounts": list(told)}


def texts(value: Any) -> Any:
    """Every leaf of an answer."""
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in texts(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in texts(each)]
    return [value]


def test_sources_of_a_project_are_named_with_and_without_money(purse: Any, owning: Any) -> None:
    answer = owning.get(f"projects/{purse.project.pk}/funding-sources")

    assert answer.json() == {
        "group_by": "source",
        "lines": [
            line("gov-no", amounts("EUR", received="100.00"), amounts("NOK", committed="250.00")),
            line("gov-sk", amounts("EUR"), amounts("NOK"), declared_only=True),
            line(
                "unattributed",
                amounts("EUR", disbursed="7.00", expenditure="-0.05", other={"9": "1.00"}),
            ),
        ],
        "totals": [
            amounts(
                "EUR",
                received="100.00",
                disbursed="7.00",
                expenditure="-0.05",
                other={"9": "1.00"},
            ),
            amounts("NOK", committed="250.00"),
        ],
        "explained": None,
    }
    assert answer.json() == owning.get("funding/sources", {"project": purse.project.pk}).json()


def test_no_amount_is_a_number(purse: Any, owning: Any) -> None:
    for grouping in ("source", "country", "year", "type"):
        answer = owning.get("funding/totals", {"group_by": grouping, "explain": "true"})
        assert {type(leaf) for leaf in texts(answer.json())} <= {str, bool, type(None)}


def test_by_country_a_transactions_own_country_goes_before_the_projects_shares(
    purse: Any, owning: Any
) -> None:
    answer = owning.get("funding/totals", {"group_by": "country"}).json()

    # 16.6667 percent are nobody's; of five cents the sixth goes to the largest remainders.
    assert answer["lines"] == [
        line(
            "BA",
            amounts(
                "EUR", received="33.33", disbursed="7.00", expenditure="-0.02", other={"9": "0.33"}
            ),
            amounts("NOK", committed="83.33"),
        ),
        line(
            "ME",
            amounts("EUR", received="16.67", expenditure="-0.01", other={"9": "0.17"}),
            amounts("NOK", committed="41.67"),
        ),
        line(
            "RS",
            amounts("EUR", received="33.33", expenditure="-0.01", other={"9": "0.33"}),
            amounts("NOK", committed="83.33"),
        ),
        line(
            "unallocated",
            amounts("EUR", received="16.67", expenditure="-0.01", other={"9": "0.17"}),
            amounts("NOK", committed="41.67"),
        ),
    ]


def test_a_country_sees_itself_and_the_shares_of_others_as_one_line(
    purse: Any, owning: Any, bosnian: Any
) -> None:
    whole = owning.get("funding/totals", {"group_by": "country"}).json()
    own = bosnian.get("funding/totals", {"group_by": "country"}).json()

    assert [told["key"] for told in own["lines"]] == ["BA", "other", "unallocated"]
    assert own["lines"][0] == whole["lines"][0]
    assert own["lines"][2] == whole["lines"][3]
    assert own["lines"][1] == line(
        "other",
        amounts("EUR", received="50.00", expenditure="-0.02", other={"9": "0.50"}),
        amounts("NOK", committed="125.00"),
    )
    assert own["totals"] == whole["totals"]


@pytest.mark.parametrize("explain", ["true", "false"])
def test_the_whole_is_the_same_under_every_heading(purse: Any, owning: Any, explain: str) -> None:
    for number, type_ in enumerate(("1", "3", "5", "12", "2", "13", "7", "4", "1")):
        purse.transaction(
            type=type_,
            amount=f"{'-' if number % 3 == 0 else ''}{number * 37}.005",
            currency=("EUR", "JPY", "KWD")[number % 3],
            provider=(purse.norway, purse.seesac, None)[number % 3],
            recipient_country=("BA", "RS", None, "XK")[number % 4],
        )

    told = [
        owning.get("funding/totals", {"group_by": grouping, "explain": explain}).json()
        for grouping in ("source", "country", "year", "type")
    ]

    assert all(each["totals"] == told[0]["totals"] for each in told)
    assert [each["currency"] for each in told[0]["totals"]] == ["EUR", "JPY", "KWD", "NOK"]


@pytest.mark.parametrize("grouping", ["source", "country", "year", "type"])
@pytest.mark.parametrize("caller", ["owning", "bosnian", "serbian"])
def test_an_explanation_adds_up_to_the_lines_to_the_cent(
    purse: Any, request: Any, grouping: str, caller: str
) -> None:
    for number in range(12):
        purse.transaction(amount=f"{number}.{number:02}", type=("1", "4", "6")[number % 3])
        purse.transaction(amount="-0.01", recipient_country=("BA", "RS")[number % 2])
    client = request.getfixturevalue(caller)

    answer = client.get("funding/totals", {"group_by": grouping, "explain": "true"}).json()

    columns = {"1": "received", "3": "disbursed", "4": "expenditure", "11": "committed"}
    summed: dict[Any, Decimal] = {}
    of_each: dict[Any, Decimal] = {}
    for share in answer["explained"]:
        key = (share["key"], share["currency"], columns.get(share["type"], share["type"]))
        summed[key] = summed.get(key, Decimal(0)) + Decimal(share["amount"])
        whole = (share["transaction"], Decimal(share["whole"]))
        of_each[whole] = of_each.get(whole, Decimal(0)) + Decimal(share["amount"])
    told = {
        (each["key"], amount["currency"], column): Decimal(text)
        for each in answer["lines"]
        for amount in each["amounts"]
        for column, text in {**amount, **amount["other"]}.items()
        if column not in {"currency", "other"} and Decimal(text)
    }
    assert {key: total for key, total in summed.items() if total} == told
    assert all(whole == parts for (_, whole), parts in of_each.items())
    listed = client.get(f"projects/{purse.project.pk}/transactions", {"limit": 200}).json()
    assert {each["transaction"] for each in answer["explained"]} == {
        item["id"] for item in listed["items"]
    }
    plain = client.get("funding/totals", {"group_by": grouping}).json()
    assert plain == {**answer, "explained": None}


def test_a_percentage_is_told_where_a_transaction_was_split(purse: Any, bosnian: Any) -> None:
    query = {"group_by": "country", "explain": "true"}
    explained = bosnian.get("funding/totals", query).json()["explained"]

    split = {s["key"]: s["percentage"] for s in explained if s["whole"] == "100.00"}
    assert split == {"BA": "33.3333", "other": "50", "unallocated": "16.6667"}
    assert [s["percentage"] for s in explained if s["whole"] == "7.00"] == [None]


def test_years_and_types_are_headings_in_their_order(purse: Any, owning: Any) -> None:
    purse.transaction(transaction_date=date(2023, 12, 31), value_date=date(2024, 1, 2), amount="3")

    years = owning.get("funding/totals", {"group_by": "year"}).json()["lines"]
    types = owning.get("funding/totals", {"group_by": "type"}).json()["lines"]

    assert [each["key"] for each in years] == ["2023", "2024"]
    assert years[0] == line("2023", amounts("EUR", received="3.00"))
    assert [each["key"] for each in types] == ["1", "3", "4", "9", "11"]


def test_other_projects_count_for_those_who_see_them_only(purse: Any, outside: Any) -> None:
    answer = outside.get("funding/totals", {"group_by": "country"}).json()

    assert answer["lines"] == [line("BA", amounts("EUR", received="18887.00"))]


@pytest.mark.parametrize(
    "query", [{"forum": "wb"}, {"forum": "other"}, {"forum": "nothing"}, {"project": "decoy"}]
)
def test_filters_find_among_what_is_seen(purse: Any, bosnian: Any, query: dict[str, str]) -> None:
    if "project" in query:
        query = {"project": str(purse.decoy.pk)}
    answer = bosnian.get("funding/sources", query).json()

    assert bool(answer["lines"]) == (query == {"forum": "wb"})


def test_what_is_asked_for_wrongly_is_refused(purse: Any, owning: Any) -> None:
    assert owning.get("funding/totals").json() == owning.get("funding/sources").json()
    assert codes(owning.get("funding/totals", {"group_by": "sector"})) == [
        ("?group_by", "invalid_choice")
    ]
    assert codes(owning.get("funding/sources", {"group_by": "year"})) == [
        ("?group_by", "unknown_parameter")
    ]


def test_totals_need_the_scope(purse: Any) -> None:
    assert refused(api(purse.drafter, ["forums:read"]).get("funding/sources")) == (
        403,
        "insufficient_scope",
    )
    assert refused(api().get("funding/sources"))[0] == 401


def test_too_much_is_not_explained(purse: Any, owning: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("forums.funding.selectors.MOST_EXPLAINED", 4)

    assert codes(owning.get("funding/sources", {"explain": "true"})) == [("?explain", "too_many")]
    assert owning.get("funding/sources").status_code == 200


def test_many_projects_cost_as_many_queries_as_one(purse: Any, owning: Any) -> None:
    def ask() -> Any:
        return owning.get("funding/totals", {"group_by": "country"})

    ask()
    few = queries_of(ask)
    for number in range(5):
        project = ProjectFactory(delegation=purse.secretariat, shares={"BA": "10"})
        TransactionFactory(project=project, amount=str(number))

    assert queries_of(ask) == few
