"""What a review is about: each kind of access with how its end is read and written.

An item's ``ends`` hold what was there when the review opened. While nobody has decided, the end
is the review's due date at the latest, so that it comes by itself.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from uuid import UUID

from forums.membership.ending import client_until, delegate_until
from forums.membership.models import ClientBinding, Delegate
from platform_api.core.service import locked_row

from .grants import SeatGrant, earliest, grants_of, set_ends
from .models import AccessReview, AccessReviewItem, ItemKind

Ends = dict[UUID, datetime | None]
"""Ends by the keys of the rows that have them; None is never."""

_Key = tuple[str, UUID | None, UUID | None]


def stored(ends: Ends) -> dict[str, str | None]:
    """Ends as an item keeps them."""
    return {str(key): end.isoformat() if end else None for key, end in ends.items()}


def kept(item: AccessReviewItem) -> Ends:
    """The ends that an item keeps."""
    return {
        UUID(key): datetime.fromisoformat(end) if end else None for key, end in item.ends.items()
    }


class Subjects:
    """The rows behind a review's items; grants are read once."""

    def __init__(self, review: AccessReview) -> None:
        self._review = review

    @cached_property
    def grants(self) -> Mapping[_Key, SeatGrant]:
        """The seat's live grants."""
        found = grants_of(self._review.delegation_id)
        return {(each.object_type, each.object_id, each.holder): each for each in found}

    def _grant(self, item: AccessReviewItem) -> SeatGrant | None:
        return self.grants.get((item.object_type, item.object_id, item.holder_id))

    def current(self, item: AccessReviewItem) -> Ends:
        """The present ends of an item's rows; a grant that has ended has none."""
        if item.kind == ItemKind.DELEGATE:
            delegates = Delegate.objects.filter(pk__in=kept(item))
            return dict(delegates.values_list("pk", "valid_until"))
        if item.kind == ItemKind.CLIENT:
            bindings = ClientBinding.objects.filter(pk__in=kept(item))
            return dict(bindings.values_list("pk", "client__expires_at"))
        grant = self._grant(item)
        return {row.id: row.expires_at for row in grant.rows} if grant else {}

    def confirmed(self, item: AccessReviewItem) -> Ends:
        """The ends that confirmation gives: what was kept, and what another seat's review awaits.

        Until then each is this review's due date at the latest.
        """
        grant = self._grant(item)
        others = {row.id: row.other_due for row in grant.rows} if grant else {}
        return {key: earliest(end, others.get(key)) for key, end in kept(item).items()}

    def write(self, items: Iterable[tuple[AccessReviewItem, Ends]]) -> None:
        """Write what differs from the present ends; grants of one table together."""
        tables: dict[str, Ends] = {}
        for item, ends in items:
            current = self.current(item)
            changed = {
                key: end for key, end in ends.items() if key in current and current[key] != end
            }
            for key, end in changed.items():
                if item.kind == ItemKind.DELEGATE:
                    rows = Delegate.objects.select_related("delegation", "user")
                    delegate_until(locked_row(rows, key), end)
                elif item.kind == ItemKind.CLIENT:
                    bindings = ClientBinding.objects.select_related("client__user", "delegation")
                    client_until(locked_row(bindings, key), end)
                else:
                    grant = self._grant(item)
                    assert grant is not None
                    tables.setdefault(grant.table, {})[key] = end
        for table, ends in tables.items():
            set_ends(self._review.delegation_id, table, ends)
