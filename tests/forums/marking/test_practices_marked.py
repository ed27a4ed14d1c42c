"""Practices, projects and meetings: audience, marks and shares together."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from forums.funding.models import Project
from policies.practices.models import Practice, PracticeGrant
from tests.api import ApiClient, api, refused
from tests.factories import (
    MeetingFactory,
    PracticeFactory,
    ProjectFactory,
    country,
    delegate,
    grant,
    publish,
    seat,
)

from .conftest import Table, named


@pytest.fixture
def practice(table: Table) -> Practice:
    """Serbia's, published to its forum."""
    return PracticeFactory(delegation=table.serbia, published="forum", title="Quarrelsome coaches")


def _readers(table: Table, path: str) -> set[str]:
    return {who for who, client in table.heads.items() if client.get(path).status_code == 200}


def test_a_narrowed_practice_leaves_lists_search_and_counts(
    table: Table, practice: Practice
) -> None:
    grant(practice, table.croatia)

    def told(client: ApiClient) -> tuple[Any, ...]:
        listed = client.get("practices", {"count": "true"}).json()
        found = client.get("search", {"q": "quarrelsome", "type": "practice"}).json()["items"]
        return (
            client.get(f"practices/{practice.pk}").status_code,
            client.get(f"practices/{practice.pk}/versions").status_code,
            [item["id"] for item in listed["items"]],
            listed["count"]["value"],
            [hit["id"] for hit in found],
        )

    key = str(practice.pk)
    everything = (200, 200, [key], 1, [key])
    assert told(table.heads["bosnia"]) == told(table.heads["croatia"]) == everything

    answer = table.mark(practice, releasable_to=["AL"])

    assert [each["holder"]["delegation"] for each in answer.json()["ended"]] == [
        str(table.croatia.pk)
    ]
    for who in ("bosnia", "croatia", "montenegro"):
        assert told(table.heads[who]) == (404, 404, [], 0, []), who
    for who in ("serbia", "albania"):
        assert told(table.heads[who]) == everything, who


def test_a_share_outside_is_refused_and_one_inside_is_given(
    table: Table, practice: Practice
) -> None:
    table.mark(practice, releasable_to=["AL", "HR"])
    serbia = table.heads["serbia"]

    outside = serbia.post(f"practices/{practice.pk}/shares", {"country": "BA"})
    assert refused(outside) == (409, "not_releasable")
    assert outside.json()["holders"] == [str(table.bosnia.country_id)]
    with pytest.raises(IntegrityError, match="not_releasable"), transaction.atomic():
        grant(practice, table.bosnia)

    assert serbia.post(f"practices/{practice.pk}/shares", {"country": "HR"}).status_code == 201
    assert _readers(table, f"practices/{practice.pk}") == {"serbia", "albania", "croatia"}


def test_a_new_seat_of_a_releasable_country_reads_and_another_does_not(
    table: Table, practice: Practice
) -> None:
    north, bulgaria = country("MK"), country("BG")
    table.mark(practice, releasable_to=["AL", "MK"])

    seats = {code: seat(table.forum, party) for code, party in (("MK", north), ("BG", bulgaria))}

    statuses = {
        code: api(delegate(each, "reader")).get(f"practices/{practice.pk}").status_code
        for code, each in seats.items()
    }
    assert statuses == {"MK": 200, "BG": 404}


def test_publishing_to_everybody_keeps_to_the_list(table: Table, practice: Practice) -> None:
    """Of a public object the named parties remain, with all their seats, and nobody else."""
    table.mark(practice, releasable_to=["HR"])
    publish(practice, "public")

    assert _readers(table, f"practices/{practice.pk}") == {"serbia", "croatia"}
    assert ApiClient().get(f"practices/{practice.pk}").status_code in (401, 404)

    table.mark(practice)
    assert _readers(table, f"practices/{practice.pk}") == set(table.heads)


def test_of_a_public_object_a_role_that_reads_nothing_remains_nobodys_way_in(
    table: Table, practice: Practice
) -> None:
    """Who manages a named party's access reads what everybody does, and not what is left to it."""
    callers = {role: api(delegate(table.albania, role)) for role in ("reader", "access_manager")}

    def answers() -> dict[str, int]:
        path = f"practices/{practice.pk}"
        return {role: client.get(path).status_code for role, client in callers.items()}

    publish(practice, "public")
    assert answers() == {"reader": 200, "access_manager": 200}

    table.mark(practice, releasable_to=["AL"])
    assert answers() == {"reader": 200, "access_manager": 404}


def test_a_party_that_comes_later_reads_what_was_public_to_it(
    table: Table, practice: Practice
) -> None:
    slovenia = country("SI")
    publish(practice, "public")
    table.mark(practice, releasable_to=["SI"])

    reader = api(delegate(seat(table.croatia.forum, slovenia), "reader"))

    assert reader.get(f"practices/{practice.pk}").status_code == 200


def test_withdrawing_and_publishing_anew_keep_the_marks(table: Table, practice: Practice) -> None:
    table.mark(practice, releasable_to=["AL"])
    current = table.heads["serbia"].get(f"practices/{practice.pk}")
    withdrawn = table.heads["serbia"].post(
        f"practices/{practice.pk}/withdraw", {"reason": "Outdated."}, if_match=current
    )
    assert withdrawn.status_code == 200
    assert _readers(table, f"practices/{practice.pk}") == {"serbia"}

    publish(practice, "forum")
    assert _readers(table, f"practices/{practice.pk}") == {"serbia", "albania"}


def test_green_keeps_a_public_practice_in_no_wider_ring_than_it_has(
    table: Table, practice: Practice
) -> None:
    """Without a forum of its audience, its owner's seat is what remains."""
    publish(practice, "public")
    table.mark(practice, tlp="green")
    assert _readers(table, f"practices/{practice.pk}") == {"serbia"}

    publish(practice, "forum")
    assert _readers(table, f"practices/{practice.pk}") == set(table.heads) - {"croatia"}
    assert not PracticeGrant.objects.filter(
        content_object=practice, group__rolegroup__holder_id=table.croatia.pk
    ).exists()


def test_a_meeting_is_narrowed_with_all_that_is_kept_of_it(table: Table) -> None:
    meeting = MeetingFactory(delegation=table.serbia)
    path = f"meetings/{meeting.pk}"
    assert _readers(table, path) == set(table.heads) - {"croatia"}

    table.mark(meeting, releasable_to=["ME"])

    assert _readers(table, path) == {"serbia", "montenegro"}
    assert _readers(table, f"{path}/agenda") == {"serbia", "montenegro"}


def test_a_project_s_visibility_moves_within_its_marks(table: Table) -> None:
    project = ProjectFactory(delegation=table.serbia, visibility="forum")
    path = f"projects/{project.pk}"
    table.mark(project, releasable_to=["AL"])
    assert _readers(table, path) == {"serbia", "albania"}

    serbia = table.heads["serbia"]
    for visibility, readers in (("home", {"serbia"}), ("forum", {"serbia", "albania"})):
        changed = serbia.patch(path, {"visibility": visibility}, if_match=serbia.get(path))
        assert changed.status_code == 200, changed.content
        assert _readers(table, path) == readers
    assert named(Project.objects.get(pk=project.pk)) == named(project)
