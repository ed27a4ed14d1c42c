"""Words that could not be merged by themselves are kept at home with their delegation.

Called within services, in their transaction, under the lock of the section.
"""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from documents.texts.content import SectionText
from documents.texts.models import Section
from documents.texts.writing import invalid, text_of
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import check_revision, locked_row, service
from platform_api.ledger.services import EventSpec, record

from .models import WorkingCopy


class Words(NamedTuple):
    """What somebody wants a section to say. base: the id of the revision it was made on."""

    section: Section
    seat: Delegation
    base: UUID
    text: SectionText
    note: str


def copy_named(actor: Actor, section: Section, wanted: UUID) -> WorkingCopy:
    """The working copy of a section that a caller names and sees, locked. Raises Invalid."""
    copies = WorkingCopy.objects.visible_to(actor).select_for_update(of=("self",))
    found = copies.filter(section=section, pk=wanted).first()
    if found is None:
        raise invalid("/working_copy", "unknown", "There is no such working copy of this section.")
    return found


def keep(actor: Actor, words: Words, named: WorkingCopy | None) -> WorkingCopy:
    """The author's one working copy on that base, with these words.

    named: the copy they came from; one of the author's own moves along to a new base.
    """
    held = _held(actor, words).first()
    own = named if named is not None and named.author_id == actor.user_id else None
    if own is not None and held is not None and own.pk != held.pk:
        copy_used(actor, own)
    copy = held or own or WorkingCopy(author_id=actor.require_user(), revision=0)
    same = text_of(copy) == words.text and copy.base_id == words.base
    if copy.revision and same and copy.note == words.note:
        return copy
    copy.section, copy.delegation, copy.base_id = words.section, words.seat, words.base
    home = words.seat.home_scope
    assert home is not None, "every seat has a home"
    copy.effective_scope = home
    copy.title, copy.body, copy.language = words.text
    copy.note = words.note
    copy.revision += 1
    copy.updated_at = database_now()
    copy.save(force_insert=copy._state.adding)
    _record(actor, copy, "working_copy.kept")
    return copy


def copy_with(actor: Actor, words: Words) -> WorkingCopy | None:
    """The author's working copy with just these words, though it was not named."""
    return next((each for each in _held(actor, words) if text_of(each) == words.text), None)


def copy_used(actor: Actor, copy: WorkingCopy) -> None:
    """The words of a working copy stand in the section now: it ends."""
    _end(actor, copy, "working_copy.used")


@service
def working_copy_discard(*, actor: Actor, copy: WorkingCopy, if_match: str) -> None:
    """Throw words away that wait to be merged: its author's act, or that of the seat's head.

    Raises Forbidden, PreconditionFailed.
    """
    locked = locked_row(WorkingCopy.objects.all(), copy.pk)
    access.require(actor, "delete", locked)
    check_revision(locked.etag_revision, if_match)
    _end(actor, locked, "working_copy.discarded")


@service
def working_copies_expire(*, actor: Actor, at_most: int) -> int:
    """Take away some working copies that nobody changed for ``WORKING_COPIES_KEPT_DAYS``, oldest
    first, and tell their delegations; how many. Any actor but the worker's own finds none.
    """
    days = int(settings.WORKING_COPIES_KEPT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_take_working_copies(%s, %s)", [days, at_most])
        names = [column.name for column in cursor.description or ()]
        taken = [WorkingCopy(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    for copy in taken:
        _record(actor, copy, "working_copy.expired")
    return len(taken)


def _held(actor: Actor, words: Words) -> QuerySet[WorkingCopy]:
    return WorkingCopy.objects.filter(
        section=words.section, author=actor.user_id, delegation=words.seat, base=words.base
    )


def _end(actor: Actor, copy: WorkingCopy, kind: str) -> None:
    _record(actor, copy, kind)
    copy.delete()


def _record(actor: Actor, copy: WorkingCopy, kind: str) -> None:
    """Write into the ledger what became of a working copy; for its delegation alone."""
    record(
        kind=kind,
        actor=actor,
        object_type="working_copy",
        object_id=copy.pk,
        seat_id=copy.delegation_id,
        owner_seat_id=copy.delegation_id,
        effective_scope_id=copy.effective_scope_id,
        details={"section": str(copy.section_id), "base": str(copy.base_id)},
        events=[EventSpec(kind, narrow_scope_id=copy.effective_scope_id)],
    )
