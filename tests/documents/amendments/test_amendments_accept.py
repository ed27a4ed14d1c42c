"""POST /amendments/{id}/accept and /accept-as-modified: what comes into the text."""

from typing import Any

import pytest

from documents.amendments.models import Amendment
from platform_api.core.actor import Level
from tests.api import api
from tests.documents.desk import Desk
from tests.documents.support import Ledger, invalid, party, refusal, unknown_id
from tests.factories import delegate, grant, seat
from tests.laying import laid

from .floor import Floor
from .support import (
    BODY,
    FIRST,
    act,
    base_of,
    body_of,
    drafted,
    revise,
    shown,
    submitted,
    text,
)

ONE, TWO = "A complaint is filed within 15 days.", "The file is kept for ten years."


@laid
def amendment(floor: Floor) -> Any:
    """Albania's, which changes the first paragraph."""
    return submitted(floor.albanian, floor.albanian_head, floor.section, text(first=ONE))


def test_an_accepted_amendment_is_in_the_text_and_named_by_its_revision(
    desk: Desk, floor: Floor, amendment: Any, ledger: Ledger
) -> None:
    ledger.new()

    answer = act(floor.serbian, amendment, "accept", {"reason": "Agreed at the seminar."})

    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["state"], told["reason"]) == ("accepted", "Agreed at the seminar.")
    assert (told["decided_by"], told["accepted_wording"]) == (party(desk.serbia), None)
    read = floor.macedonian.get(f"sections/{floor.section.pk}")
    assert read.json()["body"] == text(first=ONE)
    assert read.headers["ETag"].startswith('"2.')
    revision = floor.macedonian.get(f"revisions/{told['accepted_revision']}").json()
    assert (revision["number"], revision["note"]) == (2, "Amendment 1")
    assert revision["delegation"] == party(desk.serbia)
    assert (revision["title"], revision["body"]) == ("Complaints", text(first=ONE))
    assert [each.kind for each in ledger.new()] == ["section.revised", "amendment.accepted"]


def test_it_is_merged_into_what_was_written_since(floor: Floor, amendment: Any) -> None:
    revise(floor.serbian, floor.section, text(third=TWO))
    assert shown(floor.albanian, amendment)["needs_rebase"] is False

    assert act(floor.serbian, amendment, "accept", {}).status_code == 200

    assert body_of(floor.section) == text(first=ONE, third=TWO)
    told = shown(floor.albanian, amendment)
    assert (told["body"], told["base"]) == (text(first=ONE), amendment["base"])


def test_edits_of_one_sentence_clash_and_nothing_is_written(floor: Floor, amendment: Any) -> None:
    theirs = "A complaint shall not be filed within 30 days."
    macedonian = floor.macedonian, floor.macedonian_head, floor.section
    rival = submitted(*macedonian, text(first="A complaint is filed at once."))
    submitted(*macedonian, text(second="The commission answers."))
    revise(floor.serbian, floor.section, text(first=theirs, third=TWO))
    assert shown(floor.albanian, amendment)["needs_rebase"] is True

    answer = act(floor.serbian, amendment, "accept", {})

    assert refusal(answer) == (409, "edit_conflict")
    told = answer.json()
    assert told["type"] == "/problems/edit-conflict"
    assert told["base"]["revision"] == amendment["base"]
    assert told["theirs"]["revision"] == base_of(floor.section)
    (unit,) = told["conflicts"]
    assert unit.pop("id")
    assert {each["text"] for each in unit.pop("word_diff")["yours"]} >= {"30 ", "15 "}
    assert unit == {
        "part": "body",
        "kind": "both_edited",
        "base": FIRST,
        "yours": ONE,
        "theirs": theirs,
        "comments_affected": [],
        "amendments_affected": [rival["id"]],
        "choices": ["yours", "theirs", "both", "custom"],
    }
    assert body_of(floor.section) == text(first=theirs, third=TWO)
    assert shown(floor.albanian, amendment)["state"] == "submitted"


@pytest.mark.parametrize(
    ("choice", "first", "state"),
    [
        ({"choice": "yours"}, ONE, "accepted"),
        ({"choice": "theirs"}, "At once.", "accepted_as_modified"),
        ({"choice": "both"}, f"At once. {ONE}", "accepted_as_modified"),
        ({"choice": "custom", "text": "In a week."}, "In a week.", "accepted_as_modified"),
    ],
)
def test_what_clashes_is_settled_unit_by_unit(
    floor: Floor, amendment: Any, choice: dict[str, str], first: str, state: str
) -> None:
    revise(floor.serbian, floor.section, text(first="At once.", third=TWO))
    (unit,) = act(floor.serbian, amendment, "accept", {}).json()["conflicts"]

    answer = act(
        floor.serbian, amendment, "accept", {"resolutions": [{"id": unit["id"], **choice}]}
    )

    assert answer.status_code == 200, answer.content
    merged = body_of(floor.section)
    assert merged == text(first=first, third=TWO)
    told = answer.json()
    assert (told["state"], told["body"]) == (state, text(first=ONE))
    modified = {"title": "Complaints", "body": merged}
    assert told["accepted_wording"] == (modified if state == "accepted_as_modified" else None)


