"""POST /amendments/{id}/cosponsor and /uncosponsor: each delegation for itself."""

import pytest

from tests.api import api
from tests.documents.desk import Desk
from tests.documents.support import Ledger, invalid, party, refusal
from tests.factories import delegate

from .floor import Floor
from .support import act, drafted, shown, submitted, text


def test_others_of_the_drafting_group_join_and_leave_by_themselves(
    desk: Desk, floor: Floor, ledger: Ledger
) -> None:
    amendment = submitted(floor.albanian, floor.albanian_head, floor.common, text(first="One."))
    path = f"amendments/{amendment['id']}"
    ledger.new()

    joined = floor.serbian_head.post(f"{path}/cosponsor")
    second = floor.macedonian_head.post(
        f"{path}/cosponsor", {"delegation": str(floor.macedonia.pk)}
    )
    again = floor.macedonian_head.post(f"{path}/cosponsor")

    assert [answer.status_code for answer in (joined, second, again)] == [200, 200, 200]
    both = [party(floor.macedonia), party(desk.serbia)]
    assert again.json()["cosponsors"] == shown(floor.albanian, amendment)["cosponsors"] == both
    assert again.headers["ETag"].startswith('"1.')
    assert again.json()["abilities"]["uncosponsor"] is True
    left = floor.serbian_head.post(f"{path}/uncosponsor")
    assert left.json()["cosponsors"] == [party(floor.macedonia)]
    assert refusal(floor.serbian_head.post(f"{path}/uncosponsor")) == (403, "not_cosponsor")
    assert [(each.kind, each.seat_id) for each in ledger.new() if "sponsored" in each.kind] == [
        ("amendment.cosponsored", desk.serbia.pk),
        ("amendment.cosponsored", floor.macedonia.pk),
        ("amendment.uncosponsored", desk.serbia.pk),
    ]


def test_neither_the_proponent_nor_a_drafter_nor_an_outsider_co_sponsors(floor: Floor) -> None:
    amendment = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    path = f"amendments/{amendment['id']}/cosponsor"

    assert refusal(floor.albanian_head.post(path)) == (403, "not_co_drafter")
    assert refusal(floor.macedonian.post(path)) == (403, "head_required")
    assert refusal(floor.montenegrin_head.post(path)) == (404, "not_found")
    assert refusal(floor.macedonian_head.post(path, {"delegation": "x"})) == invalid(
        ("/delegation", "invalid")
    )
    assert shown(floor.albanian, amendment)["cosponsors"] == []


def test_nobody_joins_or_leaves_for_another(desk: Desk, floor: Floor) -> None:
    amendment = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    path = f"amendments/{amendment['id']}"
    floor.serbian_head.post(f"{path}/cosponsor")

    body = {"delegation": str(desk.serbia.pk)}
    assert refusal(floor.macedonian_head.post(f"{path}/cosponsor", body)) == (403, "head_required")
    assert refusal(floor.macedonian_head.post(f"{path}/uncosponsor")) == (403, "not_cosponsor")
    assert shown(floor.albanian, amendment)["cosponsors"] == [party(desk.serbia)]


def test_whoever_heads_several_seats_names_one(desk: Desk, floor: Floor) -> None:
    amendment = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    delegate(floor.macedonia, "head", user=desk.head)
    both, path = api(desk.head), f"amendments/{amendment['id']}/cosponsor"

    assert refusal(both.post(path)) == invalid(("/delegation", "required"))
    named = both.post(path, {"delegation": str(floor.macedonia.pk)})
    assert named.json()["cosponsors"] == [party(floor.macedonia)]


@pytest.mark.parametrize("verb", ["cosponsor", "uncosponsor"])
def test_what_is_decided_keeps_its_co_sponsors(desk: Desk, floor: Floor, verb: str) -> None:
    amendment = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    path = f"amendments/{amendment['id']}"
    floor.serbian_head.post(f"{path}/cosponsor")
    act(floor.serbian, amendment, "reject", {"reason": "No."})

    answer = floor.serbian_head.post(f"{path}/{verb}")

    assert refusal(answer) == (409, "wrong_state")
    assert answer.json()["allowed"] == ["submitted", "under_consideration"]
    assert shown(floor.albanian, amendment)["cosponsors"] == [party(desk.serbia)]


def test_a_draft_has_no_co_sponsors(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="One."))

    hidden = floor.macedonian_head.post(f"amendments/{draft['id']}/cosponsor")

    assert refusal(hidden) == (404, "not_found")
