"""The second wall against writes: without a live actor no walled row is made, changed or lost.

Services decide who writes; what is left to the database is that nobody does. Asked of every table
with row-level security, as the runtime role, in SQL that no SELECT policy has a part in.
"""

from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql

from platform_api.core.actor import ANONYMOUS, Actor, ActorKind
from platform_api.core.registry import registry
from platform_api.core.transaction import signed_actor
from tests.postgres import ClonedDatabase

from .world import World

pytestmark = pytest.mark.access

_COLUMNS = """
    SELECT c.relname, min(a.attname) FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
      AND NOT a.attisdropped AND has_column_privilege('rcp_runtime', c.oid, a.attnum, %s)
    GROUP BY 1 ORDER BY 1
"""
_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
      AND has_table_privilege('rcp_runtime', c.oid, 'DELETE')
    ORDER BY 1
"""
_ALWAYS_REFUSING = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'A'"
_KEPT_BY_TRIGGERS = {"ledger_event"}
"""Where a trigger alone says who adds rows: an event is written with its entry (tests/ledger)."""

_NOBODY: dict[str, Callable[[World], str]] = {
    "without a context": lambda world: "",
    "anonymous": lambda world: signed_actor(ANONYMOUS),
    "a user that there is not": lambda world: signed_actor(Actor(ActorKind.PERSON, uuid4())),
    "a deactivated user": lambda world: signed_actor(world.actors["Serbia head"]),
}


@pytest.fixture(params=_NOBODY.values(), ids=_NOBODY.keys())
def nobody(
    request: pytest.FixtureRequest, world_database: tuple[ClonedDatabase, World]
) -> Iterator[psycopg.Connection]:
    """The runtime role's connection for a caller who is nobody, to the committed world.

    Triggers are off there: many refuse what a policy ought to have refused before.
    """
    database, world = world_database
    # The superuser's login: a user is deactivated, and triggers are off, in this transaction only.
    with database.connect("superuser") as opened:
        opened.execute("SET LOCAL session_replication_role = replica")
        for (table,) in opened.execute(_ALWAYS_REFUSING).fetchall():
            opened.execute(_named("ALTER TABLE {} DISABLE TRIGGER USER", table))
        head = world.actors["Serbia head"].user_id
        opened.execute("UPDATE identity_user SET is_active = false WHERE id = %s", [head])
        opened.execute("SELECT set_config('rcp.actor', %s, true)", [request.param(world)])
        opened.execute("SET LOCAL ROLE rcp_runtime")
        yield opened
        opened.rollback()


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _refused(connection: psycopg.Connection, statement: sql.Composed) -> str:
    """How the database refuses a statement; empty when it does not."""
    try:
        with connection.transaction():
            connection.execute(statement)
    except psycopg.Error as error:
        return str(error).partition("\n")[0]
    return ""


def test_nobody_puts_a_row_behind_the_wall(nobody: psycopg.Connection) -> None:
    columns = nobody.execute(_COLUMNS, ["INSERT"]).fetchall()
    assert {"documents_section", "documents_sectiongrant", "forums_delegate"} <= {*dict(columns)}

    for table, column in columns:
        if table in _KEPT_BY_TRIGGERS:
            continue
        # Policies judge a row before it turns out that it lacks what it must have.
        refused = _refused(nobody, _named("INSERT INTO {} ({}) VALUES (NULL)", table, column))
        assert refused == f'new row violates row-level security policy for table "{table}"'


def test_nobody_changes_a_row_behind_the_wall(nobody: psycopg.Connection) -> None:
    columns = nobody.execute(_COLUMNS, ["UPDATE"]).fetchall()
    assert {"documents_section", "forums_opening"} <= {*dict(columns)}

    for table, column in columns:
        assert nobody.execute(_named("UPDATE {} SET {} = NULL", table, column)).rowcount == 0, table


def test_nobody_takes_a_row_from_behind_the_wall(nobody: psycopg.Connection) -> None:
    tables = [table for (table,) in nobody.execute(_TABLES)]
    assert {"documents_section", "documents_sectiongrant", "forums_delegate"} <= {*tables}

    for table in tables:
        assert nobody.execute(_named("DELETE FROM {}", table)).rowcount == 0, table


def test_nobody_calls_a_function_that_reaches_behind_the_wall(nobody: psycopg.Connection) -> None:
    """Functions of the policy role write where no policy holds: each asks for itself."""
    calls = {
        "documents_version_show": "SELECT {}(gen_random_uuid(), 1, '{{}}', NULL, '')",
        "search_put": "SELECT {}('document', '{{}}', '{{}}', '{{}}', '{{}}')",
    }
    for grants in (each.grants for each in registry.protections if each.grants):
        table = grants._meta.db_table
        calls[f"{table}_lock"] = "SELECT {}('{{}}')"
        calls[f"{table}_unreleasable_end"] = "SELECT * FROM {}(gen_random_uuid())"

    for function, call in calls.items():
        with (
            pytest.raises(errors.InsufficientPrivilege, match=r"acting|live actor"),
            nobody.transaction(),
        ):
            nobody.execute(_named(call, function))
