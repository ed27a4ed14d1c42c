"""``POST /comments/{id}/promote``: by its own seat, what is named and nothing else."""

from datetime import datetime

import pytest

from documents.comments.models import Comment
from platform_api.ledger.models import Event
from tests.api import api
from tests.documents.support import alike, invalid, refusal, unknown_id
from tests.factories import release

from .conftest import BODY, passage

MINE = {"serbia", "serbia_reader"}
THEIRS = {"albania", "albania_reader"}
RULE = "A complaint shall be filed within 30 days."


def promote(client, comment, audience, **given):
    tag = client.get(f"comments/{comment['id']}").headers.get("ETag", comment["etag"])
    body = {"audience": audience, **given}
    return client.post(f"comments/{comment['id']}/promote", body, if_match=tag)


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ("owner", MINE | THEIRS),
        ("drafting_group", MINE | THEIRS),
        ("forum", MINE | THEIRS | {"croatia", "greece"}),
    ],
)
def test_a_wider_ring_reads_it_as_if_it_had_been_written_now(
    audience, seen_by, released, callers, write
):
    made = write(callers.albania, released, "Befor.")
    edited = callers.albania.patch(
        f"comments/{made['id']}", {"body": "After."}, if_match=made["etag"]
    )

    answer = promote(callers.albania, made, audience)

    mark = {"owner": "o", "drafting_group": "g", "forum": ""}[audience]
    assert answer.status_code == 200, answer.content
    assert answer.headers["ETag"].startswith(f'"{mark}1.')
    shown = callers.serbia.get(f"comments/{made['id']}").json()
    assert (shown["audience"], shown["body"], shown["edited_at"]) == (audience, "After.", None)
    assert datetime.fromisoformat(shown["posted_at"]) > datetime.fromisoformat(
        edited.json()["edited_at"]
    )
    assert callers.seeing(made) == seen_by


def test_no_reply_goes_along_unless_it_is_named(released, callers, write):
    first = write(callers.albania, released, "What do we say?")
    kept = write(callers.albania, released, "They must not hear this.", thread=first["id"])
    said = [write(callers.albania, released, f"{n}", thread=first["id"]) for n in (1, 2)]

    answer = promote(
        callers.albania, first, "drafting_group", replies=[each["id"] for each in reversed(said)]
    )

    assert answer.status_code == 200, answer.content
    path = f"sections/{released.pk}/comments"
    bodies = [each["body"] for each in callers.serbia.get(path).json()["items"]]
    assert bodies == ["What do we say?", "1", "2"]
    assert callers.seeing(kept) == THEIRS
    assert "hear this" not in callers.serbia.get(path).content.decode()
    later = promote(callers.albania, kept, "drafting_group")
    assert later.status_code == 200
    assert callers.seeing(kept) == MINE | THEIRS


def test_each_seat_promotes_its_own_alone(released, callers, write):
    first = write(callers.albania, released, audience="drafting_group")
    reply = write(callers.serbia, released, thread=first["id"])

    named = promote(callers.albania, first, "forum", replies=[reply["id"]])
    assert refusal(named) == (403, "not_seat")
    assert callers.seeing(first) == MINE | THEIRS  # nothing was done by halves
    assert refusal(promote(callers.serbia, first, "forum")) == (403, "not_seat")
    assert refusal(promote(callers.albania_reader, first, "forum")) == (403, "drafter_required")
    assert promote(callers.albania, first, "forum").status_code == 200
    assert callers.seeing(reply) == MINE | THEIRS
    assert promote(callers.serbia, reply, "forum").status_code == 200
    assert callers.seeing(reply) == MINE | THEIRS | {"croatia", "greece"}


def test_a_reply_reaches_no_further_than_its_thread(released, callers, write):
    first = write(callers.albania, released)
    reply = write(callers.albania, released, thread=first["id"])

    answer = promote(callers.albania, reply, "forum")

    assert refusal(answer) == (409, "wider_than_thread")
    assert callers.seeing(reply) == THEIRS


@pytest.mark.parametrize("audience", ["internal", "drafting_group"])
def test_nothing_is_promoted_to_a_ring_that_is_no_wider(audience, released, callers, write):
    made = write(callers.albania, released, audience="drafting_group")

    assert refusal(promote(callers.albania, made, audience)) == invalid(("/audience", "not_wider"))


def test_the_rings_that_a_seat_may_not_address_it_does_not_promote_to(released, callers, write):
    by_grant = write(callers.croatia, released)
    by_reading = write(callers.greece, released)
    own = write(callers.serbia, released)

    assert refusal(promote(callers.croatia, by_grant, "drafting_group"))[1] == "not_drafting_group"
    assert refusal(promote(callers.greece, by_reading, "forum"))[1] == "comment_grant_required"
    assert refusal(promote(callers.serbia, own, "owner")) == invalid(("/audience", "own_section"))
    assert promote(callers.croatia, by_grant, "forum").status_code == 200


