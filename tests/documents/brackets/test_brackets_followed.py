"""Brackets when the section they were put in is split, joined, deleted or restored."""

from typing import Any

import pytest

from documents.texts.models import Revision, Section
from forums.transfers.services import transfer_accept, transfer_offer
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import api
from tests.documents.structure.support import act, delete, now
from tests.documents.structure.test_sections_join import join
from tests.documents.structure.test_sections_move import mark
from tests.documents.support import items, refusal

from .conftest import BODY, SHALL, Table

FIRST = "The adviser is heard.\n\n"
TEXT = FIRST + BODY
HERE = (len(FIRST) + SHALL[0], len(FIRST) + SHALL[1])


@pytest.fixture
def two(table: Table) -> Table:
    """The table, with a paragraph before the one that is disagreed on."""
    table.revise(TEXT)
    return table


def split(table: Table, section: Any = None) -> Section:
    """The section that the disagreed paragraph makes when it is split off."""
    section = section or table.section
    at = now(section).body.index(BODY)
    answer = act(table.serbia, section, "split", {"at": at, "title": "Yearly reports"})
    assert answer.status_code == 201, answer.content
    return Section.objects.get(pk=answer.json()["id"])


def listed(client: Any, section: Any, **query: str) -> list[str]:
    return items(client.get(f"sections/{section.pk}/brackets", query))


def text(client: Any, section: Any) -> Any:
    told = client.get(f"sections/{section.pk}/bracketed-text").json()
    return told["text"], told["brackets"], told["orphaned"]


def agree(table: Table, section: Any) -> Any:
    return act(api(table.desk.head), section, "agree")


def hand_over(table: Table, section: Section) -> None:
    """Make a section of Serbia's one of Albania's."""
    giver, receiver = actor_of(table.desk.head), actor_of(table.desk.albanian_head)
    with acting(giver):
        offered = transfer_offer(
            actor=giver, obj=section, receiver=table.desk.albania, reason="It is yours."
        )
    with acting(receiver):
        transfer_accept(actor=receiver, transfer=offered, if_match=offered.etag_revision)


def test_a_bracket_is_of_the_section_that_its_passage_was_split_off_to(two: Table) -> None:
    bracket = two.put(two.albania, HERE)
    new = split(two)

    shown = two.serbia.get(f"brackets/{bracket['id']}").json()
    assert shown["place"] == {
        "section": str(new.pk),
        "start": SHALL[0],
        "end": SHALL[1],
        "text": "shall",
    }
    assert (shown["section"], shown["revision"]) == (bracket["section"], bracket["revision"])
    assert listed(two.albania, new) == [bracket["id"]]
    assert listed(two.albania, two.section) == []
    assert text(two.albania, new) == (
        "Each party [shall | AL: should] report yearly. Nothing else is said.\n",
        [bracket["id"]],
        [],
    )
    assert text(two.albania, two.section) == (FIRST, [], [])
    refused = agree(two, new)
    assert (refusal(refused), refused.json()["brackets"]) == (
        (409, "open_brackets"),
        [bracket["id"]],
    )
    assert agree(two, two.section).status_code == 200


def test_it_is_stood_by_and_resolved_where_it_stands(two: Table, ledger: Any) -> None:
    bracket = two.put(two.albania, HERE)
    new = split(two)
    should = bracket["alternatives"][1]["id"]
    ledger.new()
    assert two.act(two.serbia, bracket, "support", alternative=should).status_code == 200
    choice = {"alternative": should}

    stale = two.act(two.serbia, bracket, "resolve", section_revision="3", **choice)
    assert (refusal(stale), stale.json()["section_revision"]) == ((409, "text_changed"), "1")
    done = two.act(two.serbia, bracket, "resolve", section_revision="1", **choice)

    assert (done.status_code, done.json()["state"]) == (200, "resolved")
    assert now(new).body == BODY.replace("shall", "should")
    assert now(two.section).body == FIRST
    told = [(each["kind"], each["object"][1]) for each in ledger.told()]
    assert told == [
        ("section.bracket_supported", str(new.pk)),
        ("section.revised", str(new.pk)),
        ("section.bracket_resolved", str(new.pk)),
    ]
    # What was settled stays with the section where it was put, as part of its history.
    assert listed(two.albania, two.section) == [bracket["id"]]
    assert listed(two.albania, new) == []
    assert agree(two, new).status_code == 200


def test_a_new_one_keeps_clear_of_one_that_came_along(two: Table) -> None:
    bracket = two.put(two.albania, HERE)
    new = split(two)
    order = two.order((5, 20), "else", revision=str(new.head))

    answer = two.serbia.post(f"sections/{new.pk}/brackets", order)

    assert refusal(answer) == (409, "brackets_overlap")
    assert answer.json()["brackets"] == [bracket["id"]]
    lost = two.serbia.post(
        f"{two.path}/brackets", two.order(HERE, "may", revision=bracket["revision"])
    )
    assert refusal(lost) == (409, "passage_lost")


