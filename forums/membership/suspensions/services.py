"""Stopping a country, an organisation or a seat, and letting it go on; an operator's acts.

Role groups carry the stop: what asks for a caller's groups, in the application and in the
database, leaves out suspended ones, so that it holds from the next statement on, for people,
service clients and every token they have.
"""

from django.db.models import Model, QuerySet

from forums.countries.models import Country
from forums.membership.derivation import seat_suspension_refresh
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.service import locked_row, service
from platform_api.ledger.services import record

from .models import Suspension

Stopped = Country | Organisation | Delegation
"""What can be suspended: a party with all its seats, or one seat."""


@service
def suspension_begin(*, actor: Actor, of: Stopped, reason: str) -> Suspension:
    """Stop a seat, or every present and future seat of a party, at the next statement.

    Grants, delegates and clients stay as they are and give nothing meanwhile. Who acts for
    another seat too keeps that one. Raises Forbidden, Invalid (no reason) and Conflict
    (``already_suspended``).
    """
    access.require_operator(actor)
    _require_reason(reason)
    target = _locked(of)
    if _standing(target).exists():
        raise Conflict("It is suspended already.", code="already_suspended")
    held = Suspension(
        country=target if isinstance(target, Country) else None,
        organisation=target if isinstance(target, Organisation) else None,
        delegation=target if isinstance(target, Delegation) else None,
        reason=reason,
        suspended_by_id=actor.require_user(),
    )
    held.save(force_insert=True)
    _refresh(target)
    _record("suspended", actor, target, held, reason)
    return held


@service
def suspension_end(*, actor: Actor, of: Stopped, reason: str) -> Suspension:
    """Let a seat or party go on with everything that has not ended meanwhile.

    A seat that is suspended for itself stays so when its party resumes, and the other way round.
    Raises Forbidden, Invalid (no reason) and Conflict (``not_suspended``).
    """
    access.require_operator(actor)
    _require_reason(reason)
    target = _locked(of)
    held = _standing(target).select_for_update(of=("self",)).first()
    if held is None:
        raise Conflict("It is not suspended.", code="not_suspended")
    held.ended_at = database_now()
    held.ended_by_id = actor.require_user()
    held.end_reason = reason
    held.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _refresh(target)
    _record("resumed", actor, target, held, reason)
    return held


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid([FieldError("/reason", "blank", "A reason is needed.")])


def _locked(of: Stopped) -> Stopped:
    rows: QuerySet[Stopped] = type(of)._default_manager.all()
    return locked_row(rows, of.pk)


def _standing(target: Stopped) -> QuerySet[Suspension]:
    return Suspension.objects.filter(ended_at=None, **{_type_of(target): target})


def _type_of(target: Model) -> str:
    return str(target._meta.model_name)


def _refresh(target: Stopped) -> None:
    if isinstance(target, Delegation):
        seat_suspension_refresh(target)
        return
    for seat in Delegation.objects.filter(**{_type_of(target): target}):
        seat_suspension_refresh(seat)


def _record(what: str, actor: Actor, target: Stopped, held: Suspension, reason: str) -> None:
    """The ledger alone has it: the change feed would tell the other seats."""
    seat = target.pk if isinstance(target, Delegation) else None
    record(
        kind=f"{_type_of(target)}.{what}",
        actor=actor,
        object_type=_type_of(target),
        object_id=target.pk,
        seat_id=seat,
        owner_seat_id=seat,
        details={"suspension": str(held.pk), "reason": reason},
    )
