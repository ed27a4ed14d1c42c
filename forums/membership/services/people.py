"""Every write to delegates: the people who act for a seat."""

from datetime import datetime

from forums.membership.appointing import own_role, require_appointable, take_seat
from forums.membership.ending import delegate_until
from forums.membership.models import Delegate, Delegation
from forums.membership.recording import record_at_seat
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
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
    guest: bool = False,
) -> Delegate:
    """Let a person act for a seat. Its access manager does this, an operator the first ones.

    user: where a caller named it by its address, found by ``selectors.person_named``.
    guest: a reader whose time has an end, ``GUEST_TIME`` after its begin at the latest.

    Raises Forbidden (``seat_decides``: an operator appoints heads and access managers only;
    ``own_role``: nobody appoints themselves), Conflict (``already_held``, ``seat_ended``) and
    Invalid.
    """
    seat = locked_row(Delegation.objects.all(), delegation.pk)
    access.require(actor, "manage_delegates", seat)
    if user.pk == actor.user_id:
        raise own_role()
    require_appointable(actor, role)
    delegate = take_seat(seat, user, role, valid_from or database_now(), valid_until, guest=guest)
    record_at_seat(
        "delegate.added", actor, "delegate", delegate.pk, seat, {"role": role.value, "guest": guest}
    )
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
    delegate_until(held, now)
    record_at_seat("delegate.ended", actor, "delegate", held.pk, held.delegation, {})
    return held
