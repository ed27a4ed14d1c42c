"""Permission-filtered lists, newest first, at a price that does not grow with the table.

For each of the actor's groups the newest entries of the grant table, for each readable scope
the newest of the object table, each by its own index; merged, made distinct and cut. The
objects are then loaded by primary key from a queryset of visible ones.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from .access import permission_id
from .actor import Actor, Level
from .registry import registry

Entry = tuple[datetime, UUID]

_BRANCH = """
    SELECT b.at, b.id FROM unnest(%({holders})s::int[]) h(id) CROSS JOIN LATERAL (
        SELECT t.{at} AS at, t.{id} AS id FROM {table} t
        WHERE t.{holder} = h.id {condition}
        ORDER BY t.{at} {order}, t.{id} {order} LIMIT %(limit)s) b"""


class PermissionFeed:
    """The objects of one protected model that an actor sees, by (created_at, id) descending.

    model: has ``created_at``, a scope field, and a grant table with ``sort_at``.
    queryset: the visible objects, with what their representation needs.
    """

    def __init__(self, model: type[Model], actor: Actor, *, queryset: QuerySet[Any]) -> None:
        self.model = model
        self.actor = actor
        self.queryset = queryset
        protection = registry.protection_of(model)
        if protection.grants is None or protection.scope_field is None:
            raise LookupError(f"{model.__name__} has no grants or no scope to feed from")
        self._grant_table = protection.grants._meta.db_table
        self._scope_column = f"{protection.scope_field}_id"

    def fetch(self, *, after: Entry | None, before: Entry | None, limit: int) -> list[Entry]:
        """The first entries, or those after a key, or the nearest before one; in feed order."""
        edge = before or after
        with connection.cursor() as cursor:
            cursor.execute(
                self._statement(bounded=edge is not None, backward=before is not None),
                {
                    "permission": permission_id(self.model, Level.READ),
                    "groups": sorted(self.actor.groups),
                    "scopes": sorted(self.actor.scopes),
                    "limit": limit,
                    "edge_at": edge[0] if edge else None,
                    "edge_id": edge[1] if edge else None,
                },
            )
            entries: list[Entry] = cursor.fetchall()
        return entries[::-1] if before is not None else entries

    def load(self, ids: Sequence[Any]) -> Iterable[Model]:
        """The objects of these ids that are still visible."""
        return self.queryset.filter(pk__in=ids)

    def count(self, cap: int) -> int:
        """How many objects the actor sees, counting no further than ``cap``."""
        return self.queryset.order_by()[:cap].count()

    def _statement(self, *, bounded: bool, backward: bool) -> str:
        """The feed's one SQL statement; only names of this model's columns are put into it."""
        compare, order = (">", "ASC") if backward else ("<", "DESC")

        def edge(at: str, id_: str) -> str:
            if not bounded:
                return ""
            return f"AND (t.{at}, t.{id_}) {compare} (%(edge_at)s, %(edge_id)s)"

        granted = _BRANCH.format(
            holders="groups",
            table=self._grant_table,
            holder="group_id",
            at="sort_at",
            id="content_object_id",
            order=order,
            condition="AND t.permission_id = %(permission)s "
            "AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp()) "
            + edge("sort_at", "content_object_id"),
        )
        scoped = _BRANCH.format(
            holders="scopes",
            table=self.model._meta.db_table,
            holder=self._scope_column,
            at="created_at",
            id="id",
            order=order,
            condition=edge("created_at", "id"),
        )
        return (
            f"SELECT DISTINCT at, id FROM ({granted} UNION ALL {scoped}) feed "
            f"ORDER BY at {order}, id {order} LIMIT %(limit)s"
        )
