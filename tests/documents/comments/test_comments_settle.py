"""``POST /comments/{id}/resolve`` and ``/reopen``."""

import pytest

from documents.comments.models import Comment
from tests.api import api
from tests.documents.support import REQUEST, entry, refusal

from .conftest import BODY


@pytest.mark.parametrize("who", ["serbia", "albania"])
def test_a_thread_is_resolved_and_reopened_by_its_seat_or_the_sections_owner(
    who, desk, released, callers, write, ledger
):
    made = write(callers.albania, released, audience="drafting_group")
    client, path = getattr(callers, who), f"comments/{made['id']}"
    seat = getattr(desk, who)
    ledger.new()

    resolved = client.post(f"{path}/resolve", {}, if_match=made["etag"], headers=REQUEST)
    reopened = client.post(f"{path}/reopen", {}, if_match=resolved, headers=REQUEST)

    assert (resolved.status_code, reopened.status_code) == (200, 200)
    assert resolved.json()["state"] == "resolved"
    assert resolved.json()["resolved_by"]["id"] == str(seat.pk)
    assert resolved.json()["abilities"]["reopen"]
    assert reopened.json()["state"] == "open"
    assert (reopened.json()["resolved_at"], reopened.json()["resolved_by"]) == (None, None)
    user = desk.drafter if who == "serbia" else desk.albanian
    assert ledger.told() == [
        entry(
            kind,
            user,
            Comment.objects.get(pk=made["id"]),
            seat=seat,
            owner=desk.albania,
            scope=desk.albania.home_scope_id,
            details={"audience": "drafting_group"},
        )
        for kind in ("comment.resolved", "comment.reopened")
    ]


def test_nobody_else_resolves_it_and_nothing_twice(released, callers, write):
    made = write(callers.albania, released, audience="forum")
    reply = write(callers.serbia, released, thread=made["id"])
    path = f"comments/{made['id']}"
    tag = made["etag"]

    assert refusal(callers.croatia.post(f"{path}/resolve", {}, if_match=tag)) == (403, "not_seat")
    for reader in (callers.albania_reader, callers.serbia_reader):
        answer = reader.post(f"{path}/resolve", {}, if_match=tag)
        assert refusal(answer) == (403, "drafter_required")
    on_reply = callers.serbia.post(f"comments/{reply['id']}/resolve", {}, if_match=reply["etag"])
    assert refusal(on_reply) == (403, "reply")
    assert refusal(callers.serbia.post(f"{path}/reopen", {}, if_match=tag)) == (409, "wrong_state")
    assert refusal(callers.serbia.post(f"{path}/resolve", {}))[0] == 428
    done = callers.serbia.post(f"{path}/resolve", {}, if_match=tag)
    late = callers.serbia.post(f"{path}/resolve", {}, if_match=tag)
    twice = callers.serbia.post(f"{path}/resolve", {}, if_match=done)
    assert refusal(late) == (412, "precondition_failed")
    assert refusal(twice) == (409, "wrong_state")
    assert twice.json()["allowed"] == ["open"]


def test_on_a_common_section_every_seat_of_the_group_resolves(desk, callers, write):
    section = desk.section(common=True, body=BODY)
    made = write(callers.serbia, section, audience="drafting_group")

    answer = api(desk.albanian_head).post(
        f"comments/{made['id']}/resolve", {}, if_match=made["etag"]
    )

    assert answer.status_code == 200
    assert answer.json()["resolved_by"]["country"] == "AL"


def test_an_internal_thread_is_its_seats_alone_to_resolve(released, callers, write):
    made = write(callers.albania, released)

    hidden = callers.serbia.post(f"comments/{made['id']}/resolve", {}, if_match=made["etag"])
    own = callers.albania.post(f"comments/{made['id']}/resolve", {}, if_match=made["etag"])

    assert (refusal(hidden), own.status_code) == ((404, "not_found"), 200)
