"""GET /search finds comments: for who reads the section and is in their ring, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from documents.texts.models import SectionGrant
from platform_api.core import models as core_models
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import ApiClient
from tests.documents.support import alike
from tests.factories import SectionFactory, grant

WORD = "quarterly"
RINGS = ("internal", "owner", "drafting_group", "forum")


def search(client: ApiClient, q: str = WORD, **query: Any) -> Any:
    answer = client.get("search", {"q": q, **query})
    assert answer.status_code == 200, answer.content
    return answer


def found(client: ApiClient, q: str = WORD, **query: Any) -> list[str]:
    """The ids of what a search found; its count tells of as many."""
    body = search(client, q, **query).json()
    assert body["count"] == {"value": len(body["items"]), "capped": False}
    return [item["id"] for item in body["items"]]


def finding(callers: Any, comment: Any) -> set[str]:
    """The names of those who find a comment."""
    return {name for name, client in vars(callers).items() if comment["id"] in found(client)}


def test_a_hit_says_where_it_is_and_how_it_was_met(released, callers, write):
    said = write(callers.albania, released, "Ko je pisao\nkvartalne izvještaje?")

    assert search(callers.albania, "кварталних извештаја").json()["items"] == [
        {
            "type": "comment",
            "id": said["id"],
            "title": released.title,
            "language": "und",
            "highlight": {
                "text": "Ko je pisao kvartalne izvještaje?",
                "ranges": [[12, 21], [22, 32]],
            },
            "url": f"{settings.PUBLIC_URL}/api/v1/comments/{said['id']}",
        }
    ]
    assert found(callers.albania, released.title) == [str(released.pk)]


@pytest.mark.parametrize("audience", RINGS)
def test_whoever_reads_a_comment_finds_it_and_nobody_else(released, callers, write, audience):
    decoy = write(callers.serbia, released, f"Our {WORD} draft.")
    said = write(callers.albania, released, f"Their {WORD} draft.", audience=audience)
    reply = write(callers.albania, released, f"Once more, {WORD}.", thread=said["id"])

    seeing = callers.seeing(said)

    assert {"albania", "albania_reader"} <= seeing
    assert (seeing == {"albania", "albania_reader"}) is (audience == "internal")
    assert finding(callers, said) == finding(callers, reply) == seeing
    assert finding(callers, decoy) == {"serbia", "serbia_reader"}


def test_whoever_is_in_the_ring_and_does_not_read_the_section_finds_nothing(
    desk, released, callers, write
):
    """Bulgaria sits in the forum; the document is read by its drafting group until it is sent
    round."""
    said = write(callers.albania, released, f"A {WORD} review.", audience="forum")
    before = search(callers.bulgaria)
    assert before.json()["items"] == []

    _ask(
        "UPDATE documents_document SET effective_scope_id = %s WHERE id = %s",
        desk.forum.effective_scope_id,
        desk.document.pk,
    )

    assert found(callers.bulgaria) == [said["id"]]


def test_a_section_that_is_narrowed_takes_its_comments_along(desk, released, callers, write):
    said = write(callers.albania, released, f"A {WORD} review.", audience="drafting_group")
    own = write(callers.serbia, released, f"Our {WORD} review.")
    assert finding(callers, said) >= {"albania", "serbia"}

    _ask(
        "UPDATE documents_section SET inherits = false, effective_scope_id = %s WHERE id = %s",
        desk.serbia.home_scope_id,
        released.pk,
    )

    assert finding(callers, said) == {"serbia", "serbia_reader"}
    assert sorted(found(callers.serbia)) == sorted([said["id"], own["id"]])


def test_a_grant_on_the_section_that_ended_finds_no_comment_of_the_forum(
    desk, released, callers, write
):
    said = write(callers.albania, released, f"A {WORD} review.", audience="forum")
    assert {"croatia", "greece"} <= finding(callers, said)

    SectionGrant.objects.filter(content_object=released).update(expires_at=timezone.now())

    assert finding(callers, said) == {"serbia", "serbia_reader", "albania", "albania_reader"}
    SectionGrant.objects.filter(content_object=released).update(
        expires_at=timezone.now() + timedelta(hours=1)
    )
    assert {"croatia", "greece"} <= finding(callers, said)


def test_a_promoted_comment_is_found_by_the_wider_ring_from_then_on(released, callers, write):
    said = write(callers.albania, released, f"A {WORD} review.")
    kept = write(callers.albania, released, f"Not {WORD}.", thread=said["id"])
    assert finding(callers, said) == {"albania", "albania_reader"}

    answer = callers.albania.post(
        f"comments/{said['id']}/promote", {"audience": "forum"}, if_match=said["etag"]
    )

    assert answer.status_code == 200
    assert finding(callers, said) == callers.seeing(said) > {"albania", "albania_reader", "greece"}
    assert finding(callers, kept) == {"albania", "albania_reader"}


def test_a_comment_is_found_by_its_present_words_and_not_once_it_is_deleted(
    released, callers, write
):
    said = write(callers.albania, released, f"A {WORD} review.", audience="drafting_group")
    decoy = write(callers.albania, released, f"Another {WORD} review.")

    edited = callers.albania.patch(
        f"comments/{said['id']}", {"body": "A yearly one."}, if_match=said["etag"]
    )
    assert found(callers.albania) == [decoy["id"]]
    assert found(callers.serbia, "yearly") == [said["id"]]

    callers.albania.delete(f"comments/{said['id']}", if_match=edited)
    assert found(callers.serbia, "yearly") == found(callers.albania, "yearly") == []
    assert found(callers.albania) == [decoy["id"]]


def test_a_purged_comment_is_not_found_by_what_was_purged(desk, callers, write, heading):
    passage = f"Ana Marić said it at the {WORD} hearing"
    section = desk.section(body=f"{passage}. The rest.", released=True)
    said = write(callers.albania, section, f"Did she? {passage}!")
    other = write(callers.albania, section, f"A {WORD} decoy.")
    assert sorted(found(callers.albania)) == sorted([str(section.pk), said["id"], other["id"]])
    asked = callers.serbia.post(
        "purges", {"section": str(section.pk), "passage": passage, "reason": "Privacy."}
    )

    heading.post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)

    assert found(callers.albania) == [other["id"]]
    assert found(callers.albania, "Marić") == []


def test_what_is_said_among_others_changes_no_byte_of_the_answer(desk, released, callers, write):
    write(callers.serbia, released, f"A {WORD} review, for all.", audience="forum")
    before = {name: search(client) for name, client in vars(callers).items()}

    for audience in ("internal", "owner"):
        for number in range(3):
            write(callers.albania, released, f"{WORD} " * 9 + str(number), audience=audience)
    told = {"albania", "albania_reader", "serbia", "serbia_reader"}

    for name, client in vars(callers).items():
        after = search(client)
        assert alike(before[name], after) is (name not in told)
        if name not in told:
            assert before[name].content == after.content
            assert before[name].headers["ETag"] == after.headers["ETag"]


def test_nothing_leaks_with_the_applications_filter_off(
    desk, released, callers, write, monkeypatch
):
    monkeypatch.setattr(core_models, "visible_condition", lambda model, actor: Q())
    private = write(callers.serbia, SectionFactory(document=desk.document), f"Our {WORD} draft.")
    internal = write(callers.serbia, released, f"A {WORD} note.")
    group = write(callers.serbia, released, f"A {WORD} review.", audience="drafting_group")
    past = timezone.now() - timedelta(hours=1)
    write(callers.albania, released, f"The {WORD} forum.", audience="forum")
    grant(released, desk.montenegro, expires_at=past)

    assert {private["id"], internal["id"], group["id"]} <= set(found(callers.serbia))
    assert internal["id"] not in found(callers.albania)
    assert found(callers.bulgaria) == found(callers.montenegro) == []
    assert group["id"] not in found(callers.greece)
    assert len(found(callers.greece)) == 1


def test_the_function_itself_asks_for_the_ring_and_for_the_section(desk, released, callers, write):
    """Neither is enough alone, whatever the application does with the keys it is told."""
    write(callers.albania, released, f"A {WORD} review.", audience="forum")
    write(callers.serbia, released, f"Our {WORD} note.")

    assert (_told(desk.drafter), _told(desk.albanian)) == (2, 1)
    assert (_told(_drafter_of(desk.forum, "BG")), _told(desk.stranger)) == (0, 0)


def test_the_function_itself_goes_by_the_end_of_a_grant_on_the_section(
    desk, released, callers, write
):
    """Also for whom the ring is open without it."""
    write(callers.albania, released, f"A {WORD} review.", audience="forum")
    bulgarian = _drafter_of(desk.forum, "BG")
    grant(released, desk.forum.delegations.get(country__code="BG"))
    assert _told(bulgarian) == 1

    SectionGrant.objects.filter(
        content_object=released, group__in=actor_of(bulgarian).groups
    ).update(expires_at=timezone.now())

    assert (_told(bulgarian), _told(desk.drafter)) == (0, 1)


def test_the_function_itself_opens_to_a_grant_on_the_section_what_is_said_to_the_forum_alone(
    desk, released, callers, write
):
    greek = _drafter_of(desk.montenegro.forum, "GR")
    for audience in ("internal", "owner", "drafting_group"):
        write(callers.albania, released, f"A {WORD} review.", audience=audience)
    assert _told(greek) == 0

    write(callers.albania, released, f"A {WORD} review.", audience="forum")

    assert (_told(greek), _told(desk.albanian)) == (1, 4)


def test_the_function_itself_opens_no_ring_to_who_reads_the_section_with_everybody(
    desk, released, callers, write
):
    write(callers.albania, released, f"A {WORD} review.", audience="forum")

    _ask("UPDATE documents_section SET effective_scope_id = 1 WHERE id = %s", released.pk)

    assert len(found(callers.montenegro, released.title)) == 1
    assert (_told(desk.stranger), _told(_drafter_of(desk.forum, "BG"))) == (0, 1)


def test_comments_are_a_type_of_their_own(desk, released, callers, write):
    said = write(callers.serbia, released, f"A {WORD} review.")
    section = desk.section(body=f"A {WORD} report.", released=True)

    assert found(callers.serbia, type="comment") == [said["id"]]
    assert found(callers.serbia, type="section") == [str(section.pk)]
    assert sorted(found(callers.serbia)) == sorted([said["id"], str(section.pk)])
    assert found(callers.serbia, type="comment", lang="sr") == []


def _ask(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _told(user: Any) -> int:
    """How many comments the database itself finds for a user."""
    with acting(actor_of(user)), connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id FROM search_find(%s::tsquery, '{comment}', '', 9)", [f"'{WORD}'"]
        )
        return len(cursor.fetchall())


def _drafter_of(forum: Any, code: str) -> Any:
    return forum.delegations.get(country__code=code).delegates.get().user
