"""POST /amendments/{id}/rebase, and GET /amendments/{id}/proposals."""

from typing import Any

import pytest

from tests.documents.desk import Desk
from tests.documents.support import Ledger, refusal

from .floor import Floor
from .support import act, base_of, drafted, revise, shown, submitted, text

ONE, TWO = "A complaint is filed within 15 days.", "The file is kept for ten years."


@pytest.fixture
def amendment(floor: Floor) -> Any:
    """Albania's, which changes the first paragraph."""
    return submitted(floor.albanian, floor.albanian_head, floor.section, text(first=ONE))


def proposals(client: Any, amendment: Any) -> list[dict[str, Any]]:
    answer = client.get(f"amendments/{amendment['id']}/proposals")
    return list(answer.json()["items"])


def test_its_proponent_words_it_on_the_present_text_and_the_old_wording_stays(
    floor: Floor, amendment: Any, ledger: Ledger
) -> None:
    revise(floor.serbian, floor.section, text(third=TWO))
    ledger.new()

    answer = floor.albanian.post(f"amendments/{amendment['id']}/rebase", {}, if_match='"1"')

    assert answer.status_code == 200, answer.content
    told = shown(floor.macedonian, amendment)
    assert (told["base"], told["body"]) == (base_of(floor.section), text(first=ONE, third=TWO))
    assert (told["state"], told["number"]) == ("submitted", 1)
    (changed,) = told["changes"]["body"]
    assert changed["stretches"][0]["text"] == "A complaint is filed within "
    told_of = [
        (each["number"], each["at_home"], each["base"], each["title"], each["body"])
        for each in proposals(floor.macedonian, amendment)
    ]
    assert told_of == [
        (2, False, told["base"], "Complaints", text(first=ONE, third=TWO)),
        (1, False, amendment["base"], "Complaints", text(first=ONE)),
    ]
    assert [each.kind for each in ledger.new()] == ["amendment.rebased"]


def test_what_clashes_is_settled_and_no_rebase_is_needed_then(floor: Floor, amendment: Any) -> None:
    revise(floor.serbian, floor.section, text(first="At once."))
    clash = act(floor.albanian, amendment, "rebase", {})
    assert refusal(clash) == (409, "edit_conflict")
    assert shown(floor.albanian, amendment)["base"] == amendment["base"]
    (unit,) = clash.json()["conflicts"]

    resolution = {"id": unit["id"], "choice": "custom", "text": "In a week."}
    answer = act(floor.albanian, amendment, "rebase", {"resolutions": [resolution]})

    assert (answer.json()["body"], answer.json()["needs_rebase"]) == (
        text(first="In a week."),
        False,
    )
    accepted = act(floor.serbian, amendment, "accept", {})
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")


def test_on_the_present_text_there_is_nothing_to_rebase(
    floor: Floor, amendment: Any, ledger: Ledger
) -> None:
    ledger.new()

    answer = act(floor.albanian, amendment, "rebase", {})

    assert answer.headers["ETag"].startswith('"1.')
    assert ledger.new() == []


def test_what_the_text_says_already_is_not_rebased(floor: Floor, amendment: Any) -> None:
    revise(floor.serbian, floor.section, text(first=ONE, third=TWO))

    assert refusal(act(floor.albanian, amendment, "rebase", {})) == (409, "changes_nothing")
    assert shown(floor.albanian, amendment)["body"] == text(first=ONE)


def test_a_draft_is_rebased_at_home(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first=ONE))
    revise(floor.serbian, floor.section, text(first="At once."))
    assert shown(floor.albanian, draft)["needs_rebase"] is True
    (unit,) = act(floor.albanian, draft, "rebase", {}).json()["conflicts"]

    answer = act(
        floor.albanian, draft, "rebase", {"resolutions": [{"id": unit["id"], "choice": "both"}]}
    )

    assert answer.json()["body"] == text(first=f"At once. {ONE}")
    assert [each["at_home"] for each in proposals(floor.albanian, draft)] == [True, True]


def test_only_drafters_of_the_proponent_rebase_what_is_pending(
    desk: Desk, floor: Floor, amendment: Any
) -> None:
    revise(floor.serbian, floor.section, text(third=TWO))

    assert refusal(act(floor.serbian_head, amendment, "rebase", {})) == (403, "not_proponent")
    assert refusal(act(floor.albanian, amendment, "rebase", {}, if_match=None)) == (
        428,
        "precondition_required",
    )
    assert refusal(act(floor.albanian, amendment, "rebase", {}, if_match='"7"')) == (
        412,
        "precondition_failed",
    )
    act(floor.serbian, amendment, "reject", {"reason": "No."})
    late = act(floor.albanian, amendment, "rebase", {})
    assert refusal(late) == (409, "wrong_state")
    assert late.json()["allowed"] == ["draft", "submitted", "under_consideration"]
    assert shown(floor.albanian, amendment)["needs_rebase"] is False


def test_the_text_of_an_amendment_stays_readable_whatever_becomes_of_its_base(
    floor: Floor, amendment: Any
) -> None:
    before = shown(floor.macedonian, amendment)
    for words in ("Nothing of it is left.", "Not even that."):
        revise(floor.serbian, floor.section, words)

    after = shown(floor.macedonian, amendment)

    assert after == {**before, "needs_rebase": True}
