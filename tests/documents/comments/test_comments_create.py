"""``POST /sections/{id}/comments``: who says what to whom."""

from uuid import UUID

import pytest

from documents.comments.models import Comment
from forums.membership.models import Delegate
from platform_api.core.actor import Level
from platform_api.core.service import writing
from platform_api.notifications.models import Notification
from tests.api import api, rfc3339
from tests.documents.support import REQUEST, alike, entry, invalid, party, refusal, unknown_id
from tests.factories import delegate, grant, seat, service_client

from .conftest import BODY, passage

MINE = {"serbia", "serbia_reader"}
THEIRS = {"albania", "albania_reader"}
GRANTED = {"croatia", "greece"}
RULE = "A complaint shall be filed within 30 days."


def test_a_comment_is_for_its_own_seat_unless_it_says_otherwise(desk, released, callers, ledger):
    answer = callers.albania.post(
        f"sections/{released.pk}/comments", {"body": "Too short a time."}, headers=REQUEST
    )

    comment = Comment.objects.get(section=released)
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/api/v1/comments/{comment.pk}")
    assert answer.headers["ETag"].startswith('"h1.')
    assert answer.json() == {
        "id": str(comment.pk),
        "section": str(released.pk),
        "thread": None,
        "delegation": party(desk.albania),
        "audience": "internal",
        "body": "Too short a time.",
        "state": "open",
        "posted_at": rfc3339(comment.posted_at),
        "edited_at": None,
        "deleted_at": None,
        "resolved_at": None,
        "resolved_by": None,
        "anchor": None,
        "abilities": {
            "revise": True,
            "delete": True,
            "resolve": True,
            "reopen": False,
            "promote": True,
        },
    }
    assert UUID(answer.json()["id"]).version == 4
    assert callers.seeing(answer.json()) == THEIRS
    assert ledger.told() == [
        entry(
            "comment.created",
            desk.albanian,
            comment,
            seat=desk.albania,
            owner=desk.albania,
            scope=desk.albania.home_scope_id,
            details={"audience": "internal"},
        )
    ]


@pytest.mark.parametrize(
    ("who", "audience", "seen_by"),
    [
        ("serbia", "internal", MINE),
        ("albania", "internal", THEIRS),
        ("greece", "internal", {"greece"}),
        ("albania", "owner", THEIRS | MINE),
        ("croatia", "owner", {"croatia"} | MINE),
        ("serbia", "drafting_group", MINE | THEIRS),
        ("albania", "drafting_group", MINE | THEIRS),
        ("albania", "forum", MINE | THEIRS | GRANTED),
        ("croatia", "forum", MINE | THEIRS | GRANTED),
    ],
)
def test_each_ring_is_read_by_those_in_it_who_read_the_section(
    who, audience, seen_by, released, callers, write
):
    comment = write(getattr(callers, who), released, audience=audience)

    assert callers.seeing(comment) == seen_by


@pytest.mark.parametrize(
    ("who", "audience", "expected"),
    [
        ("croatia", "drafting_group", (403, "not_drafting_group")),
        ("greece", "drafting_group", (403, "not_drafting_group")),
        ("greece", "forum", (403, "comment_grant_required")),
        ("greece", "owner", (403, "comment_grant_required")),
        ("serbia", "owner", invalid(("/audience", "own_section"))),
        ("serbia_reader", "internal", (403, "drafter_required")),
        ("bulgaria", "internal", (404, "not_found")),
        ("montenegro", "forum", (404, "not_found")),
    ],
)
def test_nobody_addresses_a_ring_from_outside_of_it(who, audience, expected, released, callers):
    answer = getattr(callers, who).post(
        f"sections/{released.pk}/comments", {"body": "A remark.", "audience": audience}
    )

    assert refusal(answer) == expected
    assert not Comment.objects.filter(section=released).exists()


