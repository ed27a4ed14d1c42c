"""POST /sections/{id}/merge with resolutions: what clashed is settled."""

from typing import Any

import pytest

from documents.merging.models import WorkingCopy
from documents.texts.models import Revision
from tests.documents.support import refusal, unknown_id, verify_chain

from .support import NEGATED, RULE, SHORTER, TEXT, chain_of, merge, revise, stored


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"choice": "yours"}, "Complaints shall not be filed within 30 days."),
        ({"choice": "theirs"}, "Complaints shall be filed within 15 days."),
        (
            {"choice": "both"},
            (
                "Complaints shall be filed within 15 days. "
                "Complaints shall not be filed within 30 days."
            ),
        ),
        ({"choice": "custom", "text": "Complaints need no date."}, "Complaints need no date."),
        ({"choice": "custom", "text": ""}, None),
    ],
    ids=lambda value: value["choice"] if isinstance(value, dict) else "",
)
def test_a_resolution_writes_what_was_chosen_and_uses_the_copy_up(
    desk, drafting, abroad, rule, ledger, choice, expected
):
    revise(abroad, rule, body=SHORTER)
    told = merge(drafting, rule, rule.head, body=NEGATED, note="No more.").json()
    (unit,) = told["conflicts"]
    ledger.new()

    answer = merge(
        drafting,
        rule,
        working_copy=told["working_copy"],
        head=told["theirs"]["revision"],
        resolutions=[{"id": unit["id"], **choice}],
    )

    assert answer.status_code == 200, answer.content
    sentence = f" {expected}" if expected else ""
    body = f"The adviser receives complaints.{sentence}\n\nThe commander answers.\n"
    assert answer.json()["body"] == body
    assert not WorkingCopy.objects.exists()
    changed = body != SHORTER
    kinds = [each.kind for each in ledger.new()]
    assert kinds == ["section.revised"] * changed + ["working_copy.used"]
    chain = chain_of(drafting, rule)
    verify_chain(chain)
    assert [one["body"] for one in chain] == [TEXT, SHORTER, *([body] * changed)]
    if changed:
        assert chain[-1]["worked_on"] == str(rule.head)
        assert chain[-1]["note"] == "No more."


