"""What follows from seats, delegates and clients: reader scopes and group memberships.

Delegates and client bindings are the truth; what is derived from them is derived here alone.
"""

from uuid import UUID

from platform_api.core.actor import Role
from platform_api.identity.groups import membership_set, role_groups_of, scope_set
from platform_api.identity.models import Scope

from .models import ClientBinding, Delegate, Delegation, Forum
from .selectors import readers_of
from .validity import seat_time, within


def seat_scope(seat: Delegation) -> Scope:
    """The scope that the readers of a seat alone read, while it stands."""
    return scope_set(Scope.Kind.SEAT, f"seat:{seat.pk}", readers_of([seat]))


def forum_scope_refresh(forum: Forum) -> None:
    """Make the readers of a forum's scope those of its seats, each while it stands."""
    scope_set(
        Scope.Kind.FORUM,
        f"forum:{forum.pk}",
        readers_of(Delegation.objects.filter(forum=forum)),
    )


def delegate_memberships(delegate: Delegate, seat: Delegation) -> None:
    """Make a delegate's memberships those of its role, in its time and the seat's."""
    begin, end = within(
        delegate.valid_from, delegate.valid_until, *seat_time(seat.since, seat.until)
    )
    membership_set(
        user=delegate.user,
        source_id=delegate.pk,
        role=Role(delegate.role),
        holders=_holders(seat),
        valid_from=begin,
        valid_until=end,
    )


def binding_memberships(binding: ClientBinding, seat: Delegation) -> None:
    """Make a client's memberships those of its role, in its time and the seat's."""
    begin, end = within(
        binding.created_at, binding.client.expires_at, *seat_time(seat.since, seat.until)
    )
    membership_set(
        user=binding.client.user,
        source_id=binding.pk,
        role=Role(binding.role),
        holders=_holders(seat),
        valid_from=begin,
        valid_until=end,
    )


def _holders(seat: Delegation) -> list[UUID]:
    """The seat and its party: a role at a seat is a role for grants to the party too."""
    party = seat.country_id or seat.organisation_id
    assert party is not None
    return [seat.pk, party] if role_groups_of(party) else [seat.pk]
