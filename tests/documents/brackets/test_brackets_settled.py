"""POST /brackets/{id}/alternatives, /support, /unsupport, /resolve and /withdraw."""

from typing import Any

from documents.brackets.models import Bracket, BracketProponent
from documents.texts.models import Revision, Section
from platform_api.core.actor import Level
from tests.api import api
from tests.documents.support import invalid, refusal, unknown_id, verify_chain
from tests.factories import delegate, grant, seat

from .conftest import BODY, SHALL, YEARLY, Table


def standing(bracket: Any) -> dict[str, list[str]]:
    """Who stands by each wording."""
    return {
        each["text"]: [seat["country"] for seat in each["proponents"]]
        for each in bracket["alternatives"]
    }


def wording(bracket: Any, text: str) -> str:
    return str(next(each["id"] for each in bracket["alternatives"] if each["text"] == text))


def test_a_seat_stands_by_one_wording_at_a_time_and_leaves_by_itself(
    table: Table, ledger: Any
) -> None:
    bracket = table.put(table.serbia, SHALL, "should", "may")
    ledger.new()

    joined = table.act(table.albania, bracket, "support", alternative=wording(bracket, "should"))
    assert standing(joined.json()) == {"shall": [], "should": ["RS", "AL"], "may": []}
    again = table.act(table.albania, bracket, "support", alternative=wording(bracket, "should"))
    assert again.headers["ETag"] == joined.headers["ETag"]
    moved = table.act(table.albania, bracket, "support", alternative=wording(bracket, "shall"))
    assert standing(moved.json()) == {"shall": ["AL"], "should": ["RS"], "may": []}
    left = table.act(table.albania, bracket, "unsupport")
    assert standing(left.json()) == {"shall": [], "should": ["RS"], "may": []}

    assert [(each["kind"], each["seat"]) for each in ledger.told()] == [
        ("section.bracket_supported", table.desk.albania.pk),
        ("section.bracket_supported", table.desk.albania.pk),
        ("section.bracket_unsupported", table.desk.albania.pk),
    ]


def test_another_seat_adds_a_wording_and_stands_by_it(table: Table) -> None:
    bracket = table.put(table.serbia)
    table.act(table.albania, bracket, "support", alternative=wording(bracket, "should"))

    answer = table.act(table.albania, bracket, "alternatives", text="may")

    assert standing(answer.json()) == {"shall": [], "should": ["RS"], "may": ["AL"]}
    for text in ("shall", "should", "may"):
        refused = table.act(table.serbia, bracket, "alternatives", text=text)
        assert refusal(refused) == invalid(("/text", "same_wording"))
    deletion = table.act(table.serbia, bracket, "alternatives", text="")
    assert standing(deletion.json()) == {"shall": [], "should": [], "may": ["AL"], "": ["RS"]}


def test_resolving_writes_the_wording_into_the_text_as_a_revision(
    table: Table, ledger: Any
) -> None:
    bracket = table.put(table.albania, SHALL, "should")
    other = table.put(table.albania, YEARLY, "monthly")
    ledger.new()

    answer = table.act(
        table.serbia, bracket, "resolve", alternative=wording(bracket, "should"), note="Agreed."
    )

    body = answer.json()
    assert (answer.status_code, body["state"], body["place"]) == (200, "resolved", None)
    assert body["chosen"] == wording(bracket, "should")
    assert body["closed_at"] is not None
    assert not any(body["abilities"].values())
    assert table.body() == "Each party should report yearly. Nothing else is said.\n"
    revisions = table.serbia.get(f"{table.path}/revisions").json()["items"]
    assert [each["note"] for each in revisions] == ["Agreed.", ""]
    verify_chain(
        [table.serbia.get(f"revisions/{each['id']}").json() for each in reversed(revisions)]
    )
    assert [each["kind"] for each in ledger.told()] == [
        "section.revised",
        "section.bracket_resolved",
    ]
    still = table.albania.get(f"brackets/{other['id']}").json()
    assert (still["state"], still["place"]["text"]) == ("open", "yearly")


def test_the_standing_wording_leaves_the_text_as_it_is(table: Table) -> None:
    bracket = table.put(table.albania)

    answer = table.act(table.serbia, bracket, "resolve", alternative=wording(bracket, "shall"))

    assert answer.json()["state"] == "resolved"
    assert table.body() == BODY
    assert Revision.objects.filter(section=table.section).count() == 1


