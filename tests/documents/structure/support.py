"""What the tests of the tree acts share."""

from typing import Any

from documents.texts.models import Section


def act(client: Any, section: Any, verb: str, body: Any = None, tag: Any = "", **more: Any) -> Any:
    """The answer to an act; tag: the revision named, by default the section's present one."""
    if tag == "":
        tag = Section.objects.get(pk=section.pk).etag_revision
    return client.post(f"sections/{section.pk}/{verb}", body or {}, if_match=tag, **more)


def delete(client: Any, section: Any, query: str = "", tag: Any = "", **more: Any) -> Any:
    """The answer to a deletion."""
    if tag == "":
        tag = Section.objects.get(pk=section.pk).etag_revision
    return client.delete(f"sections/{section.pk}{query}", if_match=tag, **more)


def tree(client: Any, document: Any, **query: str) -> list[str]:
    """The titles of a tree in its order, each with its depth as dots and its number."""
    answer = client.get(f"documents/{document.pk}/sections", query)
    assert answer.status_code == 200
    return [
        " ".join([*(["." * item["depth"]] if item["depth"] else []), item["title"],
                  item["number"] or "-"])
        for item in answer.json()["items"]
    ]  # fmt: skip


def chain(client: Any, section: Any) -> list[dict[str, Any]]:
    """The revisions of a section that a caller sees, oldest first, with their texts."""
    items = client.get(f"sections/{section.pk}/revisions").json()["items"]
    return [client.get(f"revisions/{item['id']}").json() for item in reversed(items)]


def now(section: Any) -> Section:
    """The row as it is."""
    return Section.objects.get(pk=section.pk)
