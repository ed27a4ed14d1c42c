"""What may be wrong with grants, looked for in the tables themselves.

Triggers and constraints keep all of it right; this is asked after a restore, a bulk load or a
repair, when they may have been off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from guardian.models import GroupObjectPermission, UserObjectPermission
from psycopg import sql

from platform_api.core.registry import Protection, registry

from .grants import UserGrant

_BATCH = 2_000
"""Rows that are fetched at once; no more are held."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a row."""

    table: str
    row: UUID | int
    what: str


_GRANTS = sql.SQL("""
    SELECT g.id, faults.what
    FROM {grants} g
    LEFT JOIN {objects} o ON o.id = g.content_object_id
    LEFT JOIN auth_permission p ON p.id = g.permission_id
    LEFT JOIN django_content_type c ON c.id = p.content_type_id
    LEFT JOIN auth_group a ON a.id = g.group_id
    LEFT JOIN identity_rolegroup r ON r.group_id = g.group_id
    CROSS JOIN LATERAL (VALUES
        (o.id IS NULL, 'it names no object'),
        (g.sort_at IS DISTINCT FROM o.created_at AND o.id IS NOT NULL,
            'its sort_at is not the creation of its object'),
        (g.kind IS DISTINCT FROM {kind} AND o.id IS NOT NULL,
            'its kind is not that of its object'),
        ((c.app_label, c.model) IS DISTINCT FROM ({app}, {model}),
            'its permission is not one of its model'),
        (a.id IS NULL, 'it names no group'),
        (r.group_id IS NULL AND a.id IS NOT NULL,
            'its group is nobody''s role')
    ) faults (found, what)
    WHERE faults.found
""")

_INHERITING = sql.SQL("""
    SELECT t.id, 'it inherits its readers and has a scope of its own'
    FROM {table} t WHERE t.{inherits} AND t.{scope} IS NOT NULL
""")

_ROWS = sql.SQL("SELECT t.id, {what} FROM {table} t")


def sees_every_grant() -> bool:
    """Whether this connection's role may look past row-level security."""
    tables = [each.grants._meta.db_table for each in registry.protections if each.grants]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
            "WHERE oid = ANY(%s::regclass[])",
            [tables],
        )
        return bool(cursor.fetchone()[0])


def grant_faults() -> Iterator[Fault]:
    """Every fault of every grant table, as it is met; nothing on a sound instance.

    Grants are compared with their objects, permissions and groups; guardian's generic tables
    and the user forms must be empty; rows that inherit must have no scope of their own.
    """
    with transaction.atomic():
        generic: tuple[type[Model], ...] = (GroupObjectPermission, UserObjectPermission)
        for model in generic:
            yield from _empty(model, "guardian's generic tables hold no grant")
        for model in apps.get_models():
            if issubclass(model, UserGrant):
                yield from _empty(model, "a grant names a group, never a user")
        for protection in registry.protections:
            if protection.grants is not None:
                yield from _compared(protection)
            if protection.inherits_field and protection.scope_field:
                table = protection.model._meta.db_table
                statement = _INHERITING.format(
                    table=sql.Identifier(table),
                    inherits=sql.Identifier(protection.inherits_field),
                    scope=sql.Identifier(f"{protection.scope_field}_id"),
                )
                yield from _found(table, statement)


def _compared(protection: Protection) -> Iterator[Fault]:
    assert protection.grants is not None
    table, meta = protection.grants._meta.db_table, protection.model._meta
    kind: sql.Composable = sql.Literal(protection.type_name)
    if protection.kind_field:
        kind = sql.Identifier("o", protection.kind_field)
    statement = _GRANTS.format(
        grants=sql.Identifier(table),
        objects=sql.Identifier(meta.db_table),
        kind=kind,
        app=sql.Literal(meta.app_label),
        model=sql.Literal(meta.model_name),
    )
    yield from _found(table, statement)


def _empty(model: type[Model], what: str) -> Iterator[Fault]:
    table = model._meta.db_table
    statement = _ROWS.format(what=sql.Literal(what), table=sql.Identifier(table))
    yield from _found(table, statement)


def _found(table: str, statement: sql.Composed) -> Iterator[Fault]:
    """The faults that a statement finds, streamed from the server."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(_BATCH):
            yield from (Fault(table, row, what) for row, what in rows)
