"""What a proponent does to the wording of its amendment."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from documents.amendments.models import Amendment, AmendmentProposal
from documents.amendments.selectors import brought, proposed
from documents.amendments.settling import settled
from documents.amendments.writing import (
    locked_amendment,
    public_revision,
    record_amendment,
    save_changed,
    write_proposal,
)
from documents.texts.models import Revision, Section
from documents.texts.selectors import acting_seat
from documents.texts.writing import require_at, text_of
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.core.service import service


@service
def amendment_draft(
    *,
    actor: Actor,
    section: Section,
    base: UUID,
    title: str | None = None,
    body: str | None = None,
    justification: str = "",
    delegation: UUID | None = None,
) -> Amendment:
    """Begin an amendment to a released section, at home with the seat that proposes it.

    base: the revision of the public chain that it is worded on. title, body: what is None stays
    as it is there. delegation: the seat acted for, needed when the actor has several.

    Raises Forbidden, Conflict (``wrong_state`` of the section), Invalid.
    """
    access.require(actor, "amend", section)
    seat = acting_seat(actor, section.document_id, delegation)
    worded_on = public_revision(section, base)
    amendment = Amendment(
        section=section,
        forum_id=section.document.forum_id,
        base=worded_on,
        proponent=seat,
        effective_scope=seat.home_scope,
        title=worded_on.title if title is None else title,
        body=worded_on.body if body is None else body,
        justification=justification,
        writers=[actor.require_user()],
        updated_at=database_now(),
    )
    amendment.save(force_insert=True)
    write_proposal(actor, amendment)
    record_amendment("amendment.drafted", actor, amendment, seat.pk)
    return amendment


@service
def amendment_revise(
    *,
    actor: Actor,
    amendment: Amendment,
    if_match: str,
    title: str | None = None,
    body: str | None = None,
    justification: str | None = None,
) -> Amendment:
    """Change a draft; what is None stays as it is, and what changes nothing is not written.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``).
    """
    locked = locked_amendment(amendment)
    require_at(actor, "revise", locked, if_match)
    wording = (locked.title if title is None else title, locked.body if body is None else body)
    why = locked.justification if justification is None else justification
    worded = wording != (locked.title, locked.body)
    if not worded and why == locked.justification:
        return locked
    (locked.title, locked.body), locked.justification = wording, why
    _worded_by(actor, locked)
    save_changed(locked)
    if worded:
        write_proposal(actor, locked)
    record_amendment("amendment.revised", actor, locked, locked.proponent_id)
    return locked


@service
def amendment_delete(*, actor: Actor, amendment: Amendment, if_match: str) -> None:
    """Take a draft away, with all its wordings; nobody else has ever seen it.

    Raises Forbidden, PreconditionFailed, Conflict (``wrong_state``: it is withdrawn instead).
    """
    locked = locked_amendment(amendment)
    require_at(actor, "delete", locked, if_match)
    record_amendment("amendment.deleted", actor, locked, locked.proponent_id, told=False)
    AmendmentProposal.objects.filter(amendment=locked).delete()
    locked.delete()


@service
def amendment_rebase(
    *,
    actor: Actor,
    amendment: Amendment,
    if_match: str,
    resolutions: Sequence[Mapping[str, Any]] = (),
) -> Amendment:
    """Word an amendment anew on the present text of its section; what it said before stays.

    resolutions: how each contested unit is settled. An amendment whose base is the present text
    stays as it is.

    Raises Forbidden, PreconditionFailed, AmendmentConflict, Invalid and Conflict (``wrong_state``;
    ``changes_nothing`` when the section says already what it proposes).
    """
    locked = locked_amendment(amendment)
    require_at(actor, "rebase", locked, if_match)
    section = locked.section
    if locked.base_id == section.head:
        return locked
    merge = brought(locked, section)
    text = settled(actor, locked, locked.base, proposed(locked), merge, resolutions)
    if text == text_of(section):
        raise Conflict("The section says already what it proposes.", code="changes_nothing")
    before = locked.base_id
    locked.base = Revision.objects.get(pk=section.head)
    locked.title, locked.body = text.title, text.body
    _worded_by(actor, locked)
    save_changed(locked)
    write_proposal(actor, locked)
    details = {"base": str(locked.base_id), "base_before": str(before)}
    record_amendment("amendment.rebased", actor, locked, locked.proponent_id, details)
    return locked


def _worded_by(actor: Actor, amendment: Amendment) -> None:
    amendment.writers = sorted({*amendment.writers, actor.require_user()})
