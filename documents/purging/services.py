"""Every write of purging: asking for it, carrying it out, leaving it."""

from typing import Any
from uuid import UUID

from documents.texts.models import Revision, Section, SectionState
from documents.texts.selectors import scope_of_document
from documents.texts.verification import PURGED
from documents.texts.writing import invalid, locked_section, record_section, write_section
from forums.membership.models import Delegation
from forums.membership.selectors import forum_slug_of
from platform_api.core import access
from platform_api.core.actor import Actor, ActorKind, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, Forbidden
from platform_api.core.service import check_revision, locked_row, service
from platform_api.ledger.idempotency import forget_answers
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from .access import keeper_of
from .erasing import carried_out, forgotten, holds, squeezed, without
from .models import Purge, PurgeState


@service
def purge_request(
    *,
    actor: Actor,
    section: Section,
    reason: str,
    passage: str = "",
    target: Revision | None = None,
) -> Purge:
    """Ask to remove a passage wherever the section and what hangs on it hold it, or the content of
    one revision. Nothing is removed until another person of the seat carries it out.

    Raises Forbidden (``not_keeper``, ``drafter_required``, ``person_required``), Conflict
    (``present_text``: the revision is the section's present text; ``purged``) and Invalid
    (``absent``: no revision that the actor sees holds the passage; ``holds_passage``).
    """
    locked = locked_section(section)
    seat_id = keeper_of(locked)
    roles = actor.roles_at(seat_id)
    if seat_id is None or not roles:
        raise Forbidden("Your seat does not keep this section.", code="not_keeper")
    if Role.DRAFTER not in roles:
        raise Forbidden("A drafter or the head asks for a purge.", code="drafter_required")
    _require_person(actor)
    passage = squeezed(passage)
    if target is not None:
        _check_target(locked, target)
    elif not _seen_in(actor, locked, passage):
        raise invalid("/passage", "absent", "No revision of the section that you see holds it.")
    elif holds(reason, passage):
        raise invalid("/reason", "holds_passage", "The reason stays; do not repeat the passage.")
    seat = Delegation.objects.get(pk=seat_id)
    assert seat.home_scope_id is not None
    purge = Purge(
        section=locked,
        delegation=seat,
        effective_scope_id=seat.home_scope_id,
        requested_by_id=actor.require_user(),
        passage=passage,
        target=target,
        reason=reason,
    )
    purge.save(force_insert=True)
    entry = _record("purge.requested", actor, purge, {"reason": reason})
    notify(
        actor=actor,
        to=people_at([seat.pk], [Role.HEAD]),
        kind="purge.requested",
        matter=entry,
        object_type="purge",
        object_id=purge.pk,
        forum=forum_slug_of(seat.pk),
    )
    return purge


@service
def purge_carry_out(*, actor: Actor, purge: Purge, if_match: str) -> Purge:
    """Remove what was asked for: from revisions, the present text, versions, the ledger's details,
    kept answers and what others wrote on the section. Hashes and a tombstone are left.

    The present text goes on in a new revision without the passage.

    Raises PreconditionFailed, Forbidden (``head_required``, ``two_persons``, ``person_required``)
    and Conflict (``wrong_state``; ``gone``: the seat keeps the section no more; ``present_text``;
    ``title_empty``: the passage is the whole present title).
    """
    locked = _permitted(actor, "carry_out", purge, if_match)
    _require_person(actor)
    section = locked_section(locked.section)
    if keeper_of(section) != locked.delegation_id:
        raise Conflict("The seat does not keep this section any more.", code="gone")
    if locked.target is not None:
        _check_target(section, locked.target)
    else:
        _cut(actor, section, locked)
    passage = locked.passage
    revisions = list(Revision.objects.filter(pk__in=carried_out(locked)).order_by("id"))
    forgotten(actor, locked, passage, revisions)
    _decide(actor, locked, PurgeState.CARRIED_OUT)
    for revision in revisions:
        _record_purged(actor, section, revision, locked.delegation_id)
    _record("purge.carried_out", actor, locked, {"revisions": [str(row.pk) for row in revisions]})
    return locked


