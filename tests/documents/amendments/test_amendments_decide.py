"""POST /amendments/{id}/consider, /reject and /withdraw, and who decides."""

from typing import Any

import pytest

from documents.amendments.models import Amendment
from forums.membership.models import Forum, Office
from platform_api.core.service import writing
from platform_api.notifications.models import Notification
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.documents.support import REQUEST, Ledger, entry, invalid, party, refusal
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    OrganisationFactory,
    SectionFactory,
    delegate,
    seat,
)
from tests.laying import laid

from .floor import Floor
from .support import BODY, act, body_of, drafted, shown, submitted, text


@laid
def amendment(floor: Floor) -> Any:
    """Albania's, submitted to Serbia's section and co-sponsored by North Macedonia."""
    told = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    floor.macedonian_head.post(f"amendments/{told['id']}/cosponsor")
    return told


def notified(kind: str) -> set[str]:
    rows = Notification.objects.filter(kind=kind)
    return set(rows.values_list("user__delegates__delegation__country__code", flat=True))


def test_the_section_s_owner_takes_it_up_and_rejects_it_with_a_reason(
    desk: Desk, floor: Floor, amendment: Any, ledger: Ledger
) -> None:
    considered = floor.serbian.post(f"amendments/{amendment['id']}/consider", if_match='"1"')
    assert considered.status_code == 200, considered.content
    assert (considered.json()["state"], considered.json()["decided_at"]) == (
        "under_consideration",
        None,
    )
    assert refusal(act(floor.serbian, amendment, "consider")) == (409, "wrong_state")
    ledger.new()

    rejected = floor.serbian.post(
        f"amendments/{amendment['id']}/reject",
        {"reason": "The Act says 30."},
        if_match=considered,
        headers=REQUEST,
    )

    assert rejected.status_code == 200, rejected.content
    told = shown(floor.macedonian, amendment)
    assert (told["state"], told["reason"]) == ("rejected", "The Act says 30.")
    assert told["decided_by"] == party(desk.serbia)
    assert told["decided_at"] > told["submitted_at"]
    assert body_of(floor.section) == BODY
    assert ledger.told() == [
        entry(
            "amendment.rejected",
            desk.drafter,
            Amendment.objects.get(),
            seat=desk.serbia,
            owner=desk.albania,
            scope=floor.document.drafting_scope_id,
            details={
                "revision": "3",
                "section": str(floor.section.pk),
                "reason": "The Act says 30.",
            },
        )
    ]
    assert notified("amendment.considered") == notified("amendment.rejected") == {"AL", "MK"}


def test_only_who_keeps_the_section_decides(floor: Floor, amendment: Any) -> None:
    for client in (floor.albanian_head, floor.macedonian_head):
        for verb in ("consider", "accept", "reject"):
            assert refusal(act(client, amendment, verb, {})) == (403, "not_decider"), verb
    body = {"reason": "No."}
    assert refusal(act(floor.montenegrin_head, amendment, "reject", body, if_match='"1"')) == (
        404,
        "not_found",
    )
    assert shown(floor.albanian, amendment)["state"] == "submitted"


def test_a_reader_of_the_keeper_s_seat_does_not_decide(
    desk: Desk, floor: Floor, amendment: Any
) -> None:
    reader = api(desk.reader)

    for verb in ("consider", "accept", "reject"):
        assert refusal(act(reader, amendment, verb, {})) == (403, "drafter_required")


def test_a_rejection_says_why(floor: Floor, amendment: Any) -> None:
    for body, code in (({}, "required"), ({"reason": ""}, "blank"), ({"reason": None}, "null")):
        answer = act(floor.serbian, amendment, "reject", body)
        assert refusal(answer) == invalid(("/reason", code))
    assert refusal(act(floor.serbian, amendment, "reject", {"reason": "x"}, if_match=None)) == (
        428,
        "precondition_required",
    )
    late = act(floor.serbian, amendment, "reject", {"reason": "x"}, if_match='"9"')
    assert refusal(late) == (412, "precondition_failed")
    assert shown(floor.albanian, amendment)["state"] == "submitted"


def test_the_proponent_s_head_takes_it_back_and_it_stays_readable(
    desk: Desk, floor: Floor, amendment: Any
) -> None:
    assert refusal(act(floor.albanian, amendment, "withdraw", {})) == (403, "head_required")
    assert refusal(act(floor.serbian_head, amendment, "withdraw", {})) == (403, "not_proponent")

    answer = act(floor.albanian_head, amendment, "withdraw", {"reason": "Settled otherwise."})

    assert answer.status_code == 200, answer.content
    told = shown(floor.serbian, amendment)
    assert (told["state"], told["reason"], told["number"]) == (
        "withdrawn",
        "Settled otherwise.",
        1,
    )
    assert (told["decided_by"], told["body"]) == (party(desk.albania), text(first="One."))
    assert notified("amendment.withdrawn") == {"MK"}


