"""Reads of documents that are more than a queryset."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate

from forums.membership.models import Delegation, Office
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import FieldError, Forbidden, Invalid

from .models import Document, Revision, Section, SectionState
from .numbering import Node, Placed, place


def acting_seat(actor: Actor, document: Document, wanted: UUID | None) -> Delegation:
    """The drafting seat that an actor acts for in a document.

    Raises Invalid when the actor has several and names none, Forbidden when it has none.
    """
    held = [seat for seat, roles in actor.seats.items() if Role.DRAFTER in roles]
    seats = list(Delegation.objects.filter(drafted_documents=document, pk__in=held))
    if wanted is not None:
        seats = [seat for seat in seats if seat.pk == wanted]
    if not seats:
        raise Forbidden("You draft for no seat of this drafting group.", code="drafter_required")
    if len(seats) > 1:
        raise Invalid(
            [FieldError("/delegation", "required", "You draft for several seats here; name one.")]
        )
    return seats[0]


def with_secretariat(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Documents with ``secretariat``: the delegation that is their forum's today, or None.

    Spares a list a query for each common document when its abilities are told.
    """
    today = TruncDate(Now())
    offices = Office.objects.filter(
        Q(until=None) | Q(until__gt=today),
        forum=OuterRef("forum"),
        kind=Office.Kind.SECRETARIAT,
        since__lte=today,
    )
    return documents.annotate(secretariat=Subquery(offices.values("delegation")[:1]))


def with_authorship(sections: QuerySet[Section], actor: Actor) -> QuerySet[Section]:
    """Sections with ``actor_wrote``: whether the actor wrote a revision that stands at home.

    Spares a list a query for each section when its abilities are told.
    """
    written = Revision.objects.filter(section=OuterRef("pk"), at_home=True, author=actor.user_id)
    return sections.annotate(actor_wrote=Exists(written))


def section_tree(actor: Actor, document: Document) -> list[Placed[UUID]]:
    """The sections of a document that an actor sees, in reading order, with their numbers.

    A section that was granted alone, out of a chapter at home, stands among the chapters.
    """
    rows = list(
        Section.objects.visible_to(actor)
        .filter(document=document)
        .values_list("id", "parent_id", "rank", "state")
    )
    seen = {id_ for id_, *_ in rows}
    return place(
        Node(id_, parent if parent in seen else None, rank, state != SectionState.PRIVATE_DRAFTING)
        for id_, parent, rank, state in rows
    )


def section_numbers(actor: Actor, document: Document) -> Mapping[UUID, str | None]:
    """The number of each section that an actor sees."""
    return {placed.id: placed.number for placed in section_tree(actor, document)}
