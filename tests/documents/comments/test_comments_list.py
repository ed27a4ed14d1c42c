"""``GET /sections/{id}/comments``: in order, filtered, paged, and what the caller sees alone."""

import pytest

from documents.comments.models import Comment
from documents.texts.wording.anchoring import Movement
from tests.documents.support import alike, items, queries_of, refusal, unknown_id
from tests.factories import actor_at
from tests.laying import laid

from .conftest import BODY, passage, written


@laid
def threads(desk, released, callers):
    """Threads in every ring, with replies, one of them resolved, and a decoy beside them."""
    written(callers.serbia, desk.section(released=True), "A decoy.", audience="forum")
    made = {
        "theirs": written(callers.albania, released, "Theirs."),
        "mine": written(callers.serbia, released, "Mine."),
        "group": written(callers.albania, released, "Group.", audience="drafting_group"),
        "forum": written(callers.croatia, released, "Forum.", audience="forum"),
        "owner": written(callers.croatia, released, "Owner.", audience="owner"),
    }
    made["answer"] = written(callers.serbia, released, "So be it.", thread=made["group"]["id"])
    path = f"comments/{made['group']['id']}"
    resolved = callers.serbia.post(f"{path}/resolve", {}, if_match=made["group"]["etag"])
    assert resolved.status_code == 200, resolved.content
    return made


def told(client, section, **query):
    return items(client.get(f"sections/{section.pk}/comments", query), "body")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("serbia", ["Mine.", "Group.", "Forum.", "Owner.", "So be it."]),
        ("serbia_reader", ["Mine.", "Group.", "Forum.", "Owner.", "So be it."]),
        ("albania", ["Theirs.", "Group.", "Forum.", "So be it."]),
        ("croatia", ["Forum.", "Owner."]),
        ("greece", ["Forum."]),
    ],
)
def test_each_caller_gets_what_it_may_read_in_the_order_of_posting(
    who, expected, released, callers, threads
):
    client = getattr(callers, who)

    assert told(client, released) == expected
    counted = client.get(f"sections/{released.pk}/comments", {"count": "true"}).json()["count"]
    assert counted == {"value": len(expected), "capped": False}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "resolved"}, ["Group.", "So be it."]),
        ({"state": "open"}, ["Mine.", "Forum.", "Owner."]),
        ({"audience": "internal"}, ["Mine."]),
        ({"audience": "drafting_group", "state": "open"}, []),
        ({"thread": "group"}, ["Group.", "So be it."]),
        ({"thread": "theirs"}, []),
        ({"thread": "answer"}, ["So be it."]),
    ],
)
def test_filters_narrow_it(query, expected, released, callers, threads):
    if "thread" in query:
        query = {"thread": threads[query["thread"]]["id"]}

    assert told(callers.serbia, released, **query) == expected


def test_pages_lead_through_all_of_it_and_back(released, callers, threads):
    page = callers.serbia.get(f"sections/{released.pk}/comments", {"limit": 2}).json()
    found, pages = [each["body"] for each in page["items"]], [page]
    while page["next"]:
        page = callers.serbia.get(page["next"]).json()
        found += [each["body"] for each in page["items"]]
        pages.append(page)

    assert found == ["Mine.", "Group.", "Forum.", "Owner.", "So be it."]
    back = callers.serbia.get(page["previous"]).json()
    assert back["items"] == pages[-2]["items"]


@pytest.mark.slow
def test_a_list_costs_the_same_however_long_it_is_and_works_out_each_movement_once(
    desk, released, callers, write, monkeypatch
):
    path = f"sections/{released.pk}/comments"
    first = write(callers.serbia, released, anchor=passage(BODY, "30 days"), audience="forum")
    write(callers.serbia, released, thread=first["id"])
    read = callers.serbia.get(f"sections/{released.pk}")
    body = {"body": f"New.\n\n{BODY}"}
    assert callers.serbia.patch(f"sections/{released.pk}", body, if_match=read).status_code == 200
    few = queries_of(lambda: callers.serbia.get(path, {"abilities": "reasons"}))
    revision = first["anchor"]["revision"]
    for number in range(6):
        anchor = {**passage(BODY, "commander"), "revision": revision}
        write(callers.albania, released, f"{number}", anchor=anchor, audience="forum")
        write(callers.serbia, released, f"{number}", thread=first["id"])
    made = []

    class Counted(Movement):
        def __init__(self, before, after, effort):
            made.append(before)
            super().__init__(before, after, effort)

    monkeypatch.setattr("documents.structure.following.Movement", Counted)

    assert queries_of(lambda: callers.serbia.get(path, {"abilities": "reasons"})) == few
    assert made == [BODY, BODY]  # once for each of the two requests
    shown = callers.serbia.get(path).json()["items"]
    assert {each["anchor"]["standing"] for each in shown if each["anchor"]} == {"placed"}


def test_what_is_listed_is_what_the_rules_and_the_details_show(desk, released, callers, threads):
    for seat, client in ((desk.serbia, callers.serbia), (desk.albania, callers.albania)):
        visible = Comment.objects.visible_to(actor_at(seat)).filter(section=released)
        listed = items(client.get(f"sections/{released.pk}/comments"))
        assert set(listed) == {str(pk) for pk in visible.values_list("pk", flat=True)}
        for id_ in listed:
            assert client.get(f"comments/{id_}").status_code == 200


def test_the_comments_of_a_hidden_section_are_those_of_none(desk, at_home, released, callers):
    answers = [
        client.get(f"sections/{id_}/comments")
        for client, id_ in (
            (callers.albania, unknown_id()),
            (callers.albania, at_home.pk),
            (callers.montenegro, released.pk),
        )
    ]

    assert refusal(answers[0]) == (404, "not_found")
    assert alike(*answers)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "closed"}, ("?state", "invalid_choice")),
        ({"audience": "all"}, ("?audience", "invalid_choice")),
        ({"thread": "x"}, ("?thread", "invalid")),
        ({"anchored": "true"}, ("?anchored", "unknown_parameter")),
        ({"cursor": "x"}, ("?cursor", "invalid")),
    ],
)
def test_what_cannot_be_asked_for_is_refused(query, expected, released, callers):
    answer = callers.serbia.get(f"sections/{released.pk}/comments", query)

    assert refusal(answer)[0] == 400
    assert refusal(answer)[2][0] == expected[0]
