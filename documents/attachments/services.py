"""Every write to attachments."""

from uuid import UUID

from django.conf import settings
from django.core.files.base import File

from documents.texts.models import Document, Section
from documents.texts.selectors import acting_seat, writing_seat
from documents.texts.writing import locked_section, require_at
from platform_api.core import access
from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict
from platform_api.core.service import locked_row, service

from .access import WRITES
from .examining import Examined
from .models import Attachment
from .recording import belongs_to, record_attachment
from .storing import remove_after_commit, store


@service
def attachment_add(
    *,
    actor: Actor,
    to: Document | Section,
    file: "File[bytes]",
    examined: Examined,
    delegation: UUID | None = None,
) -> Attachment:
    """Attach a file that was examined to a section or a document.

    delegation: the seat acted for, where the actor has several there. Raises Forbidden, Invalid,
    Conflict (``wrong_state``, ``too_many_attachments``).
    """
    locked = _locked(to)
    access.require(actor, WRITES[type(locked)], locked)
    section = locked if isinstance(locked, Section) else None
    document = locked if isinstance(locked, Document) else None
    held = Attachment.objects.filter(section=section, document=document, deleted_at=None)
    most = int(settings.ATTACHMENTS_OF_ONE)
    if held.count() >= most:
        raise Conflict(
            "It carries as many files as it may; delete one first.",
            code="too_many_attachments",
            extensions={"most": most},
        )
    if section is not None:
        seat = writing_seat(actor, section, delegation)
    else:
        seat = acting_seat(actor, locked.pk, delegation)
    attachment = Attachment(
        section=section,
        document=document,
        name=examined.name,
        media_type=examined.kind,
        size=examined.size,
        sha256=examined.sha256,
        stored_as=store(file),
        delegation=seat,
        author_id=actor.require_user(),
    )
    attachment.save(force_insert=True)
    record_attachment(
        "attachment.added", actor, attachment, locked, seat.pk, {"name": examined.name}
    )
    return attachment


@service
def attachment_delete(*, actor: Actor, attachment: Attachment, if_match: str) -> Attachment:
    """Delete an attachment's file; its name, size and hash stay as its tombstone.

    Raises PreconditionFailed, Forbidden, Conflict (``already_deleted``; ``wrong_state`` and others
    of what it belongs to).
    """
    rows = Attachment.objects.all()
    seen = rows.filter(pk=attachment.pk).first()
    # What it belongs to is locked first, as when a file is attached.
    belongs = _locked(belongs_to(seen or attachment))
    locked = locked_row(rows, attachment.pk)
    require_at(actor, "delete", locked, if_match)
    if locked.stored_as is None:
        raise Conflict("The file is deleted already.", code="already_deleted")
    remove_after_commit(locked.stored_as)
    locked.stored_as = None
    locked.deleted_at = database_now()
    locked.revision += 1
    locked.save(update_fields=["stored_as", "deleted_at", "revision"])
    seats = [locked.delegation_id, belongs.owner_delegation_id]
    seat = next((each for each in seats if each and actor.roles_at(each)), None)
    record_attachment("attachment.deleted", actor, locked, belongs, seat, {"name": locked.name})
    return locked


def _locked(to: Document | Section) -> Document | Section:
    if isinstance(to, Section):
        return locked_section(to)
    return locked_row(Document.objects.all(), to.pk)
