"""POST and GET /sections/{id}/brackets, GET /brackets/{id} and /sections/{id}/bracketed-text."""

from typing import Any

import pytest

from documents.brackets.models import Bracket
from documents.texts.models import Revision, Section
from platform_api.core.actor import Level
from platform_api.ledger.models import Event
from tests.api import api
from tests.documents.support import alike, invalid, items, party, refusal, unknown_id
from tests.factories import delegate, grant, seat

from .conftest import BODY, SHALL, YEARLY, Table


def there(table: Table, start: int, end: int) -> dict[str, Any]:
    """A place of "shall" in the table's section."""
    return {"section": str(table.section.pk), "start": start, "end": end, "text": "shall"}


def test_the_answer_is_the_bracket_with_its_wordings(table: Table, ledger: Any) -> None:
    ledger.new()
    order = table.order(SHALL, "should", "", note="Our law knows no duty.")

    answer = table.albania.post(f"{table.path}/brackets", order)

    assert answer.status_code == 201
    body = answer.json()
    standing, should, deletion = body["alternatives"]
    bracket = Bracket.objects.get(pk=body["id"])
    albania = party(table.desk.albania)
    assert body == {
        "id": str(bracket.pk),
        "section": str(table.section.pk),
        "revision": str(table.head().pk),
        "start": 11,
        "end": 16,
        "quote": "shall",
        "state": "open",
        "place": there(table, 11, 16),
        "orphaned": False,
        "put_by": albania,
        "note": "Our law knows no duty.",
        "alternatives": [
            {
                "id": standing["id"],
                "standing": True,
                "text": "shall",
                "proposed_by": None,
                "proponents": [],
            },
            {
                "id": should["id"],
                "standing": False,
                "text": "should",
                "proposed_by": albania,
                "proponents": [albania],
            },
            {
                "id": deletion["id"],
                "standing": False,
                "text": "",
                "proposed_by": albania,
                "proponents": [],
            },
        ],
        "chosen": None,
        "created_at": body["created_at"],
        "closed_at": None,
        "abilities": {"support": True, "resolve": True, "withdraw": True},
    }
    assert answer.headers["Location"].endswith(f"/api/v1/brackets/{bracket.pk}")
    assert table.albania.get(f"brackets/{bracket.pk}").json() == body
    (told,) = ledger.told()
    assert (told["kind"], told["object"], told["seat"], told["scope"]) == (
        "section.bracketed",
        ("section", str(table.section.pk)),
        table.desk.albania.pk,
        table.desk.document.effective_scope_id,
    )
    assert told["details"] == {"revision": "1", "bracket": str(bracket.pk), "alternatives": 2}
    assert Event.objects.filter(type="section.bracketed", object_id=table.section.pk).exists()


def test_the_body_stays_as_it_was_and_the_bracketed_text_shows_both(table: Table) -> None:
    one = table.put(table.albania, SHALL, "should", "")
    two = table.put(table.serbia, YEARLY, "monthly")

    assert table.albania.get(table.path).json()["body"] == BODY
    assert Revision.objects.filter(section=table.section).count() == 1
    assert table.text() == {
        "section": str(table.section.pk),
        "section_revision": "1",
        "text": "Each party [shall | AL: should | (delete)] report [yearly | RS: monthly]."
        " Nothing else is said.\n",
        "brackets": [one["id"], two["id"]],
        "orphaned": [],
    }


def test_brackets_are_listed_newest_first_and_by_state(table: Table) -> None:
    one, two = table.put(table.serbia), table.put(table.serbia, YEARLY, "monthly")
    table.act(table.serbia, one, "withdraw")

    def listed(**query: str) -> list[str]:
        return items(table.albania.get(f"{table.path}/brackets", query))

    assert listed() == [two["id"], one["id"]]
    assert listed(state="open") == [two["id"]]
    assert listed(state="withdrawn") == [one["id"]]
    assert listed(state="resolved") == []


