"""Anchors follow their text into a section that was split off or joined, and into no hidden one."""

import pytest
from django.conf import settings

from documents.texts.models import Section
from tests.api import api
from tests.documents.structure.support import act, delete, now
from tests.documents.structure.test_sections_join import join
from tests.documents.structure.test_sections_move import mark
from tests.documents.support import alike, refusal
from tests.factories import release

from .conftest import BODY, passage

RULE = "A complaint shall be filed within 30 days."
SECOND = "The commander decides."
AT = BODY.index(SECOND)


def split(client, section, at=AT):
    """The section that a split makes."""
    answer = act(client, section, "split", {"at": at, "title": "Decisions"})
    assert answer.status_code == 201, answer.content
    return Section(pk=answer.json()["id"])


def rewritten(client, section, body):
    answer = client.patch(
        f"sections/{section.pk}", {"body": body}, if_match=now(section).etag_revision
    )
    assert answer.status_code == 200, answer.content


def standing(client, comment):
    """Where a caller is told that a passage stands: the section's id and the words, or its
    standing."""
    answer = client.get(f"comments/{comment['id']}")
    assert answer.status_code == 200, answer.content
    anchor = answer.json()["anchor"]
    section = anchor["target"]["source"].removeprefix(f"{settings.PUBLIC_URL}/api/v1/sections/")
    if anchor["standing"] == "orphaned":
        (words,) = anchor["target"]["selector"]
        assert words["exact"] == anchor["quote"]
        return section, None
    words, place = anchor["target"]["selector"]
    text = now(Section(pk=section)).body
    assert text[place["start"] : place["end"]] == words["exact"]
    assert text[: place["start"]].endswith(words["prefix"])
    return section, words["exact"]


@pytest.fixture
def noted(released, callers, write):
    """A comment on either part of the text, for the forum."""
    return [
        write(callers.albania, released, anchor=passage(BODY, each), audience="forum")
        for each in (RULE, SECOND)
    ]


def test_what_was_split_off_takes_its_anchors_along(released, callers, noted):
    new = split(callers.serbia, released)
    rewritten(callers.serbia, new, f"A new beginning.\n\n{now(new).body}")

    for client in (callers.albania, callers.serbia_reader):
        assert standing(client, noted[0]) == (str(released.pk), RULE)
        assert standing(client, noted[1]) == (str(new.pk), SECOND)
        shown = client.get(f"comments/{noted[1]['id']}").json()
        assert shown["section"] == str(released.pk)
        assert shown["anchor"]["revision"] == noted[1]["anchor"]["revision"]
    listed = callers.albania.get(f"sections/{released.pk}/comments").json()["items"]
    assert [each["anchor"]["target"]["source"].rpartition("/")[2] for each in listed] == [
        str(released.pk),
        str(new.pk),
    ]
    assert callers.albania.get(f"sections/{new.pk}/comments").json()["items"] == []


def test_what_was_joined_takes_its_anchors_along(desk, released, callers, noted, write):
    first = desk.section(body="Before it.\n", released=True)
    joined = desk.section(body=BODY, released=True)
    lost = write(callers.albania, joined, anchor=passage(BODY, SECOND), audience="forum")

    assert join(callers.serbia, first, joined).status_code == 200

    assert standing(callers.albania, lost) == (str(first.pk), SECOND)
    assert standing(callers.albania, noted[1]) == (str(released.pk), SECOND)
    rewritten(callers.serbia, first, "Before it.\n")
    assert standing(callers.albania, lost) == (str(joined.pk), None)


def test_what_was_split_off_and_joined_again_stands_where_it_stood(released, callers, noted):
    new = split(callers.serbia, released)
    assert join(callers.serbia, released, new).status_code == 200

    shown = callers.albania.get(f"comments/{noted[1]['id']}").json()

    assert shown["anchor"] == noted[1]["anchor"]


def test_a_text_is_followed_from_section_to_section(released, callers, write):
    last = "Žalba se podnosi u roku od 15 dana."
    body = BODY.replace(last, f"\n\n{last}")
    rewritten(callers.serbia, released, body)
    made = write(callers.albania, released, anchor=passage(body, last))
    second = split(callers.serbia, released, body.index(SECOND))
    third = split(callers.serbia, second, now(second).body.index(last))
    rewritten(callers.serbia, third, f"Above.\n\n{last.replace('15', '30')}\n")

    assert standing(callers.albania, made) == (str(third.pk), last.replace("15", "30"))


