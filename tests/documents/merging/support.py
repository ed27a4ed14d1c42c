"""What the tests of merges share: a rule of one text in two wordings, and short ways to write."""

from typing import Any

from documents.texts.models import Revision, Section

RULE = "Complaints shall be filed within 30 days."
TEXT = f"The adviser receives complaints. {RULE}\n\nThe commander answers.\n"
SHORTER = TEXT.replace("30 days", "15 days")
NEGATED = TEXT.replace("shall be filed", "shall not be filed")


def merge(client: Any, section: Any, base: Any = None, **sent: Any) -> Any:
    headers = sent.pop("headers", None)
    body = {**({"base": str(base)} if base else {}), **sent}
    return client.post(f"sections/{section.pk}/merge", body, headers=headers)


def revise(client: Any, section: Any, **body: Any) -> str:
    """Write as somebody who has just read it; the new head."""
    read = client.get(f"sections/{section.pk}")
    answer = client.patch(f"sections/{section.pk}", body, if_match=read)
    assert answer.status_code == 200, answer.content
    return answer.json()["head"]


def chain_of(client: Any, section: Any) -> list[dict[str, Any]]:
    listed = client.get(f"sections/{section.pk}/revisions").json()["items"]
    return [client.get(f"revisions/{item['id']}").json() for item in reversed(listed)]


def stored(section: Any) -> tuple[Any, ...]:
    """Everything that a conflict leaves as it was."""
    row = Section.objects.filter(pk=section.pk).values().get()
    return row, list(Revision.objects.filter(section=section).order_by("id").values())
