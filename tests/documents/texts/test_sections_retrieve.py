"""GET /sections/{id}."""

from typing import Any

import pytest

from tests.api import api
from tests.documents.support import (
    alike,
    moment,
    party,
    queries_of,
    refusal,
    section_abilities,
    unknown_id,
)
from tests.factories import delegate, grant, seat, service_client


def path_of(section: Any) -> str:
    return f"sections/{section.pk}"


def test_the_owner_reads_its_draft_whole(desk, drafting):
    chapter = desk.section(released=True)
    draft = desk.section(parent=chapter, title="Terms", body="Quarterly.\n")

    answer = drafting.get(path_of(draft))

    assert answer.json() == {
        "id": str(draft.pk),
        "document": str(desk.document.pk),
        "parent": str(chapter.pk),
        "number": None,
        "depth": 1,
        "title": "Terms",
        "language": "en",
        "state": "private_drafting",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(draft.updated_at),
        "body": "Quarterly.\n",
        "released_at": None,
        "single_person_release": False,
        "head": str(draft.head),
        "deleted_at": None,
        "abilities": section_abilities("revise", "restructure", "add_section", "comment"),
    }
    assert answer.headers["ETag"].startswith('"h1.')


def test_the_drafting_group_reads_what_was_released(desk, abroad):
    desk.section(released=True)
    released = desk.section(released=True)
    section = desk.section(parent=released, released=True, title="Aims", body="")

    answer = abroad.get(path_of(section))

    assert answer.json() == {
        "id": str(section.pk),
        "document": str(desk.document.pk),
        "parent": str(released.pk),
        "number": "2.1",
        "depth": 1,
        "title": "Aims",
        "language": "en",
        "state": "released",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(section.updated_at),
        "body": "",
        "released_at": moment(section.released_at),
        "single_person_release": False,
        "head": str(section.head),
        "deleted_at": None,
        "abilities": section_abilities("bracket", "comment", "amend"),
    }
    assert answer.headers["ETag"].startswith('"1.')


def test_a_common_section_is_everybodys(desk, drafting, abroad):
    section = desk.section(common=True)

    for client in (drafting, abroad):
        body = client.get(path_of(section)).json()
        assert (body["owner_delegation"], body["number"]) == (None, "1")
        assert body["abilities"] == section_abilities(
            "revise", "restructure", "add_section", "bracket", "comment", "amend"
        )
        assert body["released_at"] == moment(section.released_at)


def test_a_hidden_section_answers_as_an_unknown_one(desk, drafting, abroad, outside):
    private, released = desk.section(), desk.section(released=True)
    unknown = abroad.get(f"sections/{unknown_id()}")

    assert refusal(unknown) == (404, "not_found")
    assert alike(
        unknown,
        abroad.get(path_of(private)),
        outside.get(path_of(private)),
        outside.get(path_of(released)),
        api(delegate(desk.serbia, "access_manager")).get(path_of(private)),
        *(drafting.get(path_of(section)) for section in desk.other.sections.all()),
        *(drafting.get(path_of(section)) for section in desk.foreign.sections.all()),
    )


def test_everybody_at_the_seat_reads_its_draft(desk, heading, reading):
    draft = desk.section()

    assert heading.get(path_of(draft)).json()["abilities"] == section_abilities(
        "restructure", "revise", "add_section", "release", "comment", "manage_access"
    )
    assert reading.get(path_of(draft)).json()["abilities"] == section_abilities()


def test_who_is_granted_a_draft_reads_it_out_of_its_hidden_chapter(desk, abroad):
    draft = desk.section(parent=desk.section())
    grant(draft, desk.albania)

    body = abroad.get(path_of(draft)).json()

    assert (body["number"], body["depth"], body["parent"]) == (None, 0, None)
    assert body["body"] == draft.body
    assert body["abilities"] == section_abilities("comment")


@pytest.mark.parametrize("reason", ["head_required", "four_eyes", "wrong_state", "not_owner"])
def test_why_it_cannot_be_released_is_told(desk, drafting, heading, abroad, reason):
    section = desk.section(
        released=reason in ("wrong_state", "not_owner"),
        author=desk.head if reason == "four_eyes" else desk.drafter,
    )
    client = {"head_required": drafting, "not_owner": abroad}.get(reason, heading)

    body = client.get(path_of(section), {"abilities": "reasons"}).json()

    assert body["abilities"]["release"] is False
    assert body["ability_reasons"]["release"]["code"] == reason


def test_cyrillic_latin_and_markdown_survive_byte_for_byte(desk, drafting):
    texts = {
        "sr-Cyrl": ("Правила", "Члан 1.\r\n\r\n* ђ љ њ ћ џ — „наводници”\n\n| а | б |\n|---|---|"),
        "sr-Latn": ("Pravila angažovanja", "  Član 1. đ lj nj ć dž\t\n\n[^1]: Fusnota  \n"),
        "mk": ("Правила", "ѓ ќ ѕ ј ѐ ѝ"),
        "cnr": ("Pravila", "ś ź Ś Ź"),
        "sq": ("Rregullat", "ë ç\u00a0Ë"),
        "en": ("Z\u0301 and \u0179", "Of two z\u0301, of one \u017a, \u200b, \U0001f1f7\U0001f1f8"),
    }  # fmt: skip
    for language, (title, body) in texts.items():
        sent = {"title": title, "body": body, "language": language}
        made = drafting.post(f"documents/{desk.document.pk}/sections", sent)
        answer = drafting.get(f"sections/{made.json()['id']}")

        assert {name: answer.json()[name] for name in sent} == sent
        assert body.encode().split()[0] in answer.content
        assert "charset" not in answer.headers["Content-Type"]


def test_fields_leave_out_the_rest(desk, drafting):
    section = desk.section(body="x")

    assert drafting.get(path_of(section), {"fields": "body"}).json() == {"body": "x"}


def test_a_caller_that_has_it_is_not_sent_it_again(desk, drafting, heading):
    path = path_of(desk.section())
    etag = drafting.get(path).headers["ETag"]

    assert drafting.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert heading.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_a_service_client_reads_for_its_seat(desk):
    path = path_of(desk.section())

    assert api(service_client(desk.serbia, "reader")).get(path).status_code == 200
    assert api(service_client(desk.albania, "head")).get(path).status_code == 404
    narrow = service_client(desk.serbia, "reader", scopes=["policies:read"])
    assert refusal(api(narrow).get(path)) == (403, "insufficient_scope")
    assert refusal(api().get(path)) == (401, "not_authenticated")


def test_a_seat_of_the_forum_outside_the_drafting_group_sees_nothing(desk):
    bosnia = api(delegate(seat(desk.forum, "BA"), "head"))

    assert bosnia.get(path_of(desk.section(released=True))).status_code == 404
    assert bosnia.get(path_of(desk.section(common=True))).status_code == 404


def test_a_longer_tree_costs_no_more_queries(desk, drafting):
    section = desk.section()
    few = queries_of(lambda: drafting.get(path_of(section)))
    for _ in range(5):
        desk.section(parent=section)
        desk.section(released=True)

    assert queries_of(lambda: drafting.get(path_of(section))) == few
