"""A transaction of Serbia alone is in nothing that others see: not in a total, count or page."""

from datetime import date
from typing import Any

import pytest

from forums.funding.services import project_open_everywhere
from forums.granting.services import grant_end, grant_give
from forums.membership.services import delegation_end
from platform_api.core.actor import Level
from platform_api.core.transaction import acting
from tests.api import api, assert_hidden_as_absent, queries_of
from tests.documents.support import party, unknown_id
from tests.factories import OrganisationFactory, actor_at, delegate, operator, seat


def everything(client: Any, project: Any) -> dict[str, Any]:
    """All that a caller can ask of a project's money, as bytes, with the ETags."""
    below = f"projects/{project.pk}"
    asked: list[tuple[str, dict[str, Any]]] = [
        ("projects", {"count": "true"}),
        (below, {}),
        (f"{below}/participating-organisations", {}),
        (f"{below}/budgets", {}),
        (f"{below}/funding-sources", {}),
        (f"{below}/funding-sources", {"explain": "true"}),
        (f"{below}/transactions", {}),
        (f"{below}/transactions", {"count": "true"}),
        (f"{below}/transactions", {"limit": 5, "fields": "id,ordinal,amount"}),
        (f"{below}/transactions", {"country": "RS"}),
        (f"{below}/transactions", {"type": "1", "count": "true"}),
        (f"{below}/transactions", {"currency": "USD"}),
        ("funding/sources", {"explain": "true"}),
        *(
            ("funding/totals", {"group_by": grouping, "explain": explain})
            for grouping in ("source", "country", "year", "type")
            for explain in ("true", "false")
        ),
    ]
    told = {}
    for path, query in asked:
        answer = client.get(path, query)
        assert answer.status_code == 200, answer.content
        told[repr((path, query))] = (answer.content, answer.headers["ETag"])
    return told


@pytest.fixture
def of_serbia(purse: Any) -> Any:
    """A function that makes transactions of Serbia alone, of every kind that might show."""

    def make() -> list[Any]:
        sweden = OrganisationFactory(key="gov-se")
        given: dict[str, Any] = {"recipient_country": "RS"}
        return [
            purse.transaction(**given),
            purse.transaction(**given),
            purse.transaction(**given, provider=purse.slovakia, amount="5.55"),
            purse.transaction(**given, provider=sweden, type="13", currency="USD"),
            purse.transaction(**given, type="5", currency="JPY", amount="1000000"),
            purse.transaction(**given, type="10", amount="-3.001", ref="RS-1"),
        ]

    return make


def test_a_bosnian_client_gets_byte_identical_answers_with_and_without_it(
    purse: Any, bosnian: Any, of_serbia: Any
) -> None:
    before = everything(bosnian, purse.project)
    made = of_serbia()

    assert everything(bosnian, purse.project) == before
    assert_hidden_as_absent(bosnian, f"transactions/{made[0].pk}", f"transactions/{unknown_id()}")
    for method, body in (("patch", {"body": {"ref": "mine"}}), ("delete", {})):
        assert_hidden_as_absent(
            bosnian,
            f"transactions/{made[0].pk}",
            f"transactions/{unknown_id()}",
            method,
            if_match='"1"',
            **body,
        )


def test_a_seat_without_a_country_learns_as_little(purse: Any, of_serbia: Any) -> None:
    observer = api(delegate(seat(purse.forum, OrganisationFactory()), "head"))
    before = everything(observer, purse.project)
    of_serbia()

    assert everything(observer, purse.project) == before


def test_an_access_manager_of_the_country_is_no_reader_of_it(purse: Any, of_serbia: Any) -> None:
    of_serbia()
    manager = api(delegate(purse.serbia, "access_manager"))

    assert manager.get("projects").json()["items"] == []
    assert manager.get("funding/totals", {"group_by": "year"}).json()["lines"] == []


def test_the_country_and_the_owner_see_it(
    purse: Any, serbian: Any, owning: Any, of_serbia: Any
) -> None:
    made = {str(row.pk) for row in of_serbia()}

    for client in (serbian, owning):
        listed = client.get(f"projects/{purse.project.pk}/transactions").json()["items"]
        assert made <= {item["id"] for item in listed}
    assert serbian.get(f"transactions/{purse.national.pk}").status_code == 404


def test_the_country_needs_to_see_the_project(purse: Any, outside: Any, of_serbia: Any) -> None:
    elsewhere = api(delegate(seat(purse.decoy.forum, "RS"), "head"))
    for row in of_serbia():
        for client in (outside, elsewhere):
            assert client.get(f"transactions/{row.pk}").status_code == 404
    assert elsewhere.get(f"projects/{purse.project.pk}/transactions").status_code == 404


