"""POST /amendments/{id}/submit: what leaves home, under which number, and who lets it."""

from typing import Any
from unittest import mock

from documents.amendments.models import AmendmentProposal
from documents.amendments.services import supporting
from forums.membership.models import Forum
from platform_api.core.service import writing
from platform_api.ledger.models import Event
from platform_api.notifications.models import Notification
from tests.api import api
from tests.documents.desk import Desk
from tests.documents.support import REQUEST, Ledger, entry, refusal
from tests.factories import delegate

from .floor import Floor
from .support import act, base_of, drafted, shown, submitted, text


def test_the_head_lets_the_drafting_group_read_what_a_drafter_wrote(
    desk: Desk, floor: Floor, ledger: Ledger
) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    path = f"amendments/{draft['id']}"
    floor.albanian.patch(path, {"body": text(first="Two.")}, if_match='"h1"')
    ledger.new()

    answer = floor.albanian_head.post(
        f"amendments/{draft['id']}/submit", if_match='"h2"', headers=REQUEST
    )

    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["number"], told["state"], told["body"]) == (1, "submitted", text(first="Two."))
    assert told["submitted_at"] == told["updated_at"]
    assert answer.headers["ETag"].startswith('"1.')
    abilities = told.pop("abilities")
    assert [name for name, allowed in abilities.items() if allowed] == ["rebase", "withdraw"]
    for client in (floor.serbian, floor.macedonian):
        other = shown(client, draft)
        other.pop("abilities")
        assert other == told
        (only,) = client.get(f"{path}/proposals").json()["items"]
        assert (only["number"], only["at_home"], only["body"]) == (1, False, text(first="Two."))
    assert refusal(floor.montenegrin_head.get(path)) == (404, "not_found")
    assert len(floor.albanian.get(f"{path}/proposals").json()["items"]) == 3
    row = AmendmentProposal.objects.filter(at_home=False).get().amendment
    assert ledger.told() == [
        entry(
            "amendment.submitted",
            desk.albanian_head,
            row,
            seat=desk.albania,
            owner=desk.albania,
            scope=floor.document.drafting_scope_id,
            details={"revision": "1", "section": str(floor.section.pk), "number": 1},
        )
    ]
    (event,) = Event.objects.filter(type="amendment.submitted")
    assert (event.narrow_scope_id, event.audience_group_id) == (None, None)
    notified = Notification.objects.filter(kind="amendment.submitted").values_list(
        "user__delegates__delegation__country__code", flat=True
    )
    assert set(notified) == {"RS", "MK"}


def test_numbers_are_given_at_submission_within_the_section(floor: Floor) -> None:
    """Drafts, also deleted ones, and amendments to other sections move no number."""
    for _ in range(3):
        drafted(floor.albanian, floor.section, text(first="Never submitted."))
    gone = drafted(floor.macedonian, floor.section, text(first="Deleted."))
    floor.macedonian.delete(f"amendments/{gone['id']}", if_match='"h1"')

    first = submitted(floor.macedonian, floor.macedonian_head, floor.section, text(first="1."))
    elsewhere = submitted(floor.albanian, floor.albanian_head, floor.common, text(first="1."))
    second = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="2."))
    assert act(floor.albanian_head, second, "withdraw").status_code == 200
    third = submitted(floor.serbian, floor.serbian_head, floor.section, text(first="3."))

    numbers = [each["number"] for each in (first, elsewhere, second, third)]
    assert numbers == [1, 1, 2, 3]


def test_who_wrote_any_of_it_does_not_submit_it_where_four_eyes_are_asked_for(
    desk: Desk, floor: Floor
) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    floor.albanian_head.patch(
        f"amendments/{draft['id']}", {"justification": "Why."}, if_match='"h1"'
    )

    assert refusal(act(floor.albanian_head, draft, "submit")) == (403, "four_eyes")
    assert act(api(delegate(desk.albania, "head")), draft, "submit").status_code == 200

    alone = drafted(floor.albanian_head, floor.section, text(first="Two."))
    with writing():
        Forum.objects.filter(pk=desk.forum.pk).update(four_eyes=False)
    assert act(floor.albanian_head, alone, "submit").status_code == 200


def test_a_drafter_does_not_submit_and_nothing_is_submitted_twice(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))

    assert refusal(act(floor.albanian, draft, "submit")) == (403, "head_required")
    unnamed = act(floor.albanian_head, draft, "submit", if_match=None)
    assert refusal(unnamed) == (428, "precondition_required")
    late = act(floor.albanian_head, draft, "submit", if_match='"h2"')
    assert refusal(late) == (412, "precondition_failed")
    assert act(floor.albanian_head, draft, "submit").status_code == 200
    again = act(floor.albanian_head, draft, "submit")
    assert refusal(again) == (409, "wrong_state")
    assert (again.json()["state"], again.json()["allowed"]) == ("submitted", ["draft"])


def test_what_proposes_nothing_is_not_submitted(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section)

    assert refusal(act(floor.albanian_head, draft, "submit")) == (409, "changes_nothing")
    assert shown(floor.albanian, draft)["state"] == "draft"


def test_a_delegation_has_so_many_open_amendments_to_a_section(floor: Floor) -> None:
    def send() -> Any:
        draft = drafted(floor.albanian, floor.section, text(first="One."))
        return act(floor.albanian_head, draft, "submit")

    with mock.patch.object(supporting, "MAX_OPEN", 2):
        submitted(floor.macedonian, floor.macedonian_head, floor.section, text(first="Theirs."))
        first, second, third = send(), send(), send()
        assert (first.status_code, second.status_code) == (200, 200)
        assert refusal(third) == (409, "too_many_open")
        assert act(floor.albanian_head, first.json(), "withdraw").status_code == 200
        assert send().status_code == 200


def test_the_id_and_the_tag_tell_nothing_of_the_time_at_home(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))
    for number in range(1, 4):
        body = {"body": text(first=f"Take {number}.")}
        floor.albanian.patch(f"amendments/{draft['id']}", body, if_match=f'"h{number}"')
    answer = act(floor.albanian_head, draft, "submit")

    read = floor.serbian.get(f"amendments/{draft['id']}")
    (proposal,) = floor.serbian.get(f"amendments/{draft['id']}/proposals").json()["items"]
    assert read.headers["ETag"].startswith('"1.')
    assert answer.json()["submitted_at"] == read.json()["updated_at"]
    assert proposal["created_at"] >= read.json()["submitted_at"]
    assert draft["id"][14] == "4"
    assert base_of(floor.section) == read.json()["base"]
