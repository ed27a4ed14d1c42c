"""Inviting people to act for a seat, and what becomes of it."""

from datetime import datetime, timedelta

from django.conf import settings

from forums.membership.appointing import (
    own_role,
    require_appointable,
    require_guest_time,
    require_standing,
    take_seat,
)
from forums.membership.models import Delegate, Delegation
from forums.membership.recording import record_at_seat
from forums.membership.selectors import forum_slug_of
from platform_api.core import access
from platform_api.core.actor import Actor, ActorKind, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid, NotVisible
from platform_api.core.http.refusals import Unauthenticated, Unavailable
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.accounts import is_unused
from platform_api.identity.actors import actor_of
from platform_api.identity.groups import suspended_since
from platform_api.identity.models import User, UserKind
from platform_api.identity.services import account_take_up
from platform_api.notifications.mails import send_link

from .models import Invitation
from .tokens import new_token, token_hash

USUAL_TIME, LONGEST_TIME = timedelta(days=14), timedelta(days=30)
"""How long an invitation stands unless told otherwise, and at most."""


@service
def invitation_create(
    *,
    actor: Actor,
    delegation: Delegation,
    email: str,
    role: Role,
    guest: bool = False,
    valid_until: datetime | None = None,
    expires_at: datetime | None = None,
) -> Invitation:
    """Invite an address to a role at a seat; its link is mailed before anything is kept.

    The rules of ``delegate_add`` hold. Whether the address has an account is neither asked nor
    told. The inviter never learns the token, with which it could act as the invited person.

    Raises Forbidden (``own_role``, ``seat_decides``), Conflict (``seat_ended``,
    ``seat_suspended``, ``already_invited``), Invalid, and Unavailable when the mail server fails.
    """
    seat = locked_row(Delegation.objects.all(), delegation.pk)
    access.require(actor, "manage_delegates", seat)
    require_appointable(actor, role)
    address, now = email.lower(), database_now()
    if User.objects.filter(pk=actor.require_user(), email=address).exists():
        raise own_role()
    require_guest_time(role, now, valid_until, guest=guest)
    ends = [at for at in (expires_at or now + USUAL_TIME, valid_until) if at is not None]
    if not now < min(ends) <= now + LONGEST_TIME:
        detail = "An invitation ends within 30 days."
        raise Invalid([FieldError("/expires_at", "out_of_range", detail)])
    require_standing(seat, min(ends))
    if suspended_since(seat.pk) is not None:
        raise Conflict("The seat is suspended.", code="seat_suspended")
    standing = Invitation.objects.filter(
        delegation=seat, email=address, role=role, accepted_at=None, withdrawn_at=None
    )
    if standing.filter(expires_at__gt=now).exists():
        raise Conflict("The address is invited to this role.", code="already_invited")
    token = new_token()
    made = Invitation(
        delegation=seat,
        email=address,
        role=role.value,
        guest=guest,
        valid_until=valid_until,
        token_hash=token_hash(token),
        expires_at=min(ends),
        invited_by_id=actor.require_user(),
    )
    made.save(force_insert=True)
    details = {"role": role.value, "guest": guest}
    record_at_seat("invitation.made", actor, "invitation", made.pk, seat, details)
    _mail(made, token)
    return made


@service
def invitation_withdraw(*, actor: Actor, invitation: Invitation, if_match: str) -> Invitation:
    """Make a link worthless. Raises PreconditionFailed, Forbidden and Conflict
    (``already_accepted``, ``already_withdrawn``)."""
    held = locked_row(Invitation.objects.select_related("delegation"), invitation.pk)
    access.require(actor, "withdraw", held)
    check_revision(held.etag_revision, if_match)
    if held.accepted_at is not None:
        raise Conflict("The invitation was accepted.", code="already_accepted")
    if held.withdrawn_at is not None:
        raise Conflict("The invitation was withdrawn.", code="already_withdrawn")
    held.withdrawn_at = database_now()
    held.revision += 1
    held.save(update_fields=["withdrawn_at", "revision"])
    record_at_seat("invitation.withdrawn", actor, "invitation", held.pk, held.delegation, {})
    return held


@service
def invitation_accept(
    *,
    actor: Actor,
    token: str,
    account: User | None = None,
    name: str = "",
    password: str = "",
) -> Delegate:
    """Let whoever holds a mailed token act for the seat; once.

    actor: the platform's own, since the person has no account yet. account: who signed in.
    A new person gives a name and a password. An account in use has to sign in.

    Raises NotVisible, alike for a token that is unknown, used, withdrawn or expired, whose
    inviter may not appoint any more, whose seat has ended or is suspended, or whose address is
    not the caller's; Unauthenticated; Invalid; Conflict (``already_held``).
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden("You may not do this here.", code="not_own")
    rows = Invitation.objects.select_related("delegation", "invited_by")
    held = rows.select_for_update(of=("self",)).filter(token_hash=token_hash(token)).first()
    now = database_now()
    if held is None or not _stands(held, now):
        raise NotVisible
    user = _person(actor, held.email, account, name, password)
    if user.pk == held.invited_by_id:
        raise own_role()
    seat = locked_row(Delegation.objects.all(), held.delegation_id)
    delegate = take_seat(seat, user, Role(held.role), now, held.valid_until, guest=held.guest)
    held.accepted_at, held.delegate = now, delegate
    held.revision += 1
    held.save(update_fields=["accepted_at", "delegate", "revision"])
    person = actor_of(user)
    record_at_seat("invitation.accepted", person, "invitation", held.pk, seat, {})
    details = {"role": held.role, "guest": held.guest, "invited_by": str(held.invited_by_id)}
    record_at_seat("delegate.added", person, "delegate", delegate.pk, seat, details)
    return delegate


def _stands(held: Invitation, now: datetime) -> bool:
    """Whether a token may be used: by its own time, and by its inviter's and seat's standing."""
    if held.accepted_at or held.withdrawn_at or held.expires_at <= now:
        return False
    if suspended_since(held.delegation_id) is not None:
        return False
    inviter = actor_of(held.invited_by)
    try:
        require_standing(held.delegation, now)
        require_appointable(inviter, Role(held.role))
    except (Conflict, Forbidden):
        return False
    return access.decide(inviter, "manage_delegates", held.delegation).allowed


def _person(actor: Actor, email: str, account: User | None, name: str, password: str) -> User:
    """The person of an invited address: who signed in, or who takes up an account now."""
    known = User.objects.filter(email=email).first()
    if known is not None and not _may_sit(known):
        raise NotVisible
    if account is not None:
        if known is None or known.pk != account.pk:
            raise NotVisible
        given = [each for each, value in (("name", name), ("password", password)) if value]
        if given:
            raise Invalid(
                [FieldError(f"/{each}", "not_taken", "Your account stays.") for each in given]
            )
        return known
    if known is not None and not is_unused(known):
        raise Unauthenticated("There is an account of this address; sign in to accept.")
    return account_take_up(actor=actor, email=email, name=name, password=password)


def _may_sit(user: User) -> bool:
    return user.is_active and user.kind == UserKind.PERSON and not user.is_operator


def _mail(made: Invitation, token: str) -> None:
    try:
        send_link(
            to=made.email,
            kind="invitation",
            forum=forum_slug_of(made.delegation_id),
            link=f"{settings.INVITATION_URL}#{token}",
            key=made.pk,
        )
    except OSError as error:
        raise Unavailable("The invitation could not be mailed. Nothing was written.") from error