def test_replies_that_are_not_of_the_thread_are_refused(released, callers, write):
    """Hidden ones are as unknown as ones that are not there."""
    first, other = write(callers.albania, released), write(callers.albania, released)
    hidden = write(callers.serbia, released)

    wrong = promote(callers.albania, first, "forum", replies=[other["id"]])
    assert refusal(wrong) == invalid(("/replies/0", "not_in_thread"))
    answers = [
        promote(callers.albania, first, "forum", replies=[str(id_)])
        for id_ in (unknown_id(), hidden["id"])
    ]
    assert refusal(answers[0]) == invalid(("/replies/0", "unknown"))
    assert alike(*answers)
    assert callers.seeing(first) == THEIRS


def test_from_a_section_at_home_nothing_is_promoted_beyond_its_owner(at_home, callers, write):
    made = write(callers.croatia, at_home)

    assert refusal(promote(callers.croatia, made, "forum")) == (409, "at_home")
    assert promote(callers.croatia, made, "owner").status_code == 200
    assert callers.seeing(made) == {"croatia"} | MINE


def test_a_resolved_thread_is_reopened_first(released, callers, write):
    made = write(callers.albania, released)
    callers.albania.post(f"comments/{made['id']}/resolve", {}, if_match=made["etag"])

    assert refusal(promote(callers.albania, made, "forum")) == (409, "wrong_state")


def test_what_was_noted_at_home_is_promoted_without_a_word_of_the_text_at_home(
    desk, callers, write
):
    """Its anchor is set into the released text; lost, it has to be set anew."""
    section = desk.section(body=BODY.replace("30", "15 (secret)"))
    passage_then = "A complaint shall be filed within 15 (secret) days."
    made = write(callers.serbia, section, anchor={"exact": passage_then})
    lost = write(callers.serbia, section, anchor={"exact": "15 (secret)"})
    read = callers.serbia.get(f"sections/{section.pk}")
    callers.serbia.patch(f"sections/{section.pk}", {"body": BODY}, if_match=read)
    section.refresh_from_db()
    release(section)

    assert promote(callers.serbia, made, "drafting_group").status_code == 200
    shown = callers.albania.get(f"comments/{made['id']}")
    assert shown.json()["anchor"]["quote"] == RULE
    assert shown.json()["anchor"]["revision"] is not None
    assert b"secret" not in shown.content
    assert refusal(promote(callers.serbia, lost, "drafting_group")) == (409, "anchor_lost")
    assert callers.seeing(lost) == MINE
    path = f"comments/{lost['id']}"
    callers.serbia.patch(path, {"anchor": None}, if_match=callers.serbia.get(path))
    assert promote(callers.serbia, lost, "drafting_group").status_code == 200


def test_a_passage_of_the_public_text_keeps_its_revision(released, callers, write):
    made = write(callers.albania, released, anchor=passage(BODY, RULE))

    promoted = promote(callers.albania, made, "forum").json()

    assert promoted["anchor"] == made["anchor"]


def test_the_feed_tells_of_each_act_to_its_ring_alone(desk, released, callers, write):
    """What was told at home before a promotion stays told at home."""
    made = write(callers.albania, released)
    promote(callers.albania, made, "owner")
    promote(callers.albania, made, "drafting_group")
    promote(callers.albania, made, "forum")

    told = Event.objects.filter(object_id=made["id"]).order_by("entry_id", "ordinal")
    home, owner = desk.albania.home_scope_id, desk.serbia.home_scope_id
    assert [(each.type, each.narrow_scope_id) for each in told] == [
        ("comment.created", home),
        ("comment.promoted", home),
        ("comment.promoted", owner),
        ("comment.promoted", desk.document.drafting_scope_id),
        ("comment.promoted", None),
    ]


def test_two_seats_of_an_owners_thread_promote_no_more_than_their_own(
    desk, released, callers, write
):
    first = write(callers.croatia, released, audience="owner")
    reply = write(callers.serbia, released, thread=first["id"])

    assert promote(callers.croatia, first, "forum").status_code == 200
    assert callers.seeing(reply) == {"croatia"} | MINE
    assert Comment.objects.get(pk=reply["id"]).audience == "owner"
    further = write(callers.serbia, released, thread=first["id"])
    assert further["audience"] == "forum"
    assert api(desk.albanian).get(f"comments/{further['id']}").status_code == 200