def test_a_common_section_has_no_owner_to_address(desk, callers):
    section = desk.section(common=True)

    answer = callers.albania.post(
        f"sections/{section.pk}/comments", {"body": "A remark.", "audience": "owner"}
    )

    assert refusal(answer) == invalid(("/audience", "no_owner"))


@pytest.mark.parametrize("audience", ["drafting_group", "forum"])
@pytest.mark.parametrize("who", ["serbia", "croatia"])
def test_from_a_section_at_home_only_its_owner_is_addressed(who, audience, at_home, callers):
    answer = getattr(callers, who).post(
        f"sections/{at_home.pk}/comments", {"body": "A remark.", "audience": audience}
    )

    expected = (403, "not_drafting_group") if who == "croatia" else (409, "at_home")
    if (who, audience) == ("croatia", "forum"):
        expected = (409, "at_home")
    assert refusal(answer) == expected


def test_who_was_granted_a_section_at_home_talks_with_its_owner_there(at_home, callers, write):
    remark = write(callers.croatia, at_home, audience="owner")
    answer = write(callers.serbia, at_home, thread=remark["id"])
    again = write(callers.croatia, at_home, thread=remark["id"])

    for each in (remark, answer, again):
        assert each["audience"] == "owner"
        assert callers.seeing(each) == {"croatia"} | MINE


def test_a_reply_is_read_by_the_readers_of_its_thread(released, callers, write):
    first = write(callers.albania, released, audience="drafting_group")
    reply = write(callers.serbia, released, "So be it.", thread=first["id"])

    assert (reply["thread"], reply["audience"]) == (first["id"], "drafting_group")
    assert callers.seeing(reply) == MINE | THEIRS


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"audience": "internal"}, ("/audience", "not_the_threads")),
        ({"anchor": {"start": 0, "end": 5}}, ("/anchor", "not_in_a_reply")),
    ],
)
def test_a_reply_has_the_audience_and_the_place_of_its_thread(
    given, expected, released, callers, write
):
    first = write(callers.albania, released, audience="forum")

    answer = callers.serbia.post(
        f"sections/{released.pk}/comments", {"body": "No.", "thread": first["id"], **given}
    )

    assert refusal(answer) == invalid(expected)


def test_a_thread_that_is_hidden_is_as_unknown_as_one_that_is_not_there(
    desk, released, callers, write
):
    """So is a reply, and a thread of another section."""
    hidden = write(callers.albania, released)
    shared = write(callers.albania, released, audience="forum")
    reply = write(callers.albania, released, thread=shared["id"])
    elsewhere = write(callers.serbia, desk.section(released=True), audience="forum")

    answers = [
        callers.serbia.post(
            f"sections/{released.pk}/comments", {"body": "To whom?", "thread": str(id_)}
        )
        for id_ in (unknown_id(), hidden["id"], reply["id"], elsewhere["id"])
    ]

    assert refusal(answers[0]) == invalid(("/thread", "unknown"))
    assert alike(*answers)


def test_who_acts_for_several_seats_names_the_one_that_speaks(desk, released, write):
    person = delegate(desk.albania, "drafter").user
    delegate(desk.serbia, "drafter", user=person)
    outside = seat(desk.forum, "BG")
    delegate(outside, "drafter", user=person)
    client, path = api(person), f"sections/{released.pk}/comments"

    assert refusal(client.post(path, {"body": "We."})) == invalid(("/delegation", "required"))
    named = write(client, released, delegation=str(desk.albania.pk))
    assert named["delegation"]["country"] == "AL"
    for other in (outside.pk, desk.montenegro.pk, unknown_id()):
        answer = client.post(path, {"body": "They.", "delegation": str(other)})
        assert refusal(answer) == (403, "drafter_required")


def test_a_service_client_comments_for_its_seat(desk, released, write):
    client = service_client(desk.albania, "drafter", ["documents:read", "documents:write"])

    assert write(api(client), released)["delegation"] == party(desk.albania)


