"""Documents and grants by the million, loaded past the triggers, and who sees which of them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

BYTES_PER_DOCUMENT = 6_000
"""What a document with its grants and all their indexes takes on disk, with what loading needs."""
FEW = 20
FILLERS = 12
"""Other seats, among whose groups the rest of a document's grants is spread."""

RARE_KIND = "non_paper"
"""One in a thousand documents."""
SMALL_FORUM = "small"
"""The forum of one in a hundred documents."""

# Ids are ordered by time, as those that the platform makes.
_ID = """(lpad(to_hex((extract(epoch FROM timestamptz '2020-01-01') * 1000)::bigint + {n} * 1000),
    12, '0') || '7' || substr(md5('document' || {n}), 1, 3) || '8'
    || substr(md5('document' || {n}), 5, 15))::uuid"""

_DOCUMENTS = f"""
INSERT INTO documents_document (id, created_at, revision, forum_id, kind, state, titles,
    working_language, owner_delegation_id, drafting_scope_id, restricted, circulated,
    effective_scope_id)
SELECT {_ID.format(n="n")}, timestamptz '2020-01-01' + n * interval '1 second', 1,
    CASE WHEN n %% 100 = 7 THEN %(small)s ELSE %(forum)s END::uuid,
    CASE WHEN n %% 1000 = 7 THEN '{RARE_KIND}' ELSE 'report' END, 'drafting',
    jsonb_build_object('en', 'Report ' || n), 'en', %(seat)s::uuid, %(scope)s, false, false,
    CASE WHEN n %% 2 = 0 THEN %(wide)s::int END
FROM generate_series(%(first)s, %(last)s) n
"""
_GRANTS = f"""
INSERT INTO documents_documentgrant (id, sort_at, kind, reason, created_at, content_object_id,
    granted_by_id, group_id, permission_id)
SELECT gen_random_uuid(), timestamptz '2020-01-01' + n * interval '1 second',
    CASE WHEN n %% 1000 = 7 THEN '{RARE_KIND}' ELSE 'report' END, '', now(),
    {_ID.format(n="n")}, %(user)s, holder, %(permission)s
"""
_TO_MANY = f"""
{_GRANTS} FROM generate_series(%(first)s, %(last)s) n
CROSS JOIN LATERAL (
    SELECT %(all)s::int AS holder
    UNION ALL SELECT %(half)s::int WHERE n %% 2 = 1
    UNION ALL SELECT %(oldest)s::int WHERE n <= {FEW}
    UNION ALL SELECT (%(fillers)s::int[])[1 + (n + each * 3) %% {FILLERS}]
        FROM generate_series(1, 3 + n %% 2) each
) holders
"""
_TO_FEW = f"""
{_GRANTS} FROM (SELECT each * (%(last)s / {FEW}) AS n, %(few)s::int AS holder
    FROM generate_series(1, {FEW}) each) spread
"""


@dataclass(frozen=True)
class Caller:
    """Somebody who sees a part of the documents. knows_peer: through grants alone."""

    sees: str
    user: Any
    group: int
    knows_peer: bool = True


@dataclass(frozen=True)
class Place:
    """What every size shares: the rows that documents and grants name."""

    forum: Any
    small: Any
    seat: Any
    drafting_scope: Any
    wide_scope: int
    callers: tuple[Caller, ...]
    fillers: list[int]


def say(text: str) -> None:
    """Tell the one who waits how far it is."""
    print(text, file=sys.stderr, flush=True)


def build() -> Place:
    """A forum that owns the documents, and callers of other forums that were granted some."""
    from platform_api.core.actor import Role
    from platform_api.identity.groups import role_groups_of
    from tests.factories import DocumentFactory, ForumFactory, delegate, seat

    forum, other = ForumFactory(slug="bench"), ForumFactory(slug="other")
    owner = seat(forum, "RS")

    def caller(sees: str, code: str, **more: Any) -> Caller:
        party = seat(more.pop("at", other), code)
        group = role_groups_of(party.pk)[Role.READER]
        return Caller(sees, delegate(party, "reader").user, group, **more)

    wide = ForumFactory(slug="wide")
    callers = (
        caller("few", "AL"),
        caller("half", "BG"),
        caller("all", "HR"),
        caller("only the oldest", "ME"),
        caller("none", "SI"),
        caller("half, through a forum", "MK", at=wide, knows_peer=False),
    )
    codes = ("GR", "HU", "IT", "RO", "TR", "UA", "MD", "GE", "BA", "AT", "DE", "FR")
    assert len(codes) == FILLERS
    fillers = [role_groups_of(seat(other, code).pk)[Role.READER] for code in codes]
    return Place(
        forum, ForumFactory(slug=SMALL_FORUM), owner,
        DocumentFactory(delegation=owner).drafting_scope,
        wide.effective_scope_id, callers, fillers,
    )  # fmt: skip


def grow(place: Place, before: int, size: int) -> None:
    """Load what is missing up to a size, with indexes and constraints built afterwards."""
    from django.db import connection

    from documents.texts.models import Document
    from platform_api.core.access import permission_id
    from platform_api.core.actor import Level

    group = {caller.sees: caller.group for caller in place.callers}
    values = {
        "first": before + 1, "last": size,
        "forum": place.forum.pk, "small": place.small.pk, "seat": place.seat.pk,
        "scope": place.drafting_scope.pk, "wide": place.wide_scope,
        "user": place.callers[0].user.pk, "permission": permission_id(Document, Level.READ),
        "fillers": place.fillers, "all": group["all"], "half": group["half"],
        "oldest": group["only the oldest"], "few": group["few"],
    }  # fmt: skip
    with connection.cursor() as cursor:
        # As COPY in a restore: no trigger runs, so what they would write is written here.
        cursor.execute("SET session_replication_role = replica")
        for table, insert in (
            ("documents_document", _DOCUMENTS),
            ("documents_documentgrant", _TO_MANY),
        ):
            with _indexes_after(cursor, table):
                cursor.execute(insert, values)
                say(f"  {table}: {cursor.rowcount:,} rows")
        # Who sees few sees as few of every size, spread over all of it.
        cursor.execute("DELETE FROM documents_documentgrant WHERE group_id = %(few)s", values)
        cursor.execute(_TO_FEW, values)
        cursor.execute("SET session_replication_role = origin")
        for table in ("documents_document", "documents_documentgrant"):
            cursor.execute(f"VACUUM (ANALYZE, FREEZE) {table}")


@contextmanager
def _indexes_after(cursor: Any, table: str) -> Iterator[None]:
    """Take a table's indexes away, all but the primary key's, and build them again."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype = 'u'",
        [table],
    )
    constraints = cursor.fetchall()
    for name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = %s::regclass AND NOT indisprimary",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for name, definition in constraints:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for name, definition in indexes:
        cursor.execute(definition)
        say(f"  {name}")
