"""What follows from seats, delegates and clients: reader scopes and group memberships.

Delegates and client bindings are the truth; what is derived from them is derived here alone.
"""

from uuid import UUID

from platform_api.core.actor import Role
from platform_api.identity.groups import (
    membership_set,
    role_groups_of,
    role_groups_suspend,
    scope_set,
    suspended_since,
)
from platform_api.identity.models import Scope

from .models import ClientBinding, Delegate, Delegation, Forum
from .selectors import readers_of
from .suspensions.models import Suspension
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


def seat_suspension_refresh(seat: Delegation) -> None:
    """Stop or restore the groups of a seat and its party as the standing suspensions say."""
    standing = Suspension.objects.filter(ended_at=None).values_list("created_at", flat=True)
    party = standing.filter(**_party_of(seat)).first()
    role_groups_suspend(seat.party.pk, party)
    role_groups_suspend(seat.pk, party or standing.filter(delegation=seat).first())
    memberships_refresh(seat)


def memberships_refresh(seat: Delegation) -> None:
    """Derive the memberships of everybody who acts for a seat anew."""
    for delegate in seat.delegates.select_related("user"):
        delegate_memberships(delegate, seat)
    for binding in seat.client_bindings.select_related("client__user"):
        binding_memberships(binding, seat)


def _party_of(seat: Delegation) -> dict[str, UUID | None]:
    if seat.country_id:
        return {"country_id": seat.country_id}
    return {"organisation_id": seat.organisation_id}


def _holders(seat: Delegation) -> list[UUID]:
    """The seat and its party: a role at a seat is a role for grants to the party too.

    Not while the seat is suspended: who acts for another seat of the party has that by it alone.
    """
    party = seat.country_id or seat.organisation_id
    assert party is not None
    if suspended_since(seat.pk) is not None or not role_groups_of(party):
        return [seat.pk]
    return [seat.pk, party]
