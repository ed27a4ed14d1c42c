"""Puts the trigger that keeps ``GrantEnd`` on every grant table, after migrating.

The tables belong to apps above this one, which need not know of it: whatever is registered with
a grant table gets the trigger, and its present rows are taken over once.
"""

from typing import Any

from django.db import connections
from psycopg import sql

from platform_api.core.registry import registry

FUNCTION = "events_keep_grant_end"

_HAS_FUNCTION = "SELECT FROM pg_proc WHERE proname = %s"
_HAS_TRIGGER = """
SELECT FROM pg_trigger WHERE tgname = 'events_grant_end' AND tgrelid = %s::regclass
"""
_TAKE_OVER = sql.SQL(
    "INSERT INTO events_grantend (id, object_type, object_id, group_id, ends_at) "
    "SELECT g.id, {type}, g.content_object_id, g.group_id, g.expires_at "
    "FROM {table} g JOIN auth_permission p ON p.id = g.permission_id "
    "WHERE g.expires_at > now() AND p.codename LIKE 'view\\_%'"
)
_TRIGGER = sql.SQL(
    "CREATE TRIGGER events_grant_end AFTER INSERT OR DELETE OR UPDATE OF expires_at ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION events_keep_grant_end({type})"
)


def watch_grant_tables(*, using: str, **_: Any) -> None:
    """Add what is missing; run by ``migrate``, as the owner."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_HAS_FUNCTION, [FUNCTION])
        if cursor.fetchone() is None:
            return
        tables = set(connection.introspection.table_names(cursor))
        for protection in registry.protections:
            if protection.grants is None or protection.grants._meta.db_table not in tables:
                continue
            table = protection.grants._meta.db_table
            cursor.execute(_HAS_TRIGGER, [table])
            if cursor.fetchone() is None:
                names = {
                    "table": sql.Identifier(table),
                    "type": sql.Literal(protection.type_name),
                }
                for statement in (_TAKE_OVER, _TRIGGER):
                    cursor.execute(statement.format(**names))
