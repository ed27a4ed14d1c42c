"""GET /documents/{id}/sections: the tree in reading order."""

from typing import Any

import pytest

from documents.texts.models import Section
from platform_api.core.actor import Level
from platform_api.core.service import writing
from tests.api import api
from tests.documents.support import alike, invalid, moment, party, queries_of, refusal, unknown_id
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    SectionFactory,
    delegate,
    grant,
    release,
    seat,
    service_client,
)


@pytest.fixture
def path(desk) -> str:
    return f"documents/{desk.document.pk}/sections"


def outline(client: Any, path: str) -> list[tuple[str, int, str | None]]:
    """(title, depth, number) of each section, in the order of the answer."""
    answer = client.get(path)
    assert answer.status_code == 200
    return [(item["title"], item["depth"], item["number"]) for item in answer.json()["items"]]


def test_an_item_tells_where_a_section_stands_and_not_its_text(desk, drafting, path):
    chapter = desk.section(released=True, title="Scope")
    below = desk.section(parent=chapter, title="Terms")

    answer = drafting.get(path)

    def item(section: Any, **more: Any) -> dict[str, Any]:
        return {
            "id": str(section.pk),
            "document": str(desk.document.pk),
            "parent": None,
            "title": section.title,
            "language": "en",
            "owner_delegation": party(desk.serbia),
            "updated_at": moment(section.updated_at),
            "deleted_at": None,
            **more,
        }

    assert answer.json() == {
        "items": [
            item(chapter, number="1", depth=0, state="released", etag='"1"'),
            item(
                below,
                number=None,
                depth=1,
                state="private_drafting",
                etag='"h1"',
                parent=str(chapter.pk),
            ),
        ],
        "next": None,
        "previous": None,
    }


def test_sections_come_in_reading_order_with_their_numbers(desk, drafting, abroad, path):
    one = desk.section(title="one", released=True)
    two = desk.section(title="two", released=True)
    common = desk.section(title="common", common=True, delegation=desk.albania)
    desk.section(title="one.one", parent=one, released=True)
    under = desk.section(title="two.one", parent=two, released=True)
    desk.section(title="two.one.a", parent=under, released=True)
    letter = desk.section(title="two.one.b", parent=under, released=True)
    desk.section(title="two.one.b.1", parent=letter, released=True)
    desk.section(title="theirs", parent=common, delegation=desk.albania, released=True)
    desk.section(title="zero", released=True, after=None)
    desk.section(title="one and a half", released=True, after=one)

    expected = [
        ("one", 0, "1"),
        ("one.one", 1, "1.1"),
        ("one and a half", 0, "2"),
        ("two", 0, "3"),
        ("two.one", 1, "3.1"),
        ("two.one.a", 2, "3.1.a"),
        ("two.one.b", 2, "3.1.b"),
        ("two.one.b.1", 3, "3.1.b.1"),
        ("common", 0, "4"),
        ("theirs", 1, "4.1"),
        ("zero", 0, "5"),
    ]
    assert outline(drafting, path) == expected
    assert outline(abroad, path) == expected


def test_a_private_section_has_no_number_and_moves_nobody_elses(desk, drafting, abroad, path):
    first = desk.section(title="first", released=True)
    desk.section(title="last", released=True)
    before = outline(abroad, path)
    whole = abroad.get(path)

    hidden = desk.section(title="hidden", after=first)
    desk.section(title="below", parent=hidden)
    desk.section(title="inside", parent=first)
    desk.section(title="theirs", delegation=desk.albania)

    assert before == [("first", 0, "1"), ("last", 0, "2")]
    assert outline(drafting, path) == [
        ("first", 0, "1"),
        ("inside", 1, None),
        ("hidden", 0, None),
        ("below", 1, None),
        ("last", 0, "2"),
    ]
    assert outline(abroad, path) == [*before, ("theirs", 0, None)]
    assert alike(whole, api(desk.albanian_head).get(path)) is False
    other_readers = delegate(desk.albania, "reader").user
    assert [item[0] for item in outline(api(other_readers), path)] == ["first", "last", "theirs"]