def test_a_deletion_strikes_the_passage_out(table: Table) -> None:
    bracket = table.put(table.albania, (31, 53), "")

    table.act(table.serbia, bracket, "resolve", alternative=wording(bracket, ""))

    assert table.body() == "Each party shall report yearly.\n"


def test_what_is_replaced_is_what_the_resolver_read(table: Table, ledger: Any) -> None:
    """A revision in between is not lost: the text is read again first."""
    bracket = table.put(table.albania, (0, 31), "Nobody reports.")
    table.revise(BODY.replace("yearly", "every year"))
    ledger.new()
    choice = {"alternative": wording(bracket, "Nobody reports.")}

    stale = table.act(table.serbia, bracket, "resolve", section_revision="1", **choice)

    assert refusal(stale) == (409, "text_changed")
    assert stale.json()["section_revision"] == "2"
    assert (ledger.new(), table.body()) == ([], BODY.replace("yearly", "every year"))
    table.act(table.serbia, bracket, "resolve", **choice)
    assert table.body() == "Nobody reports. Nothing else is said.\n"


def test_a_lost_passage_is_not_replaced_but_left_as_it_is(table: Table) -> None:
    bracket = table.put(table.albania)
    table.revise("Something else altogether.\n")

    lost = table.act(table.serbia, bracket, "resolve", alternative=wording(bracket, "should"))

    assert refusal(lost) == (409, "passage_lost")
    kept = table.act(table.serbia, bracket, "resolve", alternative=wording(bracket, "shall"))
    assert kept.json()["state"] == "resolved"
    assert table.body() == "Something else altogether.\n"


def test_who_resolves_has_seen_the_wordings_there_are(table: Table) -> None:
    bracket = table.put(table.albania)
    read = table.serbia.get(f"brackets/{bracket['id']}")
    table.act(table.albania, bracket, "alternatives", text="may")
    choice = {"alternative": wording(bracket, "should")}

    stale = table.act(table.serbia, bracket, "resolve", if_match=read, **choice)

    assert refusal(stale) == (412, "precondition_failed")
    missing = table.serbia.post(
        f"brackets/{bracket['id']}/resolve", choice | {"section_revision": "1"}
    )
    assert refusal(missing) == (428, "precondition_required")
    assert table.body() == BODY


def test_only_who_may_revise_the_section_resolves(table: Table) -> None:
    desk = table.desk
    chapter = desk.section(released=True, body=BODY)
    revision = str(Section.objects.get(pk=chapter.pk).head)
    table.section = chapter
    bracket = table.put(table.albania, revision=revision)
    choice = {"alternative": wording(bracket, "should")}

    refused = table.act(table.albania, bracket, "resolve", **choice)
    assert refusal(refused) == (403, "not_reviser")
    reading = table.act(api(desk.reader), bracket, "resolve", **choice)
    assert refusal(reading) == (403, "drafter_required")
    granted = seat(desk.forum, "BA")
    grant(chapter, granted, Level.DRAFT)
    done = table.act(api(delegate(granted, "drafter")), bracket, "resolve", **choice)
    assert done.json()["state"] == "resolved"
    assert "should" in table.body()


def test_a_bracket_is_its_proposer_s_to_withdraw_until_others_stand_by_it(table: Table) -> None:
    bracket = table.put(table.albania)
    choice = {"alternative": wording(bracket, "should")}
    assert refusal(table.act(table.serbia, bracket, "withdraw")) == (403, "not_proposer")
    table.act(table.serbia, bracket, "support", **choice)

    held = table.act(table.albania, bracket, "withdraw")

    assert refusal(held) == (409, "others_stand_by")
    assert held.json()["delegations"] == [str(table.desk.serbia.pk)]
    table.act(table.serbia, bracket, "support", alternative=wording(bracket, "shall"))
    assert table.act(table.albania, bracket, "withdraw").json()["state"] == "withdrawn"
    assert table.text()["text"] == BODY