def test_into_a_section_that_one_does_not_read_nothing_is_followed(
    desk, released, callers, noted, write
):
    """To the others it is as if the words had been taken out."""
    plain = desk.section(body=BODY, released=True)
    taken_out = write(callers.albania, plain, anchor=passage(BODY, SECOND), audience="forum")
    new = split(callers.serbia, released)
    mark(desk, new, tlp="amber_strict")
    rewritten(callers.serbia, plain, now(released).body)

    assert standing(callers.serbia_reader, noted[1]) == (str(new.pk), SECOND)
    assert standing(callers.albania, noted[1]) == (str(released.pk), None)
    answers = [callers.albania.get(f"comments/{each['id']}") for each in (noted[1], taken_out)]
    assert str(new.pk) not in answers[0].content.decode()
    assert alike(*(_without_tag(answer) for answer in answers))


def _without_tag(answer):
    """An answer without its time, and without its tag, which is a digest of ids, too."""
    del answer.headers["ETag"]
    answer.content = answer.content.replace(answer.json()["posted_at"].encode(), b"")
    return answer


def test_what_was_split_at_home_is_followed_at_home_alone(at_home, callers, write):
    """A seat that was granted the draft sees neither its revisions nor what they went into."""
    mine = write(callers.serbia, at_home, anchor=passage(BODY, SECOND))
    granted = write(callers.croatia, at_home, anchor=passage(BODY, SECOND), audience="owner")
    new = split(callers.serbia, at_home)

    assert standing(callers.serbia, mine) == (str(new.pk), SECOND)
    assert standing(callers.serbia, granted) == (str(new.pk), SECOND)
    assert standing(callers.croatia, granted) == (str(at_home.pk), None)
    for section in (at_home, new):
        release(now(section))
    assert standing(callers.serbia, mine) == (str(new.pk), SECOND)
    assert standing(callers.croatia, granted) == (str(at_home.pk), None)


def test_what_was_noted_at_home_is_not_promoted_into_another_section(at_home, callers, write):
    mine = write(callers.serbia, at_home, anchor=passage(BODY, SECOND))
    new = split(callers.serbia, at_home)
    for section in (at_home, new):
        release(now(section))

    answer = callers.serbia.post(
        f"comments/{mine['id']}/promote", {"audience": "forum"}, if_match=mine["etag"]
    )

    assert refusal(answer) == (409, "anchor_lost")


def test_where_the_section_was_deleted_the_passage_stands_again_once_it_is_restored(
    released, callers, noted
):
    new = split(callers.serbia, released)
    delete(callers.serbia, new)
    assert standing(callers.albania, noted[1]) == (str(released.pk), None)

    assert act(callers.serbia, new, "restore").status_code == 200

    assert standing(callers.albania, noted[1]) == (str(new.pk), SECOND)


def test_words_alike_that_stayed_behind_are_not_taken_for_those_that_went(desk, callers, write):
    alike_ = "The commander answers."
    body = f"{alike_}\n\n{SECOND}\n"
    section = desk.section(body=body, released=True)
    made = write(callers.albania, section, anchor=passage(body, SECOND))
    new = split(callers.serbia, section, body.index(SECOND))
    rewritten(callers.serbia, section, f"{alike_}\n\nThe commander waits.\n")
    assert standing(callers.albania, made) == (str(new.pk), SECOND)

    rewritten(callers.serbia, new, "The commander decides alone.\n")

    assert standing(callers.albania, made)[0] == str(new.pk)


def test_a_comment_on_a_revision_that_was_purged_is_still_read(desk, released, callers, noted):
    rewritten(callers.serbia, released, f"New.\n\n{BODY}")
    path = {"section": str(released.pk), "revision": str(released.head), "reason": "Privacy."}
    asked = callers.serbia.post("purges", path)
    assert asked.status_code == 201, asked.content
    answer = api(desk.head).post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)
    assert answer.status_code == 200, answer.content

    assert standing(callers.albania, noted[1])[0] == str(released.pk)
