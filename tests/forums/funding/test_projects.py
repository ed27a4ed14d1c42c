"""Projects: listed, begun, shown and changed; by a drafter of the owner, shared by its head."""

from typing import Any

import pytest

from forums.funding.models import Project
from tests.api import api, assert_hidden_as_absent, codes, queries_of, refused, rfc3339
from tests.documents.support import Ledger, party, unknown_id
from tests.factories import ProjectFactory, delegate, seat


def summary(project: Project) -> dict[str, Any]:
    """The project as it is listed, without its etag."""
    return {
        "id": str(project.pk),
        "identifier": project.identifier,
        "owner_delegation": party(project.owner_delegation),
        "forum": project.forum.slug if project.forum else None,
        "titles": project.titles,
        "status": project.status,
        "illustrative": project.illustrative,
        "visibility": project.visibility,
        "created_at": rfc3339(project.created_at),
    }


def body(seat_: Any, **given: Any) -> dict[str, Any]:
    return {
        "delegation": str(seat_.pk),
        "identifier": "XM-2",
        "titles": {"en": "Training", "sr-Latn": "Obuka"},
        "status": "1",
        **given,
    }


def test_the_list_holds_what_the_forum_sees_and_what_is_at_home(
    purse: Any, owning: Any, bosnian: Any, outside: Any
) -> None:
    home = ProjectFactory(delegation=purse.secretariat, visibility="home")

    assert owning.get("projects").json() == {
        "items": [summary(home) | {"etag": '"1"'}, summary(purse.project) | {"etag": '"1"'}],
        "next": None,
        "previous": None,
    }
    assert [item["id"] for item in bosnian.get("projects").json()["items"]] == [
        str(purse.project.pk)
    ]
    assert [item["id"] for item in outside.get("projects").json()["items"]] == [str(purse.decoy.pk)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "2"}, 1),
        ({"status": "4"}, 0),
        ({"forum": "wb"}, 1),
        ({"forum": "other"}, 0),
        ({"forum": "nothing"}, 0),
    ],
)
def test_the_list_is_filtered_among_what_is_seen(
    purse: Any, bosnian: Any, query: dict[str, str], found: int
) -> None:
    assert len(bosnian.get("projects", query).json()["items"]) == found


def test_a_list_costs_the_same_however_many_there_are(purse: Any, owning: Any) -> None:
    def ask() -> Any:
        return owning.get("projects", {"abilities": "reasons"})

    ask()
    few = queries_of(ask)
    for _ in range(4):
        ProjectFactory(delegation=purse.secretariat, shares={"BA": "10"})

    assert queries_of(ask) == few


def test_a_drafter_begins_a_project_at_home(purse: Any, owning: Any, bosnian: Any) -> None:
    ledger = Ledger()
    shares = [{"country": "RS", "percentage": "60"}, {"country": "BA", "percentage": "12.5"}]

    answer = owning.post(
        "projects",
        body(purse.secretariat, recipient_shares=shares, planned_start="2024-01-01"),
    )

    assert answer.status_code == 201
    project = Project.objects.get(pk=answer.json()["id"])
    assert answer.headers["Location"].endswith(f"/api/v1/projects/{project.pk}")
    assert answer.json() == summary(project) | {
        "descriptions": {},
        "planned_start": "2024-01-01",
        "actual_start": None,
        "planned_end": None,
        "actual_end": None,
        "recipient_shares": [
            {"country": "BA", "percentage": "12.5"},
            {"country": "RS", "percentage": "60"},
        ],
        "abilities": {
            "revise": True,
            "add_transaction": True,
            "share": False,
            "manage_access": False,
        },
    }
    assert (project.visibility, project.forum) == ("home", purse.forum)
    (entry,) = ledger.new()
    assert (entry.kind, entry.effective_scope_id) == ("project.created", project.effective_scope_id)
    assert_hidden_as_absent(bosnian, f"projects/{project.pk}", f"projects/{unknown_id()}")