def test_nothing_is_done_to_a_closed_bracket(table: Table, ledger: Any) -> None:
    bracket = table.put(table.serbia)
    table.act(table.serbia, bracket, "withdraw")
    ledger.new()
    choice = {"alternative": wording(bracket, "should")}

    for verb, body in (
        ("alternatives", {"text": "may"}),
        ("support", choice),
        ("unsupport", {}),
        ("resolve", choice),
        ("withdraw", {}),
    ):
        answer = table.act(table.serbia, bracket, verb, **body)
        assert refusal(answer) == (409, "wrong_state"), verb
        assert (answer.json()["state"], answer.json()["allowed"]) == ("withdrawn", ["open"])
    assert ledger.new() == []


def test_a_wording_of_another_bracket_is_unknown(table: Table) -> None:
    bracket, other = table.put(table.serbia), table.put(table.serbia, YEARLY, "monthly")

    for key in (wording(other, "monthly"), str(unknown_id())):
        for verb in ("support", "resolve"):
            answer = table.act(table.serbia, bracket, verb, alternative=key)
            assert refusal(answer) == invalid(("/alternative", "unknown"))
    assert BracketProponent.objects.filter(bracket=bracket["id"]).count() == 1


def test_outside_the_drafting_group_nobody_stands_by_a_wording(table: Table) -> None:
    bracket = table.put(table.serbia)
    granted = seat(table.desk.forum, "BA")
    grant(table.desk.document, granted, Level.MANAGE)
    client = api(delegate(granted, "head"))

    for verb, body in (
        ("alternatives", {"text": "may"}),
        ("support", {"alternative": wording(bracket, "should")}),
        ("unsupport", {}),
    ):
        answer = table.act(client, bracket, verb, **body)
        assert refusal(answer) == (403, "not_drafting_group"), verb


def test_a_text_with_brackets_is_neither_agreed_nor_a_final_draft(table: Table) -> None:
    desk = table.desk
    heading = api(desk.head)
    document = f"documents/{desk.document.pk}"
    decoy = Bracket.objects.exclude(section=table.section).get()
    bracket = table.put(table.albania)

    answer = heading.post(f"{table.path}/agree", if_match="1")

    assert refusal(answer) == (409, "open_brackets")
    assert answer.json()["brackets"] == [bracket["id"]]
    heading.post(f"{document}/consult", if_match="1")
    final = heading.post(f"{document}/finalise", if_match="2")
    assert refusal(final) == (409, "open_brackets")
    assert set(final.json()["brackets"]) == {str(decoy.pk), bracket["id"]}
    table.act(table.albania, bracket, "withdraw")
    assert heading.post(f"{table.path}/agree", if_match="1").status_code == 200


def test_brackets_that_not_all_readers_see_do_not_hinder_a_final_draft(table: Table) -> None:
    """Those in a chapter that is restricted to its owner; nor does the refusal name them."""
    desk = table.desk
    heading, document = api(desk.head), f"documents/{desk.document.pk}"
    chapter = desk.section(delegation=desk.albania, released=True, body=BODY)
    order = table.order(revision=str(Section.objects.get(pk=chapter.pk).head))
    assert table.albania.post(f"sections/{chapter.pk}/brackets", order).status_code == 201
    api(desk.albanian_head).post(
        "access/restrict", {"object": {"type": "section", "id": str(chapter.pk)}}
    )
    decoy = Bracket.objects.exclude(section__in=[table.section, chapter]).get()
    heading.post(f"{document}/consult", if_match="1")

    final = heading.post(f"{document}/finalise", if_match="2")
    assert final.json()["brackets"] == [str(decoy.pk)]
    shown = heading.get(f"brackets/{decoy.pk}")
    table.serbia.post(f"brackets/{decoy.pk}/withdraw", if_match=shown)
    for section in (table.section, decoy.section):
        heading.post(f"sections/{section.pk}/agree", if_match="1")

    assert heading.post(f"{document}/finalise", if_match="2").json()["state"] == "final_draft"


def test_what_a_seat_says_of_itself_names_no_revision(table: Table) -> None:
    """It cannot be lost to a technicality, whatever others have done meanwhile."""
    bracket = table.put(table.serbia)
    key = bracket["id"]

    added = table.albania.post(f"brackets/{key}/alternatives", {"text": "may"})
    moved = table.albania.post(
        f"brackets/{key}/support", {"alternative": wording(bracket, "shall")}
    )
    left = table.albania.post(f"brackets/{key}/unsupport")

    assert [answer.status_code for answer in (added, moved, left)] == [200, 200, 200]
    assert standing(left.json()) == {"shall": [], "should": ["RS"], "may": []}