def test_resolutions_of_another_text_settle_nothing(floor: Floor, amendment: Any) -> None:
    revise(floor.serbian, floor.section, text(first="At once."))
    (unit,) = act(floor.serbian, amendment, "accept", {}).json()["conflicts"]
    revise(floor.serbian, floor.section, text(first="Soon."))

    late = act(
        floor.serbian,
        amendment,
        "accept",
        {"resolutions": [{"id": unit["id"], "choice": "theirs"}]},
    )

    assert refusal(late) == (409, "edit_conflict")
    assert late.json()["conflicts"][0]["theirs"] == "Soon."
    assert body_of(floor.section) == text(first="Soon.")


def test_titles_clash_as_a_whole(floor: Floor) -> None:
    told = submitted(
        floor.albanian, floor.albanian_head, floor.section, text(first=ONE), title="On complaints"
    )
    path = f"sections/{floor.section.pk}"
    floor.serbian.patch(path, {"title": "Grievances"}, if_match=floor.serbian.get(path))

    (unit,) = act(floor.serbian, told, "accept", {}).json()["conflicts"]
    assert (unit["part"], unit["choices"]) == ("title", ["yours", "theirs", "custom"])

    def settle(**choice: str) -> Any:
        resolutions = [{"id": unit["id"], **choice}]
        return act(floor.serbian, told, "accept", {"resolutions": resolutions})

    for words, code in (("", "blank"), (" ", "blank"), ("x" * 501, "max_length")):
        wrong = settle(choice="custom", text=words)
        assert refusal(wrong) == invalid(("/resolutions/0/text", code)), words
    assert refusal(settle(choice="both")) == invalid(("/resolutions/0/choice", "not_offered"))
    assert settle(choice="custom", text="Complaints and grievances").status_code == 200
    read = floor.albanian.get(path).json()
    assert (read["title"], read["body"]) == ("Complaints and grievances", text(first=ONE))


def test_malformed_resolutions_are_refused(floor: Floor, amendment: Any) -> None:
    one = {"id": "x", "choice": "yours"}
    cases: list[tuple[Any, tuple[str, str]]] = [
        ([one, one], ("/resolutions", "repeated")),
        ([{"id": "x"}], ("/resolutions/0/choice", "required")),
        ([{"id": "x", "choice": "mine"}], ("/resolutions/0/choice", "invalid_choice")),
        ([{"id": "x", "choice": "custom"}], ("/resolutions/0/text", "required")),
        ([{**one, "text": "x"}], ("/resolutions/0/text", "not_wanted")),
        ([{**one, "by": "me"}], ("/resolutions/0/by", "unknown_field")),
    ]
    for resolutions, error in cases:
        answer = act(floor.serbian, amendment, "accept", {"resolutions": resolutions})
        assert refusal(answer) == invalid(error)
    idle = act(floor.serbian, amendment, "accept", {"resolutions": [one]})
    assert refusal(idle) == (409, "edit_conflict")
    assert body_of(floor.section) == BODY


def test_a_change_that_the_text_says_already_makes_no_revision(
    floor: Floor, amendment: Any
) -> None:
    revise(floor.serbian, floor.section, text(first=ONE, third=TWO))
    before = base_of(floor.section)

    answer = act(floor.serbian, amendment, "accept", {})

    assert (answer.json()["state"], answer.json()["accepted_revision"]) == ("accepted", before)
    assert base_of(floor.section) == before


def test_a_merged_text_is_no_longer_than_a_section_may_be(floor: Floor) -> None:
    half = "x" * 120_000
    told = submitted(floor.albanian, floor.albanian_head, floor.section, f"{BODY}\n{half}\n")
    revise(floor.serbian, floor.section, f"{half}\n\n{BODY}")

    assert refusal(act(floor.serbian, told, "accept", {})) == (409, "merged_too_long")
    assert shown(floor.albanian, told)["state"] == "submitted"


# -- what becomes of the others --------------------------------------------------------------------


