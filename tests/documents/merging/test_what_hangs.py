"""What a conflict tells of comments and amendments on the words in dispute."""

from typing import Any

import pytest

from documents.texts.models import Section
from tests.api import api
from tests.documents.amendments.support import act as amendment_act
from tests.documents.amendments.support import drafted, submitted
from tests.documents.structure.support import act

from .support import NEGATED, RULE, SHORTER, TEXT, merge, revise

LAST = "The commander answers."


def comment(client: Any, section: Any, words: str | None = None, **given: Any) -> Any:
    """A comment on the words, or on the whole section, as it was answered."""
    anchor = {"anchor": {"exact": words}} if words else {}
    answer = client.post(
        f"sections/{section.pk}/comments",
        {"body": "A remark.", "audience": "drafting_group", **anchor, **given},
    )
    assert answer.status_code == 201, answer.content
    return {**answer.json(), "etag": answer.headers["ETag"]}


def ids(*told: Any) -> list[str]:
    return [each["id"] for each in told]


def conflict(client: Any, section: Any, base: Any, **sent: Any) -> Any:
    """The one contested unit of a merge."""
    answer = merge(client, section, base, **sent)
    assert answer.status_code == 409, answer.content
    (unit,) = answer.json()["conflicts"]
    return unit


@pytest.fixture
def heads(desk: Any) -> dict[str, Any]:
    return {"serbia": api(desk.head), "albania": api(desk.albanian_head)}


def test_the_comments_on_the_contested_words_are_told(desk, drafting, abroad, rule):
    mine = comment(drafting, rule, "30 days", audience="internal")
    theirs = comment(abroad, rule, RULE)
    wider = comment(abroad, rule, f"complaints. {RULE}")
    hidden = comment(abroad, rule, RULE, audience="internal")
    comment(abroad, rule, LAST)
    comment(abroad, rule, "The adviser receives complaints.")
    comment(abroad, rule)
    comment(abroad, rule, thread=theirs["id"])
    comment(abroad, desk.section(common=True, body=TEXT), RULE)
    resolved, deleted = (comment(abroad, rule, RULE) for _ in range(2))
    abroad.post(f"comments/{resolved['id']}/resolve", {}, if_match=resolved["etag"])
    abroad.delete(f"comments/{deleted['id']}", if_match=deleted["etag"])
    revise(abroad, rule, body=f"Before all.\n\n{SHORTER}")
    revise(drafting, rule, body=f"Before all.\n\n{SHORTER}\nAfter all.\n")

    told = conflict(drafting, rule, rule.head, body=NEGATED)
    told_abroad = conflict(abroad, rule, rule.head, body=NEGATED)

    assert told["comments_affected"] == ids(mine, theirs, wider)
    assert told["amendments_affected"] == []
    assert told_abroad["comments_affected"] == ids(theirs, wider, hidden)


def test_a_hidden_comment_or_amendment_changes_nothing_of_a_conflict(drafting, abroad, rule, heads):
    revise(abroad, rule, body=SHORTER)
    before = merge(drafting, rule, rule.head, body=NEGATED).json()

    comment(abroad, rule, "15 days", audience="internal")
    drafted(abroad, rule, SHORTER.replace("15 days", "60 days"))

    again = merge(drafting, rule, rule.head, body=NEGATED).json()
    assert {**again, "request_id": ""} == {**before, "request_id": ""}


def test_words_that_others_deleted_still_have_their_comments(drafting, abroad, rule):
    on_it = comment(abroad, rule, RULE)
    comment(abroad, rule, LAST)
    revise(abroad, rule, body=TEXT.replace(f" {RULE}", ""))

    told = conflict(drafting, rule, rule.head, body=NEGATED)

    assert (told["kind"], told["comments_affected"]) == ("edit_delete", ids(on_it))


def test_words_that_others_added_have_theirs(drafting, abroad, rule):
    revise(abroad, rule, body=f"{TEXT}\nAll of it is kept for a year.\n")
    on_it = comment(abroad, rule, "kept for a year")
    comment(abroad, rule, LAST)

    told = conflict(drafting, rule, rule.head, body=f"{TEXT}\nNothing else is written.\n")

    assert (told["kind"], told["comments_affected"]) == ("both_inserted", ids(on_it))


def test_the_amendments_to_the_contested_words_are_told(desk, drafting, abroad, rule, heads):
    sixty = TEXT.replace("30 days", "60 days")
    on_it = submitted(abroad, heads["albania"], rule, sixty)
    second = submitted(drafting, heads["serbia"], rule, TEXT.replace(RULE, "File at once."))
    mine = drafted(drafting, rule, TEXT.replace(f" {RULE}", ""))
    hidden = drafted(abroad, rule, sixty)
    submitted(abroad, heads["albania"], rule, TEXT.replace(LAST, "The head answers."))
    submitted(abroad, heads["albania"], rule, TEXT.replace("The adviser", "An adviser"))
    submitted(abroad, heads["albania"], rule, TEXT.replace(LAST, f"{LAST} So it is."))
    other = desk.section(common=True, body=TEXT)
    submitted(abroad, heads["albania"], other, sixty)
    withdrawn = submitted(abroad, heads["albania"], rule, sixty)
    assert amendment_act(heads["albania"], withdrawn, "withdraw").status_code == 200
    revise(abroad, rule, body=SHORTER)
    later = submitted(abroad, heads["albania"], rule, SHORTER.replace("15 days", "10 days"))

    told = conflict(drafting, rule, rule.head, body=NEGATED)
    told_abroad = conflict(abroad, rule, rule.head, body=NEGATED)

    assert told["amendments_affected"] == ids(on_it, second, later, mine)
    assert told["comments_affected"] == []
    assert told_abroad["amendments_affected"] == ids(on_it, second, later, hidden)


def test_an_amendment_that_adds_where_both_added_is_told(drafting, abroad, rule, heads):
    there = submitted(abroad, heads["albania"], rule, f"{TEXT}\nA third ending.\n")
    submitted(abroad, heads["albania"], rule, f"A beginning.\n\n{TEXT}")
    revise(abroad, rule, body=f"{TEXT}\nAll of it is kept for a year.\n")

    told = conflict(drafting, rule, rule.head, body=f"{TEXT}\nNothing else is written.\n")

    assert (told["kind"], told["amendments_affected"]) == ("both_inserted", ids(there))


def test_of_a_contested_title_the_amendments_to_it_are_told(drafting, abroad, rule, heads):
    comment(abroad, rule, RULE)
    on_it = submitted(abroad, heads["albania"], rule, title="Time limits")
    submitted(abroad, heads["albania"], rule, SHORTER)
    revise(abroad, rule, title="Terms")

    told = conflict(drafting, rule, rule.head, title="Limits")

    assert told["part"] == "title"
    assert (told["comments_affected"], told["amendments_affected"]) == ([], ids(on_it))


def test_comments_on_what_was_split_off_are_told_where_it_stands_now(drafting, abroad, rule):
    on_it = comment(abroad, rule, LAST)
    comment(abroad, rule, RULE)
    made = act(drafting, rule, "split", {"at": TEXT.index(LAST), "title": "Answers"}).json()
    new = Section.objects.get(pk=made["id"])
    here = comment(abroad, new, "commander")
    revise(abroad, new, body="The commander answers in writing.\n")

    told = conflict(drafting, new, new.head, body="The commander does not answer.\n")

    assert told["comments_affected"] == ids(on_it, here)