def test_a_draft_is_not_withdrawn(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))

    answer = act(floor.albanian_head, draft, "withdraw", {})

    assert refusal(answer) == (409, "wrong_state")
    assert answer.json()["allowed"] == ["submitted", "under_consideration"]


@pytest.mark.parametrize("ending", ["accept", "reject", "withdraw"])
def test_what_has_ended_is_not_decided_again(floor: Floor, amendment: Any, ending: str) -> None:
    by: dict[str, ApiClient] = {"withdraw": floor.albanian_head}
    reason = {"reason": "So."}
    assert act(by.get(ending, floor.serbian), amendment, ending, reason).status_code == 200

    for verb in ("accept", "reject", "withdraw"):
        answer = act(by.get(verb, floor.serbian), amendment, verb, reason)
        assert refusal(answer) == (409, "wrong_state"), verb
        assert answer.json()["allowed"] == ["submitted", "under_consideration"]
    stale = act(floor.serbian, amendment, "reject", reason, if_match='"1"')
    assert refusal(stale) == (412, "precondition_failed")


# -- who decides on a common section ---------------------------------------------------------------


def test_a_common_section_is_decided_by_the_document_s_owner(floor: Floor) -> None:
    told = submitted(floor.albanian, floor.albanian_head, floor.common, text(first="One."))

    assert refusal(act(floor.macedonian_head, told, "accept", {})) == (403, "not_decider")
    assert act(floor.serbian, told, "accept", {}).status_code == 200
    assert body_of(floor.common) == text(first="One.")


def test_the_penholder_decides_on_common_sections_besides(desk: Desk, floor: Floor) -> None:
    pen = OrganisationFactory(key="pen")
    holder = seat(desk.forum, pen, status="partner", voting=False)
    writer = api(delegate(holder, "drafter"))
    document = DocumentFactory(
        delegation=desk.serbia, drafting_group=[desk.albania, holder], penholder=pen
    )
    common = SectionFactory(document=document, common=True, title="Complaints", body=BODY)
    chapter = SectionFactory(document=document, released=True, title="Complaints", body=BODY)
    told = submitted(floor.albanian, floor.albanian_head, common, text(first="One."))
    other = submitted(floor.albanian, floor.albanian_head, chapter, text(first="One."))

    assert refusal(act(writer, other, "accept", {})) == (403, "not_decider")
    assert act(writer, told, "accept", {}).json()["decided_by"] == party(holder)


def test_the_secretariat_decides_where_the_document_is_common(desk: Desk, floor: Floor) -> None:
    office = seat(desk.forum, OrganisationFactory(key="office"), status="partner", voting=False)
    OfficeFactory(forum=desk.forum, holder=office, kind=Office.Kind.SECRETARIAT)
    clerk = api(delegate(office, "drafter"))
    document = DocumentFactory(
        delegation=office, drafting_group=[desk.serbia, desk.albania], common=True
    )
    common = SectionFactory(
        document=document, delegation=office, common=True, title="Complaints", body=BODY
    )
    told = submitted(floor.albanian, floor.albanian_head, common, text(first="One."))

    assert refusal(act(floor.serbian, told, "reject", {"reason": "No."})) == (403, "not_decider")
    assert act(clerk, told, "accept", {}).json()["decided_by"] == party(office)


def test_nobody_accepts_what_they_worded_themselves_where_four_eyes_are_asked_for(
    desk: Desk, floor: Floor
) -> None:
    own = submitted(floor.serbian, floor.serbian_head, floor.section, text(first="One."))

    assert refusal(act(floor.serbian, own, "accept", {})) == (403, "four_eyes")
    modified = {"base": own["base"], "body": text(first="Two.")}
    assert refusal(act(floor.serbian, own, "accept-as-modified", modified)) == (403, "four_eyes")
    assert act(floor.serbian_head, own, "accept", {}).status_code == 200

    second = submitted(floor.serbian, floor.serbian_head, floor.section, text(first="Two."))
    with writing():
        Forum.objects.filter(pk=desk.forum.pk).update(four_eyes=False)
    assert act(floor.serbian, second, "accept", {}).status_code == 200
