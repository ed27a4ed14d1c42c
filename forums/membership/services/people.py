"""Every write to delegates: the people who act for a seat."""

from datetime import datetime

from forums.membership.derivation import delegate_memberships
from forums.membership.models import Delegate, Delegation
from forums.membership.recording import record_at_seat
from forums.membership.selectors import held_delegates
from forums.membership.validity import seat_time
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.models import User


@service
def delegate_add(
    *,
    actor: Actor,
    delegation: Delegation,
    user: User,
    role: Role,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> Delegate:
    """Let a person act for a seat. Its access manager does this, an operator the first ones.

    user: where a caller named it by its address, found by ``selectors.person_named``.

    Raises Forbidden (``seat_decides``: an operator appoints heads and access managers only;
    ``own_role``: nobody appoints themselves), Conflict (``already_held``, ``seat_ended``) and
    Invalid.
    """
    seat = locked_row(Delegation.objects.all(), delegation.pk)
    access.require(actor, "manage_delegates", seat)
    if user.pk == actor.user_id:
        raise Forbidden("Nobody gives a role to themselves.", code="own_role")
    if actor.is_operator and role not in {Role.HEAD, Role.ACCESS_MANAGER}:
        raise Forbidden("An operator appoints heads and access managers.", code="seat_decides")
    begin = valid_from or database_now()
    if valid_until is not None and valid_until <= begin:
        raise Invalid(
            [FieldError("/valid_until", "before_valid_from", "The end precedes the start.")]
        )
    seat_end = seat_time(seat.since, seat.until)[1]
    if seat_end is not None and seat_end <= begin:
        raise Conflict("The seat will have ended by then.", code="seat_ended")
    if held_delegates(seat, user, role, begin, valid_until).exists():
        raise Conflict("The person holds this role in that time.", code="already_held")
    delegate = Delegate(
        delegation=seat,
        user=user,
        role=role.value,
        valid_from=begin,
        valid_until=valid_until,
    )
    delegate.save(force_insert=True)
    delegate_memberships(delegate, seat)
    record_at_seat("delegate.added", actor, "delegate", delegate.pk, seat, {"role": role.value})
    return delegate


@service
def delegate_end(*, actor: Actor, delegate: Delegate, if_match: str) -> Delegate:
    """End a delegate's time at this moment; it has nothing from the next statement on.

    One whose time has not begun ends as it begins. Raises PreconditionFailed, Forbidden, and
    Conflict (``already_ended``).
    """
    held = locked_row(Delegate.objects.select_related("delegation", "user"), delegate.pk)
    access.require(actor, "end", held)
    check_revision(held.etag_revision, if_match)
    now = database_now()
    if held.valid_until is not None and held.valid_until <= now:
        raise Conflict("The delegate's time has ended.", code="already_ended")
    held.valid_until = max(now, held.valid_from)
    held.revision += 1
    held.save(update_fields=["valid_until", "revision"])
    delegate_memberships(held, held.delegation)
    record_at_seat("delegate.ended", actor, "delegate", held.pk, held.delegation, {})
    return held
