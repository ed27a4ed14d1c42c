"""The tree of one document's sections, as the document grows."""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from .database import fresh_database
from .populated import say

SIZES = (5, 50, 500)
REPEATS = 15


def measure(arguments: Sequence[str] = ()) -> dict[str, Any]:
    """The figures and their table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks tree")
    parser.add_argument("--sizes", default=",".join(str(size) for size in SIZES))
    sizes = sorted({int(size) for size in parser.parse_args(arguments).sizes.split(",")})
    with fresh_database():
        rows = [_measured(size) for size in sizes]
    figures = {"repeats": REPEATS, "rows": rows}
    return {**figures, "table": table(figures)}


def table(figures: dict[str, Any]) -> str:
    """The figures as Markdown."""
    head = (
        "| sections | whole answer | queries | placing alone | with `deleted=true` | one section |"
        " a move |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    lines = [
        f"| {row['sections']} | {row['list_ms']} | {row['queries']} | {row['place_ms']} "
        f"| {row['deleted_ms']} | {row['one_ms']} | {row['move_ms']} |"
        for row in figures["rows"]
    ]
    return "\n".join([head, *lines])


def _measured(size: int) -> dict[str, Any]:
    """One row: a document of so many sections, a fifth at home, a tenth deleted. Times in ms."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from documents.texts.selectors import section_tree
    from platform_api.core.transaction import acting
    from platform_api.identity.actors import actor_of
    from tests.api import api
    from tests.factories import DocumentFactory, ForumFactory, delegate, seat

    say(f"{size} sections: loading")
    forum = ForumFactory(slug=f"tree-{size}")
    owner = seat(forum, "RS")
    user = delegate(owner, "drafter").user
    document = DocumentFactory(delegation=owner, drafting_group=[seat(forum, "AL")])
    sections = _load(document, owner, size)
    client, actor = api(user), actor_of(user)
    path = f"documents/{document.pk}/sections"
    shown = client.get(path)
    assert shown.status_code == 200, shown.content
    assert len(shown.json()["items"]) == size - size // 10
    with CaptureQueriesContext(connection) as captured:
        client.get(path)

    def place() -> None:
        with acting(actor):
            section_tree(actor, document.pk)

    moved, first, last = sections[-1], sections[0], sections[1]
    turns = iter(range(2 * REPEATS + 2))

    def move() -> None:
        turn = next(turns)
        body = {"parent": None, "after": str((first, last)[turn % 2].pk)}
        answer = client.post(f"sections/{moved.pk}/move", body, if_match=str(turn + 1))
        assert answer.status_code == 200, answer.content

    found = {
        "sections": size,
        "queries": len(captured),
        "list_ms": _milliseconds(lambda: client.get(path)),
        "place_ms": _milliseconds(place),
        "deleted_ms": _milliseconds(lambda: client.get(f"{path}?deleted=true")),
        "one_ms": _milliseconds(lambda: client.get(f"sections/{moved.pk}")),
        "move_ms": _milliseconds(move),
    }
    say(f"  {found}")
    return found


def _load(document: Any, owner: Any, size: int) -> list[Any]:
    """Chapters of five sections; the two that a move goes behind and the one moved are bare."""
    from documents.texts.models import Section
    from platform_api.core.service import writing
    from tests.factories import SectionFactory

    made: list[Any] = []
    for number in range(size):
        chapter = number - number % 5
        parent = made[chapter] if number % 5 and number > 1 else None
        private = number % 5 == 4 and number < size - 1
        section = SectionFactory(
            document=document,
            delegation=owner,
            common=not private,
            parent=parent if number < size - 1 else None,
            body="Words of a paragraph. " * 60,
        )
        made.append(section)
    gone = [section for number, section in enumerate(made) if number % 10 == 3][: size // 10]
    with writing():
        for section in gone:
            Section.objects.filter(pk=section.pk).update(deleted_at=section.updated_at)
    return made


def _milliseconds(call: Callable[[], object]) -> float:
    """The median of several, after one to warm up."""
    call()
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) * 1000)
    return round(statistics.median(times), 2)
