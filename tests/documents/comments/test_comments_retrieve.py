"""``GET /comments/{id}``."""

from tests.api import api
from tests.documents.support import alike, refusal, unknown_id

from .conftest import BODY, passage


def test_a_comment_is_shown_with_the_state_of_its_thread(released, callers, write):
    first = write(callers.albania, released, audience="drafting_group")
    reply = write(callers.serbia, released, "So be it.", thread=first["id"])
    path = f"comments/{first['id']}"
    callers.albania.post(f"{path}/resolve", {}, if_match=first["etag"])

    shown = [callers.serbia.get(f"comments/{each['id']}").json() for each in (first, reply)]

    for each in shown:
        assert each["state"] == "resolved"
        assert each["resolved_by"]["country"] == "AL"
        assert each["resolved_at"]
    assert [each["thread"] for each in shown] == [None, first["id"]]


def test_a_hidden_comment_answers_as_one_that_is_not_there(released, callers, write):
    internal = write(callers.albania, released, anchor=passage(BODY, "30 days"))
    group = write(callers.albania, released, audience="drafting_group")

    answers = [
        client.get(f"comments/{id_}")
        for client, id_ in (
            (callers.serbia, unknown_id()),
            (callers.serbia, internal["id"]),
            (callers.croatia, group["id"]),
            (callers.montenegro, group["id"]),
        )
    ]

    assert refusal(answers[0]) == (404, "not_found")
    assert alike(*answers)


def test_a_comment_goes_out_of_sight_with_its_section(desk, released, callers, write):
    """Also out of that of whoever wrote it, until the section is back."""
    made = write(callers.albania, released, audience="forum")
    internal = write(callers.albania, released)
    named = {"type": "section", "id": str(released.pk)}
    restricting = api(desk.head)
    answer = restricting.post("access/restrict", {"object": named, "reason": "Under review."})
    assert answer.status_code == 200, answer.content

    for comment in (made, internal):
        assert callers.albania.get(f"comments/{comment['id']}").status_code == 404
    assert callers.serbia.get(f"comments/{made['id']}").status_code == 200
    assert callers.serbia.get(f"comments/{internal['id']}").status_code == 404
