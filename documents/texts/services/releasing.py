"""The release of a section from its owner's home to the drafting group."""

import secrets
from datetime import datetime

from documents.texts import chain
from documents.texts.marking import settle_section
from documents.texts.models import ReleaseCommitment, Section, SectionState
from documents.texts.release import wrote_any
from documents.texts.selectors import scope_of_document
from documents.texts.writing import (
    hold_document,
    locked_section,
    record_section,
    require_at,
    write_section,
)
from forums.marking.compiling import seats_reading
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.core.service import service
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify


@service
def section_release(
    *, actor: Actor, section: Section, if_match: str, include_descendants: bool = False
) -> Section:
    """Let the drafting group read a section from now on; the approval of its owner's head.

    The public chain begins with the present text and a salted commitment to the home chain.
    include_descendants: release the owner's private sections below it too, or nothing.

    Raises Forbidden (``head_required``, ``four_eyes``), Conflict (``wrong_state``,
    ``parent_not_released``, ``text_fixed``), PreconditionFailed.
    """
    hold_document(section.document_id)
    locked = locked_section(section)
    require_at(actor, "release", locked, if_match)
    if locked.parent is not None and locked.parent.state == SectionState.PRIVATE_DRAFTING:
        raise Conflict(
            "The section above is still at home; release that first.", code="parent_not_released"
        )
    now = database_now()
    _release_one(actor, locked, now)
    if include_descendants:
        for child in _private_below(locked):
            access.require(actor, "release", child)
            _release_one(actor, child, now)
    return locked


def _release_one(actor: Actor, section: Section, now: datetime) -> None:
    home_scope = section.effective_scope
    home_head, home_link = section.head, bytes(section.chain_hash)
    section.single_person_release = wrote_any(actor, section)
    section.state = SectionState.RELEASED
    section.inherits = True
    section.effective_scope = None
    settle_section(section)
    section.home_writers = []
    section.released_at = section.updated_at = now
    section.revision = 1
    salt = secrets.token_bytes(32)
    seat = section.owner_delegation
    assert seat is not None
    assert home_scope is not None
    commitment = chain.release_commitment(salt, home_link)
    first = write_section(actor, section, seat, "", commitment=commitment)
    ReleaseCommitment(
        revision=first, home_revision_id=home_head, salt=salt, effective_scope=home_scope
    ).save(force_insert=True)
    entry = record_section(
        "section.released",
        actor,
        section,
        seat.pk,
        {"single_person": section.single_person_release},
    )
    scope = section.effective_scope_id
    if section.inherits:
        scope = scope_of_document(section.document_id)
    seats = Delegation.objects.filter(seats_reading(scope)).exclude(pk=seat.pk)
    notify(
        actor=actor,
        to=people_at(seats.values_list("pk", flat=True), [Role.READER]),
        kind="section.released",
        matter=entry,
        object_type="section",
        object_id=section.pk,
        forum=section.document.forum.slug,
    )


def _private_below(section: Section) -> list[Section]:
    """The owner's private sections below a section, parents before children, locked."""
    found: list[Section] = []
    level = [section.pk]
    while level:
        children = list(
            Section.objects.select_related("document", "owner_delegation", "effective_scope")
            .select_for_update(of=("self",))
            .filter(
                parent__in=level,
                owner_delegation=section.owner_delegation,
                deleted_at=None,
                state=SectionState.PRIVATE_DRAFTING,
            )
            .order_by("id")
        )
        found += children
        level = [child.pk for child in children]
    return found
