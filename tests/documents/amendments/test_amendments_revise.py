"""PATCH and DELETE /amendments/{id}: a draft is its proponent's to change and to drop."""

from documents.amendments.models import Amendment, AmendmentProposal
from tests.documents.support import Ledger, invalid, refusal

from .floor import Floor
from .support import drafted, submitted, text


def test_a_draft_is_changed_and_each_of_its_wordings_stays_at_home(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    path = f"amendments/{draft['id']}"

    changed = floor.albanian_head.patch(
        path, {"body": text(first="Two."), "title": "On complaints"}, if_match='"h1"'
    )
    explained = floor.albanian.patch(path, {"justification": "Why."}, if_match=changed)

    assert (changed.status_code, explained.status_code) == (200, 200)
    told = explained.json()
    assert (told["title"], told["body"]) == ("On complaints", text(first="Two."))
    assert told["justification"] == "Why."
    assert explained.headers["ETag"].startswith('"h3.')
    proposals = floor.albanian.get(f"{path}/proposals").json()["items"]
    assert [(each["number"], each["at_home"], each["body"]) for each in proposals] == [
        (2, True, text(first="Two.")),
        (1, True, text(first="One.")),
    ]


def test_a_change_that_changes_nothing_is_not_written(floor: Floor, ledger: Ledger) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    ledger.new()

    same = {"body": draft["body"], "title": draft["title"], "justification": ""}
    answer = floor.albanian.patch(f"amendments/{draft['id']}", same, if_match='"h1"')

    assert answer.headers["ETag"].startswith('"h1.')
    assert ledger.new() == []


def test_late_unnamed_and_malformed_changes_are_refused(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    path = f"amendments/{draft['id']}"

    assert refusal(floor.albanian.patch(path, {"body": "x"})) == (428, "precondition_required")
    late = floor.albanian.patch(path, {"body": "x"}, if_match='"h2"')
    assert refusal(late) == (412, "precondition_failed")
    assert late.headers["ETag"] == '"h1"'
    wrong = floor.albanian.patch(path, {"base": draft["base"]}, if_match='"h1"')
    assert refusal(wrong) == invalid(("/base", "unknown_field"))
    assert floor.albanian.get(path).json()["body"] == text(first="One.")


def test_a_submitted_amendment_is_neither_changed_nor_deleted(floor: Floor) -> None:
    told = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    path = f"amendments/{told['id']}"

    changed = floor.albanian.patch(path, {"body": "x"}, if_match='"1"')
    deleted = floor.albanian.delete(path, if_match='"1"')
    late = floor.albanian.delete(path, if_match='"h1"')

    assert refusal(changed) == refusal(deleted) == (409, "wrong_state")
    assert (changed.json()["state"], changed.json()["allowed"]) == ("submitted", ["draft"])
    assert refusal(late) == (412, "precondition_failed")
    assert refusal(floor.serbian.patch(path, {"body": "x"}, if_match='"1"')) == (
        403,
        "not_proponent",
    )


def test_a_deleted_draft_is_gone_with_its_wordings(floor: Floor, ledger: Ledger) -> None:
    kept = drafted(floor.albanian, floor.section, text(first="Kept."))
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    path = f"amendments/{draft['id']}"
    floor.albanian.patch(path, {"body": text(first="Two.")}, if_match='"h1"')
    ledger.new()

    assert refusal(floor.albanian.delete(path)) == (428, "precondition_required")
    assert refusal(floor.albanian.delete(path, if_match='"h1"')) == (412, "precondition_failed")
    answer = floor.albanian.delete(path, if_match='"h2"')

    assert (answer.status_code, answer.content) == (204, b"")
    assert refusal(floor.albanian.get(path)) == (404, "not_found")
    assert [str(row.pk) for row in Amendment.objects.all()] == [kept["id"]]
    assert [str(row.amendment_id) for row in AmendmentProposal.objects.all()] == [kept["id"]]
    assert [(each.kind, each.object_id) for each in ledger.new()] == [
        ("amendment.deleted", draft["id"])
    ]


def test_what_others_draft_answers_as_what_does_not_exist(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    path = f"amendments/{draft['id']}"

    for client in (floor.serbian_head, floor.macedonian_head, floor.montenegrin_head):
        answers = [
            client.get(path),
            client.get(f"{path}/proposals"),
            client.patch(path, {"body": "x"}, if_match='"h1"'),
            client.delete(path, if_match='"h1"'),
            client.post(f"{path}/cosponsor"),
            *(
                client.post(f"{path}/{verb}", {}, if_match='"h1"')
                for verb in ("submit", "accept", "reject", "withdraw", "rebase", "consider")
            ),
        ]
        assert {refusal(answer) for answer in answers} == {(404, "not_found")}
