"""What every tree act is made of: the lock on a branch's owner, the rules, the revision.

Called within services, in their transaction.
"""

from uuid import UUID

from django.db import connection

from documents.texts.acts import RevisionAct
from documents.texts.models import Document, Revision, Section, SectionState
from documents.texts.release import AT_HOME
from documents.texts.writing import (
    hold_for_text,
    locked_section,
    record_section,
    require_at,
    write_section,
)
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, Forbidden


def held_for_act(
    actor: Actor, section: Section, if_match: str, ability: str = "restructure"
) -> Section:
    """The section, locked, with the sole right to change the tree of its owner's sections.

    Whoever changes a tree waits for who does so among sections of the same owner in the same
    document, so that no two acts together make a circle, and for nobody else: below a delegation's
    section stands that delegation's alone, and above a common one common ones.

    Raises NotVisible, Forbidden, PreconditionFailed and Conflict (``text_fixed`` among others).
    """
    owner = section.owner_delegation_id
    hold_for_text(section)
    with connection.cursor() as cursor:
        key = f"section tree {section.document_id} {owner}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    locked = locked_section(section)
    if locked.owner_delegation_id != owner:
        raise Conflict("It changes hands at this moment; try again.", code="concurrent_change")
    require_at(actor, ability, locked, if_match)
    return locked


def document_to_add_to(actor: Actor, section: Section) -> Document:
    """The document of a section, where the actor may add sections. Raises Forbidden."""
    document = Document.objects.visible_to(actor).filter(pk=section.document_id).first()
    if document is None:
        raise Forbidden("You may not do this here.", code="not_drafting_group")
    access.require(actor, "add_section", document)
    return document


def revised(
    actor: Actor, section: Section, seat: Delegation, note: str, act: RevisionAct
) -> Revision:
    """Save a section with the revision that an act makes of it."""
    section.revision += 1
    section.updated_at = database_now()
    return write_section(actor, section, seat, note, act=act)


def bring_along(
    actor: Actor, child: Section, parent: Section, rank: str, seat: Delegation, note: str
) -> None:
    """Put a section that stood below one below another, which has the same owner and marks.

    Raises Forbidden where it is none that the actor may move.
    """
    locked = locked_section(child)
    access.require(actor, "restructure", locked)
    before = locked.parent_id
    locked.parent, locked.rank = parent, rank
    revised(actor, locked, seat, note, RevisionAct.MOVED)
    places = {"parent": parent.pk, "parent_before": before}
    record_section("section.moved", actor, locked, seat.pk, {"note": note, **places})


def home_writers(section: Section) -> list[UUID]:
    """Who wrote what stands in a section at home, here or where it was taken from."""
    if section.state != SectionState.PRIVATE_DRAFTING:
        return []
    wrote = section.revisions.filter(AT_HOME).values_list("author_id", flat=True)
    return sorted({*section.home_writers, *wrote})
