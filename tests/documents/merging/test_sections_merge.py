"""POST /sections/{id}/merge: a change that was made on an earlier revision."""

from typing import Any

import pytest

from documents.merging.models import WorkingCopy
from documents.texts.models import Revision, Section
from platform_api.core.actor import Level
from tests.documents.support import (
    REQUEST,
    alike,
    entry,
    moment,
    party,
    refusal,
    section_abilities,
    unknown_id,
    verify_chain,
)
from tests.factories import grant, release

RULE = "Complaints shall be filed within 30 days."
TEXT = f"The adviser receives complaints. {RULE}\n\nThe commander answers.\n"
SHORTER = TEXT.replace("30 days", "15 days")
NEGATED = TEXT.replace("shall be filed", "shall not be filed")


@pytest.fixture
def rule(desk) -> Section:
    """A common section of Serbia and Albania."""
    return desk.section(common=True, title="Deadlines", body=TEXT)


def merge(client: Any, section: Any, base: Any = None, **sent: Any) -> Any:
    headers = sent.pop("headers", None)
    body = {**({"base": str(base)} if base else {}), **sent}
    return client.post(f"sections/{section.pk}/merge", body, headers=headers)


def revise(client: Any, section: Any, **body: Any) -> str:
    """Write as somebody who has just read it; the new head."""
    read = client.get(f"sections/{section.pk}")
    answer = client.patch(f"sections/{section.pk}", body, if_match=read)
    assert answer.status_code == 200, answer.content
    return answer.json()["head"]


def chain_of(client: Any, section: Any) -> list[dict[str, Any]]:
    listed = client.get(f"sections/{section.pk}/revisions").json()["items"]
    return [client.get(f"revisions/{item['id']}").json() for item in reversed(listed)]


def stored(section: Any) -> tuple[Any, ...]:
    """Everything that a conflict leaves as it was."""
    row = Section.objects.filter(pk=section.pk).values().get()
    return row, list(Revision.objects.filter(section=section).order_by("id").values())


