"""What the tests of amendments share: a text, and the steps up to a submitted amendment."""

from typing import Any

from django.urls import reverse

from documents.amendments.models import Amendment
from documents.texts.models import Section
from tests.api import ApiClient

FIRST = "A complaint is filed within 30 days."
SECOND = "The commission answers in writing. Its answer gives reasons."
THIRD = "The file is kept for five years."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n"


def text(first: str = FIRST, second: str = SECOND, third: str = THIRD) -> str:
    """The text with other paragraphs."""
    return f"{first}\n\n{second}\n\n{third}\n"


def base_of(section: Section) -> str:
    """The latest revision of a section."""
    return str(Section.objects.get(pk=section.pk).head)


def drafted(client: ApiClient, section: Section, body: str = "", **given: Any) -> Any:
    """A draft on the section's present text, as it was answered."""
    words = {"base": base_of(section), **({"body": body} if body else {}), **given}
    answer = client.post(f"sections/{section.pk}/amendments", words)
    assert answer.status_code == 201, answer.content
    return answer.json()


def submitted(
    drafter: ApiClient, head: ApiClient, section: Section, body: str = "", **given: Any
) -> Any:
    """A submitted amendment, as it was answered."""
    draft = drafted(drafter, section, body, **given)
    answer = act(head, draft, "submit")
    assert answer.status_code == 200, answer.content
    return answer.json()


def act(client: ApiClient, amendment: Any, verb: str, body: Any = None, **given: Any) -> Any:
    """Do something to an amendment as it is now; the whole answer.

    verb: of the route ``amendment-<verb>``.
    """
    if "if_match" not in given:
        given["if_match"] = Amendment.objects.get(pk=amendment["id"]).etag_revision
    path = reverse(f"amendment-{verb}", kwargs={"id": amendment["id"]})
    return client.post(path, body, **given)


def shown(client: ApiClient, amendment: Any) -> Any:
    """An amendment as a caller reads it."""
    answer = client.get(f"amendments/{amendment['id']}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def revise(client: ApiClient, section: Section, body: str) -> None:
    """Write the section's text."""
    path = f"sections/{section.pk}"
    now = Section.objects.get(pk=section.pk).etag_revision
    answer = client.patch(path, {"body": body}, if_match=now)
    assert answer.status_code == 200, answer.content


def body_of(section: Section) -> str:
    """The section's text now."""
    return str(Section.objects.get(pk=section.pk).body)