@service
def purge_withdraw(*, actor: Actor, purge: Purge, if_match: str) -> Purge:
    """Leave a purge; the passage it named is forgotten with it.

    Raises PreconditionFailed, Forbidden, Conflict (``wrong_state``).
    """
    locked = _permitted(actor, "withdraw", purge, if_match)
    _decide(actor, locked, PurgeState.WITHDRAWN)
    _record("purge.withdrawn", actor, locked, {})
    return locked


def _require_person(actor: Actor) -> None:
    if actor.kind is not ActorKind.PERSON:
        raise Forbidden("Two persons purge; a client is none.", code="person_required")


def _permitted(actor: Actor, ability: str, purge: Purge, if_match: str) -> Purge:
    """The locked purge; who is late learns so before its state counts."""
    locked = locked_row(Purge.objects.select_related("section", "target"), purge.pk)
    try:
        access.require(actor, ability, locked)
    except Conflict:
        check_revision(locked.etag_revision, if_match)
        raise
    check_revision(locked.etag_revision, if_match)
    return locked


def _check_target(section: Section, target: Revision) -> None:
    if target.section_id != section.pk:
        raise invalid("/revision", "unknown", "The section has no such revision.")
    if target.pk == section.head:
        raise Conflict("It is the present text; revise the section first.", code="present_text")
    if target.purged_at is not None:
        raise Conflict("Its content is purged already.", code="purged")


def _seen_in(actor: Actor, section: Section, passage: str) -> bool:
    rows = Revision.objects.visible_to(actor).filter(section=section, purged_at=None)
    texts = rows.values_list("title", "body", "note").iterator(50)
    return any(passage in squeezed(text) for row in texts for text in row)


def _cut(actor: Actor, section: Section, purge: Purge) -> None:
    """Go on with a present text without the passage, where that holds it, or its note does."""
    title, body = without(section.title, purge.passage), without(section.body, purge.passage)
    note = Revision.objects.filter(pk=section.head).values_list("note", flat=True).first() or ""
    if (title, body) == (section.title, section.body) and not holds(note, purge.passage):
        return
    if not title.strip():
        raise Conflict("It is the whole title; give the section another.", code="title_empty")
    section.title, section.body = title, body
    section.revision += 1
    section.updated_at = database_now()
    write_section(actor, section, purge.delegation, "")
    record_section("section.revised", actor, section, purge.delegation_id, {"note": ""})


def _decide(actor: Actor, purge: Purge, state: PurgeState) -> None:
    purge.state = state
    purge.passage = ""
    purge.decided_by_id = actor.require_user()
    purge.decided_at = database_now()
    purge.revision += 1
    purge.save(update_fields=["state", "passage", "decided_by", "decided_at", "revision"])
    forget_answers(resources=[("purge", str(purge.pk))])


def _record(kind: str, actor: Actor, purge: Purge, details: dict[str, Any]) -> Entry:
    """What the seat that keeps the section is told, and nobody else."""
    return record(
        kind=kind,
        actor=actor,
        object_type="purge",
        object_id=purge.pk,
        seat_id=purge.delegation_id,
        owner_seat_id=purge.delegation_id,
        effective_scope_id=purge.effective_scope_id,
        details={"section": str(purge.section_id), **details},
        events=[EventSpec(kind)],
    )


def _record_purged(actor: Actor, section: Section, revision: Revision, seat_id: UUID) -> None:
    """What whoever reads the revision is told, and what its verification rests on."""
    at_home = revision.effective_scope_id
    public = section.effective_scope_id or scope_of_document(section.document_id)
    assert at_home is not None or section.state != SectionState.PRIVATE_DRAFTING
    record(
        kind=PURGED,
        actor=actor,
        object_type="revision",
        object_id=revision.pk,
        seat_id=seat_id,
        owner_seat_id=section.owner_delegation_id,
        effective_scope_id=at_home or public,
        events=[EventSpec(PURGED, narrow_scope_id=at_home)],
    )
