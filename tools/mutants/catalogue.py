"""What is broken on purpose, one thing at a time, and which tests ought to notice.

Of the database, every policy and every trigger is taken from the catalogue of a migrated
database, so that none can be forgotten; functions and the application's predicates are named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg

WALL = ("tests/access/test_row_security.py",)
DECISIONS = (
    "tests/access/test_matrix_decide.py",
    "tests/access/test_matrix_http.py",
    "tests/access/test_feed_equals_visible.py",
    "tests/core",
    "tests/forums",
)
ACTORS = ("tests/access/test_credentials.py", "tests/access", "tests/forums/membership")

TESTS_OF_TRIGGERS = {
    "ledger": ("tests/ledger", "tests/events"),
    "documents": ("tests/documents", "tests/search", "tests/access", "tests/events"),
    "forums": ("tests/forums", "tests/search", "tests/access", "tests/events"),
    "policies": ("tests/policies", "tests/search", "tests/access", "tests/events"),
    "search": ("tests/search",),
    "identity": ("tests/access", "tests/search", "tests/forums/membership"),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One thing that is broken.

    sql: run by a superuser on the migrated template. path, old, new: a replacement in a source
    file, where ``old`` stands exactly once. tests: what ought to turn red.
    """

    name: str
    tests: tuple[str, ...]
    sql: str = ""
    path: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Fragments of one function or file, each replaced in a mutant of its own."""

    where: str
    tests: tuple[str, ...]
    fragments: tuple[tuple[str, str, str], ...] = field(default=())


FUNCTIONS = (
    Edit(
        "rcp_subject()",
        WALL,
        (
            ("a forged signature", "parts[3] IS DISTINCT FROM", "'' IS NULL AND parts[3] <>"),
            (
                "an expired actor",
                "parts[2]::bigint < extract(epoch FROM clock_timestamp())",
                "false",
            ),
        ),
    ),
    Edit(
        "rcp_groups()",
        WALL,
        (
            ("inactive users", "AND u.is_active", ""),
            ("suspension", "AND r.suspended_at IS NULL", ""),
            ("not yet begun", "AND m.valid_from <= statement_timestamp()", ""),
            ("ended", "m.valid_until > statement_timestamp()", "true"),
            ("whose membership", "m.user_id = subject::uuid", "true"),
        ),
    ),
    Edit(
        "rcp_scopes()",
        WALL,
        (
            ("without an actor", "rcp_subject() IS NULL", "false"),
            ("whose scopes", "s.group_id = any(rcp_groups())", "true"),
            ("not yet begun", "AND s.valid_from <= statement_timestamp()", ""),
            ("ended", "s.valid_until > statement_timestamp()", "true"),
        ),
    ),
    Edit(
        "rcp_live()",
        WALL,
        (
            ("anonymous", "AND subject <> 'public'", ""),
            ("inactive", "AND u.is_active", ""),
        ),
    ),
)

SOURCES = (
    Edit(
        "platform_api/core/access.py",
        DECISIONS,
        (
            (
                "scopes of others",
                'condition |= Q(**{f"{protection.scope_field}__in": actor.scopes})',
                'condition |= Q(**{f"{protection.scope_field}__isnull": False})',
            ),
            (
                "grants to others",
                "        group_id__in=actor.groups,\n        permission_id__in",
                "        permission_id__in",
            ),
            (
                "ended grants",
                "Q(expires_at=None) | Q(expires_at__gt=Now()),",
                "Q(),",
            ),
            (
                "inheritance that was stopped",
                "inherited &= Q(**{protection.inherits_field: True})",
                "pass",
            ),
            (
                "view before all else",
                "if not seen and not is_visible(actor, obj):",
                "if False:",
            ),
            (
                "the token's scope of reading",
                "if actor.is_authenticated and not actor.may_use(token_scope):",
                "if False:",
            ),
            (
                "anonymous callers",
                "    if not actor.is_authenticated:\n        return",
                "    if False:\n        return",
            ),
            (
                "the token's scope of a rule",
                "    if not actor.may_use(rule.token_scope):",
                "    if False:",
            ),
            (
                "the least role",
                "    if rule.role not in held:\n        return",
                "    if False:\n        return",
            ),
            ("states", "    if rule.states is not None:", "    if False:"),
            ("further checks", "        if reason:\n", "        if False:\n"),
            (
                "the level of a grant",
                "if level and level >= wanted else",
                "if level else",
            ),
        ),
    ),
    Edit(
        "platform_api/core/feed.py",
        ("tests/access/test_feed_equals_visible.py",),
        (
            (
                "ended grants",
                '"AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp()) "',
                '""',
            ),
            (
                "grants of another level",
                '"AND t.permission_id = %(permission)s "',
                '"AND %(permission)s IS NOT NULL "',
            ),
        ),
    ),
    Edit(
        "platform_api/identity/actors.py",
        ACTORS,
        (
            ("inactive users", "if not user.is_active:", "if False:"),
            (
                "suspension",
                "LIVE, user=user, group__rolegroup__suspended_at=None",
                "LIVE, user=user",
            ),
            ("not yet begun", "Q(valid_from__lte=Now()) & (", "("),
            ("ended", "Q(valid_until=None) | Q(valid_until__gt=Now())", "Q()"),
            (
                "what the client was allowed",
                "frozenset(token.scope.split()) & allowed",
                "frozenset(token.scope.split())",
            ),
        ),
    ),
    Edit(
        "documents/texts/release.py",
        ("tests/documents/texts/test_sections_release.py",),
        (("four eyes", '        return "four_eyes"', "        return None"),),
    ),
)


def of_the_database(connection: psycopg.Connection) -> Iterator[Mutant]:
    """Every policy for the runtime role that lets all through, every trigger that is off."""
    policies = connection.execute(
        "SELECT tablename, policyname, cmd FROM pg_policies "
        "WHERE 'rcp_runtime' = any(roles) ORDER BY tablename, policyname"
    ).fetchall()
    for table, policy, command in policies:
        using = "" if command == "INSERT" else "USING (true)"
        check = "WITH CHECK (true)" if command in {"INSERT", "UPDATE"} else ""
        yield Mutant(
            f"policy {policy}", WALL, sql=f"ALTER POLICY {policy} ON {table} {using} {check}"
        )
    triggers = connection.execute(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace "
        "AND c.relname NOT LIKE 'procrastinate%%' ORDER BY 1, 2"
    ).fetchall()
    for table, trigger in triggers:
        tests = TESTS_OF_TRIGGERS[table.partition("_")[0]]
        yield Mutant(
            f"trigger {trigger} on {table}",
            tests,
            sql=f"ALTER TABLE {table} DISABLE TRIGGER {trigger}",
        )
    for edit in FUNCTIONS:
        for what, old, new in edit.fragments:
            yield Mutant(f"{edit.where}: {what}", edit.tests, sql=_replaced(edit.where, old, new))


def of_the_sources() -> Iterator[Mutant]:
    """Every named predicate of the application."""
    for edit in SOURCES:
        for what, old, new in edit.fragments:
            yield Mutant(f"{edit.where}: {what}", edit.tests, path=edit.where, old=old, new=new)


def _replaced(function: str, old: str, new: str) -> str:
    """SQL that replaces a fragment of a function, and fails unless it stands there once."""
    before, after = (part.replace("'", "''") for part in (old, new))
    return (
        "DO $mutant$ DECLARE body text := pg_get_functiondef("
        f"'{function}'::regprocedure); BEGIN "
        f"IF length(body) - length(replace(body, '{before}', '')) <> length('{before}') THEN "
        f"RAISE EXCEPTION 'the fragment does not stand once in {function}'; END IF; "
        f"EXECUTE replace(body, '{before}', '{after}'); END $mutant$"
    )
