"""Permission-filtered lists, counts and checks, as documents and grants grow.

Callers see few documents, half, all, only the oldest, none, or half through a forum's scope. The
peer is django-guardian's ``get_objects_for_user`` (and its check of one permission) on the same
rows in the same run; it is asked for the rows only, and stopped after ``PEER_LIMIT`` seconds.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from .access_tables import tables
from .bulk import bulk_grant
from .database import fresh_database
from .populated import BYTES_PER_DOCUMENT, RARE_KIND, SMALL_FORUM, Caller, build, grow, say

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PAGE = 50
REPEATS = 12
PEER_LIMIT = 20
"""Seconds that the peer gets for one list."""
LIST = "/api/v1/documents"


def measure(arguments: Sequence[str] = ()) -> dict[str, Any]:
    """The figures and their table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks access")
    parser.add_argument("--sizes", default=",".join(str(size) for size in SIZES))
    sizes = sorted({int(size) for size in parser.parse_args(arguments).sizes.split(",")})
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if sizes[-1] * BYTES_PER_DOCUMENT > free:
        raise SystemExit(
            f"{sizes[-1]:,} documents need {sizes[-1] * BYTES_PER_DOCUMENT:,} bytes of disk, "
            f"{free:,} are free: {free // BYTES_PER_DOCUMENT:,} fit"
        )
    with fresh_database():
        place = build()
        rows: list[dict[str, Any]] = []
        bulk: list[dict[str, Any]] = []
        grants, before = {}, 0
        for size in sizes:
            say(f"{size:,} documents: loading")
            begin = time.perf_counter()
            grow(place, before, size)
            grants[size] = _count_grants()
            say(f"  loaded and indexed in {time.perf_counter() - begin:.0f} s")
            before = size
            for caller in place.callers:
                rows.append({"documents": size, "sees": caller.sees, **_measured(caller, size)})
                say(f"  {caller.sees}: {rows[-1]}")
            bulk.append({"documents": size, **bulk_grant(place, size)})
    figures = {"page": PAGE, "repeats": REPEATS, "grants": grants, "rows": rows, "bulk": bulk}
    return {**figures, "table": tables(figures)}


def _measured(caller: Caller, size: int) -> dict[str, Any]:
    """One row of the result: a caller at a size. Times are the least of several, in ms."""
    from django.test import override_settings

    found: dict[str, Any] = {}
    lists = _Lists(caller, size)
    found["first_ms"], found["first_cpu_ms"], shown = lists.answer("")
    found["shown"] = shown
    found["deep_ms"], found["deep_cpu_ms"], _ = lists.answer(lists.deep_query())
    found["count_ms"], *_ = lists.answer("count=true&limit=1")
    found["kind_ms"], *_ = lists.answer(f"kind={RARE_KIND}")
    found["forum_ms"], *_ = lists.answer(f"forum={SMALL_FORUM}")
    for name, place in (("first", None), ("deep", lists.middle)):
        statement = lists.feed_statement(place)
        found[f"{name}_query_ms"], found[f"{name}_buffers"] = statement
    found["load_query_ms"], found["load_buffers"] = lists.load_statement()
    found["check_ms"] = lists.check()
    found["has_perm_ms"] = lists.has_perm()
    with override_settings(DATABASE_RUNTIME_ROLE=""):
        name = "first_without_wall"
        found[f"{name}_ms"], found[f"{name}_cpu_ms"], _ = lists.answer("")
        found["query_without_wall_ms"], _ = lists.feed_statement(None)
        found["count_without_wall_ms"], *_ = lists.answer("count=true&limit=1")
        found["forum_without_wall_ms"], *_ = lists.answer(f"forum={SMALL_FORUM}")
    if caller.knows_peer:
        found |= lists.peer(shown)
    return found