def test_a_resolution_without_the_copys_id_uses_up_the_one_with_the_same_words(
    drafting, abroad, rule
):
    revise(abroad, rule, body=SHORTER)
    told = merge(drafting, rule, rule.head, body=NEGATED).json()
    (unit,) = told["conflicts"]
    settled = [{"id": unit["id"], "choice": "yours"}]

    other = merge(drafting, rule, rule.head, body=TEXT + "\nMore words of ours.\n")
    assert other.status_code == 200
    assert WorkingCopy.objects.count() == 1
    again = merge(drafting, rule, rule.head, body=NEGATED).json()
    answer = merge(
        drafting,
        rule,
        rule.head,
        body=NEGATED,
        head=again["theirs"]["revision"],
        resolutions=settled,
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["body"] == NEGATED + "\nMore words of ours.\n"
    assert not WorkingCopy.objects.exists()


def test_a_third_write_after_the_resolved_one_is_a_conflict_again(
    desk, drafting, abroad, rule, ledger
):
    """What was settled is the change from now on, made on the revision that it settled."""
    second = revise(abroad, rule, body=SHORTER)
    told = merge(drafting, rule, rule.head, body=NEGATED).json()
    (unit,) = told["conflicts"]
    third = revise(abroad, rule, body=SHORTER.replace("15 days", "10 days"))
    before = stored(rule)
    resolution = {
        "head": second,
        "resolutions": [{"id": unit["id"], "choice": "custom", "text": "File at once."}],
    }

    answer = merge(drafting, rule, rule.head, body=NEGATED, **resolution)

    assert refusal(answer) == (409, "edit_conflict")
    assert "wrote after" in answer.json()["detail"]
    assert stored(rule) == before
    again = answer.json()
    settled = TEXT.replace(RULE, "File at once.")
    assert (again["base"]["revision"], again["theirs"]["revision"]) == (second, third)
    assert again["base"]["body"] == SHORTER
    assert again["yours"]["body"] == settled
    assert [(u["base"], u["yours"], u["theirs"]) for u in again["conflicts"]] == [
        (RULE.replace("30", "15"), "File at once.", RULE.replace("30", "10"))
    ]
    (kept,) = WorkingCopy.objects.all()
    assert (str(kept.pk), str(kept.base_id), kept.body) == (
        again["working_copy"],
        second,
        settled,
    )
    done = merge(
        drafting,
        rule,
        working_copy=again["working_copy"],
        head=third,
        resolutions=[{"id": again["conflicts"][0]["id"], "choice": "yours"}],
    )
    assert done.status_code == 200, done.content
    assert done.json()["body"] == settled
    last = Revision.objects.get(pk=done.json()["head"])
    assert (str(last.parent_id), str(last.worked_on_id)) == (third, second)
    verify_chain(chain_of(drafting, rule))


def test_a_third_write_elsewhere_is_looked_at_before_it_is_merged(drafting, abroad, rule):
    second = revise(abroad, rule, body=SHORTER)
    told = merge(drafting, rule, rule.head, body=NEGATED).json()
    third = revise(abroad, rule, body=SHORTER.replace("The commander", "The unit's commander"))
    sent = {
        "working_copy": told["working_copy"],
        "resolutions": [{"id": told["conflicts"][0]["id"], "choice": "yours"}],
    }

    answer = merge(drafting, rule, **sent, head=second)

    again = answer.json()
    assert (answer.status_code, again["conflicts"]) == (409, [])
    whole = NEGATED.replace("The commander", "The unit's commander")
    assert [piece["text"] for piece in again["offer"]["body"]] == [whole]
    done = merge(drafting, rule, working_copy=again["working_copy"], head=third, resolutions=[])
    assert (done.status_code, done.json()["body"]) == (200, whole)
    assert not WorkingCopy.objects.exists()


def test_a_title_that_both_changed_is_contested_and_the_body_is_merged(drafting, abroad, rule):
    second = revise(abroad, rule, title="Terms", body=SHORTER)

    told = merge(drafting, rule, rule.head, title="Limits").json()

    (unit,) = told["conflicts"]
    assert (unit["part"], unit["kind"]) == ("title", "both_edited")
    assert (unit["base"], unit["yours"], unit["theirs"]) == ("Deadlines", "Limits", "Terms")
    assert unit["choices"] == ["yours", "theirs", "custom"]
    assert told["offer"] == {
        "title": None,
        "language": "en",
        "body": [{"text": SHORTER, "conflict": None}],
    }
    settle = {"working_copy": told["working_copy"], "head": second}
    for text, code in (("", "blank"), ("x" * 501, "max_length")):
        wrong = [{"id": unit["id"], "choice": "custom", "text": text}]
        answer = merge(drafting, rule, **settle, resolutions=wrong)
        assert refusal(answer) == (400, "invalid", ("/resolutions/0/text", code))
    settled = [{"id": unit["id"], "choice": "custom", "text": "Time limits"}]
    done = merge(drafting, rule, **settle, resolutions=settled)
    assert (done.json()["title"], done.json()["body"]) == ("Time limits", SHORTER)


def test_a_resolution_settles_just_what_is_contested(drafting, abroad, rule):
    second = revise(abroad, rule, body=SHORTER)
    told = merge(drafting, rule, rule.head, body=NEGATED).json()
    (unit,) = told["conflicts"]
    before = stored(rule)
    mine = {"id": unit["id"], "choice": "yours"}

    def answer(head: Any, *resolutions: Any) -> tuple[Any, ...]:
        sent = {"body": NEGATED, "head": head, "resolutions": list(resolutions)}
        return refusal(merge(drafting, rule, rule.head, **sent))

    assert answer(second) == (400, "invalid", ("/resolutions", "unresolved"))
    assert answer(second, mine, {"id": "other", "choice": "yours"}) == (
        400,
        "invalid",
        ("/resolutions/1/id", "unknown"),
    )
    assert answer(second, {"id": unit["id"], "choice": "ours"}) == (
        400,
        "invalid",
        ("/resolutions/0/choice", "invalid_choice"),
    )
    assert answer(second, {"id": unit["id"], "choice": "custom"})[2][0] == "/resolutions/0/text"
    assert answer(second, {**mine, "text": "x"})[2][0] == "/resolutions/0/text"
    assert answer(second, mine, mine)[2][0] == "/resolutions"
    assert answer(str(unknown_id()), mine)[2:] == (("/head", "unknown"),)
    missing = merge(drafting, rule, rule.head, body=NEGATED, resolutions=[mine])
    assert refusal(missing)[2][0] == "/head"
    alone = merge(drafting, rule, rule.head, body=NEGATED, head=second)
    assert refusal(alone)[2][0] == "/resolutions"
    assert stored(rule) == before


def test_a_choice_that_would_say_things_twice_is_not_offered(drafting, abroad, rule):
    second = revise(abroad, rule, body=SHORTER)
    without = TEXT.replace(f" {RULE}", "")
    told = merge(drafting, rule, rule.head, body=without).json()
    (unit,) = told["conflicts"]
    assert (unit["kind"], unit["choices"]) == ("edit_delete", ["yours", "theirs", "custom"])

    both = [{"id": unit["id"], "choice": "both"}]
    sent = {"working_copy": told["working_copy"], "head": second}
    answer = merge(drafting, rule, **sent, resolutions=both)

    assert refusal(answer) == (400, "invalid", ("/resolutions/0/choice", "not_offered"))
    done = merge(drafting, rule, **sent, resolutions=[{"id": unit["id"], "choice": "yours"}])
    assert done.json()["body"] == without
