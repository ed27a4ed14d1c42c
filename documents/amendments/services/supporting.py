"""How an amendment comes before the drafting group, who supports it, and how it is taken back."""

from uuid import UUID

from django.db.models import Max

from documents.amendments.models import OPEN, Amendment, AmendmentCosponsor, AmendmentState
from documents.amendments.selectors import drafting_seats, proposed, seat_among
from documents.amendments.writing import (
    locked_amendment,
    record_amendment,
    save_changed,
    tell,
    write_proposal,
)
from documents.texts.writing import require_at, text_of
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.core.service import service

MAX_OPEN = 50
"""How many amendments to one section a delegation may have before the drafting group at once."""


@service
def amendment_submit(*, actor: Actor, amendment: Amendment, if_match: str) -> Amendment:
    """Let the drafting group read an amendment from now on, under its number in the section.

    Its present wording becomes the first that others can read; what was worded before stays at
    home, and so does how often.

    Raises Forbidden (``four_eyes``), PreconditionFailed and Conflict (``wrong_state`` of the
    amendment or section; ``text_fixed``; ``changes_nothing``; ``too_many_open``).
    """
    locked = locked_amendment(amendment, with_section=True)
    require_at(actor, "submit", locked, if_match)
    access.require(actor, "amend", locked.section)
    if proposed(locked) == text_of(locked.base):
        raise Conflict("It proposes what its base says already.", code="changes_nothing")
    others = Amendment.objects.filter(section=locked.section)
    if others.filter(proponent=locked.proponent, state__in=OPEN).count() >= MAX_OPEN:
        raise Conflict(
            f"The delegation has {MAX_OPEN} open amendments to the section.", code="too_many_open"
        )
    now = database_now()
    locked.number = (others.aggregate(last=Max("number"))["last"] or 0) + 1
    locked.state = AmendmentState.SUBMITTED
    locked.effective_scope_id = locked.section.document.drafting_scope_id
    locked.submitted_at = locked.updated_at = now
    locked.revision = 1
    locked.save()
    write_proposal(actor, locked)
    entry = record_amendment(
        "amendment.submitted", actor, locked, locked.proponent_id, {"number": locked.number}
    )
    others_there = drafting_seats(locked.section) - {locked.proponent_id}
    tell("amendment.submitted", actor, locked, entry, others_there)
    return locked


@service
def amendment_withdraw(
    *, actor: Actor, amendment: Amendment, if_match: str, reason: str = ""
) -> Amendment:
    """Take a submitted amendment back; it stays readable. Its co-sponsors are told.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``).
    """
    locked = locked_amendment(amendment)
    require_at(actor, "withdraw", locked, if_match)
    locked.state = AmendmentState.WITHDRAWN
    locked.decided_at = database_now()
    locked.decided_by = locked.proponent
    locked.reason = reason
    save_changed(locked)
    entry = record_amendment(
        "amendment.withdrawn", actor, locked, locked.proponent_id, {"reason": reason}
    )
    seats = locked.cosponsors.values_list("delegation", flat=True)
    tell("amendment.withdrawn", actor, locked, entry, seats)
    return locked


@service
def amendment_cosponsor(
    *, actor: Actor, amendment: Amendment, delegation: UUID | None = None
) -> Amendment:
    """Support another delegation's amendment; doing it again changes nothing.

    delegation: the seat acted for, needed when the actor heads several of the drafting group.
    Raises Forbidden, Invalid, Conflict (``wrong_state``).
    """
    locked = locked_amendment(amendment)
    access.require(actor, "cosponsor", locked)
    others = drafting_seats(locked.section) - {locked.proponent_id}
    seat = seat_among(actor, others, Role.HEAD, delegation)
    if not locked.cosponsors.filter(delegation=seat).exists():
        AmendmentCosponsor(amendment=locked, delegation=seat).save(force_insert=True)
        record_amendment("amendment.cosponsored", actor, locked, seat.pk)
    return locked


@service
def amendment_uncosponsor(
    *, actor: Actor, amendment: Amendment, delegation: UUID | None = None
) -> Amendment:
    """Support an amendment no longer; each co-sponsor leaves by itself.

    delegation: the seat acted for, needed when the actor heads several that co-sponsor it.
    Raises Forbidden, Invalid, Conflict (``wrong_state``).
    """
    locked = locked_amendment(amendment)
    access.require(actor, "uncosponsor", locked)
    cosponsors = locked.cosponsors.values_list("delegation", flat=True)
    seat = seat_among(actor, cosponsors, Role.HEAD, delegation)
    AmendmentCosponsor.objects.filter(amendment=locked, delegation=seat).delete()
    record_amendment("amendment.uncosponsored", actor, locked, seat.pk)
    return locked
