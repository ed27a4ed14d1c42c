"""Permission-filtered lists, newest first, at a price that does not grow with the table.

For each of the actor's groups the newest entries of the grant table, for each readable scope
the newest of the object table, each by its own index; merged, made distinct and cut. The
objects are then loaded by primary key from a queryset of visible ones.

A filter by the kind that grants repeat is part of the index where the protection says so. Any
other filter looks at a bounded window of the feed and tells where it stopped, so that a filter
that matches little costs no more than one that matches much.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from .access import permission_id
from .actor import Actor, Level
from .http.pages import Count, Window
from .registry import registry

Entry = tuple[datetime, UUID]

WINDOW = 2_000
"""How many entries of the feed a page of a filtered list looks at, at most."""

_FIRST_LOOK = 4
"""Times the page that is looked at first: most filters match enough there."""

_BRANCH = """
    SELECT b.at, b.id FROM unnest(%({holders})s::int[]) h(id) CROSS JOIN LATERAL (
        SELECT t.{at} AS at, t.{id} AS id FROM {table} t
        WHERE t.{holder} = h.id {condition}
        ORDER BY t.{at} {order}, t.{id} {order} LIMIT %(limit)s) b"""


class PermissionFeed:
    """The objects of one protected model that an actor sees, by (created_at, id) descending.

    model: has ``created_at``, a scope field, and a grant table with ``sort_at``.
    queryset: the visible objects, with what their representation needs.
    filters: Django lookups that narrow them.
    """

    def __init__(
        self,
        model: type[Model],
        actor: Actor,
        *,
        queryset: QuerySet[Any],
        filters: Mapping[str, Any] | None = None,
    ) -> None:
        self.model = model
        self.actor = actor
        protection = registry.protection_of(model)
        if protection.grants is None or protection.scope_field is None:
            raise LookupError(f"{model.__name__} has no grants or no scope to feed from")
        self._grant_table = protection.grants._meta.db_table
        self._scope_column = f"{protection.scope_field}_id"
        narrowing = dict(filters or {})
        self.rows = queryset.filter(**narrowing)
        self._kind_field = protection.kind_field if protection.has_facet else None
        self._kind = narrowing.pop(self._kind_field, None) if self._kind_field else None
        self._is_windowed = bool(narrowing)

    def fetch(self, *, after: Entry | None, before: Entry | None, limit: int) -> Window:
        """The first entries, or those after a key, or the nearest before one; in feed order."""
        edge, backward = before or after, before is not None
        if not self._is_windowed:
            return _in_order(self._look(edge, limit, backward=backward), backward=backward)
        found: list[Entry] = []
        for looked, is_last in self._looks(edge, min(limit * _FIRST_LOOK, WINDOW), backward):
            found += self._matching(looked)
            if len(found) >= limit:
                return _in_order(found[:limit], backward=backward)
            edge = looked[-1] if looked else None
            if is_last:
                return _in_order(found, backward=backward, turn=edge)
        return _in_order(found, backward=backward, turn=edge, resume=edge)

    def load(self, ids: Sequence[Any]) -> QuerySet[Any]:
        """The objects of these ids that are still visible and match."""
        return self.rows.filter(pk__in=ids)

    def count(self, cap: int) -> Count:
        """How many objects the actor sees, counting no further than ``cap`` or one window."""
        if self._is_windowed:
            looked, is_last = next(self._looks(None, WINDOW, backward=False))
            found = len(self._matching(looked))
            return Count(min(found, cap), capped=found > cap or not is_last)
        with connection.cursor() as cursor:
            statement = self._statement(bounded=False, backward=False)
            cursor.execute(
                f"SELECT count(*) FROM ({statement}) counted", self._values(None, cap + 1)
            )
            found = cursor.fetchone()[0]
        return Count(min(found, cap), capped=found > cap)

    def _looks(
        self, edge: Entry | None, size: int, backward: bool
    ) -> Iterator[tuple[list[Entry], bool]]:
        """The window in parts, in the order of the walk; the second says that the feed ends."""
        left = WINDOW
        while left > 0:
            entries = self._look(edge, size + 1, backward=backward)
            yield entries[:size], len(entries) <= size
            edge = entries[size - 1] if len(entries) > size else None
            left -= size
            size = left

    def _matching(self, entries: Sequence[Entry]) -> list[Entry]:
        keys = set(self.load([id_ for _, id_ in entries]).order_by().values_list("pk", flat=True))
        return [entry for entry in entries if entry[1] in keys]

    def _look(self, edge: Entry | None, limit: int, *, backward: bool) -> list[Entry]:
        """The entries nearest to a key on one side of it, the nearest first."""
        with connection.cursor() as cursor:
            cursor.execute(
                self._statement(bounded=edge is not None, backward=backward),
                self._values(edge, limit),
            )
            entries: list[Entry] = cursor.fetchall()
        return entries

    def _values(self, edge: Entry | None, limit: int) -> dict[str, Any]:
        return {
            "permission": permission_id(self.model, Level.READ),
            "groups": sorted(self.actor.groups),
            "scopes": sorted(self.actor.scopes),
            "kind": self._kind,
            "limit": limit,
            "edge_at": edge[0] if edge else None,
            "edge_id": edge[1] if edge else None,
        }

    def _statement(self, *, bounded: bool, backward: bool) -> str:
        """The feed's one SQL statement; only names of this model's columns are put into it."""
        compare, order = (">", "ASC") if backward else ("<", "DESC")

        def bounds(at: str, id_: str, kind: str | None) -> str:
            edge = f"AND (t.{at}, t.{id_}) {compare} (%(edge_at)s, %(edge_id)s)" if bounded else ""
            facet = f"AND t.{kind} = %(kind)s " if self._kind is not None else ""
            return facet + edge

        granted = _BRANCH.format(
            holders="groups",
            table=self._grant_table,
            holder="group_id",
            at="sort_at",
            id="content_object_id",
            order=order,
            condition="AND t.permission_id = %(permission)s "
            "AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp()) "
            + bounds("sort_at", "content_object_id", "kind"),
        )
        scoped = _BRANCH.format(
            holders="scopes",
            table=self.model._meta.db_table,
            holder=self._scope_column,
            at="created_at",
            id="id",
            order=order,
            condition=bounds("created_at", "id", self._kind_field),
        )
        return (
            f"SELECT DISTINCT at, id FROM ({granted} UNION ALL {scoped}) feed "
            f"ORDER BY at {order}, id {order} LIMIT %(limit)s"
        )


def _in_order(
    walked: list[Entry],
    *,
    backward: bool,
    resume: Entry | None = None,
    turn: Entry | None = None,
) -> Window:
    """Entries in feed order, that were met in the order of a walk."""
    return Window(reversed(walked) if backward else walked, resume=resume, turn=turn)
