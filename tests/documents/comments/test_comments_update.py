"""``PATCH /comments/{id}`` and ``DELETE /comments/{id}``."""

import pytest

from documents.comments.models import Comment
from tests.documents.support import REQUEST, entry, invalid, refusal

from .conftest import BODY, passage


def test_the_words_of_a_comment_are_changed_by_its_seat(desk, released, callers, write, ledger):
    made = write(callers.albania, released, "Befor.", audience="forum")
    ledger.new()

    answer = callers.albania.patch(
        f"comments/{made['id']}", {"body": "After."}, if_match=made["etag"], headers=REQUEST
    )

    comment = Comment.objects.get(pk=made["id"])
    assert answer.status_code == 200
    assert answer.headers["ETag"].startswith('"2.')
    shown = answer.json()
    assert (shown["body"], shown["posted_at"]) == ("After.", made["posted_at"])
    assert shown["edited_at"] is not None
    assert ledger.told() == [
        entry(
            "comment.revised",
            desk.albanian,
            comment,
            seat=desk.albania,
            owner=desk.albania,
            scope=desk.albania.home_scope_id,
            details={"audience": "forum"},
        )
    ]


def test_a_passage_is_set_changed_and_taken_away(released, callers, write):
    made = write(callers.albania, released)
    path, tag, quotes = f"comments/{made['id']}", made["etag"], []
    for anchor in (passage(BODY, "30 days"), {"exact": "The commander"}, None):
        answer = callers.albania.patch(path, {"anchor": anchor}, if_match=tag)
        tag = answer.headers["ETag"]
        quotes.append(answer.json()["anchor"] and answer.json()["anchor"]["quote"])

    assert quotes == ["30 days", "The commander", None]


def test_a_change_that_changes_nothing_is_none(released, callers, write, ledger):
    made = write(callers.albania, released, anchor=passage(BODY, "30 days"))
    ledger.new()

    body = {"body": made["body"], "anchor": passage(BODY, "30 days")}
    answer = callers.albania.patch(f"comments/{made['id']}", body, if_match=made["etag"])

    assert answer.headers["ETag"] == made["etag"]
    assert ledger.new() == []


def test_a_reply_is_given_no_place_of_its_own(released, callers, write):
    first = write(callers.albania, released, audience="forum")
    reply = write(callers.albania, released, thread=first["id"])

    answer = callers.albania.patch(
        f"comments/{reply['id']}", {"anchor": {"start": 0, "end": 5}}, if_match=reply["etag"]
    )

    assert refusal(answer) == invalid(("/anchor", "not_in_a_reply"))


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_only_the_seat_that_wrote_it_changes_it(method, released, callers, write):
    made = write(callers.albania, released, audience="forum")
    given = {"body": "Theirs."} if method == "patch" else None

    def asked(client, tag=made["etag"]):
        arguments = [given] if given else []
        return getattr(client, method)(f"comments/{made['id']}", *arguments, if_match=tag)

    assert refusal(asked(callers.serbia)) == (403, "not_seat")
    assert refusal(asked(callers.croatia)) == (403, "not_seat")
    assert refusal(asked(callers.albania_reader)) == (403, "drafter_required")
    assert refusal(asked(callers.montenegro)) == (404, "not_found")
    assert refusal(asked(callers.albania, None)) == (428, "precondition_required")
    assert refusal(asked(callers.albania, '"7"')) == (412, "precondition_failed")
    assert callers.albania.get(f"comments/{made['id']}").json()["body"] == "A remark."


def test_a_comment_that_was_taken_back_leaves_its_place_and_no_words(released, callers, write):
    made = write(callers.albania, released, "Secret.", audience="forum", anchor={"exact": "Žalba"})
    reply = write(callers.serbia, released, "Noted.", thread=made["id"])
    path = f"comments/{made['id']}"

    answer = callers.albania.delete(path, if_match=made["etag"])

    assert answer.status_code == 204
    shown = callers.serbia.get(path)
    assert (shown.json()["body"], shown.json()["anchor"]) == ("", None)
    assert shown.json()["deleted_at"] is not None
    assert callers.serbia.get(f"comments/{reply['id']}").json()["body"] == "Noted."
    row = Comment.objects.filter(pk=made["id"]).values().get()
    assert not [value for value in row.values() if value in ("Secret.", "Žalba")]
    again = [
        callers.albania.delete(path, if_match=shown),
        callers.albania.patch(path, {"body": "Back."}, if_match=shown),
        callers.albania.post(f"{path}/promote", {"audience": "forum"}, if_match=shown),
    ]
    assert [refusal(each) for each in again] == [(409, "deleted")] * 3
    assert callers.serbia.post(f"{path}/resolve", {}, if_match=shown).status_code == 200
