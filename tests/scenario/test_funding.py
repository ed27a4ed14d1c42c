"""The scenario's project: both sources named, amounts illustrative, loaded once."""

from forums.funding.models import Project, Transaction
from forums.membership.models import Delegation
from platform_api.core.actor import Role
from platform_api.identity.actors import actor_of
from platform_api.scenario.funding import load
from tests.api import api


def test_the_projects_funding_loads_once_and_names_norway_and_slovakia(scenario: None) -> None:
    seat = Delegation.objects.get(forum__slug="wb-mod", organisation__key="undp-seesac")
    person = seat.delegates.filter(role=Role.DRAFTER).select_related("user").get().user

    first = load(owner=seat, drafter=actor_of(person))
    counted = Transaction.objects.count()
    again = load(owner=seat, drafter=actor_of(person))

    assert (first.pk, Project.objects.count()) == (again.pk, 1)
    assert Transaction.objects.count() == counted == 9
    assert first.illustrative
    assert all("Illustrative" in row.descriptions["en"] for row in Transaction.objects.all())
    answer = api(person).get(f"projects/{first.pk}/funding-sources").json()
    assert {line["key"] for line in answer["lines"]} == {"gov-no", "gov-sk", "unattributed"}
    bosnian = Delegation.objects.get(forum__slug="wb-mod", country__code="BA").delegates.get(
        role=Role.DRAFTER
    )
    listed = api(bosnian).get(f"projects/{first.pk}/transactions").json()["items"]
    assert {item["recipient_country"] for item in listed} == {None, "BA"}
    assert any(item["amount"].startswith("-") for item in listed)