def test_a_passage_is_in_one_bracket_at_a_time(table: Table, ledger: Any) -> None:
    bracket = table.put(table.serbia, (5, 16), "parties should")
    ledger.new()

    for passage in ((0, 6), (15, 20), (7, 9), (0, 30)):
        answer = table.albania.post(f"{table.path}/brackets", table.order(passage))
        assert refusal(answer) == (409, "brackets_overlap"), passage
        assert answer.json()["brackets"] == [bracket["id"]]
    assert ledger.new() == []
    for passage in ((0, 5), (16, 20)):
        table.put(table.albania, passage)
    table.act(table.serbia, bracket, "withdraw")
    table.put(table.albania, (6, 15))


def test_a_bracket_follows_its_passage_and_is_bound_to_its_revision(table: Table) -> None:
    bracket = table.put(table.serbia)
    head = table.head()

    table.revise("In the first place:\n\nEach party shall report yearly.\n")

    shown = table.albania.get(f"brackets/{bracket['id']}").json()
    assert shown["place"] == there(table, 32, 37)
    assert (shown["revision"], shown["start"], shown["end"]) == (str(head.pk), 11, 16)
    assert shown["quote"] == "shall"
    assert "[shall | RS: should]" in table.text()["text"]
    overlap = table.albania.post(f"{table.path}/brackets", table.order((30, 34)))
    assert refusal(overlap) == (409, "brackets_overlap")


def test_a_bracket_is_put_on_an_earlier_revision_while_its_passage_stands(table: Table) -> None:
    first = str(table.head().pk)
    table.revise("First.\n\n" + BODY)

    bracket = table.put(table.albania, SHALL, revision=first)

    assert bracket["revision"] == first
    assert bracket["place"] == there(table, 19, 24)
    table.revise("Something else altogether.\n")
    lost = table.albania.post(f"{table.path}/brackets", table.order(YEARLY, revision=first))
    assert refusal(lost) == (409, "passage_lost")


def test_a_bracket_whose_passage_is_gone_is_orphaned_and_never_moved_elsewhere(
    table: Table,
) -> None:
    bracket = table.put(table.serbia)

    table.revise("Something else altogether.\n")

    shown = table.albania.get(f"brackets/{bracket['id']}").json()
    assert (shown["place"], shown["orphaned"], shown["quote"]) == (None, True, "shall")
    told = table.text()
    assert (told["text"], told["orphaned"]) == ("Something else altogether.\n", [bracket["id"]])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"start": 5, "end": 5}, ("/end", "no_such_passage")),
        ({"start": 0, "end": 999}, ("/end", "no_such_passage")),
        ({"start": -1}, ("/start", "min_value")),
        ({"alternatives": []}, ("/alternatives", "min_length")),
        ({"alternatives": ["shall"]}, ("/alternatives/0", "same_wording")),
        ({"alternatives": ["a", "a"]}, ("/alternatives/1", "same_wording")),
        ({"alternatives": ["x" * 20_001]}, ("/alternatives/0", "max_length")),
        ({"revision": str(unknown_id())}, ("/revision", "unknown")),
        ({"title": "x"}, ("/title", "unknown_field")),
    ],
)
def test_an_order_of_another_shape_is_refused(
    table: Table, given: dict[str, Any], error: tuple[str, str]
) -> None:
    answer = table.serbia.post(f"{table.path}/brackets", table.order() | given)

    assert refusal(answer) == invalid(error)
    assert not Bracket.objects.filter(section=table.section).exists()


def test_the_revision_is_one_of_the_section_s_public_chain(table: Table) -> None:
    """Of another section, made at home, hidden: to others all are as unknown as none."""
    desk = table.desk
    other = desk.section(common=True)
    released = desk.section(released=True, body=BODY)
    home = Revision.objects.get(section=released, at_home=True)
    hidden = desk.section().head

    def refused(client: Any, section: Any, revision: Any) -> tuple[Any, ...]:
        order = table.order(revision=str(revision))
        return refusal(client.post(f"sections/{section.pk}/brackets", order))

    unknown = invalid(("/revision", "unknown"))
    assert refused(table.serbia, table.section, other.head) == unknown
    assert refused(table.serbia, released, home.pk) == unknown
    assert refused(table.albania, released, home.pk) == unknown
    assert refused(table.albania, table.section, hidden) == unknown


