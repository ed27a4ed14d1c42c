"""Setting up, asking for and removing second factors.

A wrong code is told by the value that comes back, not raised: that it was tried must be kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from platform_api.core.access import require_operator
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid, NotVisible
from platform_api.core.service import locked_row, service
from platform_api.identity.models import User
from platform_api.ledger.services import record

from . import codes
from .models import Factor, RecoveryCode

FREE_FAILURES = 4
"""Wrong codes after which every further one costs a wait."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CodeOutcome:
    """What came of a code. wait: seconds in which no code is looked at.

    recovery_codes: those made now, to be shown this once. by_recovery_code: how it was right.
    """

    accepted: bool
    wait: int = 0
    recovery_codes: tuple[str, ...] = ()
    by_recovery_code: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A factor that is being set up, and the key for the app."""

    factor_id: UUID
    key: bytes


@service
def factor_begin(*, actor: Actor, begun: UUID | None = None) -> Enrolment:
    """Begin the caller's factor, or go on with the one that this session has begun.

    begun: the factor that the session began. What another session began is thrown away: whoever
    sat there may know its key. Raises Conflict when the caller has a confirmed factor.
    """
    user = locked_row(User.objects.all(), actor.require_user())
    factor = Factor.objects.filter(user=user).first()
    if factor is not None and factor.confirmed_at is not None:
        raise Conflict("There is a second factor already.", code="factor_there")
    if factor is None or factor.pk != begun:
        if factor is not None:
            factor.delete()
        factor = Factor(user=user)
        factor.sealed_key = codes.sealed(codes.new_key(), factor.pk)
        factor.save(force_insert=True)
    return Enrolment(factor.pk, codes.unsealed(bytes(factor.sealed_key), factor.pk))


@service
def factor_confirm(*, actor: Actor, begun: UUID | None, code: str) -> CodeOutcome:
    """Take the first code of the factor that this session has begun, which confirms it and
    gives its recovery codes. Raises Conflict when that factor does not wait for a code.
    """
    factor = _locked(actor)
    if factor is None or factor.confirmed_at is not None or factor.pk != begun:
        raise Conflict("There is no second factor to confirm.", code="nothing_to_confirm")
    now = database_now()
    outcome = _judged(actor, factor, codes.typed(code), now)
    if not outcome.accepted:
        return outcome
    factor.confirmed_at = now
    factor.save(update_fields=["confirmed_at"])
    _recorded("factor.enrolled", actor, actor.require_user())
    return CodeOutcome(accepted=True, recovery_codes=_new_recovery_codes(factor))


@service
def factor_verify(*, actor: Actor, code: str) -> CodeOutcome:
    """Take a code of the caller's app, or one of its recovery codes, each once.

    Raises Conflict when the caller has no confirmed factor.
    """
    factor = _locked(actor)
    if factor is None or factor.confirmed_at is None:
        raise Conflict("There is no second factor yet.", code="no_factor")
    outcome = _judged(actor, factor, codes.typed(code), database_now())
    if outcome.by_recovery_code:
        left = factor.recovery_codes.filter(used_at=None).count()
        _recorded("factor.recovery_code_used", actor, actor.require_user(), {"left": left})
    return outcome


@service
def recovery_codes_renew(*, actor: Actor) -> tuple[str, ...]:
    """New recovery codes for the caller, shown this once; the old ones end.

    Raises Conflict when the caller has no confirmed factor.
    """
    factor = _locked(actor)
    if factor is None or factor.confirmed_at is None:
        raise Conflict("There is no second factor yet.", code="no_factor")
    _recorded("factor.recovery_codes_renewed", actor, actor.require_user())
    return _new_recovery_codes(factor)


@service
def factor_remove(*, actor: Actor, user: User, reason: str) -> None:
    """Remove a lost factor of another person, whose sessions lose the admin site at once.

    The person sets up a new one at the next sign-in. Raises Forbidden (not an operator, or
    one's own: ``own_factor``), Invalid without a reason, NotVisible when there is none.
    """
    require_operator(actor)
    if user.pk == actor.user_id:
        raise Forbidden("Another operator removes your second factor.", code="own_factor")
    if not reason.strip():
        raise Invalid([FieldError("/reason", "required", "Say why the factor is removed.")])
    held = locked_row(User.objects.all(), user.pk)
    factor = Factor.objects.filter(user=held, confirmed_at__isnull=False).first()
    if factor is None:
        raise NotVisible
    factor.delete()
    _recorded("factor.removed", actor, held.pk, {"reason": reason})


def _locked(actor: Actor) -> Factor | None:
    return Factor.objects.select_for_update().filter(user_id=actor.require_user()).first()


def _judged(actor: Actor, factor: Factor, code: str, now: datetime) -> CodeOutcome:
    """Whether the code is right for the locked factor; keeps what came of it."""
    if factor.blocked_until is not None and factor.blocked_until > now:
        return CodeOutcome(accepted=False, wait=_seconds(factor.blocked_until - now))
    key = codes.unsealed(bytes(factor.sealed_key), factor.pk)
    step = codes.matching_step(key, code, now=now.timestamp(), after=factor.last_step)
    recovered = step is None and _take_recovery_code(factor, code, now)
    if step is None and not recovered:
        return _failed(actor, factor, now)
    factor.failures, factor.blocked_until = 0, None
    factor.last_step = factor.last_step if step is None else step
    factor.save(update_fields=["failures", "blocked_until", "last_step"])
    return CodeOutcome(accepted=True, by_recovery_code=recovered)


def _take_recovery_code(factor: Factor, code: str, now: datetime) -> bool:
    found = factor.recovery_codes.filter(
        code_hash=codes.recovery_hash(code, factor.pk), used_at=None
    ).first()
    if found is None:
        return False
    found.used_at = now
    found.save(update_fields=["used_at"])
    return True


def _failed(actor: Actor, factor: Factor, now: datetime) -> CodeOutcome:
    factor.failures += 1
    wait = timedelta(0)
    beyond = factor.failures - FREE_FAILURES
    if beyond > 0:
        wait = min(FIRST_WAIT * 2 ** min(beyond - 1, 10), LONGEST_WAIT)
        factor.blocked_until = now + wait
        _recorded("factor.blocked", actor, factor.user_id, {"failures": factor.failures})
    factor.save(update_fields=["failures", "blocked_until"])
    return CodeOutcome(accepted=False, wait=_seconds(wait))


def _new_recovery_codes(factor: Factor) -> tuple[str, ...]:
    factor.recovery_codes.all().delete()
    made = tuple(codes.new_recovery_code() for _ in range(codes.RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, code_hash=codes.recovery_hash(code, factor.pk)) for code in made
    )
    return made


def _seconds(wait: timedelta) -> int:
    return ceil(wait.total_seconds())


def _recorded(
    kind: str, actor: Actor, user_id: object, details: dict[str, object] | None = None
) -> None:
    record(kind=kind, actor=actor, object_type="user", object_id=str(user_id), details=details)
