"""Whether a holder may be granted an object at all. The rule is the database's."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from forums.membership.granting import GrantGiving
from platform_api.core.errors import Conflict
from platform_api.core.registry import registry
from platform_api.identity.groups import reader_groups_of

from .kinds import markable_of


def require_releasable(obj: Model, holders: Iterable[UUID]) -> None:
    """Raise Conflict (``not_releasable``, with the holders) where ``releasable_to`` of the object,
    or of what it is part of, leaves one of these seats or parties out."""
    groups = reader_groups_of(holders)
    outside = [holder for holder, group in groups.items() if not _releasable(obj, group)]
    if outside:
        raise Conflict(
            "The object is not releasable to it.",
            code="not_releasable",
            extensions={"holders": sorted(map(str, outside))},
        )


def check_giving(giving: GrantGiving) -> None:
    """Take part in every grant that is given."""
    if markable_of(type(giving.obj)) is not None:
        require_releasable(giving.obj, [giving.holder.pk])


def _releasable(obj: Model, group_id: int) -> bool:
    grants: Any = registry.protection_of(type(obj)).grants
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {grants._meta.db_table}_releasable(%s, %s)",
            [obj.pk, group_id],
        )
        return bool(cursor.fetchone()[0])