def test_only_the_drafting_group_s_drafters_put_brackets(table: Table) -> None:
    desk = table.desk
    granted = seat(desk.forum, "BA")
    grant(desk.document, granted)
    grant(table.section, granted, Level.DRAFT)
    order = table.order()

    def answered(user: Any) -> tuple[Any, ...]:
        return refusal(api(user).post(f"{table.path}/brackets", order))

    assert answered(desk.reader) == (403, "drafter_required")
    assert answered(delegate(granted, "drafter").user) == (403, "not_drafting_group")
    assert not Bracket.objects.filter(section=table.section).exists()


def test_in_consultation_the_forum_reads_brackets_and_puts_none(table: Table) -> None:
    desk = table.desk
    bracket = table.put(table.albania)
    bosnian = api(delegate(seat(desk.forum, "BA"), "drafter"))
    assert bosnian.get(f"brackets/{bracket['id']}").status_code == 404
    assert api(desk.head).post(f"documents/{desk.document.pk}/consult", if_match="1").status_code

    assert bosnian.get(f"brackets/{bracket['id']}").json()["alternatives"][1]["text"] == "should"
    assert items(bosnian.get(f"{table.path}/brackets")) == [bracket["id"]]
    assert "AL: should" in table.text(bosnian)["text"]
    refused = bosnian.post(f"{table.path}/brackets", table.order(YEARLY))
    assert refusal(refused) == (403, "not_drafting_group")


def test_nothing_at_home_or_agreed_is_put_in_brackets(table: Table) -> None:
    desk = table.desk
    draft = desk.section(body=BODY)
    order = table.order(revision=str(draft.head))

    answer = table.serbia.post(f"sections/{draft.pk}/brackets", order)

    assert refusal(answer) == (409, "wrong_state")
    assert answer.json()["allowed"] == ["released"]
    api(desk.head).post(f"{table.path}/agree", if_match="1")
    agreed = table.serbia.post(f"{table.path}/brackets", table.order())
    assert refusal(agreed) == (409, "wrong_state")
    assert agreed.json()["transitions"] == {"close": "closed", "reopen": "released"}


def test_a_hidden_section_and_its_brackets_answer_as_none(table: Table) -> None:
    """Also Serbia's draft at home to Albania, which drafts the same document."""
    bracket = table.put(table.serbia)
    draft = table.desk.section(body=BODY)
    outside, order = api(table.desk.stranger), table.order()

    for client, section in ((outside, table.section), (table.albania, draft)):
        for method, path, body in (
            ("GET", "brackets", None),
            ("POST", "brackets", order),
            ("GET", "bracketed-text", None),
        ):
            unknown = client._send(method, f"sections/{unknown_id()}/{path}", body)
            assert refusal(unknown) == (404, "not_found")
            assert alike(unknown, client._send(method, f"sections/{section.pk}/{path}", body))
    unknown = outside.get(f"brackets/{unknown_id()}")
    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, outside.get(f"brackets/{bracket['id']}"))


def test_brackets_follow_a_section_that_is_marked_for_fewer(table: Table) -> None:
    desk = table.desk
    chapter = desk.section(released=True, body=BODY)
    order = table.order(revision=str(Section.objects.get(pk=chapter.pk).head))
    bracket = table.albania.post(f"sections/{chapter.pk}/brackets", order).json()
    marked = api(desk.head).post(
        "access/restrict", {"object": {"type": "section", "id": str(chapter.pk)}}
    )
    assert marked.status_code == 200, marked.content

    assert table.albania.get(f"brackets/{bracket['id']}").status_code == 404
    assert table.serbia.get(f"brackets/{bracket['id']}").status_code == 200
