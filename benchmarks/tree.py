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
    standing = [section for section in sections if section.deleted_at is None]
    assert len(shown.json()["items"]) == len(standing)
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
    """Chapters of five sections, copied from two; those that a move is about are bare."""
    from documents.texts.models import Section
    from documents.texts.rank import place_of_seat
    from platform_api.core.ids import new_private_id
    from platform_api.core.service import writing
    from tests.factories import DocumentFactory, SectionFactory

    elsewhere = DocumentFactory(delegation=owner)
    common, private = (
        SectionFactory(document=elsewhere, common=is_common, body="Words of a paragraph. " * 60)
        for is_common in (True, False)
    )
    made: list[Any] = []
    rank = ""
    for number in range(size):
        rank = place_of_seat(rank, None, 1)
        bare = number < 2 or number == size - 1
        at_home = number % 5 == 4 and not bare
        model = private if at_home else common
        section = Section(
            **{field.attname: getattr(model, field.attname) for field in Section._meta.fields}
        )
        section.pk, section.rank, section.document_id = new_private_id(), rank, document.pk
        section.parent_id = made[number - number % 5].pk if number % 5 and not bare else None
        section.deleted_at = section.updated_at if number % 10 == 3 and number >= 10 else None
        made.append(section)
    with writing():
        Section.objects.bulk_create(made)
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