def test_anothers_private_sections_leave_the_answer_byte_for_byte_as_it_was(desk, abroad, path):
    chapter = desk.section(released=True)
    before = abroad.get(path)

    desk.section(parent=chapter)
    desk.section()

    assert alike(before, abroad.get(path))
    assert abroad.get(path).content == before.content


def test_a_release_gives_the_next_free_number(desk, abroad, path):
    draft = desk.section(title="draft")
    desk.section(title="other", released=True)
    assert outline(abroad, path) == [("other", 0, "1")]

    release(draft)

    assert outline(abroad, path) == [("draft", 0, "1"), ("other", 0, "2")]


def test_a_private_section_that_was_granted_shows_without_a_number(desk, abroad, path):
    chapter = desk.section(title="hidden chapter")
    granted = desk.section(title="granted", parent=chapter)
    desk.section(title="public", released=True)

    grant(granted, desk.albania)

    shown = outline(abroad, path)
    assert ("granted", 0, None) in shown
    assert ("public", 0, "1") in shown
    assert len(shown) == 2
    item = next(i for i in abroad.get(path).json()["items"] if i["title"] == "granted")
    assert item["parent"] is None


def test_sections_of_other_documents_are_not_mixed_in(desk, abroad, path):
    own = desk.section(released=True)

    assert [item["id"] for item in abroad.get(path).json()["items"]] == [str(own.pk)]
    assert len(abroad.get(f"documents/{desk.other.pk}/sections").json()["items"]) == 2


def test_an_empty_tree_is_an_empty_list(desk, drafting, path):
    assert drafting.get(path).json() == {"items": [], "next": None, "previous": None}


def test_the_tree_of_a_hidden_document_answers_as_that_of_an_unknown_one(desk, drafting):
    unknown, *hidden = (
        drafting.get(f"documents/{pk}/sections")
        for pk in (unknown_id(), desk.other.pk, desk.foreign.pk)
    )

    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, *hidden)


def test_who_reads_a_granted_document_sees_its_released_sections_only(desk, path):
    desk.section(title="private")
    desk.section(title="released", released=True)
    bosnia = seat(desk.forum, "BA")
    grant(desk.document, bosnia, Level.MANAGE)

    assert outline(api(delegate(bosnia)), path) == [("released", 0, "1")]


def test_without_a_token_or_its_scope_there_is_no_tree(desk, path):
    assert refusal(api().get(path)) == (401, "not_authenticated")
    client = api(service_client(desk.serbia, "reader", scopes=["forums:read"]))
    assert refusal(client.get(path)) == (403, "insufficient_scope")


def test_an_unknown_parameter_is_refused(desk, drafting, path):
    assert refusal(drafting.get(path, {"depth": "1"})) == invalid(("?depth", "unknown_parameter"))


def test_fields_leave_out_the_rest(desk, drafting, path):
    section = desk.section(released=True)

    answer = drafting.get(path, {"fields": "id,number"})

    assert answer.json()["items"] == [{"id": str(section.pk), "number": "1"}]


