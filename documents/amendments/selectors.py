"""Reads of amendments that are more than a queryset."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.merging.composing import Composition, Contested, compose
from documents.texts.content import SectionText
from documents.texts.models import Document, Section
from documents.texts.writing import text_of
from forums.marking.compiling import seats_reading
from forums.membership.models import Delegation, Office
from forums.membership.selectors import office_holders
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Role
from platform_api.core.errors import FieldError, Forbidden, Invalid
from platform_api.identity.models import User
from platform_api.notifications.selectors import people_at

from .clashing import MOST_AMENDMENTS, Proposed, clashes
from .models import PENDING, Amendment

MOST_UNITS = 20
LONGEST_EXCERPT = 1_000


def document_of(section: Any) -> Document | None:
    """The document of a section; None where it was narrowed out of the caller's sight."""
    try:
        document: Document = section.document
    except Document.DoesNotExist:
        return None
    return document


def drafting_seats(section: Any) -> set[UUID]:
    """The seats that draft a section's document, as far as the caller sees that."""
    document = document_of(section)
    members = document.documentdelegation_set.all() if document else ()
    return {member.delegation_id for member in members}


def deciding_seats(section: Any) -> set[UUID]:
    """The seats that decide on amendments to a section.

    Its owner's; of a common section the document's owner's, or where that is common the forum's
    secretariat, and those through which its penholder drafts it.
    """
    if section.owner_delegation_id:
        return {section.owner_delegation_id}
    document = document_of(section)
    if document is None:
        return set()
    seats = {
        member.delegation_id
        for member in document.documentdelegation_set.all()
        if document.penholder_id and member.delegation.organisation_id == document.penholder_id
    }
    if document.owner_delegation_id:
        return seats | {document.owner_delegation_id}
    # Rows of a list bring the secretariat along.
    if "secretariat" in vars(document):
        return seats | {vars(document)["secretariat"]} - {None}
    return seats | office_holders(document.forum_id, Office.Kind.SECRETARIAT)


def seat_among(actor: Actor, seats: Iterable[UUID], role: Role, wanted: UUID | None) -> Delegation:
    """The one of some seats that an actor acts for in a role.

    Raises Invalid when there are several and none is named, Forbidden when there is none.
    """
    held = {seat for seat in seats if role in actor.roles_at(seat) and wanted in (None, seat)}
    if not held:
        raise Forbidden("You act for no such seat here.", code=f"{role}_required")
    if len(held) > 1:
        raise Invalid(
            [FieldError("/delegation", "required", "You act for several seats here; name one.")]
        )
    return Delegation.objects.select_related("home_scope").get(pk=held.pop())


def proposed(amendment: Amendment) -> SectionText:
    """What an amendment would have the section say."""
    return SectionText(title=amendment.title, body=amendment.body, language=amendment.base.language)


def brought(amendment: Amendment, section: Section) -> Composition:
    """An amendment's change in the present text of its section; *yours* is what it proposes."""
    return compose(text_of(amendment.base), proposed(amendment), text_of(section))


def needs_rebase(amendment: Amendment) -> bool:
    """Whether what it proposes clashes with what became of the section since its base."""
    section = amendment.section
    if amendment.state not in PENDING or amendment.base_id == section.head:
        return False
    return bool(brought(amendment, section).contested)


def is_said_by(amendment: Amendment, section: Section) -> bool:
    """Whether the section says already what an amendment would have it say."""
    composition = brought(amendment, section)
    return not composition.contested and composition.text({}) == text_of(section)


def people_reading(section: Section, seats: Iterable[UUID]) -> list[User]:
    """The people at some seats of the drafting group who read a section now."""
    document = document_of(section)
    scopes = {section.effective_scope_id}
    if section.inherits and document is not None:
        scopes.add(document.effective_scope_id)
    readers = Q(pk__in=[])
    for scope in scopes - {None}:
        readers |= ~Q(pk__in=[]) if scope == PUBLIC_SCOPE else seats_reading(scope)
    reading = Delegation.objects.filter(readers, pk__in=list(seats))
    return people_at(reading.values_list("pk", flat=True), [Role.READER])


def conflicts_of(section: Section, amendments: QuerySet[Amendment]) -> dict[str, Any]:
    """Which of some amendments to a section clash; the form is ``AmendmentConflicts``."""
    rows = amendments.select_related("base").order_by("number")[: MOST_AMENDMENTS + 1]
    looked_at = [Proposed(row.pk, row.base_id, text_of(row.base), proposed(row)) for row in rows]
    found = clashes(looked_at, section.head, text_of(section))
    return {
        "clashes": [
            {
                "one": clash.one,
                "other": clash.other,
                "units": [_unit(each) for each in clash.contested[:MOST_UNITS]],
                "units_count": len(clash.contested),
            }
            for clash in found.found
        ],
        "needs_rebase": found.apart,
        "compared": found.compared,
        "complete": found.is_complete,
    }


def _unit(contested: Contested) -> dict[str, str]:
    conflict = contested.conflict
    return {
        "part": contested.part.value,
        "kind": conflict.kind.value,
        "base": _excerpt(conflict.base),
        "one": _excerpt(conflict.yours),
        "other": _excerpt(conflict.theirs),
    }


def _excerpt(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else f"{text[: LONGEST_EXCERPT - 1]}…"
