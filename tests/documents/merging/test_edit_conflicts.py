"""POST /sections/{id}/merge, where both sides changed the same words: the conflict as data."""

from documents.merging.models import WorkingCopy
from documents.texts.models import Revision
from tests.documents.support import REQUEST, moment, party, refusal

from .support import NEGATED, RULE, SHORTER, TEXT, merge, revise, stored


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
                "comments_affected": [],
                "amendments_affected": [],
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
