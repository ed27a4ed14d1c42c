"""The first page of a permission-filtered list, as the table grows.

Callers: one that sees only the ten oldest documents, one that sees half, one that sees all, one
that sees none. Peer: django-guardian's ``get_objects_for_user`` on the same grant table and rows,
newest first, cut to a page; it is asked for the rows only, ours for the whole HTTP answer as well.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from .database import fresh_database

SIZES = (1_000, 10_000, 100_000)
REPEATS = 15
PAGE = 50

_DOCUMENTS = """
INSERT INTO documents_document (id, created_at, revision, forum_id, kind, state, titles,
    working_language, owner_delegation_id, drafting_scope_id, effective_scope_id)
SELECT md5('document' || n)::uuid, timestamptz '2020-01-01' + n * interval '1 second', 1,
    %(forum)s, 'report', 'drafting', jsonb_build_object('en', 'Report ' || n), 'en', %(seat)s,
    %(scope)s, NULL
FROM generate_series(%(first)s, %(last)s) n
"""
_GRANTS = """
INSERT INTO documents_documentgrant (id, sort_at, kind, reason, created_at, content_object_id,
    granted_by_id, group_id, permission_id)
SELECT md5(%(group)s || 'grant' || n)::uuid, now(), 'report', '', now(),
    md5('document' || n)::uuid, %(user)s, %(group)s, %(permission)s
FROM generate_series(%(first)s, %(last)s) n WHERE n %% %(every)s = 0
"""


def measure() -> dict[str, Any]:
    """The figures and their table."""
    with fresh_database():
        return _measure()


def _measure() -> dict[str, Any]:
    from django.db import connection
    from guardian.shortcuts import get_objects_for_user

    from documents.texts.models import Document
    from platform_api.core.access import permission_id
    from platform_api.core.actor import Level, Role
    from platform_api.core.feed import PermissionFeed
    from platform_api.core.transaction import acting
    from platform_api.identity.actors import actor_of
    from platform_api.identity.groups import role_groups_of
    from tests.api import api
    from tests.factories import DocumentFactory, ForumFactory, delegate, seat

    forum = ForumFactory(slug="bench")
    owner = seat(forum, "RS")
    scope = DocumentFactory(delegation=owner).drafting_scope
    other = ForumFactory(slug="other")
    callers = {}
    for name, code, every in (
        ("only the oldest ten", "AL", 0),
        ("half", "BG", 2),
        ("all", "HR", 1),
        ("none", "SI", 0),
    ):
        party = seat(other, code)
        callers[name] = (delegate(party, "reader").user, role_groups_of(party.pk), every)
    rows = []
    filled = 0
    for size in SIZES:
        with connection.cursor() as cursor:
            bounds = {"first": filled + 1, "last": size}
            names = {"forum": forum.pk, "seat": owner.pk, "scope": scope.pk}
            cursor.execute(_DOCUMENTS, {**bounds, **names})
            for name, (user, groups, every) in callers.items():
                if name == "none" or (name.startswith("only") and filled):
                    continue
                cursor.execute(
                    _GRANTS,
                    {
                        **(bounds if every else {"first": 1, "last": 10}),
                        "group": groups[Role.READER],
                        "user": user.pk,
                        "permission": permission_id(Document, Level.READ),
                        "every": every or 1,
                    },
                )
            cursor.execute("VACUUM ANALYZE documents_document")
            cursor.execute("VACUUM ANALYZE documents_documentgrant")
        filled = size
        for name, (user, _, _) in callers.items():
            actor = actor_of(user)

            def feed(actor: Any = actor) -> int:
                with acting(actor):
                    entries = PermissionFeed(Document, actor, queryset=Document.objects.none())
                    return len(entries.fetch(after=None, before=None, limit=PAGE))

            def peer(user: Any = user) -> int:
                seen = get_objects_for_user(
                    user, "documents.view_document", klass=Document,
                    with_superuser=False, accept_global_perms=False,
                )  # fmt: skip
                return len(seen.order_by("-created_at", "-id")[:PAGE])

            client = api(user)

            def answer(client: Any = client) -> int:
                return len(client.get("documents").json()["items"])

            assert feed() == peer() == answer(), name
            rows.append(
                {
                    "documents": size,
                    "sees": name,
                    "answer_ms": _milliseconds(answer),
                    "query_ms": _milliseconds(feed),
                    "guardian_ms": _milliseconds(peer),
                }
            )
    return {"rows": rows, "table": _table(rows)}


def _milliseconds(work: Callable[[], Any]) -> float:
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return round(median(taken), 2)


def _table(rows: list[dict[str, Any]]) -> str:
    least = {row["sees"]: row for row in rows if row["documents"] == SIZES[0]}
    lines = [
        "| sees | documents | whole answer, ms | × of 1,000 | feed query, ms | guardian, ms |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in sorted(rows, key=lambda row: (row["sees"], row["documents"])):
        ratio = row["answer_ms"] / least[row["sees"]]["answer_ms"]
        lines.append(
            f"| {row['sees']} | {row['documents']:,} | {row['answer_ms']} | {ratio:.2f} "
            f"| {row['query_ms']} | {row['guardian_ms']} |"
        )
    return "\n".join(lines)
