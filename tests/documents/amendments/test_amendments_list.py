"""GET /sections/{id}/amendments."""

from typing import Any

import pytest

from tests.documents.support import alike, invalid, items, party, queries_of, refusal, unknown_id

from .floor import Floor
from .support import act, drafted, revise, submitted, text


def path(section: Any) -> str:
    return f"sections/{section.pk}/amendments"


def test_amendments_come_by_their_numbers_and_own_drafts_behind(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="Draft."))
    drafted(floor.macedonian, floor.section, text(first="Theirs."))
    first = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="1."))
    second = submitted(floor.macedonian, floor.macedonian_head, floor.section, text(first="2."))
    submitted(floor.albanian, floor.albanian_head, floor.common, text(first="Elsewhere."))
    floor.serbian_head.post(f"amendments/{first['id']}/cosponsor")
    revise(floor.serbian, floor.section, text(first="3."))

    answer = floor.albanian.get(path(floor.section))

    assert items(answer) == [first["id"], second["id"], draft["id"]]
    assert items(floor.serbian.get(path(floor.section))) == [first["id"], second["id"]]
    assert answer.json()["items"][0] == {
        "id": first["id"],
        "section": str(floor.section.pk),
        "number": 1,
        "state": "submitted",
        "proponent": party(floor.desk.albania),
        "cosponsors": [party(floor.desk.serbia)],
        "base": first["base"],
        "title": "Complaints",
        "needs_rebase": True,
        "updated_at": first["updated_at"],
        "submitted_at": first["submitted_at"],
        "decided_at": None,
        "decided_by": None,
        "etag": '"1"',
    }
    assert [each["etag"] for each in answer.json()["items"]] == ['"1"', '"1"', '"h1"']


def test_pages_follow_each_other_through_the_drafts(floor: Floor) -> None:
    first = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="1."))
    drafts = [drafted(floor.albanian, floor.section, text(first=f"{n}.")) for n in range(2)]

    found, following = [], path(floor.section) + "?limit=1"
    while following:
        answer = floor.albanian.get(following)
        found += items(answer)
        following = answer.json()["next"]

    assert found == [first["id"], *sorted(each["id"] for each in drafts)]
    assert refusal(floor.albanian.get(path(floor.section), {"limit": 51})) == invalid(
        ("?limit", "out_of_range")
    )


def test_a_state_filters_the_list(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, text(first="Draft."))
    first = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="1."))
    second = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="2."))
    act(floor.serbian, second, "reject", {"reason": "No."})

    def in_state(client: Any, state: str) -> list[Any]:
        return items(client.get(path(floor.section), {"state": state}))

    assert in_state(floor.albanian, "draft") == [draft["id"]]
    assert in_state(floor.serbian, "draft") == []
    assert in_state(floor.serbian, "submitted") == [first["id"]]
    assert in_state(floor.serbian, "rejected") == [second["id"]]
    assert refusal(floor.serbian.get(path(floor.section), {"state": "open"})) == invalid(
        ("?state", "invalid_choice")
    )


def test_drafts_of_others_change_not_a_byte_of_any_answer(floor: Floor) -> None:
    """Nor of the section's, its tag, the counts, the conflicts, or the next number."""
    submitted(floor.albanian, floor.albanian_head, floor.section, text(first="1."))

    def read(client: Any) -> list[Any]:
        return [
            client.get(path(floor.section)),
            client.get(path(floor.section), {"count": "true", "abilities": "reasons"}),
            client.get(path(floor.section), {"state": "draft"}),
            client.get(f"sections/{floor.section.pk}/amendment-conflicts"),
            client.get(f"sections/{floor.section.pk}"),
            client.get(f"sections/{floor.section.pk}/revisions"),
            client.get("search", {"q": "secretly"}),
        ]

    readers = (floor.serbian_head, floor.macedonian_head, floor.montenegrin_head)
    before = [read(client) for client in readers]
    draft = drafted(floor.albanian, floor.section, "Secretly worded.", title="Secretly titled")
    floor.albanian.patch(
        f"amendments/{draft['id']}", {"body": "Secretly reworded."}, if_match='"h1"'
    )
    gone = drafted(floor.albanian, floor.section, "Secretly dropped.")
    floor.albanian.delete(f"amendments/{gone['id']}", if_match='"h1"')

    for client, earlier in zip(readers, before, strict=True):
        for one, other in zip(earlier, read(client), strict=True):
            assert alike(one, other)
            assert one.content == other.content or one.status_code >= 400
    following = submitted(floor.macedonian, floor.macedonian_head, floor.section, text(first="2."))
    assert following["number"] == 2


@pytest.mark.slow
def test_a_longer_list_costs_no_further_statements(floor: Floor) -> None:
    def ask() -> Any:
        return floor.albanian.get(path(floor.section), {"abilities": "reasons"})

    first = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="1."))
    floor.serbian_head.post(f"amendments/{first['id']}/cosponsor")
    few = queries_of(ask)
    for number in range(2, 5):
        told = submitted(
            floor.macedonian, floor.macedonian_head, floor.section, text(first=f"{number}.")
        )
        floor.serbian_head.post(f"amendments/{told['id']}/cosponsor")
    assert queries_of(ask) == few


def test_a_list_of_what_is_not_seen_is_absent(floor: Floor) -> None:
    submitted(floor.albanian, floor.albanian_head, floor.section, text(first="1."))

    hidden = floor.montenegrin_head.get(path(floor.section))

    assert refusal(hidden) == (404, "not_found")
    absent = floor.montenegrin_head.get(f"sections/{unknown_id()}/amendments")
    assert refusal(absent) == (404, "not_found")