def test_a_grant_to_the_country_opens_its_own_transactions_to_all_its_seats(
    purse: Any, of_serbia: Any
) -> None:
    (row, *_) = of_serbia()
    elsewhere = api(delegate(seat(purse.decoy.forum, "RS"), "reader"))
    head = actor_at(purse.secretariat, "head")
    with acting(head):
        grant_give(actor=head, obj=purse.project, holder=purse.serbia.country)

    assert elsewhere.get(f"transactions/{row.pk}").status_code == 200
    assert elsewhere.get(f"transactions/{purse.national.pk}").status_code == 404


def test_a_grant_alone_opens_no_country_and_one_for_all_countries_opens_each(
    purse: Any, outside: Any, of_serbia: Any
) -> None:
    (row, *_) = of_serbia()
    head = actor_at(purse.secretariat, "head")
    montenegro = purse.decoy.owner_delegation
    with acting(head):
        grant_give(actor=head, obj=purse.project, holder=montenegro)
    shown = outside.get(f"projects/{purse.project.pk}")
    assert shown.status_code == 200
    assert shown.json()["owner_delegation"] == party(purse.secretariat)
    assert str(purse.project.pk) in {row["id"] for row in outside.get("projects").json()["items"]}
    assert outside.get(f"transactions/{row.pk}").status_code == 404

    with acting(head):
        project_open_everywhere(actor=head, project=purse.project, holder=montenegro)
    assert outside.get(f"transactions/{row.pk}").status_code == 200
    assert outside.get(f"transactions/{purse.national.pk}").status_code == 200

    with acting(head):
        grant_give(actor=head, obj=purse.project, holder=montenegro, level=Level.READ)
        grant_end(actor=head, obj=purse.project, holder=montenegro)
    assert outside.get(f"transactions/{row.pk}").status_code == 404


def test_somebody_who_acts_for_two_countries_sees_each_through_itself(
    purse: Any, of_serbia: Any
) -> None:
    """Serbia's seat here is not theirs, and Serbia's other seat does not see the project."""
    (row, *_) = of_serbia()
    person = delegate(purse.bosnia, "reader").user
    delegate(seat(purse.decoy.forum, "RS"), "reader", user=person)

    assert api(person).get(f"transactions/{purse.national.pk}").status_code == 200
    assert api(person).get(f"transactions/{row.pk}").status_code == 404
    lines = api(person).get("funding/totals", {"group_by": "country"}).json()["lines"]
    assert [line["key"] for line in lines] == ["BA", "other", "unallocated"]


def test_a_seat_that_has_ended_sees_nothing(purse: Any, serbian: Any, of_serbia: Any) -> None:
    (row, *_) = of_serbia()
    actor = operator()
    with acting(actor):
        delegation_end(actor=actor, delegation=purse.serbia, until=date(2024, 1, 1), if_match="1")

    assert serbian.get(f"transactions/{row.pk}").status_code == 404


def test_a_transaction_that_becomes_a_countrys_leaves_the_others(
    purse: Any, bosnian: Any, serbian: Any, owning: Any
) -> None:
    row = purse.transaction(ref="moving")
    assert bosnian.get(f"transactions/{row.pk}").status_code == 200

    changed = owning.patch(f"transactions/{row.pk}", {"recipient_country": "RS"}, if_match="1")

    assert changed.status_code == 200
    assert bosnian.get(f"transactions/{row.pk}").status_code == 404
    assert serbian.get(f"transactions/{row.pk}").status_code == 200


@pytest.mark.slow
def test_lists_and_totals_cost_the_same_at_three_and_at_sixty_transactions(
    purse: Any, bosnian: Any
) -> None:
    below = f"projects/{purse.project.pk}"
    asked: list[tuple[str, dict[str, str]]] = [
        (f"{below}/transactions", {"abilities": "reasons"}),
        (f"{below}/funding-sources", {"abilities": "reasons"}),
        *(
            ("funding/totals", {"group_by": grouping, "explain": explain})
            for grouping in ("source", "country", "year", "type")
            for explain in ("true", "false")
        ),
    ]

    def costs() -> list[tuple[str, dict[str, str], int]]:
        return [
            (path, query, queries_of(lambda at=path, by=query: bosnian.get(at, by)))
            for path, query in asked
        ]

    costs()
    few = costs()
    for number in range(56):
        purse.transaction(amount=f"{number}.10", recipient_country="BA" if number % 2 else None)

    assert costs() == few
