"""POST /documents/{id}/sections and PATCH /sections/{id} with marks of classified information."""

import pytest

from tests.api import api
from tests.documents.support import refusal
from tests.factories import delegate, release

MARKED = "Први пасус.\n\nСТРОГО ПОВЕРЉИВО\n\nДруги пасус."
WHY = "The heading quotes the law's own title."


def told(answer):
    return refusal(answer), [each["detail"] for each in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("given", "pointer", "detail"),
    [
        ({"body": MARKED}, "/body", "Line 3 bears the mark СТРОГО ПОВЕРЉИВО (RS)."),
        ({"title": "NATO SECRET"}, "/title", "Line 1 bears the mark NATO SECRET (NATO)."),
    ],
)
def test_a_marked_text_is_refused_by_place_and_mark(desk, drafting, ledger, given, pointer, detail):
    draft = desk.section()
    ledger.new()

    made = drafting.post(
        f"documents/{desk.document.pk}/sections", {"title": "T", "language": "sr-Cyrl", **given}
    )
    revised = drafting.patch(f"sections/{draft.pk}", given, if_match="h1")

    for answer in (made, revised):
        assert told(answer) == (
            (422, "classification_mark", (pointer, "classification_mark")),
            [detail],
        )
        assert answer.json()["type"].endswith("/problems/classification-mark")
    draft.refresh_from_db()
    assert (draft.revision, ledger.new()) == (1, [])


def test_the_problem_is_described_at_its_address(desk, drafting):
    answer = api()._django.get("/problems/classification-mark")

    assert answer.status_code == 200
    assert b"unclassified" in answer.content


def test_ordinary_words_are_no_marks(desk, drafting):
    draft = desk.section()
    body = "## Интерно обавештење\n\nThe ballot is secret. Гласање је тајно.\n\nTLP:AMBER\n"

    answer = drafting.patch(f"sections/{draft.pk}", {"body": body}, if_match="h1")

    assert (answer.status_code, answer.json()["body"]) == (200, body)


def test_a_head_says_why_it_is_none_and_the_text_may_keep_it(desk, drafting, heading, ledger):
    draft = desk.section()
    path = f"sections/{draft.pk}"
    ledger.new()

    answer = heading.patch(path, {"body": MARKED, "not_classified": WHY}, if_match="h1")

    assert (answer.status_code, answer.json()["body"]) == (200, MARKED)
    entries = {entry.kind: entry.detail.payload for entry in ledger.new()}
    assert entries["section.mark_answered"] == {
        "revision": "h2",
        "marks": ["СТРОГО ПОВЕРЉИВО"],
        "reason": WHY,
    }
    kept = drafting.patch(path, {"body": MARKED + " Још."}, if_match=answer)
    assert kept.status_code == 200
    more = drafting.patch(path, {"body": MARKED + "\n\nИНТЕРНО"}, if_match=kept)
    assert refusal(more)[:2] == (422, "classification_mark")
    draft.refresh_from_db()
    assert release(draft).body == MARKED + " Још."


def test_a_head_begins_a_section_with_it_too(desk, heading, ledger):
    answer = heading.post(
        f"documents/{desk.document.pk}/sections",
        {"title": "ДРЖАВНА ТАЈНА", "language": "sr-Cyrl", "not_classified": WHY},
    )

    assert answer.status_code == 201
    assert [entry.kind for entry in ledger.new()] == ["section.mark_answered", "section.created"]


def test_a_mark_that_was_taken_out_is_answered_for_anew(desk, heading):
    path = f"sections/{desk.section().pk}"
    first = heading.patch(path, {"body": MARKED, "not_classified": WHY}, if_match="h1")
    out = heading.patch(path, {"body": "x"}, if_match=first)

    again = heading.patch(path, {"body": MARKED}, if_match=out)

    assert refusal(again)[:2] == (422, "classification_mark")


def test_a_drafter_cannot_say_so(desk, drafting, abroad):
    draft, common = desk.section(), desk.section(common=True)
    given = {"body": MARKED, "not_classified": WHY}

    for client, section, tag in ((drafting, draft, "h1"), (abroad, common, "1")):
        answer = client.patch(f"sections/{section.pk}", given, if_match=tag)
        assert refusal(answer) == (403, "head_required")


def test_at_a_common_section_the_head_of_the_seat_that_writes_says_so(desk, ledger):
    common = desk.section(common=True)
    head = api(delegate(desk.albania, "head"))
    ledger.new()

    answer = head.patch(
        f"sections/{common.pk}", {"body": MARKED, "not_classified": WHY}, if_match="1"
    )

    assert answer.status_code == 200
    assert {entry.seat_id for entry in ledger.new()} == {desk.albania.pk}


def test_a_blank_reason_is_none_and_one_without_a_mark_changes_nothing(desk, heading, ledger):
    draft = desk.section()
    path = f"sections/{draft.pk}"
    ledger.new()

    blank = heading.patch(path, {"body": MARKED, "not_classified": " "}, if_match="h1")
    plain = heading.patch(path, {"body": "Plain.", "not_classified": WHY}, if_match="h1")

    assert refusal(blank)[0] in (400, 422)
    assert plain.status_code == 200
    assert [entry.kind for entry in ledger.new()] == ["section.revised"]


def test_who_is_late_learns_that_before_the_mark_counts(desk, drafting):
    draft = desk.section()

    answer = drafting.patch(f"sections/{draft.pk}", {"body": MARKED}, if_match="h7")

    assert refusal(answer) == (412, "precondition_failed")
