"""GET /api/v1/access/explain and /api/v1/access/who-can"""

import pytest

from platform_api.core.actor import Level
from tests.api import api, codes, refused
from tests.factories import delegate, grant, service_client

from .conftest import Registry

pytestmark = pytest.mark.django_db


def _explain(client, desk: Registry, subject: str, obj: str = ""):
    return client.get("access/explain", {"subject": subject, "object": obj or desk.object})


def test_a_client_is_explained_by_scope_grant_rule_and_role(desk: Registry) -> None:
    client = service_client(desk.croatia, "drafter", ["documents:read"])
    grant(desk.draft, desk.croatia, Level.DRAFT)
    name = f"client:{client.client_id}"

    told = _explain(desk.croatian, desk, name, f"section:{desk.draft.pk}").json()

    assert told["subject"] == name
    (way,) = told["sight"]
    assert (way["way"], way["level"], way["holder"]["country"]) == ("grant", "draft", "HR")
    abilities = {each["ability"]: each for each in told["abilities"]}
    assert abilities["view"]["allowed"] is True
    assert abilities["revise"]["reason"] == "insufficient_scope"
    assert abilities["revise"]["rule"]["through"] == ["owner", "granted_draft"]
    assert [each["relation"] for each in abilities["revise"]["standings"]] == ["granted_draft"]
    assert abilities["manage_access"]["allowed"] is False
    assert "A secret draft" not in str(told)


def test_why_not_is_told_of_what_the_own_seat_keeps(desk: Registry) -> None:
    manager = desk.people["manager"]

    told = _explain(desk.manager, desk, f"user:{manager.pk}").json()

    abilities = {each["ability"]: each for each in told["abilities"]}
    assert told["sight"] == []
    assert abilities["view"] == {
        "ability": "view",
        "allowed": False,
        "reason": "not_found",
        "rule": None,
        "standings": [],
    }
    assert abilities["manage_access"]["allowed"] is True
    assert abilities["manage_access"]["standings"] == [
        {
            "relation": "keeper",
            "roles": ["access_manager"],
            "seats": [str(desk.table.serbia.pk)],
        }
    ]


def test_only_the_own_seat_is_explained_and_nothing_hidden_is_confirmed(desk: Registry) -> None:
    reader = desk.people["reader"]
    foreign = f"delegation:{desk.croatia.pk}"

    for subject in (f"user:{reader.pk}", foreign, "user:nobody", "client:none"):
        assert codes(_explain(desk.manager, desk, subject)) == [("?subject", "unknown")]
    hidden = _explain(desk.croatian, desk, foreign)
    absent = _explain(desk.croatian, desk, foreign, f"document:{desk.croatia.pk}")
    assert refused(hidden) == refused(absent) == (404, "not_found")
    assert refused(_explain(desk.reader, desk, foreign)) == (403, "access_manager_required")


def test_a_person_of_two_seats_is_explained_as_far_as_it_acts_for_one(desk: Registry) -> None:
    both = desk.people["reader"]
    delegate(desk.table.montenegro, "head", user=both)
    subject = f"user:{both.pk}"

    theirs = _explain(desk.croatian, desk, subject, f"document:{desk.decoy.pk}")
    own = _explain(desk.foreign, desk, subject, f"document:{desk.decoy.pk}")

    assert api(both).get(f"documents/{desk.decoy.pk}").status_code == 200
    assert refused(theirs) == (404, "not_found")
    assert own.json()["sight"][0]["holder"]["country"] == "ME"


def test_who_can_names_seats_and_the_people_of_the_own_one(desk: Registry) -> None:
    drafter = delegate(desk.table.serbia, "drafter").user
    delegate(desk.table.albania, "drafter")
    grant(desk.document, desk.croatia)

    def who(ability: str):
        return desk.manager.get(
            "access/who-can", {"object": desk.object, "ability": ability}
        ).json()

    view, revise, manage = who("view"), who("revise"), who("manage_access")

    assert {seat["country"] for seat in view["seats"]} == {"RS", "AL", "HR"}
    assert [seat["country"] for seat in revise["seats"]] == ["RS"]
    assert (revise["role"], manage["role"]) == ("drafter", "access_manager")
    names = {each["name"] for each in revise["persons"]}
    assert drafter.name in names
    assert desk.people["manager"].name not in names
    assert [each["name"] for each in manage["persons"]] == [desk.people["manager"].name]
    assert not view["everybody"]


def test_who_can_is_told_of_what_the_own_seat_keeps_alone(desk: Registry) -> None:
    head = api(delegate(desk.table.albania, "head").user)
    query = {"object": desk.object, "ability": "view"}
    grant(desk.document, desk.croatia)

    assert refused(head.get("access/who-can", query)) == (403, "not_keeper")
    for client in (desk.albanian, desk.foreign, desk.secretary):
        assert refused(client.get("access/who-can", query)) == (404, "not_found")
    assert codes(desk.manager.get("access/who-can", {**query, "ability": "fly"})) == [
        ("?ability", "invalid_choice")
    ]
