"""Who reads an object by its ring no more, or newly, after it was given another scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now

from forums.granting.services import GrantChanged, grant_changed
from platform_api.core.registry import registry

from .compiling import readers


@dataclass(frozen=True, slots=True)
class RingChange:
    """The reader groups that an object's ring lost and gained, but for those that a grant names.

    gained: empty where everybody read it before.
    """

    lost: list[int]
    gained: list[int]


def ring_change(obj: Any, scope_before: int | None) -> RingChange:
    """What a saved object's change of scope means for its readers."""
    before, after = readers(scope_before), readers(obj.effective_scope_id)
    protection = registry.protection_of(type(obj))
    assert protection.grants is not None
    grants = protection.grants._default_manager.filter(
        Q(expires_at=None) | Q(expires_at__gt=Now()), content_object_id=obj.pk
    )
    granted = set(grants.values_list("group_id", flat=True))
    return RingChange(
        lost=sorted(before - after - granted),
        gained=sorted(after - before - granted) if before else [],
    )


def tell_groups(obj: Any, groups: Iterable[int], *, gained: bool) -> None:
    """Tell reader groups that they see an object now, or see it no more."""
    type_name = registry.protection_of(type(obj)).type_name
    for group_id in groups:
        grant_changed.fire(GrantChanged(obj, type_name, group_id, gained=gained))