def test_others_whose_change_is_the_text_now_are_overtaken(
    desk: Desk, floor: Floor, ledger: Ledger
) -> None:
    """Also where they propose less; the rest stay, flagged where they clash; drafts stay."""
    whole = submitted(
        floor.albanian, floor.albanian_head, floor.section, text(first=ONE, third=TWO)
    )
    part = submitted(floor.macedonian, floor.macedonian_head, floor.section, text(first=ONE))
    rival = submitted(floor.macedonian, floor.macedonian_head, floor.section, text(first="Soon."))
    beside = submitted(
        floor.macedonian, floor.macedonian_head, floor.section, text(second="In writing.")
    )
    draft = drafted(floor.macedonian, floor.section, text(third=TWO))
    elsewhere = submitted(floor.macedonian, floor.macedonian_head, floor.common, text(first=ONE))
    ledger.new()

    assert act(floor.serbian, whole, "accept", {}).status_code == 200

    told = shown(floor.macedonian, part)
    assert (told["state"], told["overtaken_by"], told["decided_by"]) == (
        "overtaken",
        whole["id"],
        None,
    )
    assert told["decided_at"]
    assert [each.kind for each in ledger.new()] == [
        "section.revised",
        "amendment.accepted",
        "amendment.overtaken",
    ]
    after = [shown(floor.macedonian, each) for each in (rival, beside, draft, elsewhere)]
    assert [(each["state"], each["needs_rebase"]) for each in after] == [
        ("submitted", True),
        ("submitted", False),
        ("draft", False),
        ("submitted", False),
    ]
    assert after[0]["body"] == text(first="Soon.")


# -- as modified -----------------------------------------------------------------------------------


def test_another_wording_is_accepted_and_both_are_kept(
    desk: Desk, floor: Floor, amendment: Any
) -> None:
    other = text(first="A complaint is filed within 20 days.")
    body = {
        "base": amendment["base"],
        "title": "On complaints",
        "body": other,
        "reason": "Halfway.",
    }

    path = f"amendments/{amendment['id']}/accept-as-modified"
    answer = floor.serbian.post(path, body, if_match='"1"')

    assert answer.status_code == 200, answer.content
    told = shown(floor.macedonian, amendment)
    assert (told["state"], told["reason"]) == ("accepted_as_modified", "Halfway.")
    assert (told["title"], told["body"]) == ("Complaints", text(first=ONE))
    assert told["accepted_wording"] == {"title": "On complaints", "body": other}
    revision = floor.macedonian.get(f"revisions/{told['accepted_revision']}").json()
    assert (revision["title"], revision["body"], revision["note"]) == (
        "On complaints",
        other,
        "Amendment 1",
    )


def test_a_modified_wording_keeps_what_was_written_since(floor: Floor, amendment: Any) -> None:
    revise(floor.serbian, floor.section, text(third=TWO))
    other = text(first="A complaint is filed within 20 days.")
    body = {"base": amendment["base"], "body": other}

    assert act(floor.serbian, amendment, "accept-as-modified", body).status_code == 200

    merged = text(first="A complaint is filed within 20 days.", third=TWO)
    assert body_of(floor.section) == merged


def test_a_modified_wording_of_what_was_written_since_clashes(floor: Floor, amendment: Any) -> None:
    revise(floor.serbian, floor.section, text(first="At once."))
    body = {"base": amendment["base"], "body": text(first="Soon.")}

    answer = act(floor.serbian, amendment, "accept-as-modified", body)

    assert refusal(answer) == (409, "edit_conflict")
    assert answer.json()["conflicts"][0]["yours"] == "Soon."
    assert body_of(floor.section) == text(first="At once.")
    present = {"base": base_of(floor.section), "body": text(first="Soon.")}
    assert act(floor.serbian, amendment, "accept-as-modified", present).status_code == 200
    assert body_of(floor.section) == text(first="Soon.")


def test_a_modified_wording_names_a_revision_of_the_section(floor: Floor, amendment: Any) -> None:
    for base in (floor.section.revisions.get(at_home=True).pk, unknown_id()):
        body = {"base": str(base), "body": "Soon."}
        answer = act(floor.serbian, amendment, "accept-as-modified", body)
        assert refusal(answer) == invalid(("/base", "unknown"))
    missing = act(floor.serbian, amendment, "accept-as-modified", {})
    assert refusal(missing) == invalid(("/base", "required"), ("/body", "required"))
    unnamed = act(floor.serbian, amendment, "accept-as-modified", {}, if_match=None)
    assert refusal(unnamed) == (428, "precondition_required")


def test_a_rebase_between_reading_and_accepting_is_412(floor: Floor, amendment: Any) -> None:
    """What is accepted is the wording that was read."""
    read = floor.serbian.get(f"amendments/{amendment['id']}")
    revise(floor.serbian, floor.section, text(third=TWO))
    act(floor.albanian, amendment, "rebase", {})

    late = act(floor.serbian, amendment, "accept", {}, if_match=read)

    assert refusal(late) == (412, "precondition_failed")
    assert body_of(floor.section) == text(third=TWO)


def test_who_may_draft_by_a_grant_does_not_decide(floor: Floor, amendment: Any) -> None:
    """It may revise the section, and reads no amendments."""
    slovenia = seat(floor.document.forum, "SI")
    grant(floor.section, slovenia, Level.DRAFT)
    drafter = api(delegate(slovenia, "drafter"))

    assert drafter.get(f"sections/{floor.section.pk}").status_code == 200
    answer = act(drafter, amendment, "accept", {}, if_match='"1"')
    assert refusal(answer) == (404, "not_found")
    assert Amendment.objects.get().state == "submitted"
