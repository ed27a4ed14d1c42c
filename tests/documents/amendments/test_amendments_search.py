"""GET /search finds amendments: in their ring, as far as the section is seen."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Q

from platform_api.core import models as core_models
from platform_api.core.actor import Level
from tests.api import ApiClient, api
from tests.documents.support import alike
from tests.factories import grant

from .support import THIRD, act, drafted, submitted, text

WORD = "quarterly"
BODY = text(third=f"{THIRD} A {WORD} report is made.")


def search(client: ApiClient, q: str = WORD, **query: Any) -> Any:
    answer = client.get("search", {"q": q, "type": "amendment", **query})
    assert answer.status_code == 200, answer.content
    return answer


def found(client: ApiClient, q: str = WORD, **query: Any) -> list[str]:
    """The ids of what a search found; its count tells of as many."""
    body = search(client, q, **query).json()
    assert body["count"] == {"value": len(body["items"]), "capped": False}
    return [item["id"] for item in body["items"]]


@pytest.fixture
def albanias(floor: Any) -> Any:
    """A submitted amendment of Albania's to Serbia's section."""
    return submitted(floor.albanian, floor.albanian_head, floor.section, BODY)


def test_a_hit_says_where_it_is_and_how_it_was_met(floor, albanias):
    (hit,) = search(floor.macedonian).json()["items"]

    passage = hit.pop("highlight")
    assert hit == {
        "type": "amendment",
        "id": albanias["id"],
        "title": "Complaints",
        "language": "en",
        "url": f"{settings.PUBLIC_URL}/api/v1/amendments/{albanias['id']}",
    }
    ((start, end),) = passage["ranges"]
    assert passage["text"][start:end] == WORD
    assert found(floor.macedonian, lang="en") == [albanias["id"]]
    assert found(floor.macedonian, lang="sr") == []


def test_a_draft_is_found_at_home_and_from_its_submission_on_by_the_drafting_group(floor):
    draft = drafted(floor.albanian, floor.section, BODY)
    others = (floor.serbian, floor.serbian_head, floor.macedonian, floor.montenegrin_head)

    assert found(floor.albanian) == found(floor.albanian_head) == [draft["id"]]
    assert [found(client) for client in others] == [[], [], [], []]

    act(floor.albanian_head, draft, "submit")

    assert [found(client) for client in others] == [[draft["id"]]] * 3 + [[]]


def test_a_grant_on_the_section_opens_none_of_its_amendments(floor, albanias):
    stranger = api(floor.desk.stranger)
    grant(floor.section, floor.desk.montenegro, Level.MANAGE)
    grant(floor.document, floor.desk.montenegro, Level.MANAGE)

    assert search(stranger, "Complaints", type="section").json()["count"]["value"] > 0
    assert found(stranger) == []


def test_a_section_that_is_narrowed_takes_its_amendments_along(floor, albanias):
    assert found(floor.macedonian) == [albanias["id"]]

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_section SET inherits = false, effective_scope_id = %s WHERE id = %s",
            [floor.desk.serbia.home_scope_id, floor.section.pk],
        )

    assert found(floor.macedonian) == found(floor.albanian) == []


def test_it_is_found_by_its_reasons_and_by_what_was_decided(floor):
    draft = drafted(floor.albanian, floor.section, BODY, justification="Istanbul demands it.")
    decoy = drafted(floor.albanian, floor.common, BODY, justification="Nobody demands it.")
    assert found(floor.albanian, "istanbul") == [draft["id"]]
    assert sorted(found(floor.albanian, "demanded")) == sorted([draft["id"], decoy["id"]])

    act(floor.albanian_head, draft, "submit")
    rejected = act(floor.serbian, draft, "reject", {"reason": "Disproportionate."})

    assert rejected.status_code == 200, rejected.content
    assert found(floor.macedonian, "disproportionate") == [draft["id"]]


def test_a_revised_or_deleted_draft_is_not_found_by_what_it_said(floor):
    draft = drafted(floor.albanian, floor.section, BODY)
    path = f"amendments/{draft['id']}"

    revised = floor.albanian.patch(path, {"body": text(third="Yearly.")}, if_match="h1")
    assert (found(floor.albanian), found(floor.albanian, "yearly")) == ([], [draft["id"]])

    assert floor.albanian.delete(path, if_match=revised).status_code == 204
    assert found(floor.albanian, "yearly") == []


def test_drafts_of_others_change_no_byte_of_the_answer(floor, albanias):
    clients = (floor.serbian, floor.macedonian, floor.montenegrin_head)
    before = [search(client) for client in clients]

    for _ in range(3):
        drafted(floor.albanian, floor.section, text(first=f"{WORD} " * 9))

    for answer, client in zip(before, clients, strict=True):
        after = search(client)
        assert alike(answer, after)
        assert answer.content == after.content


def test_a_purged_wording_is_not_found(floor):
    passage = "Ana Marić was heard in tears"
    revised = floor.serbian.patch(
        f"sections/{floor.section.pk}", {"body": text(first=f"{passage}.")}, if_match="1"
    )
    assert revised.status_code == 200
    draft = drafted(floor.albanian, floor.section, text(first=f"{passage}, they say."))
    assert found(floor.albanian, "Marić") == [draft["id"]]
    asked = floor.serbian.post(
        "purges", {"section": str(floor.section.pk), "passage": passage, "reason": "Privacy."}
    )

    done = floor.serbian_head.post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)

    assert done.status_code == 200, done.content
    assert found(floor.albanian, "Marić") == []


def test_nothing_leaks_with_the_applications_filter_off(floor, albanias, monkeypatch):
    monkeypatch.setattr(core_models, "visible_condition", lambda model, actor: Q())
    draft = drafted(floor.albanian, floor.section, BODY)
    grant(floor.section, floor.desk.montenegro)

    assert sorted(found(floor.albanian)) == sorted([draft["id"], albanias["id"]])
    assert found(floor.serbian) == found(floor.macedonian) == [albanias["id"]]
    assert found(floor.montenegrin_head) == found(api(floor.desk.stranger)) == []
