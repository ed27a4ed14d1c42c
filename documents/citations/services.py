"""Every write to citations."""

from datetime import date
from uuid import UUID

from documents.texts.models import Section, SectionState
from documents.texts.selectors import scope_of_document, writing_seat
from documents.texts.writing import invalid, locked_section, require_at
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.registry import registry
from platform_api.core.service import locked_row, service
from platform_api.ledger.services import EventSpec, record

from .models import Citation


@service
def citation_add(
    *,
    actor: Actor,
    section: Section,
    instrument: UUID,
    provision: str = "",
    as_of: date | None = None,
    delegation: UUID | None = None,
) -> Citation:
    """Let a section cite a provision of an instrument that the actor sees.

    delegation: the seat acted for, where the actor has several there. Raises Forbidden, Invalid
    (``unknown`` for an instrument that is hidden or absent), Conflict (``duplicate``).
    """
    locked = locked_section(section)
    access.require(actor, "revise", locked)
    seat = writing_seat(actor, locked, delegation)
    if instrument not in registry.references("instrument", actor, [instrument]):
        raise invalid("/instrument", "unknown", "There is no such instrument.")
    cited = Citation.objects.filter(
        section=locked, instrument=instrument, provision=provision, as_of=as_of
    )
    if cited.exists():
        raise Conflict("The section cites this already.", code="duplicate")
    citation = Citation(
        section=locked,
        instrument=instrument,
        provision=provision,
        as_of=as_of,
        delegation=seat,
        author_id=actor.require_user(),
    )
    citation.save(force_insert=True)
    _record("citation.added", actor, citation, locked, seat.pk)
    return citation


@service
def citation_delete(*, actor: Actor, citation: Citation, if_match: str) -> None:
    """Take a citation out of its section. Raises PreconditionFailed, Forbidden, Conflict."""
    locked = locked_section(citation.section)
    row = locked_row(Citation.objects.all(), citation.pk)
    require_at(actor, "delete", row, if_match)
    seats = [row.delegation_id, locked.owner_delegation_id, *actor.seats]
    seat = next((each for each in seats if each and actor.roles_at(each)), None)
    _record("citation.deleted", actor, row, locked, seat)
    row.delete()


def _record(
    kind: str, actor: Actor, citation: Citation, section: Section, seat_id: UUID | None
) -> None:
    """Write it into the ledger, for whoever reads the section; at home for its owner.

    Neither names the instrument, which not every reader of the section sees.
    """
    at_home = section.state == SectionState.PRIVATE_DRAFTING
    record(
        kind=kind,
        actor=actor,
        object_type="section",
        object_id=section.pk,
        seat_id=seat_id,
        owner_seat_id=section.owner_delegation_id,
        effective_scope_id=section.effective_scope_id or scope_of_document(section.document_id),
        details={"citation": str(citation.pk), "provision": citation.provision},
        events=[EventSpec(kind, narrow_scope_id=section.effective_scope_id if at_home else None)],
    )
