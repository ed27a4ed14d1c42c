"""The rows of grant tables: written, ended and locked for those who may, whoever sees them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from platform_api.core.access import permission_id
from platform_api.core.actor import Level, Role
from platform_api.core.registry import Protection
from platform_api.identity.models import RoleGroup

ROLE_OF_LEVEL: Mapping[Level, Role] = {
    Level.READ: Role.READER,
    Level.COMMENT: Role.DRAFTER,
    Level.DRAFT: Role.DRAFTER,
    Level.MANAGE: Role.HEAD,
}

_KNOWN = frozenset(
    {
        "id",
        "content_object",
        "permission",
        "group",
        "sort_at",
        "kind",
        "expires_at",
        "granted_by",
        "reason",
        "created_at",
    }
)

# sort_at and kind are filled by the table's trigger.
_GIVE = """
INSERT INTO {table} (id, content_object_id, permission_id, group_id, expires_at, reason,
    granted_by_id, created_at{columns})
SELECT gen_random_uuid(), object, carried.permission, carried.holder, %s, %s, %s,
    statement_timestamp(){values}
FROM unnest(%s::uuid[]) object CROSS JOIN unnest(%s::int[], %s::int[]) carried(holder, permission)
ON CONFLICT (group_id, permission_id, content_object_id) DO UPDATE SET
    expires_at = excluded.expires_at, reason = excluded.reason,
    granted_by_id = excluded.granted_by_id
"""


def carried_by(
    protection: Protection, holders: Collection[UUID], level: Level
) -> tuple[list[tuple[int, int]], list[int]]:
    """The (role group, permission) pairs that carry a level for some holders, and all their
    role groups."""
    rows = RoleGroup.objects.filter(holder_id__in=list(holders))
    groups = list(rows.values_list("group_id", "role"))
    pairs = [
        (group, permission_id(protection.model, each))
        for group, role in groups
        for each in Level
        if each <= level and ROLE_OF_LEVEL[each] == role
    ]
    return pairs, [group for group, _ in groups]


def grants_write(
    protection: Protection,
    objects: Sequence[UUID],
    holders: Collection[UUID],
    level: Level,
    until: datetime | None,
    reason: str,
    user: UUID,
) -> None:
    """Let holders have exactly this level on objects: one INSERT, and the end of what is above."""
    assert protection.grants is not None
    pairs, groups = carried_by(protection, holders, level)
    extra = [each for each in protection.grants._meta.concrete_fields if each.name not in _KNOWN]
    statement = _GIVE.format(
        table=protection.grants._meta.db_table,
        columns="".join(f", {field.column}" for field in extra),
        values=", %s" * len(extra),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [
                until,
                reason,
                user,
                *(field.get_default() for field in extra),
                list(objects),
                [group for group, _ in pairs],
                [permission for _, permission in pairs],
            ],
        )
    above = [permission_id(protection.model, each) for each in Level if each > level]
    if above:
        rows: Any = protection.grants._default_manager
        rows.filter(
            content_object__in=list(objects), group_id__in=groups, permission_id__in=above
        ).delete()


def grants_end(
    protection: Protection, key: UUID, groups: Iterable[int]
) -> tuple[bool, UUID | None]:
    """End what groups hold on an object; whether there was something live, and the owner's seat.

    The database asks whether the caller may, since what is ended may be hidden from it.
    """
    found = call(protection, "end", key, sorted(groups))
    return (True, found[0][0]) if found else (False, None)


def objects_lock(protection: Protection, keys: Sequence[UUID]) -> None:
    """Let nobody else change access to these objects until the transaction ends."""
    call(protection, "lock", list(keys))


def call(protection: Protection, function: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of a function of a type's grant table (``managed_grants`` in a migration)."""
    assert protection.grants is not None
    table = protection.grants._meta.db_table
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}_{function}({marks})", list(values))
        return cursor.fetchall()
