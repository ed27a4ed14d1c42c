"""POST /sections/{id}/amendments: a draft at home with its proponent."""

from typing import Any

from documents.amendments.models import Amendment
from platform_api.ledger.models import Event
from tests.api import api
from tests.documents.desk import Desk
from tests.documents.support import REQUEST, Ledger, entry, invalid, party, refusal, unknown_id
from tests.factories import delegate, grant

from .floor import Floor
from .support import BODY, FIRST, base_of, drafted, text


def send(client: Any, section: Any, body: Any, **options: Any) -> Any:
    return client.post(f"sections/{section.pk}/amendments", body, **options)


def test_a_drafter_proposes_another_text_at_home(desk: Desk, floor: Floor, ledger: Ledger) -> None:
    base = base_of(floor.section)
    ledger.new()
    proposed = text(first="A complaint is filed within 15 days.")

    answer = send(
        floor.albanian,
        floor.section,
        {"base": base, "body": proposed, "justification": "As in the Act."},
        headers=REQUEST,
    )

    assert answer.status_code == 201, answer.content
    made = Amendment.objects.get()
    assert answer.headers["Location"].endswith(f"/api/v1/amendments/{made.pk}")
    assert answer.headers["ETag"].startswith('"h1.')
    told = answer.json()
    assert told.pop("updated_at")
    assert told == {
        "id": str(made.pk),
        "section": str(floor.section.pk),
        "number": None,
        "state": "draft",
        "proponent": party(desk.albania),
        "cosponsors": [],
        "base": base,
        "title": "Complaints",
        "language": "en",
        "body": proposed,
        "changes": {
            "title": [],
            "body": [
                {
                    "change": "kept",
                    "stretches": [
                        {"change": "kept", "text": "A complaint is filed within "},
                        {"change": "removed", "text": "30 "},
                        {"change": "added", "text": "15 "},
                        {"change": "kept", "text": "days."},
                    ],
                }
            ],
        },
        "justification": "As in the Act.",
        "needs_rebase": False,
        "submitted_at": None,
        "decided_at": None,
        "decided_by": None,
        "reason": "",
        "accepted_wording": None,
        "accepted_revision": None,
        "overtaken_by": None,
        "abilities": {
            "revise": True,
            "delete": True,
            "submit": False,
            "rebase": True,
            "withdraw": False,
            "cosponsor": False,
            "uncosponsor": False,
            "consider": False,
            "accept": False,
            "accept_as_modified": False,
            "reject": False,
        },
    }
    assert ledger.told() == [
        entry(
            "amendment.drafted",
            desk.albanian,
            made,
            seat=desk.albania,
            owner=desk.albania,
            scope=desk.albania.home_scope_id,
            details={"revision": "h1", "section": str(floor.section.pk)},
        )
    ]
    (event,) = Event.objects.filter(type="amendment.drafted")
    assert event.narrow_scope_id == desk.albania.home_scope_id


def test_what_is_not_named_stays_as_it_is_in_the_base(floor: Floor) -> None:
    draft = drafted(floor.albanian, floor.section, title="On complaints")

    assert (draft["title"], draft["body"]) == ("On complaints", BODY)
    assert draft["changes"] == {
        "title": [
            {"change": "removed", "text": "Complaints"},
            {"change": "added", "text": "On complaints"},
        ],
        "body": [],
    }


def test_an_owner_proposes_to_its_own_chapter_and_everybody_to_a_common_one(floor: Floor) -> None:
    assert drafted(floor.serbian, floor.section, text(third=""))["state"] == "draft"
    assert drafted(floor.macedonian, floor.common, text(third=""))["state"] == "draft"


def test_only_drafters_of_the_drafting_group_propose(desk: Desk, floor: Floor) -> None:
    body = {"base": base_of(floor.section), "body": "Other words."}
    reader = api(delegate(desk.albania, "reader"))
    granted = api(delegate(floor.montenegro, "drafter"))
    grant(floor.section, floor.montenegro)

    assert refusal(send(reader, floor.section, body)) == (403, "drafter_required")
    assert refusal(send(granted, floor.section, body)) == (403, "not_drafting_group")
    assert refusal(send(api(desk.stranger), floor.section, body)) == (404, "not_found")
    assert not Amendment.objects.exists()


def test_a_section_at_home_takes_no_amendments(desk: Desk, floor: Floor) -> None:
    private = desk.section(document=floor.document, body=BODY)
    body = {"base": base_of(private), "body": "Other words."}

    answer = send(floor.serbian, private, body)

    assert refusal(answer) == (409, "wrong_state")
    assert (answer.json()["state"], answer.json()["allowed"]) == ("private_drafting", ["released"])
    assert refusal(send(floor.albanian, private, body)) == (404, "not_found")


def test_the_base_is_a_revision_of_this_section_that_others_read(desk: Desk, floor: Floor) -> None:
    home = floor.section.revisions.get(at_home=True)
    elsewhere = floor.common.revisions.get()

    for base in (home.pk, elsewhere.pk, unknown_id()):
        body = {"base": str(base), "body": "Other words."}
        answer = send(floor.serbian, floor.section, body)
        assert refusal(answer) == invalid(("/base", "unknown")), base
    assert refusal(send(floor.serbian, floor.section, {})) == invalid(("/base", "required"))


def test_bad_wordings_are_refused(floor: Floor) -> None:
    base = base_of(floor.section)
    cases: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"title": ""}, ("/title", "blank")),
        ({"title": "x" * 501}, ("/title", "max_length")),
        ({"body": "x" * 200_001}, ("/body", "max_length")),
        ({"body": None}, ("/body", "null")),
        ({"justification": "x" * 5_001}, ("/justification", "max_length")),
        ({"number": 1}, ("/number", "unknown_field")),
        ({"state": "submitted"}, ("/state", "unknown_field")),
    ]
    for given, error in cases:
        answer = send(floor.albanian, floor.section, {"base": base, **given})
        assert refusal(answer) == invalid(error)
    assert not Amendment.objects.exists()


def test_whoever_drafts_for_several_seats_names_one(desk: Desk, floor: Floor) -> None:
    delegate(floor.macedonia, "drafter", user=desk.albanian)
    both = api(desk.albanian)
    body = {"base": base_of(floor.section), "body": text(first=FIRST.upper())}

    assert refusal(send(both, floor.section, body)) == invalid(("/delegation", "required"))
    body["delegation"] = str(floor.macedonia.pk)
    assert send(both, floor.section, body).json()["proponent"] == party(floor.macedonia)
    body["delegation"] = str(desk.serbia.pk)
    assert refusal(send(both, floor.section, body)) == (403, "drafter_required")


def test_the_same_key_drafts_once(floor: Floor) -> None:
    body = {"base": base_of(floor.section), "body": "Other words."}

    first = send(floor.albanian, floor.section, body, key="k-1")
    again = send(floor.albanian, floor.section, body, key="k-1")

    assert first.json() == again.json()
    assert Amendment.objects.count() == 1
