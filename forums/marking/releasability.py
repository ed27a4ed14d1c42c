"""Whether a holder may be granted an object at all. The rule is the database's."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from forums.granting.services import GrantGiving
from platform_api.core.errors import Conflict
from platform_api.core.registry import registry
from platform_api.identity.groups import reader_groups_of

from .kinds import markable_of


def require_releasable(
    model: type[Model], objects: Iterable[UUID], holders: Iterable[UUID]
) -> None:
    """Raise Conflict (``not_releasable``, with the holders) where ``releasable_to`` of one of the
    objects, or of what it is part of, leaves one of these seats or parties out."""
    groups = {group: holder for holder, group in reader_groups_of(holders).items()}
    grants: Any = registry.protection_of(model).grants
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT g FROM unnest(%s::uuid[]) o CROSS JOIN unnest(%s::int[]) g "
            f"WHERE NOT {grants._meta.db_table}_releasable(o, g)",
            [list(objects), list(groups)],
        )
        outside = [groups[group] for (group,) in cursor.fetchall()]
    if outside:
        raise Conflict(
            "It is not releasable to all of them.",
            code="not_releasable",
            extensions={"holders": sorted(map(str, outside))},
        )


def check_giving(giving: GrantGiving) -> None:
    """Take part in every grant that is given."""
    if markable_of(giving.model) is not None:
        require_releasable(giving.model, giving.keys, giving.holders)
