"""The grants of a seat as a review sees and writes them, through the database's own functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import connection

from platform_api.core.access import LEVEL_CODENAMES
from platform_api.core.actor import Level
from platform_api.core.registry import registry
from platform_api.identity.models import RoleGroup

_LIST = """
SELECT grants, grant_id, object_id, group_id, permission_id, expires_at, owner, own_end, other_due
FROM forums_review_grants(%s) ORDER BY grants, object_id, grant_id
"""
_SET = "SELECT forums_review_set_ends(%s, %s, %s::uuid[], %s::timestamptz[])"


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One live row of a grant.

    own_end, other_due: where another seat's review holds the row too and nobody decided there:
    the end that the row had before, and when that review is due.
    """

    id: UUID
    expires_at: datetime | None
    own_end: datetime | None
    other_due: datetime | None

    @property
    def end_before(self) -> datetime | None:
        """The end that the row has but for reviews of others."""
        return self.own_end if self.other_due else self.expires_at


@dataclass(frozen=True, slots=True)
class SeatGrant:
    """What one holder was granted on one object: rows of one table.

    owner: the object's seat. holder: a delegation, country or organisation. level: the highest.
    """

    table: str
    object_type: str
    object_id: UUID
    owner: UUID | None
    holder: UUID
    level: Level
    rows: tuple[GrantRow, ...]


def grants_of(seat: UUID) -> list[SeatGrant]:
    """The live grants on a seat's objects and those that name it; its home seat's those that name
    its country or organisation too. None for whoever may not review the seat."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, [seat])
        found = cursor.fetchall()
    types = {
        each.grants._meta.db_table: each.type_name for each in registry.protections if each.grants
    }
    groups = {row[3] for row in found}
    holders = dict(
        RoleGroup.objects.filter(group_id__in=groups).values_list("group_id", "holder_id")
    )
    levels = _levels({row[4] for row in found})
    rows: dict[tuple[str, UUID, UUID | None, UUID], list[tuple[Level, GrantRow]]]
    rows = defaultdict(list)
    for table, id_, object_id, group, permission, expires_at, owner, own_end, other_due in found:
        row = GrantRow(id_, expires_at, own_end, other_due)
        rows[table, object_id, owner, holders[group]].append((levels[permission], row))
    return [
        SeatGrant(
            table=table,
            object_type=types[table],
            object_id=object_id,
            owner=owner,
            holder=holder,
            level=max(level for level, _ in held),
            rows=tuple(row for _, row in held),
        )
        for (table, object_id, owner, holder), held in rows.items()
    ]


def set_ends(seat: UUID, table: str, ends: Mapping[UUID, datetime | None]) -> None:
    """Write the ends of grants of a seat, by row."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, [seat, table, list(ends), list(ends.values())])


def earliest(*ends: datetime | None) -> datetime | None:
    """The first of some ends; None is never."""
    known = [end for end in ends if end is not None]
    return min(known) if known else None


def _levels(permissions: Iterable[int]) -> dict[int, Level]:
    words = {code: level for level, code in LEVEL_CODENAMES.items()}
    rows = Permission.objects.filter(pk__in=list(permissions)).values_list("pk", "codename")
    return {pk: words[codename.partition("_")[0]] for pk, codename in rows}