def _told(comment):
    """The countries whose people were notified of a comment, and of what."""
    rows = Notification.objects.filter(object_type="comment", object_id=comment["id"])
    people = Delegate.objects.filter(user__in=rows.values("user"))
    codes = people.values_list("delegation__country__code", flat=True)
    return {*rows.values_list("kind", flat=True)}, {*codes}


def test_the_owner_and_the_thread_are_told_and_only_those_who_see_it(
    desk, released, callers, write
):
    """Not a seat that took part and has lost its sight."""
    first = write(callers.croatia, released, audience="forum")
    reply = write(callers.albania, released, thread=first["id"])
    with writing():
        released.grants.all().delete()
    later = write(callers.serbia, released, thread=first["id"])

    assert _told(first) == ({"comment.created"}, {"RS"})
    assert _told(reply) == ({"comment.replied"}, {"RS", "HR", "AL"})
    assert _told(later) == ({"comment.replied"}, {"RS", "AL"})


def test_an_internal_comment_tells_the_rest_of_the_seat_alone(desk, released, callers, write):
    """Its drafters and heads but for whoever wrote it."""
    comment = write(callers.albania, released)

    told = Notification.objects.filter(object_type="comment", object_id=comment["id"])
    assert [row.user for row in told] == [desk.albanian_head]


def test_with_a_grant_that_has_ended_nothing_is_said(desk, released, callers):
    with writing():
        released.grants.all().delete()
    grant(released, seat(desk.montenegro.forum, "SI"), Level.COMMENT)

    for who in (callers.croatia, callers.greece):
        answer = who.post(f"sections/{released.pk}/comments", {"body": "Still here."})
        assert refusal(answer) == (404, "not_found")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("/body", "required")),
        ({"body": ""}, ("/body", "blank")),
        ({"body": "x" * 20_001}, ("/body", "max_length")),
        ({"body": "a\x00b"}, ("/body", "unstorable_text")),
        ({"body": "a\ud800b"}, ("/body", "unstorable_text")),
        ({"body": 1}, ("/body", "invalid_type")),
        ({"body": "x", "audience": "public"}, ("/audience", "invalid_choice")),
        ({"body": "x", "thread": "x"}, ("/thread", "invalid")),
        ({"body": "x", "delegation": "x"}, ("/delegation", "invalid")),
        ({"body": "x", "resolved": True}, ("/resolved", "unknown_field")),
    ],
)
def test_what_is_no_comment_is_refused(given, expected, released, callers):
    answer = callers.serbia.post(f"sections/{released.pk}/comments", given)

    assert refusal(answer) == invalid(expected)


def test_a_million_characters_are_too_many(released, callers):
    answer = callers.serbia.post(f"sections/{released.pk}/comments", {"body": "ж" * 1_000_000})

    assert refusal(answer)[0] == 413
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script> & <b>bold</b>",
        "\u202egnisrever\u202c \u2066isolated\u2069",
        "  outer spaces \r\n",
        "e\u0301 👩‍👩‍👧 \u200d",
    ],
)
def test_words_are_kept_to_the_letter_as_those_of_sections_are(body, released, callers, write):
    made = write(callers.serbia, released, body)

    assert made["body"] == body
    assert callers.serbia.get(f"comments/{made['id']}").json()["body"] == body


def test_an_idempotent_repeat_writes_once(released, callers):
    sent = [
        callers.serbia.post(f"sections/{released.pk}/comments", {"body": "Once."}, key="k-1")
        for _ in range(2)
    ]

    assert sent[0].json() == sent[1].json()
    assert Comment.objects.filter(section=released).count() == 1


def test_a_passage_is_named_by_its_place_in_code_points(released, callers, write):
    comment = write(callers.albania, released, anchor=passage(BODY, "Žalba se podnosi"))

    assert comment["anchor"]["quote"] == "Žalba se podnosi"
    assert comment["anchor"]["standing"] == "placed"
