"""Every write to versions: making one, and presenting it at a meeting."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from documents.texts.models import Document, Revision, Section, SectionState
from documents.texts.numbering import Node, place
from forums.granting.services import GrantChanged, grant_changed
from forums.marking.releasability import require_releasable
from forums.meetings.models import AgendaItem, Meeting, MeetingState
from forums.meetings.selectors import participating_seats
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor, Level
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import locked_row, service
from platform_api.identity.groups import reader_groups_of
from platform_api.ledger.services import EventSpec, record

from .manifest import manifest_sha256, section_sha256
from .models import DocumentVersion, MaterialRole, MeetingMaterial
from .selectors import making_seat

PRESENTED_IN = (MeetingState.PLANNED, MeetingState.REGISTRATION_OPEN, MeetingState.HELD)
"""The states of a meeting at which something may be presented."""


@service
def version_make(*, actor: Actor, document: Document, label: str, kind: str) -> DocumentVersion:
    """Make a version of what is released of a document at this moment.

    Raises Forbidden, Conflict (``nothing_released``, ``wrong_state``).
    """
    locked = locked_row(Document.objects.all(), document.pk)
    access.require(actor, "make_version", locked)
    seat = making_seat(actor, locked)
    if seat is None:
        raise Forbidden("You draft for no seat of this drafting group.", code="drafter_required")
    sections = _released(locked)
    if not sections:
        raise Conflict("Nothing of the document is released yet.", code="nothing_released")
    manifest = {
        "document_kind": locked.kind,
        "titles": locked.titles,
        "working_language": locked.working_language,
        "kind": str(kind),
        "label": label,
        "made_by": _party(seat),
        "sections": sections,
    }
    version = DocumentVersion(
        document=locked,
        forum_id=locked.forum_id,
        owner_delegation_id=locked.owner_delegation_id,
        delegation=seat,
        author_id=actor.require_user(),
        kind=kind,
        label=label,
        manifest=manifest,
        sha256=manifest_sha256(manifest),
    )
    version.save(force_insert=True)
    _record(
        "document_version.made",
        actor,
        version,
        locked,
        seat.pk,
        {"label": label, "kind": str(kind), "sha256": version.sha256},
    )
    return version


@service
def version_present(
    *, actor: Actor, version: DocumentVersion, agenda_item: AgendaItem, until: datetime
) -> MeetingMaterial:
    """Present a version at a meeting: every participating seat reads exactly it until a time.

    The seats are those of this moment. Presenting again at the same point gives later ones the
    same, and may put the end off; it never takes from a seat what it was told it may read.

    Raises Forbidden, Conflict (``meeting_over``, ``no_participating_seats``, and
    ``not_releasable`` where the document's marks leave a seat out) and Invalid
    (``in_the_past``; ``before_present_end``).
    """
    locked = locked_row(DocumentVersion.objects.all(), version.pk)
    access.require(actor, "present", locked)
    document = Document.objects.get(pk=locked.document_id)
    if until <= database_now():
        raise Invalid([FieldError("/until", "in_the_past", "The end lies in the past.")])
    meeting = locked_row(Meeting.objects.all(), agenda_item.meeting_id)
    if meeting.state not in PRESENTED_IN:
        raise Conflict(
            "Nothing is presented at a meeting that is closed or cancelled.",
            code="meeting_over",
            extensions={"state": meeting.state, "allowed": sorted(PRESENTED_IN)},
        )
    seats = participating_seats(meeting)
    if not seats:
        raise Conflict("No seat takes part in the meeting.", code="no_participating_seats")
    require_releasable(type(locked), [locked.pk], [seat.pk for seat in seats])
    material = _material(locked, agenda_item, until)
    reason = f"Presented at the meeting {meeting.pk}."
    _let_read(locked, reader_groups_of(seat.pk for seat in seats).values(), until, reason)
    acting = making_seat(actor, document)
    _record(
        "document_version.presented",
        actor,
        locked,
        document,
        acting.pk if acting else None,
        {
            "meeting": str(meeting.pk),
            "agenda_item": str(agenda_item.pk),
            "until": until.isoformat(),
            "seats": [str(seat.pk) for seat in seats],
            "sha256": locked.sha256,
        },
    )
    return material


def _released(document: Document) -> list[dict[str, Any]]:
    """The released sections of a document in reading order, each pinned to its revision.

    One that is narrower than the document is not among them: the document's readers read a version.
    Nor are tombstones, in whose place stands what is below them.
    """
    rows = {
        row.pk: row
        for row in Section.objects.select_for_update(of=("self",))
        .filter(document=document, inherits=True)
        .exclude(state=SectionState.PRIVATE_DRAFTING)
        .select_related("owner_delegation__country", "owner_delegation__organisation")
        .order_by("id")
    }
    revisions = {
        revision.section_id: revision
        for revision in Revision.objects.filter(
            section__in=rows, at_home=False, number=F("section__revision")
        )
    }
    nodes = (
        Node(
            row.pk,
            row.parent_id if row.parent_id in rows else None,
            row.rank,
            numbered=row.deleted_at is None,
            deleted=row.deleted_at is not None,
        )
        for row in rows.values()
    )
    return [
        _entry(rows[placed.id], revisions[placed.id], placed.number, placed.depth)
        for placed in place(nodes)
        if not placed.deleted
    ]


def _entry(section: Section, revision: Revision, number: str | None, depth: int) -> dict[str, Any]:
    owner = section.owner_delegation
    entry: dict[str, Any] = {
        "section": str(section.pk),
        "revision": str(revision.pk),
        "number": number,
        "depth": depth,
        "title": revision.title,
        "language": revision.language,
        "state": section.state,
        "owner": _party(owner) if owner else None,
        "body": revision.body,
        "chain_hash": bytes(revision.chain_hash).hex(),
    }
    entry["sha256"] = section_sha256(entry)
    return entry


def _party(seat: Delegation) -> dict[str, str | None]:
    return {
        "country": seat.country.code if seat.country else None,
        "organisation": seat.organisation.key if seat.organisation else None,
    }


def _material(version: DocumentVersion, item: AgendaItem, until: datetime) -> MeetingMaterial:
    held = MeetingMaterial.objects.filter(version=version, agenda_item=item).first()
    if held is None:
        made = MeetingMaterial(
            version=version, agenda_item=item, role=MaterialRole.PRESENTED_DRAFT, until=until
        )
        made.save(force_insert=True)
        return made
    if until < held.until:
        raise Invalid(
            [
                FieldError(
                    "/until",
                    "before_present_end",
                    f"It is presented until {held.until.isoformat()}; that can only be put off.",
                )
            ]
        )
    held.until = until
    held.save(update_fields=["until"])
    return held


def _let_read(
    version: DocumentVersion, groups: Iterable[int], until: datetime, reason: str
) -> None:
    """Let groups read a version until a time, or longer where they were told so before."""
    view = access.permission_id(DocumentVersion, Level.READ)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT documents_version_show(%s, %s, %s, %s, %s)",
            [version.pk, view, sorted(groups), until, reason],
        )
        shown: list[int] = cursor.fetchone()[0]
    for group_id in shown:
        grant_changed.fire(GrantChanged(version, "document_version", group_id, gained=True))


def _record(
    kind: str,
    actor: Actor,
    version: DocumentVersion,
    document: Document,
    seat_id: UUID | None,
    details: Mapping[str, object],
) -> None:
    record(
        kind=kind,
        actor=actor,
        object_type="document_version",
        object_id=version.pk,
        seat_id=seat_id,
        owner_seat_id=document.owner_delegation_id,
        effective_scope_id=document.effective_scope_id,
        details=details,
        events=[EventSpec(kind)],
    )