def test_one_that_is_lost_after_a_join_hinders_the_joined_text(two: Table) -> None:
    last = two.desk.section(common=True, title="Last", body=BODY, after=two.section)
    order = two.order(SHALL, revision=str(last.head))
    bracket = two.albania.post(f"sections/{last.pk}/brackets", order).json()
    assert join(two.serbia, two.section, last).status_code == 200
    shown = two.albania.get(f"brackets/{bracket['id']}").json()
    assert shown["place"]["section"] == str(two.section.pk)
    assert listed(two.albania, last) == []

    two.revise("Something else altogether.\n")

    assert two.albania.get(f"brackets/{bracket['id']}").json()["orphaned"] is True
    assert text(two.albania, two.section)[2] == [bracket["id"]]
    assert refusal(agree(two, two.section)) == (409, "open_brackets")
    standing = bracket["alternatives"][0]["id"]
    done = two.act(two.serbia, bracket, "resolve", alternative=standing)
    assert done.status_code == 200, done.content
    assert agree(two, two.section).status_code == 200


def test_what_was_split_off_and_joined_again_has_its_bracket_where_it_was(two: Table) -> None:
    bracket = two.put(two.albania, HERE)
    before = two.serbia.get(f"brackets/{bracket['id']}").json()
    assert join(two.serbia, two.section, split(two)).status_code == 200

    assert two.serbia.get(f"brackets/{bracket['id']}").json() == before


def test_a_disagreement_is_not_ended_by_deleting_the_section(two: Table) -> None:
    bracket = two.put(two.albania, HERE)
    new = split(two)

    refused = delete(two.serbia, new)

    assert refusal(refused) == (409, "open_brackets")
    told = refused.json()
    assert (told["section"], told["brackets"]) == (str(new.pk), [bracket["id"]])
    assert now(new).deleted_at is None
    assert delete(two.serbia, two.section).status_code == 200  # nothing of it is disputed
    standing = bracket["alternatives"][0]["id"]
    assert (
        two.act(
            two.serbia, bracket, "resolve", alternative=standing, section_revision="1"
        ).status_code
        == 200
    )
    assert delete(two.serbia, new).status_code == 200
    assert act(two.serbia, new, "restore").status_code == 200
    assert listed(two.albania, new) == []


def test_with_what_is_below_it_a_section_is_deleted_as_a_whole_or_not_at_all(table: Table) -> None:
    chapter = table.desk.section(common=True, title="Chapter", body="A chapter.\n")
    below = table.desk.section(common=True, title="Below", body=BODY, parent=chapter)
    order = table.order(revision=str(below.head))
    bracket = table.albania.post(f"sections/{below.pk}/brackets", order).json()

    refused = delete(table.serbia, chapter, "?include_descendants=true")

    assert refusal(refused) == (409, "open_brackets")
    assert now(chapter).deleted_at is None
    assert table.act(table.albania, bracket, "withdraw").status_code == 200
    assert delete(table.serbia, chapter, "?include_descendants=true").status_code == 200
    assert now(below).deleted_at is not None


def test_into_a_section_that_one_does_not_read_no_bracket_is_followed(table: Table) -> None:
    """To the others its passage is lost, as if it had been taken out."""
    chapter = table.desk.section(title="Chapter", body=TEXT, released=True)
    order = table.order(HERE, revision=str(now(chapter).head))
    bracket = table.albania.post(f"sections/{chapter.pk}/brackets", order).json()
    new = split(table, chapter)
    mark(table.desk, new, tlp="amber_strict")

    hidden = table.albania.get(f"brackets/{bracket['id']}")
    assert (hidden.json()["place"], hidden.json()["orphaned"]) == (None, True)
    assert str(new.pk) not in hidden.content.decode()
    assert listed(table.albania, chapter) == [bracket["id"]]
    assert refusal(table.albania.get(f"sections/{new.pk}/brackets")) == (404, "not_found")
    shown = table.serbia.get(f"brackets/{bracket['id']}").json()
    assert shown["place"]["section"] == str(new.pk)
    assert listed(table.serbia, new) == [bracket["id"]]


def test_who_revises_the_section_where_it_stands_resolves_it(table: Table) -> None:
    """Chapters that were one may have other owners later."""
    chapter = table.desk.section(title="Chapter", body=TEXT, released=True)
    order = table.order(HERE, revision=str(now(chapter).head))
    bracket = table.albania.post(f"sections/{chapter.pk}/brackets", order).json()
    new = split(table, chapter)
    hand_over(table, new)
    should = bracket["alternatives"][1]["id"]

    for client, may in ((table.serbia, False), (table.albania, True)):
        shown = client.get(f"brackets/{bracket['id']}").json()
        assert shown["abilities"]["resolve"] is may
    choice = {"alternative": should, "section_revision": "1"}
    refused = table.act(table.serbia, bracket, "resolve", **choice)
    assert refusal(refused) == (403, "not_reviser")
    assert table.act(table.albania, bracket, "resolve", **choice).status_code == 200
    assert Revision.objects.get(pk=now(new).head).delegation == table.desk.albania