def test_an_identifier_is_once_among_the_owners_and_tells_nothing_of_others(
    purse: Any, owning: Any, outside: Any
) -> None:
    assert refused(owning.post("projects", body(purse.secretariat, identifier="XM-1"))) == (
        409,
        "identifier_taken",
    )
    ProjectFactory(delegation=purse.secretariat, identifier="XM-3", visibility="home")
    theirs = body(purse.decoy.owner_delegation, identifier="XM-3")
    assert outside.post("projects", theirs).status_code == 201


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"titles": {}}, [("/titles", "empty")]),
        ({"status": "7"}, [("/status", "invalid_choice")]),
        ({"status": 1}, [("/status", "invalid_type")]),
        ({"hierarchy": "1"}, [("/hierarchy", "unknown_field")]),
        (
            {"planned_start": "2024-02-01", "planned_end": "2024-01-01"},
            [("/planned_end", "before_start")],
        ),
        (
            {
                "recipient_shares": [
                    {"country": "BA", "percentage": "60"},
                    {"country": "RS", "percentage": "40.0001"},
                ]
            },
            [("/recipient_shares", "more_than_whole")],
        ),
        (
            {"recipient_shares": [{"country": "BA", "percentage": "1"}] * 2},
            [("/recipient_shares", "repeated")],
        ),
        (
            {"recipient_shares": [{"country": "BA", "percentage": "0"}]},
            [("/recipient_shares/0/percentage", "out_of_range")],
        ),
        (
            {"recipient_shares": [{"country": "QQ", "percentage": "1"}]},
            [("/recipient_shares/0/country", "unknown")],
        ),
        (
            {"recipient_shares": [{"country": "BA", "percentage": 50}]},
            [("/recipient_shares/0/percentage", "invalid_type")],
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_is(
    purse: Any, owning: Any, given: dict[str, Any], errors: list[Any]
) -> None:
    assert codes(owning.post("projects", body(purse.secretariat, **given))) == errors


def test_a_seat_that_is_not_ones_own_or_not_seen_begins_nothing(purse: Any, owning: Any) -> None:
    assert refused(owning.post("projects", body(purse.bosnia))) == (403, "drafter_required")
    for hidden in (purse.decoy.owner_delegation.pk, unknown_id()):
        answer = owning.post("projects", body(purse.bosnia, delegation=str(hidden)))
        assert codes(answer) == [("/delegation", "unknown")]


def test_a_change_names_what_it_changes(purse: Any, owning: Any) -> None:
    path = f"projects/{purse.project.pk}"
    read = owning.get(path)
    changes = {
        "titles": {"en": None, "bs": "Projekat"},
        "status": "4",
        "actual_end": "2024-06-30",
        "recipient_shares": [{"country": "ME", "percentage": "100"}],
    }

    assert refused(owning.patch(path, changes)) == (428, "precondition_required")
    answer = owning.patch(path, changes, if_match=read)

    assert answer.status_code == 200
    told = answer.json()
    assert (told["titles"], told["status"]) == ({"bs": "Projekat"}, "4")
    assert told["recipient_shares"] == [{"country": "ME", "percentage": "100"}]
    assert answer.headers["ETag"].startswith('"2.')
    assert owning.patch(path, changes, if_match='"2"').headers["ETag"].startswith('"2.')
    assert refused(owning.patch(path, changes, if_match=read)) == (412, "precondition_failed")
    assert codes(owning.patch(path, {"titles": {"bs": None}}, if_match='"2"')) == [
        ("/titles", "required")
    ]


def test_who_reads_it_is_the_heads_to_say(purse: Any, owning: Any, bosnian: Any) -> None:
    project = ProjectFactory(delegation=purse.secretariat, visibility="home")
    path = f"projects/{project.pk}"
    head = api(delegate(purse.secretariat, "head"))

    assert refused(owning.patch(path, {"visibility": "forum"}, if_match='"1"')) == (
        403,
        "head_required",
    )
    assert bosnian.get(path).status_code == 404
    assert head.patch(path, {"visibility": "forum"}, if_match='"1"').status_code == 200
    assert bosnian.get(path).status_code == 200
    assert head.patch(path, {"visibility": "home"}, if_match='"2"').status_code == 200
    assert bosnian.get(path).status_code == 404


def test_a_reader_and_a_seat_beside_change_nothing(purse: Any, bosnian: Any) -> None:
    path = f"projects/{purse.project.pk}"
    reader = api(delegate(purse.secretariat, "reader"))

    assert refused(reader.patch(path, {"status": "5"}, if_match='"1"')) == (403, "drafter_required")
    assert refused(bosnian.patch(path, {"status": "5"}, if_match='"1"')) == (403, "not_owner")
    assert refused(bosnian.post(f"{path}/transactions", {})) == (403, "not_owner")


def test_a_token_needs_the_scope(purse: Any) -> None:
    client = api(purse.drafter, ["funding:read"])

    assert client.get("projects").status_code == 200
    assert refused(client.post("projects", body(purse.secretariat)))[1] == "insufficient_scope"
    assert refused(api(purse.drafter, ["forums:read"]).get("projects"))[1] == "insufficient_scope"


def test_organisations_take_part_in_roles(purse: Any, owning: Any, bosnian: Any) -> None:
    path = f"projects/{purse.project.pk}/participating-organisations"

    assert [(item["role"], item["organisation"]) for item in bosnian.get(path).json()["items"]] == [
        ("1", "gov-no"),
        ("1", "gov-sk"),
        ("4", "undp-seesac"),
    ]
    assert len(bosnian.get(path, {"role": "4"}).json()["items"]) == 1
    made = owning.post(path, {"role": "2", "organisation": "gov-no"})
    assert made.status_code == 201
    assert made.headers["Location"].endswith(f"/participating-organisations/{made.json()['id']}")
    assert refused(owning.post(path, {"role": "2", "organisation": "gov-no"})) == (
        409,
        "already_there",
    )
    assert codes(owning.post(path, {"role": "9", "organisation": "x"})) == [
        ("/role", "invalid_choice")
    ]
    assert codes(owning.post(path, {"role": "2", "organisation": "x"})) == [
        ("/organisation", "unknown")
    ]
    one = f"participating-organisations/{made.json()['id']}"
    assert refused(bosnian.delete(one, if_match='"1"')) == (403, "not_owner")
    assert refused(owning.delete(one)) == (428, "precondition_required")
    assert owning.delete(one, if_match='"1"').status_code == 204
    assert owning.get(one).status_code == 404


def test_budgets_follow_the_project(purse: Any, owning: Any, bosnian: Any, outside: Any) -> None:
    path = f"projects/{purse.project.pk}/budgets"
    given = {
        "type": "revised",
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
        "value": "1000.5",
        "currency": "EUR",
    }

    made = owning.post(path, given)

    assert made.status_code == 201
    assert made.json() == {
        **given,
        "id": made.json()["id"],
        "project": str(purse.project.pk),
        "value": "1000.50",
        "value_date": "2024-01-01",
        "abilities": {"remove": True},
    }
    assert [item["value"] for item in bosnian.get(path).json()["items"]] == ["1000.50"]
    assert outside.get(path).status_code == 404
    one = f"budgets/{made.json()['id']}"
    assert outside.get(one).status_code == 404
    wrong = {**given, "period_end": "2023-01-01"}
    assert codes(owning.post(path, wrong)) == [("/period_end", "before_start")]
    assert owning.delete(one, if_match=made).status_code == 204
    assert owning.get(path).json()["items"] == []


def test_a_home_seats_project_has_no_forum(purse: Any) -> None:
    home = purse.bosnia.country.delegations.get(forum=None)
    person = api(delegate(home, "drafter"))

    made = person.post("projects", body(home))

    assert (made.status_code, made.json()["forum"]) == (201, None)
    assert codes(person.post("projects", body(home, identifier="b", visibility="forum"))) == [
        ("/visibility", "no_forum")
    ]
    assert api(delegate(seat(purse.decoy.forum, "BA"), "head")).get(
        f"projects/{made.json()['id']}"
    ).status_code == (404)