class _Lists:
    """What is asked of one caller."""

    def __init__(self, caller: Caller, size: int) -> None:
        from documents.texts.models import Document
        from platform_api.identity.actors import actor_of
        from tests.api import api

        self._user = caller.user
        self._actor = actor_of(caller.user)
        self._client = api(caller.user)
        middle = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=size // 2)
        self._document = Document.objects.get(created_at=middle)
        self.middle = (middle, self._document.pk)

    def answer(self, query: str) -> tuple[float, float, int]:
        """The whole answer: by the clock, by processors (mean), and how many items it has."""
        path = f"documents?{query}" if query else "documents"
        answer = self._client.get(path)
        assert answer.status_code == 200, answer.content
        shown = len(answer.json()["items"])
        begin = _processor_seconds()
        least = _milliseconds(lambda: self._client.get(path))
        spent = (_processor_seconds() - begin) * 1000 / REPEATS
        return least, round(spent, 2), shown

    def deep_query(self) -> str:
        """The query of a page in the middle of all documents."""
        from django.http import QueryDict

        from platform_api.core.http.cursors import Place, seal
        from platform_api.core.http.pages import PageSpec
        from platform_api.core.http.parameters import binding_of

        binding = binding_of(LIST, QueryDict(""), PageSpec().full_order)
        return f"cursor={seal(Place(self.middle), binding)}"

    def feed_statement(self, place: Any) -> tuple[float, int]:
        """Time and buffers of the statement that reads the feed."""
        return self._explained(lambda feed: feed.fetch(after=place, before=None, limit=PAGE + 1))

    def load_statement(self) -> tuple[float, int]:
        """Time and buffers of the statement that loads the first page's documents."""
        with self._acting() as feed:
            ids = [id_ for _, id_ in feed.fetch(after=None, before=None, limit=PAGE)]
        return self._explained(lambda feed: list(feed.load(ids)))

    def check(self) -> float:
        """One decision on one document."""
        from platform_api.core.access import decide

        with self._acting():
            return _milliseconds(lambda: decide(self._actor, "view", self._document))

    def has_perm(self) -> float:
        """The same decision as a permission, the way that Django's own code asks."""
        with self._acting():
            return _milliseconds(
                lambda: self._user.has_perm("documents.view_document", self._document)
            )

    def peer(self, shown: int) -> dict[str, Any]:
        """The same by guardian: first page, count, check of one permission."""
        from django.db import connection, transaction
        from django.db.utils import OperationalError
        from guardian.backends import ObjectPermissionBackend
        from guardian.shortcuts import get_objects_for_user

        from documents.texts.models import Document

        def seen() -> Any:
            return get_objects_for_user(
                self._user, "documents.view_document", klass=Document,
                with_superuser=False, accept_global_perms=False,
            )  # fmt: skip

        def page() -> int:
            return len(seen().order_by("-created_at", "-id")[:PAGE])

        def capped() -> int:
            return int(seen()[:1001].count())

        found: dict[str, Any] = {}
        for name, work in (("first", page), ("count", capped)):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL statement_timeout = '{PEER_LIMIT}s'")
                    begin = time.perf_counter()
                    got = work()
                    once = time.perf_counter() - begin
                    found[f"guardian_{name}_ms"] = _milliseconds(
                        work, repeats=REPEATS if once < 0.2 else 3
                    )
                    assert name != "first" or got == shown, (got, shown)
            except OperationalError:
                found[f"guardian_{name}_ms"] = None
        backend = ObjectPermissionBackend()
        self._user.is_superuser = False  # it asks, and our users have no such thing
        found["guardian_check_ms"] = _milliseconds(
            lambda: backend.has_perm(self._user, "documents.view_document", self._document)
        )
        return found

    @contextmanager
    def _acting(self) -> Iterator[Any]:
        from documents.texts.models import Document
        from platform_api.core.feed import PermissionFeed
        from platform_api.core.transaction import acting

        with acting(self._actor):
            yield PermissionFeed(
                Document, self._actor, queryset=Document.objects.visible_to(self._actor)
            )

    def _explained(self, work: Callable[[Any], Any]) -> tuple[float, int]:
        """Least milliseconds and pages touched of the statement that work sends."""
        from django.db import connection

        sent: list[tuple[str, Any]] = []

        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            sent.append((sql, params))
            return execute(sql, params, many, context)

        with self._acting() as feed:
            with connection.execute_wrapper(keep):
                work(feed)
            if not sent:
                return 0.0, 0
            plans = []
            for _ in range(REPEATS):
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sent[0][0]}", sent[0][1]
                    )
                    plans.append(cursor.fetchone()[0][0])
        top = plans[-1]["Plan"]
        times = [plan["Planning Time"] + plan["Execution Time"] for plan in plans]
        return round(min(times), 2), top["Shared Hit Blocks"] + top["Shared Read Blocks"]


def _count_grants() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_documentgrant")
        return int(cursor.fetchone()[0])


def _processor_seconds() -> float:
    """What this process and its database backend have computed so far.

    Other than the clock, it is the same on a machine that has more to do.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        statistics = Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text(encoding="ascii")
    return time.process_time() + int(statistics.split()[0]) / 1e9


def _milliseconds(work: Callable[[], Any], *, repeats: int = REPEATS) -> float:
    taken = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return round(min(taken), 2)