def test_edits_of_neighbouring_sentences_come_together(desk, drafting, abroad, rule, ledger):
    revise(abroad, rule, body=SHORTER)
    theirs = Section.objects.get(pk=rule.pk).head
    ledger.new()
    longer = TEXT.replace("The adviser", "The trusted adviser")

    answer = merge(drafting, rule, rule.head, body=longer, note="Trust.", headers=REQUEST)

    assert answer.status_code == 200, answer.content
    now = Section.objects.get(pk=rule.pk)
    both = SHORTER.replace("The adviser", "The trusted adviser")
    assert answer.json() == {
        "id": str(rule.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": "1",
        "depth": 0,
        "title": "Deadlines",
        "body": both,
        "head": str(now.head),
        "language": "en",
        "state": "released",
        "owner_delegation": None,
        "updated_at": moment(now.updated_at),
        "released_at": moment(now.released_at),
        "single_person_release": False,
        "deleted_at": None,
        "abilities": section_abilities(
            "revise", "restructure", "add_section", "bracket", "comment", "amend"
        ),
        "auto_merged": [
            {
                "part": "body",
                "side": "yours",
                "base": "The adviser receives complaints.",
                "text": "The trusted adviser receives complaints.",
            },
            {
                "part": "body",
                "side": "theirs",
                "base": RULE,
                "text": RULE.replace("30", "15"),
            },
        ],
    }
    assert answer.headers["ETag"].startswith('"3.')
    assert ledger.told() == [
        entry(
            "section.revised",
            desk.drafter,
            rule,
            seat=desk.serbia,
            owner=None,
            scope=desk.document.effective_scope_id,
            details={"revision": "3", "note": "Trust.", "worked_on": str(rule.head)},
        )
    ]
    chain = chain_of(abroad, rule)
    assert [(one["body"], one["worked_on"]) for one in chain] == [
        (TEXT, None),
        (SHORTER, None),
        (both, str(rule.head)),
    ]
    merged = Revision.objects.get(pk=now.head)
    assert (merged.parent_id, merged.worked_on_id) == (theirs, rule.head)
    verify_chain(chain)
    assert not WorkingCopy.objects.exists()


def test_two_edits_within_a_sentence_are_a_conflict_and_the_text_stays(
    desk, drafting, abroad, rule, ledger
):
    """Nobody wrote that complaints shall not be filed within 15 days."""
    revise(abroad, rule, body=SHORTER)
    before = stored(rule)
    ledger.new()

    answer = merge(drafting, rule, rule.head, body=NEGATED, note="No more.", headers=REQUEST)

    assert refusal(answer) == (409, "edit_conflict")
    assert answer.headers["ETag"] == '"2"'
    assert stored(rule) == before
    (kept,) = WorkingCopy.objects.all()
    head = Revision.objects.get(section=rule, number=2)
    told = answer.json()
    (unit,) = told["conflicts"]
    assert told == {
        "type": "/problems/edit-conflict",
        "title": "Others changed the same words",
        "status": 409,
        "detail": "Somebody else changed the same words. Nothing was written; your words are kept.",
        "instance": f"/api/v1/sections/{rule.pk}/merge",
        "code": "edit_conflict",
        "errors": [],
        "request_id": REQUEST["X-Request-ID"],
        "base": {
            "revision": str(rule.head),
            "title": "Deadlines",
            "body": TEXT,
            "language": "en",
        },
        "yours": {"title": "Deadlines", "body": NEGATED, "language": "en"},
        "theirs": {
            "revision": str(head.pk),
            "title": "Deadlines",
            "body": SHORTER,
            "language": "en",
        },
        "theirs_by": {"delegation": party(desk.albania), "at": moment(head.created_at)},
        "conflicts": [
            {
                "id": unit["id"],
                "part": "body",
                "kind": "both_edited",
                "base": RULE,
                "yours": "Complaints shall not be filed within 30 days.",
                "theirs": "Complaints shall be filed within 15 days.",
                "word_diff": {
                    "yours": [
                        {"change": "kept", "text": "Complaints shall "},
                        {"change": "added", "text": "not "},
                        {"change": "kept", "text": "be filed within 30 days."},
                    ],
                    "theirs": [
                        {"change": "kept", "text": "Complaints shall be filed within "},
                        {"change": "removed", "text": "30 "},
                        {"change": "added", "text": "15 "},
                        {"change": "kept", "text": "days."},
                    ],
                },
                "choices": ["yours", "theirs", "both", "custom"],
            }
        ],
        "offer": {
            "title": "Deadlines",
            "language": "en",
            "body": [
                {"text": "The adviser receives complaints. ", "conflict": None},
                {"text": None, "conflict": unit["id"]},
                {"text": "\n\nThe commander answers.\n", "conflict": None},
            ],
        },
        "auto_merged": [],
        "working_copy": str(kept.pk),
    }
    assert ledger.told() == [
        {
            "kind": "working_copy.kept",
            "actor": desk.drafter.pk,
            "seat": desk.serbia.pk,
            "object": ("working_copy", str(kept.pk)),
            "owner": desk.serbia.pk,
            "scope": desk.serbia.home_scope_id,
            "request": REQUEST["X-Request-ID"],
            "details": {"section": str(rule.pk), "base": str(rule.head)},
        }
    ]


def test_what_does_not_clash_is_merged_in_the_offer(drafting, abroad, rule):
    theirs = SHORTER.replace("The commander", "The unit's commander")
    revise(abroad, rule, body=theirs)
    yours = NEGATED.replace("The adviser", "The trusted adviser")

    told = merge(drafting, rule, rule.head, body=yours).json()

    (unit,) = told["conflicts"]
    assert told["offer"]["body"] == [
        {"text": "The trusted adviser receives complaints. ", "conflict": None},
        {"text": None, "conflict": unit["id"]},
        {"text": "\n\nThe unit's commander answers.\n", "conflict": None},
    ]
    assert [(one["side"], one["text"]) for one in told["auto_merged"]] == [
        ("yours", "The trusted adviser receives complaints."),
        ("theirs", "The unit's commander answers."),
    ]
    assert not any(mark in str(told) for mark in ("<<<<", "====", ">>>>"))


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


def test_a_change_of_the_present_text_is_a_plain_write(drafting, rule):
    answer = merge(drafting, rule, rule.head, body=SHORTER, note="Faster.")

    assert (answer.status_code, answer.json()["body"]) == (200, SHORTER)
    assert answer.json()["auto_merged"] == []
    last = Revision.objects.get(pk=answer.json()["head"])
    assert (last.parent_id, last.worked_on_id, last.note) == (rule.head, None, "Faster.")
    verify_chain(chain_of(drafting, rule))


@pytest.mark.parametrize("sent", [{}, {"body": TEXT}, {"body": SHORTER}], ids=str)
def test_what_changes_nothing_makes_no_revision(drafting, abroad, rule, ledger, sent):
    """Nothing at all, or what the others have written meanwhile."""
    revise(abroad, rule, body=SHORTER)
    before = stored(rule)
    ledger.new()

    answer = merge(drafting, rule, rule.head, **sent)

    assert (answer.status_code, answer.json()["body"]) == (200, SHORTER)
    assert (stored(rule), ledger.new()) == (before, [])


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


def test_the_base_is_a_revision_of_this_section_that_one_sees(desk, drafting, abroad, rule):
    other = desk.section(common=True)
    private = desk.section()
    revise(drafting, rule, body=SHORTER)

    for client, base in ((drafting, other.head), (abroad, private.head), (drafting, unknown_id())):
        answer = merge(client, rule, base, body=NEGATED)
        assert refusal(answer) == (400, "invalid", ("/base", "unknown"))
    assert refusal(merge(drafting, rule, body=NEGATED))[2][0] == "/base"
    copy = merge(drafting, rule, working_copy=str(unknown_id()))
    assert refusal(copy) == (400, "invalid", ("/working_copy", "unknown"))
    assert not WorkingCopy.objects.exists()


def test_a_change_begun_at_home_is_not_merged_into_the_public_text(desk, drafting, abroad):
    """What was for the ministry alone does not land before everybody."""
    draft = desk.section(title="Terms", body=TEXT)
    at_home = draft.head
    release(draft)

    answer = merge(drafting, draft, at_home, body=SHORTER)

    assert refusal(answer) == (409, "other_chain")
    assert abroad.get(f"sections/{draft.pk}").json()["body"] == TEXT


def test_one_who_may_not_revise_merges_nothing_and_leaves_nothing(desk, reading, abroad, outside):
    section = desk.section(released=True, body=TEXT)

    for client, expected in (
        (reading, (403, "drafter_required")),
        (abroad, (403, "not_owner")),
        (outside, (404, "not_found")),
    ):
        assert refusal(merge(client, section, section.head, body=SHORTER)) == expected
    assert alike(
        merge(outside, section, section.head, body=SHORTER),
        outside.post(f"sections/{unknown_id()}/merge", {"base": str(section.head)}),
    )
    assert not WorkingCopy.objects.exists()


def test_a_granted_seat_merges_what_it_sees(desk, abroad, drafting):
    """Its words are kept at its own home, not at the owner's."""
    section = desk.section(released=True, body=TEXT)
    grant(section, desk.albania, Level.DRAFT)
    revise(drafting, section, body=SHORTER)

    told = merge(abroad, section, section.head, body=NEGATED).json()

    (kept,) = WorkingCopy.objects.all()
    assert (kept.delegation, kept.effective_scope_id) == (
        desk.albania,
        desk.albania.home_scope_id,
    )
    assert told["theirs_by"]["delegation"] == party(desk.serbia)
    assert drafting.get(f"working-copies/{kept.pk}").status_code == 404


def test_if_match_is_not_needed_and_not_ignored(drafting, abroad, rule):
    revise(abroad, rule, body=SHORTER)
    body = {"base": str(rule.head), "title": "Limits"}

    stale = drafting.post(f"sections/{rule.pk}/merge", body, if_match="1")
    fresh = drafting.post(f"sections/{rule.pk}/merge", body, if_match="2")

    assert refusal(stale) == (412, "precondition_failed")
    assert (fresh.status_code, fresh.json()["title"]) == (200, "Limits")


def test_a_conflict_is_not_replayed_and_its_words_are_kept_once(drafting, abroad, rule):
    revise(abroad, rule, body=SHORTER)
    body = {"base": str(rule.head), "body": NEGATED}

    answers = [drafting.post(f"sections/{rule.pk}/merge", body, key="once") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "Idempotency-Replayed" not in answers[1].headers
    assert len({answer.json()["working_copy"] for answer in answers}) == 1
    assert WorkingCopy.objects.get().revision == 1


def test_a_merged_text_that_is_too_long_is_refused_and_kept(desk, drafting, abroad):
    section = desk.section(common=True, body="The middle.\n")
    half = "word " * 22_000
    revise(abroad, section, body=f"{half}\n\nThe middle.\n")
    before = stored(section)

    answer = merge(drafting, section, section.head, body=f"The middle.\n\n{half}\n")

    assert refusal(answer) == (409, "merged_too_long")
    assert stored(section) == before
    (kept,) = WorkingCopy.objects.all()
    assert answer.json()["working_copy"] == str(kept.pk)
