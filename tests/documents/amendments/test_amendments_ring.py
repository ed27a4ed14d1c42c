"""Amendments are seen in their ring, as far as their section is."""

from typing import Any

from documents.texts.models import Document
from platform_api.core.service import writing
from platform_api.notifications.models import Notification
from tests.documents.support import items, refusal
from tests.factories import grant

from .floor import Floor
from .support import act, drafted, shown, submitted, text


def narrow(floor: Floor, obj: Any, countries: list[str] | None) -> None:
    """Let an object of Serbia's be released to some countries only, or to all."""
    releasable = None if countries is None else {"countries": countries}
    named = {"type": type(obj).__name__.lower(), "id": str(obj.pk)}
    answer = floor.serbian_head.post(
        "access/marking", {"object": named, "tlp": None, "releasable_to": releasable}
    )
    assert answer.status_code == 200, answer.content


def ways(client: Any, floor: Floor, amendment: Any) -> list[int]:
    """What the routes to an amendment answer."""
    path = f"amendments/{amendment['id']}"
    return [
        client.get(path).status_code,
        client.get(f"{path}/proposals").status_code,
        client.get(f"sections/{floor.section.pk}/amendments").status_code,
        client.get(f"sections/{floor.section.pk}/amendment-conflicts").status_code,
        client.post(f"{path}/cosponsor").status_code,
    ]


def test_amendments_go_with_a_section_that_is_narrowed_and_come_back_with_it(floor: Floor) -> None:
    told = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    draft = drafted(floor.macedonian, floor.section, text(first="Mine."))
    assert ways(floor.macedonian_head, floor, told) == [200] * 5

    narrow(floor, floor.section, ["AL"])

    assert ways(floor.macedonian_head, floor, told) == [404] * 5
    assert refusal(floor.macedonian.get(f"amendments/{draft['id']}")) == (404, "not_found")
    assert shown(floor.albanian, told)["state"] == "submitted"
    second = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="Two."))
    assert second["number"] == 2
    notified = Notification.objects.filter(object_id=second["id"])
    assert set(notified.values_list("user__delegates__delegation__country__code", flat=True)) == {
        "RS"
    }

    narrow(floor, floor.section, None)

    assert ways(floor.macedonian_head, floor, second) == [200] * 5
    assert shown(floor.macedonian, draft)["body"] == text(first="Mine.")


def test_numbers_tell_nothing_of_amendments_to_a_section_out_of_sight(floor: Floor) -> None:
    narrow(floor, floor.section, ["AL"])
    submitted(floor.albanian, floor.albanian_head, floor.section, text(first="Unseen."))

    told = submitted(floor.macedonian, floor.macedonian_head, floor.common, text(first="One."))

    assert told["number"] == 1


def test_a_grant_on_the_section_or_document_opens_no_amendments(floor: Floor) -> None:
    told = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    grant(floor.section, floor.montenegro)
    grant(floor.document, floor.montenegro)
    client = floor.montenegrin_head

    assert client.get(f"sections/{floor.section.pk}").status_code == 200
    assert items(client.get(f"sections/{floor.section.pk}/amendments")) == []
    found = client.get(f"sections/{floor.section.pk}/amendment-conflicts").json()
    assert (found["clashes"], found["compared"]) == ([], 0)
    assert refusal(client.get(f"amendments/{told['id']}")) == (404, "not_found")


def test_a_document_that_the_forum_reads_keeps_its_amendments_in_the_drafting_group(
    floor: Floor,
) -> None:
    told = submitted(floor.albanian, floor.albanian_head, floor.section, text(first="One."))
    act(floor.serbian, told, "accept", {})
    with writing():
        Document.objects.filter(pk=floor.document.pk).update(
            effective_scope=floor.document.forum.effective_scope
        )
    client = floor.montenegrin_head

    assert client.get(f"sections/{floor.section.pk}").json()["body"] == text(first="One.")
    assert items(client.get(f"sections/{floor.section.pk}/amendments")) == []
    assert refusal(client.get(f"amendments/{told['id']}")) == (404, "not_found")
    assert shown(floor.macedonian, told)["state"] == "accepted"


def test_an_owner_decides_in_its_chapter_of_a_document_it_does_not_see_any_more(
    floor: Floor,
) -> None:
    """It reads its chapter, and what was proposed to it; who drafts the document it does not."""
    from tests.factories import SectionFactory

    chapter = SectionFactory(
        document=floor.document,
        delegation=floor.desk.albania,
        author=floor.desk.albanian,
        released=True,
        title="Complaints",
        body=text(),
    )
    told = submitted(floor.macedonian, floor.macedonian_head, chapter, text(first="One."))
    own = drafted(floor.albanian, chapter, text(first="Two."))
    narrow(floor, floor.document, ["MK"])
    assert refusal(floor.albanian.get(f"documents/{floor.document.pk}")) == (404, "not_found")

    answer = act(floor.albanian, told, "accept", {})

    assert answer.status_code == 200, answer.content
    assert floor.albanian.get(f"sections/{chapter.pk}").json()["body"] == text(first="One.")
    assert refusal(act(floor.albanian_head, own, "submit")) == (403, "not_drafting_group")
