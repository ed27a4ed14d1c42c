"""Reads of comments that are more than a queryset."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet

from documents.texts.models import Document, DocumentDelegation, Revision, Section
from documents.texts.wording.anchoring import Movement
from forums.granting.seats import seat_actor
from forums.membership.models import Delegation
from platform_api.core.access import is_visible
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import FieldError, Forbidden, Invalid
from platform_api.core.transaction import acting

from .models import Comment
from .placing import Candidate, Place, place_among


def seats_seeing(obj: Model, seats: Iterable[Delegation]) -> list[Delegation]:
    """Those of some seats that see an object, whoever asks: each looks for itself."""
    found = []
    for seat in seats:
        viewer = seat_actor(seat)
        with acting(viewer):
            if is_visible(viewer, obj):
                found.append(seat)
    return found


def commenting_seat(actor: Actor, section: Section, wanted: UUID | None) -> Delegation:
    """The seat for which an actor comments: one that it drafts for and that reads the section.

    Raises Invalid when there are several and none is named, Forbidden when there is none.
    """
    held = [seat for seat, roles in actor.seats.items() if Role.DRAFTER in roles]
    seats = Delegation.objects.filter(pk__in=held, home_scope__isnull=False).order_by("pk")
    if wanted is not None:
        seats = seats.filter(pk=wanted)
    found = seats_seeing(section, seats.select_related("country", "organisation"))
    if not found:
        raise Forbidden("You draft for no such seat that reads it.", code="drafter_required")
    if len(found) > 1:
        raise Invalid(
            [FieldError("/delegation", "required", "You act for several seats here; name one.")]
        )
    return found[0]


def settling_seat(actor: Actor, comment: Comment) -> Delegation:
    """The seat for which an actor resolves or reopens a thread: its own, else the section's
    owner's, else one of the drafting group where the section is common."""
    held = [seat for seat, roles in actor.seats.items() if Role.DRAFTER in roles]
    section = comment.section
    group = DocumentDelegation.objects.filter(document=section.document_id).values("delegation")
    reachable = Q(pk__in=[comment.delegation_id, section.owner_delegation_id])
    if section.owner_delegation_id is None:
        reachable |= Q(pk__in=group)
    seats = Delegation.objects.filter(reachable, pk__in=held).order_by("pk")
    return min(seats, key=lambda seat: seat.pk != comment.delegation_id)


def with_section(comments: QuerySet[Comment], documents: QuerySet[Document]) -> QuerySet[Comment]:
    """Comments with what their rules and answers look at.

    documents: those the caller sees. Not joined: a section may be granted alone, to who does not
    see its document.
    """
    documents = documents.prefetch_related("documentdelegation_set")
    sections = Section.objects.prefetch_related(Prefetch("document", documents))
    return comments.select_related(
        "thread",
        *(
            f"{seat}{party}"
            for seat in ("delegation", "resolved_by", "thread__resolved_by")
            for party in ("__country", "__organisation")
        ),
    ).prefetch_related(Prefetch("section", sections))


class Places:
    """Where the anchors of some comments stand in the present text of their sections.

    What has happened between a revision and a present text is worked out once for all anchors of
    that revision. known: ids of the anchored revisions that the actor sees; no other is told.
    """

    def __init__(self, actor: Actor, comments: Collection[Comment]) -> None:
        self._movements: dict[tuple[UUID, UUID], Movement | None] = {}
        anchored = [comment for comment in comments if comment.anchor_revision_id]
        self._bodies: Mapping[UUID, str] = {}
        if anchored:
            revisions = Revision.objects.visible_to(actor).filter(
                pk__in={comment.anchor_revision_id for comment in anchored}
            )
            self._bodies = dict(revisions.values_list("pk", "body"))
        self._places = {comment.pk: self._place(comment) for comment in anchored}

    @property
    def known(self) -> Collection[UUID]:
        return self._bodies.keys()

    def of(self, comment: Comment) -> Place[UUID] | None:
        """The place of a comment's anchor; None when it has none, or has lost it."""
        return self._places.get(comment.pk)

    def _place(self, comment: Comment) -> Place[UUID] | None:
        anchor = comment.anchor
        assert anchor is not None
        section = comment.section
        # Who was granted a section at home sees its text and none of its revisions.
        before = section.body if anchor.revision == section.head else None
        before = self._bodies.get(anchor.revision, before)

        def movement(candidate: Candidate[UUID]) -> Movement | None:
            key = anchor.revision, candidate.key
            if key not in self._movements:
                self._movements[key] = None if before is None else Movement(before, candidate.text)
            return self._movements[key]

        return place_among(anchor, _candidates(comment), movement)


def _candidates(comment: Comment) -> Sequence[Candidate[UUID]]:
    """The texts in which the passage of a comment may stand now."""
    return [Candidate(comment.section.pk, comment.section.body)]
