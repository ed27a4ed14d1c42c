"""Who sees and decides access reviews: the seat's access managers; operators see them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from forums.membership.selectors import managed_seats
from platform_api.core.actor import Actor, Role
from platform_api.core.registry import Protection, Rule, registry

from .models import AccessReview, AccessReviewItem

_BY_SEAT = Rule("access:manage", through=("seat",), role=Role.ACCESS_MANAGER)
ITEM_RULES: Mapping[str, Rule] = {"confirm": _BY_SEAT, "end": _BY_SEAT}


def _seat(actor: Actor, item: Any) -> frozenset[Role]:
    return actor.roles_at(item.review.delegation_id)


def _seen(actor: Actor) -> Q:
    if actor.is_operator:
        return ~Q(pk=None)
    return Q(delegation__in=managed_seats(actor))


def register() -> None:
    """Tell the access engine of access reviews."""
    registry.protect(
        Protection(
            model=AccessReview,
            type_name="access_review",
            read_scope="forums:read",
            scope_field=None,
            also=_seen,
        )
    )
    registry.protect(
        Protection(
            model=AccessReviewItem,
            type_name="access_review_item",
            read_scope="forums:read",
            rules=ITEM_RULES,
            relations={"seat": _seat},
            scope_field=None,
            parent_field="review",
        )
    )
