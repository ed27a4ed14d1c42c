"""POST /sections/{id}/merge: a change that was made on an earlier revision, where nothing clashes,
and who may."""

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

from .support import NEGATED, RULE, SHORTER, TEXT, chain_of, merge, revise, stored


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
