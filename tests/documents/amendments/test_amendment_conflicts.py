"""GET /sections/{id}/amendment-conflicts."""

from typing import Any
from unittest import mock

import pytest

from documents.amendments import clashing
from tests.documents.support import refusal

from .floor import Floor
from .support import FIRST, act, drafted, revise, submitted, text


def conflicts(client: Any, section: Any) -> dict[str, Any]:
    answer = client.get(f"sections/{section.pk}/amendment-conflicts")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def propose(floor: Floor, body: str, **given: Any) -> str:
    told = submitted(floor.albanian, floor.albanian_head, floor.section, body, **given)
    return str(told["id"])


def test_open_amendments_to_one_sentence_clash_and_others_do_not(floor: Floor) -> None:
    one = propose(floor, text(first="Within 15 days."))
    other = propose(floor, text(first="Within 20 days."))
    propose(floor, text(third="The file is kept for ten years."))
    drafted(floor.serbian, floor.section, text(third="A draft."))
    submitted(floor.albanian, floor.albanian_head, floor.common, text(first="Elsewhere."))
    rejected = propose(floor, text(first="Never."))
    act(floor.serbian, {"id": rejected}, "reject", {"reason": "No."})

    for client in (floor.macedonian, floor.serbian):
        assert conflicts(client, floor.section) == {
            "clashes": [
                {
                    "one": one,
                    "other": other,
                    "units": [
                        {
                            "part": "body",
                            "kind": "both_edited",
                            "base": FIRST,
                            "one": "Within 15 days.",
                            "other": "Within 20 days.",
                        }
                    ],
                    "units_count": 1,
                }
            ],
            "needs_rebase": [],
            "compared": 3,
            "complete": True,
        }


def test_amendments_on_different_bases_meet_in_the_present_text(floor: Floor) -> None:
    early = propose(floor, text(third="The file is kept for ten years."))
    stale = propose(floor, text(first="Within 15 days."))
    rival = propose(floor, text(first="Within 16 days."))
    revise(floor.serbian, floor.section, text(first="At once."))
    late = propose(floor, text(first="At once.", third="The file is burnt."))

    told = conflicts(floor.macedonian, floor.section)

    pairs = [(each["one"], each["other"]) for each in told["clashes"]]
    assert pairs == [(early, late), (stale, rival)]
    assert told["needs_rebase"] == [stale, rival]
    assert (told["compared"], told["complete"]) == (4, True)


def test_titles_clash_and_long_passages_are_cut(floor: Floor) -> None:
    propose(floor, text(first="x" * 1_500), title="On complaints")
    propose(floor, text(first="y" * 1_000), title="Grievances")

    (clash,) = conflicts(floor.serbian, floor.section)["clashes"]

    assert [unit["part"] for unit in clash["units"]] == ["title", "body"]
    assert clash["units"][1]["one"] == "x" * 999 + "…"
    assert clash["units"][1]["other"] == "y" * 1_000


@pytest.mark.slow
def test_no_more_is_compared_than_the_bounds_allow_and_the_answer_says_so(floor: Floor) -> None:
    for number in range(3):
        propose(floor, text(first=f"Within {number} days."))

    with mock.patch.object(clashing, "MOST_AMENDMENTS", 2):
        few = conflicts(floor.serbian, floor.section)
    with mock.patch.object(clashing, "MOST_CHARACTERS", 300):
        short = conflicts(floor.serbian, floor.section)

    assert (few["compared"], few["complete"], len(few["clashes"])) == (2, False, 1)
    assert (short["complete"], len(short["clashes"])) == (False, 1)
    assert conflicts(floor.serbian, floor.section)["complete"] is True


def test_what_is_not_seen_has_no_conflicts(floor: Floor) -> None:
    answer = floor.montenegrin_head.get(f"sections/{floor.section.pk}/amendment-conflicts")

    assert refusal(answer) == (404, "not_found")
