"""What every write to an amendment is made of: its lock, its wordings, its record.

Called within services, in their transaction. Where the section is locked too, it is locked first.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from documents.texts.models import Revision, Section
from documents.texts.selectors import scope_of_document
from documents.texts.writing import hold_document, invalid, locked_section
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import locked_row
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.services import notify

from .models import Amendment, AmendmentProposal, AmendmentState
from .selectors import document_of, people_reading


def locked_amendment(amendment: Amendment, *, with_section: bool = False) -> Amendment:
    """The amendment as it is now, locked until the transaction ends.

    with_section: its section is locked, too, and the state of its document. Raises NotVisible.
    """
    section = None
    if with_section:
        hold_document(amendment.section.document_id)
        section = locked_section(amendment.section)
    rows = Amendment.objects.select_related(
        "forum", "base", "proponent__home_scope", "section__owner_delegation"
    )
    locked = locked_row(rows, amendment.pk)
    if section is not None:
        locked.section = section
    return locked


def public_revision(section: Section, base: UUID) -> Revision:
    """The revision of a section that is named as the base, of the chain that others read.

    Raises Invalid at ``/base``.
    """
    found = Revision.objects.filter(pk=base, section=section, at_home=False).first()
    if found is None:
        raise invalid("/base", "unknown", "There is no such revision.")
    return found


def write_proposal(actor: Actor, amendment: Amendment) -> None:
    """Save an amendment's present wording for good; the amendment itself is saved already."""
    at_home = amendment.state == AmendmentState.DRAFT
    earlier = AmendmentProposal.objects.filter(amendment=amendment, at_home=at_home)
    AmendmentProposal(
        amendment=amendment,
        number=earlier.count() + 1,
        at_home=at_home,
        effective_scope_id=amendment.effective_scope_id,
        base_id=amendment.base_id,
        author_id=actor.require_user(),
        title=amendment.title,
        body=amendment.body,
    ).save(force_insert=True)


def save_changed(amendment: Amendment) -> None:
    """Save an amendment as its next revision."""
    amendment.revision += 1
    amendment.updated_at = database_now()
    amendment.save()


def record_amendment(
    kind: str,
    actor: Actor,
    amendment: Amendment,
    seat_id: UUID,
    details: Mapping[str, object] | None = None,
    *,
    told: bool = True,
) -> Entry:
    """Write what was done to an amendment into the ledger, with an event of the same kind.

    Of a draft both are for the proponent alone, now and later.
    """
    at_home = amendment.state == AmendmentState.DRAFT
    home = amendment.effective_scope_id if at_home else None
    return record(
        kind=kind,
        actor=actor,
        object_type="amendment",
        object_id=amendment.pk,
        seat_id=seat_id,
        owner_seat_id=amendment.proponent_id,
        effective_scope_id=home or _narrowest_scope(amendment),
        details={
            "revision": amendment.etag_revision,
            "section": str(amendment.section_id),
            **(details or {}),
        },
        events=[EventSpec(kind, narrow_scope_id=home)] if told else [],
    )


def _narrowest_scope(amendment: Amendment) -> int | None:
    """The scope of those who read a submitted amendment, as narrow as the section is."""
    section: Section = amendment.section
    if section.effective_scope_id and not section.inherits:
        return section.effective_scope_id
    document = document_of(section)
    if document is not None and not document.marks:
        return amendment.effective_scope_id
    return scope_of_document(section.document_id)


def tell(
    kind: str, actor: Actor, amendment: Amendment, matter: Entry, seats: Iterable[UUID]
) -> None:
    """Notify the people at some seats of what was done, as far as they read the section."""
    notify(
        actor=actor,
        to=people_reading(amendment.section, seats),
        kind=kind,
        matter=matter,
        object_type="amendment",
        object_id=amendment.pk,
        forum=amendment.forum.slug,
    )
