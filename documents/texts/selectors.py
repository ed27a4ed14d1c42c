"""Reads of documents that are more than a queryset."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from forums.membership.models import Delegation
from platform_api.core.access import granting_groups
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.errors import FieldError, Forbidden, Invalid
from platform_api.identity.models import RoleGroup

from .models import ReleaseCommitment, Revision, Section, SectionState
from .numbering import Node, Placed, place
from .release import AT_HOME
from .verification import REVISIONS_AT_ONCE, ChainReport, ordered, verified

_SECTIONS_AT_ONCE = 100


def acting_seat(actor: Actor, document: UUID, wanted: UUID | None) -> Delegation:
    """The drafting seat that an actor acts for in a document.

    Raises Invalid when the actor has several and names none, Forbidden when it has none.
    """
    return _one_of(Delegation.objects.filter(drafted_documents=document), actor, wanted)


def writing_seat(actor: Actor, section: Section, wanted: UUID | None) -> Delegation:
    """The seat that an actor acts for in the text of a section.

    The owner's for its own drafters; else one of the drafting group where the section is
    common, or one that a grant to draft names, itself or by its country or organisation.

    Raises Invalid and Forbidden as ``acting_seat`` does.
    """
    owner = section.owner_delegation
    if owner is not None and Role.DRAFTER in actor.roles_at(owner.pk):
        return _one_of(Delegation.objects.filter(pk=owner.pk), actor, wanted)
    groups = granting_groups(actor, section, Level.DRAFT)
    holders = RoleGroup.objects.filter(group__in=groups).values("holder_id")
    named = Q(pk__in=holders) | Q(country__in=holders) | Q(organisation__in=holders)
    if owner is None:
        named |= Q(drafted_documents=section.document_id)
    return _one_of(Delegation.objects.filter(named), actor, wanted)


def _one_of(seats: QuerySet[Delegation], actor: Actor, wanted: UUID | None) -> Delegation:
    held = [seat for seat, roles in actor.seats.items() if Role.DRAFTER in roles]
    found = [seat for seat in seats.filter(pk__in=held).distinct() if wanted in (None, seat.pk)]
    if not found:
        raise Forbidden("You draft for no such seat here.", code="drafter_required")
    if len(found) > 1:
        raise Invalid(
            [FieldError("/delegation", "required", "You draft for several seats here; name one.")]
        )
    return found[0]


def with_authorship(sections: QuerySet[Section], actor: Actor) -> QuerySet[Section]:
    """Sections with ``actor_wrote``: whether the actor wrote a revision that stands at home.

    Spares a list a query for each section when its abilities are told.
    """
    written = Revision.objects.filter(AT_HOME, section=OuterRef("pk"), author=actor.user_id)
    wrote = Q(Exists(written)) | Q(home_writers__contains=[actor.user_id])
    return sections.annotate(actor_wrote=ExpressionWrapper(wrote, BooleanField()))


def section_tree(actor: Actor, document: UUID) -> list[Placed[UUID]]:
    """The sections of a document that an actor sees, in reading order, with their numbers.

    A section that was granted alone, out of a chapter at home, stands among the chapters. What
    stands below a tombstone stands in its place; tombstones are in the list, without numbers.
    """
    rows = list(
        Section.objects.visible_to(actor)
        .filter(document=document)
        .values_list("id", "parent_id", "rank", "state", "deleted_at")
    )
    seen = {id_ for id_, *_ in rows}
    return place(
        Node(
            id_,
            parent if parent in seen else None,
            rank,
            numbered=deleted_at is None and state != SectionState.PRIVATE_DRAFTING,
            deleted=deleted_at is not None,
        )
        for id_, parent, rank, state, deleted_at in rows
    )


def place_held(section: Section) -> Section:
    """The row whose place among its siblings a section is shown at: its own, or the topmost's of
    the tombstones that it stands below."""
    held = section
    while held.parent_id is not None:
        above = Section.objects.filter(pk=held.parent_id).first()
        if above is None or above.deleted_at is None:
            break
        held = above
    return held


def scope_of_document(document: UUID) -> int | None:
    """The scope that reads a document, also for an actor who was granted a section of it alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_scope_of(%s)", [document])
        row = cursor.fetchone()
    return None if row is None else row[0]


def section_numbers(actor: Actor, document: UUID) -> Mapping[UUID, str | None]:
    """The number of each section that an actor sees."""
    return {placed.id: placed.number for placed in section_tree(actor, document)}


def sees_every_section() -> bool:
    """Whether this connection's role may look past row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'documents_section'"
            "::regclass"
        )
        return bool(cursor.fetchone()[0])


def chain_reports() -> Iterator[tuple[UUID, ChainReport]]:
    """Every section with what reading its chains shows, one at a time; for the owner's role."""
    commitments = ReleaseCommitment.objects.all()
    for section in Section.objects.order_by("id").iterator(_SECTIONS_AT_ONCE):
        revisions = Revision.objects.filter(section=section).select_related(
            "purged_by", "worked_on"
        )
        read = ordered(revisions).iterator(REVISIONS_AT_ONCE)
        yield section.pk, verified(section, read, commitments)
