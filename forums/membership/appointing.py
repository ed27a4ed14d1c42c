"""The rules by which people come to act for a seat, whichever way they come."""

from datetime import datetime

from platform_api.core.actor import Actor, Role
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.identity.models import User

from .derivation import delegate_memberships
from .models import GUEST_TIME, Delegate, Delegation
from .selectors import held_delegates
from .validity import seat_time


def own_role() -> Forbidden:
    """The refusal of whoever would give a role to themselves."""
    return Forbidden("Nobody gives a role to themselves.", code="own_role")


def require_appointable(actor: Actor, role: Role) -> None:
    """Raise Forbidden (``seat_decides``) for an operator and another role than the first ones."""
    if actor.is_operator and role not in {Role.HEAD, Role.ACCESS_MANAGER}:
        raise Forbidden("An operator appoints heads and access managers.", code="seat_decides")


def require_guest_time(role: Role, begin: datetime, end: datetime | None, *, guest: bool) -> None:
    """Raise Invalid unless a time has its end after its begin, and a guest's is within a year."""
    if end is not None and end <= begin:
        raise Invalid(
            [FieldError("/valid_until", "before_valid_from", "The end precedes the start.")]
        )
    if not guest:
        return
    if role is not Role.READER:
        raise Invalid([FieldError("/guest", "reader_only", "A guest is a reader.")])
    if end is None:
        raise Invalid([FieldError("/valid_until", "required", "A guest's time has an end.")])
    if end > begin + GUEST_TIME:
        raise Invalid([FieldError("/valid_until", "too_late", "A guest stays a year at most.")])


def take_seat(
    seat: Delegation,
    user: User,
    role: Role,
    begin: datetime,
    end: datetime | None,
    *,
    guest: bool = False,
) -> Delegate:
    """Let a person act for a locked seat, with what follows from it.

    Raises Conflict (``already_held``, ``seat_ended``) and Invalid; who may appoint is for the
    caller to have asked.
    """
    require_guest_time(role, begin, end, guest=guest)
    require_standing(seat, begin)
    if held_delegates(seat, user, role, begin, end).exists():
        raise Conflict("The person holds this role in that time.", code="already_held")
    delegate = Delegate(
        delegation=seat,
        user=user,
        role=role.value,
        valid_from=begin,
        valid_until=end,
        guest=guest,
    )
    delegate.save(force_insert=True)
    delegate_memberships(delegate, seat)
    return delegate


def require_standing(seat: Delegation, begin: datetime) -> None:
    """Raise Conflict (``seat_ended``) for a seat that will have ended by then."""
    seat_end = seat_time(seat.since, seat.until)[1]
    if seat_end is not None and seat_end <= begin:
        raise Conflict("The seat will have ended by then.", code="seat_ended")