def test_abilities_are_told_with_their_reasons_when_asked_for(
    desk, drafting, heading, abroad, path
):
    desk.section(title="released", released=True)
    desk.section(title="private")
    common = desk.section(title="common", common=True, delegation=desk.albania)

    def told(client: Any) -> dict[str, Any]:
        body = client.get(path, {"abilities": "reasons"}).json()
        return {
            item["title"]: {
                name: True if may else item["ability_reasons"][name]["code"]
                for name, may in item["abilities"].items()
            }
            for item in body["items"]
        }

    tree = {"restructure": True, "restore": "not_deleted"}
    tree |= {"bracket": True, "comment": True, "amend": True}
    at_home = {"bracket": "wrong_state", "amend": "wrong_state"}
    drafts = {"revise": True, "add_section": True, "release": "head_required", **tree}
    transitions = ("agree", "close", "reopen")
    shown = drafts | dict.fromkeys(transitions, "head_required")
    shown |= {"manage_access": "access_manager_required"}
    assert told(drafting) == {"released": shown, "private": shown | at_home, "common": shown}
    heads = {"revise": True, "add_section": True, "manage_access": True, **tree}
    heads |= dict.fromkeys(transitions, "wrong_state")
    assert told(heading) == {
        "released": heads | {"release": "wrong_state", "agree": True},
        "private": heads | {"release": True} | at_home,
        "common": heads | {"release": "wrong_state", "agree": True},
    }
    not_owner = dict.fromkeys(("revise", "add_section", "release", *tree), "not_owner")
    not_owner |= {"bracket": True, "comment": True, "amend": True}
    others = dict.fromkeys(transitions, "not_document_owner") | {"manage_access": "not_keeper"}
    assert told(abroad) == {"released": not_owner | others, "common": drafts | others}
    assert common.owner_delegation is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"abilities": "reasons"},
    ],
    ids=str,
)
def test_a_hundred_sections_cost_as_many_queries_as_five(desk, heading, abroad, path, query):
    def costs() -> list[int]:
        return [queries_of(lambda c=client: c.get(path, query)) for client in (heading, abroad)]

    chapter = desk.section(released=True)
    desk.section(parent=chapter)
    desk.section(common=True)
    desk.section(delegation=desk.albania)
    desk.section(delegation=desk.albania, released=True)
    few = costs()

    for _ in range(19):
        desk.section(released=True)
        desk.section(parent=chapter)
        desk.section(common=True)
        desk.section(delegation=desk.albania)
        desk.section(delegation=desk.albania, released=True)

    assert len(heading.get(path).json()["items"]) == 80
    assert len(abroad.get(path).json()["items"]) == 80
    assert costs() == few


def test_sixty_sections_cost_as_many_queries_as_five(desk, drafting, path):
    """Tombstones and what they leave behind among them."""
    for _ in range(5):
        desk.section(common=True)
    few = [queries_of(lambda q=query: drafting.get(path, q)) for query in ({}, {"deleted": "true"})]

    chapter, gone = desk.section(common=True), desk.section(common=True)
    draft = desk.section(parent=gone)
    with writing():
        Section.objects.filter(pk=gone.pk).update(deleted_at=gone.updated_at)
        Section.objects.bulk_create(
            Section(
                **{
                    field.attname: getattr(chapter if number % 2 else draft, field.attname)
                    for field in Section._meta.concrete_fields
                    if field.name not in ("id", "rank")
                },
                rank=f"{number:03}1",
            )
            for number in range(53)
        )

    assert len(drafting.get(path).json()["items"]) == 60
    assert len(drafting.get(path, {"deleted": "true"}).json()["items"]) == 61
    many = [
        queries_of(lambda q=query: drafting.get(path, q)) for query in ({}, {"deleted": "true"})
    ]
    assert many == few


def test_more_sections_of_a_common_document_cost_no_more_queries(desk):
    """Access to them is its forum's secretariat's to manage, which is asked for once."""
    OfficeFactory(holder=desk.serbia, kind="secretariat")
    document = DocumentFactory(delegation=desk.serbia, drafting_group=[desk.albania], common=True)
    client = api(delegate(desk.serbia, "head"))

    def costs() -> int:
        query = {"abilities": "reasons"}
        return queries_of(lambda: client.get(f"documents/{document.pk}/sections", query))

    SectionFactory(document=document, delegation=desk.serbia, common=True)
    few = costs()
    for _ in range(5):
        SectionFactory(document=document, delegation=desk.serbia, common=True)

    assert costs() == few
