"""Reads of comments that are more than a queryset."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet

from documents.structure.following import Following, Passage, Place
from documents.texts.models import Document, DocumentDelegation, Revision, Section
from documents.texts.wording.effort import Effort
from forums.granting.seats import seat_actors
from forums.membership.models import Delegation
from platform_api.core.access import is_visible
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import FieldError, Forbidden, Invalid
from platform_api.core.transaction import acting

from .models import Anchor, Comment
from .placing import only_occurrence


def seats_seeing(obj: Model, seats: Iterable[Delegation]) -> list[Delegation]:
    """Those of some seats that see an object, whoever asks: each looks for itself."""
    asked, found = list(seats), []
    for seat, viewer in zip(asked, seat_actors(asked), strict=True):
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
    found = list(seats.select_related("country", "organisation"))
    # Who acts for one seat alone sees the section through that one.
    if len(actor.seats) > 1 or actor.is_operator:
        found = seats_seeing(section, found)
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
    # The thread is not joined either: the wall would plan its look at comments a second time.
    threads = Comment.objects.select_related("resolved_by__country", "resolved_by__organisation")
    return (
        comments.select_related(
            *(
                f"{seat}__{party}"
                for seat in ("delegation", "resolved_by")
                for party in ("country", "organisation")
            )
        )
        .prefetch_related(Prefetch("thread", threads))
        .prefetch_related(Prefetch("section", sections))
    )


class Places:
    """Where the anchors of some comments stand now: in the present text of their section, or of
    those that its text went on into.

    By what has happened to the text since, where the revision is in sight; else by the words
    themselves, as long as they stand in exactly one place of their own section. A passage that
    neither finds is lost, rather than in a wrong place.

    known: ids of the anchored revisions that the actor sees; no other is told.
    texts, effort: as of ``Following``.
    """

    def __init__(
        self,
        actor: Actor,
        comments: Collection[Comment],
        texts: Mapping[UUID, str] | None = None,
        effort: Effort | None = None,
    ) -> None:
        self._following = Following(actor, texts, effort)
        anchored = [comment for comment in comments if comment.anchor_revision_id]
        self._revisions: Mapping[UUID, Revision] = {}
        if anchored:
            self._revisions = Revision.objects.visible_to(actor).in_bulk(
                {comment.anchor_revision_id for comment in anchored}
            )
        self._places = {comment.pk: self._place(comment) for comment in anchored}

    @property
    def known(self) -> Collection[UUID]:
        return self._revisions.keys()

    def of(self, comment: Comment) -> Place | None:
        """The place of a comment's anchor; None when it has none, or has lost it."""
        return self._places.get(comment.pk)

    def _place(self, comment: Comment) -> Place | None:
        anchor, section = comment.anchor, comment.section
        assert anchor is not None
        before = self._before(anchor, section)
        if before is not None:
            return self._following.place(
                section, Passage(anchor.revision, before, anchor.start, anchor.end)
            )
        text = self._following.text_of(section)
        found = only_occurrence(text, anchor)
        return Place(section, text, *found) if found else None

    def _before(self, anchor: Anchor, section: Section) -> str | None:
        """The text that an anchor was set in; None where it is out of sight, or purged."""
        revision = self._revisions.get(anchor.revision)
        if revision is not None and revision.purged_at is None:
            return revision.body
        # Who was granted a section at home sees its text and none of its revisions.
        return section.body if revision is None and anchor.revision == section.head else None
