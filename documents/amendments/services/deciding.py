"""What becomes of a submitted amendment."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from documents.amendments.models import OPEN, Amendment, AmendmentState
from documents.amendments.selectors import (
    brought,
    deciding_seats,
    is_said_by,
    proposed,
    seat_among,
)
from documents.amendments.settling import is_as_proposed, settled
from documents.amendments.writing import (
    locked_amendment,
    public_revision,
    record_amendment,
    save_changed,
    tell,
)
from documents.merging.composing import compose
from documents.texts.content import SectionText
from documents.texts.models import Revision
from documents.texts.services import section_revise
from documents.texts.writing import require_at, text_of
from forums.membership.models import Delegation
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.service import service


@service
def amendment_consider(*, actor: Actor, amendment: Amendment, if_match: str) -> Amendment:
    """Take a submitted amendment up.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``).
    """
    locked = locked_amendment(amendment)
    require_at(actor, "consider", locked, if_match)
    seat = _deciding(actor, locked)
    locked.state = AmendmentState.UNDER_CONSIDERATION
    save_changed(locked)
    _record_and_tell("amendment.considered", actor, locked, seat)
    return locked


@service
def amendment_accept(
    *,
    actor: Actor,
    amendment: Amendment,
    if_match: str,
    resolutions: Sequence[Mapping[str, Any]] = (),
    reason: str = "",
) -> Amendment:
    """Bring what an amendment proposes into the present text of its section.

    The section gets a revision that names the amendment, unless it says already what is proposed.
    resolutions: how each contested unit is settled; settled for anything but what is proposed, the
    amendment is accepted as modified. Other open amendments that the section now satisfies are
    overtaken.

    Raises Forbidden (``four_eyes``), PreconditionFailed, Invalid, AmendmentConflict and Conflict
    (``wrong_state`` of the amendment or section, ``merged_too_long``).
    """
    locked = locked_amendment(amendment, with_section=True)
    require_at(actor, "accept", locked, if_match)
    merge = brought(locked, locked.section)
    text = settled(actor, locked, locked.base, proposed(locked), merge, resolutions)
    modified = None if is_as_proposed(resolutions) else text
    return _accepted(actor, locked, text, modified, reason)


@service
def amendment_accept_as_modified(
    *,
    actor: Actor,
    amendment: Amendment,
    if_match: str,
    base: UUID,
    body: str,
    title: str | None = None,
    reason: str = "",
) -> Amendment:
    """Bring another wording than the one proposed into the section, and keep both.

    base: the revision that the wording was written on; what was written since is kept, where it
    does not clash. title: that of the base when None.

    Raises as ``amendment_accept`` does.
    """
    locked = locked_amendment(amendment, with_section=True)
    require_at(actor, "accept_as_modified", locked, if_match)
    worded_on = public_revision(locked.section, base)
    before = text_of(worded_on)
    wording = SectionText(before.title if title is None else title, body, before.language)
    merge = compose(before, wording, text_of(locked.section))
    text = settled(actor, locked, worded_on, wording, merge)
    return _accepted(actor, locked, text, wording, reason)


@service
def amendment_reject(
    *, actor: Actor, amendment: Amendment, if_match: str, reason: str
) -> Amendment:
    """Leave the section as it is, for a reason that its proponents are told.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``).
    """
    locked = locked_amendment(amendment)
    require_at(actor, "reject", locked, if_match)
    seat = _deciding(actor, locked)
    locked.state = AmendmentState.REJECTED
    locked.decided_at = database_now()
    locked.decided_by = seat
    locked.reason = reason
    save_changed(locked)
    _record_and_tell("amendment.rejected", actor, locked, seat, {"reason": reason})
    return locked


def _accepted(
    actor: Actor,
    amendment: Amendment,
    text: SectionText,
    modified: SectionText | None,
    reason: str,
) -> Amendment:
    seat = _deciding(actor, amendment)
    section = section_revise(
        actor=actor,
        section=amendment.section,
        if_match=amendment.section.etag_revision,
        title=text.title,
        body=text.body,
        language=text.language,
        note=f"Amendment {amendment.number}",
        delegation=seat.pk,
    )
    amendment.section = section
    amendment.state = AmendmentState.ACCEPTED
    if modified is not None:
        amendment.state = AmendmentState.ACCEPTED_AS_MODIFIED
        amendment.accepted_title, amendment.accepted_body = modified.title, modified.body
    amendment.accepted_revision = Revision.objects.get(pk=section.head)
    amendment.decided_at = database_now()
    amendment.decided_by = seat
    amendment.reason = reason
    save_changed(amendment)
    details = {"accepted_revision": str(section.head), "reason": reason}
    _record_and_tell(f"amendment.{amendment.state}", actor, amendment, seat, details)
    _overtake(actor, amendment, seat)
    return amendment


def _overtake(actor: Actor, accepted: Amendment, seat: Delegation) -> None:
    """End the other open amendments that would change nothing of the section any more."""
    rows = (
        Amendment.objects.select_related("forum", "base")
        .select_for_update(of=("self",))
        .filter(section=accepted.section, state__in=OPEN)
        .order_by("id")
    )
    for other in rows:
        other.section = accepted.section
        if not is_said_by(other, accepted.section):
            continue
        other.state = AmendmentState.OVERTAKEN
        other.decided_at = database_now()
        other.overtaken_by = accepted
        save_changed(other)
        details = {"overtaken_by": str(accepted.pk)}
        _record_and_tell("amendment.overtaken", actor, other, seat, details)


def _deciding(actor: Actor, amendment: Amendment) -> Delegation:
    """The seat that an actor decides for; of several the first by its id."""
    held = [
        seat
        for seat in sorted(deciding_seats(amendment.section))
        if Role.DRAFTER in actor.roles_at(seat)
    ]
    return seat_among(actor, held[:1], Role.DRAFTER, None)


def _record_and_tell(
    kind: str,
    actor: Actor,
    amendment: Amendment,
    seat: Delegation,
    details: Mapping[str, object] | None = None,
) -> None:
    entry = record_amendment(kind, actor, amendment, seat.pk, details)
    supporters = amendment.cosponsors.values_list("delegation", flat=True)
    tell(kind, actor, amendment, entry, {amendment.proponent_id, *supporters})
