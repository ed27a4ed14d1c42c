"""Every write of purging: asking for it, carrying it out, leaving it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from documents.attachments.models import Attachment
from documents.attachments.recording import belongs_to
from documents.texts.models import Document, Revision, Section
from documents.texts.writing import invalid, locked_section
from documents.versions.models import DocumentVersion
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
from .cutting import cut_document, cut_section, empty_files
from .erasing import holds, squeezed
from .models import Purge, PurgeState

Text = Section | Document
"""What the passages, revisions and files hang on that a purge removes."""


@service
def purge_request(
    *,
    actor: Actor,
    of: Text | Attachment,
    reason: str,
    passage: str = "",
    target: Revision | None = None,
) -> Purge:
    """Ask to remove something for good. Nothing is removed until another person of the seat that
    keeps it carries that out.

    of: a section, out of which and of all that hangs on it a passage, or the content of the
    revision ``target``, is to go; a document, out of whose titles and own files a passage is to
    go; or an attached file, which is to go as a whole.

    Raises Forbidden (``not_keeper``, ``drafter_required``, ``person_required``), Conflict
    (``present_text``: the revision is the section's present text; ``purged``) and Invalid
    (``absent``: nothing that the actor sees holds the passage; ``holds_passage``).
    """
    file = of if isinstance(of, Attachment) else None
    locked = _locked(belongs_to(of) if isinstance(of, Attachment) else of)
    seat_id = keeper_of(locked)
    roles = actor.roles_at(seat_id)
    if seat_id is None or not roles:
        raise Forbidden("Your seat does not keep this text.", code="not_keeper")
    if Role.DRAFTER not in roles:
        raise Forbidden("A drafter or the head asks for a purge.", code="drafter_required")
    _require_person(actor)
    passage = squeezed(passage)
    if file is not None:
        _check_file(file)
    elif target is not None:
        _check_target(locked, target)
    elif not _seen_in(actor, locked, passage):
        raise invalid("/passage", "absent", "Nothing that you see of it holds the passage.")
    elif holds(reason, passage):
        raise invalid("/reason", "holds_passage", "The reason stays; do not repeat the passage.")
    seat = Delegation.objects.get(pk=seat_id)
    assert seat.home_scope_id is not None
    purge = Purge(
        section=locked if isinstance(locked, Section) else None,
        document=locked if isinstance(locked, Document) else None,
        delegation=seat,
        effective_scope_id=seat.home_scope_id,
        requested_by_id=actor.require_user(),
        passage=passage,
        target=target,
        attachment=file,
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
    """Remove what was asked for: from revisions, the present text, titles, versions, attached
    files, the ledger's details, kept answers and what others wrote on the section. Hashes and a
    tombstone are left.

    The present text goes on in a new revision without the passage. The bytes of files go after
    the transaction, at once or by a job that is tried again until they are gone.

    Raises PreconditionFailed, Forbidden (``head_required``, ``two_persons``, ``person_required``)
    and Conflict (``wrong_state``; ``gone``: the seat keeps the text no more; ``present_text``;
    ``purged``; ``title_empty``: the passage is the whole present title).
    """
    locked = _permitted(actor, "carry_out", purge, if_match)
    _require_person(actor)
    text = _locked(_text_of(locked))
    if keeper_of(text) != locked.delegation_id:
        raise Conflict("The seat does not keep this text any more.", code="gone")
    if locked.attachment_id is not None:
        file = locked_row(Attachment.objects.all(), locked.attachment_id)
        _check_file(file)
        removed = empty_files(actor, text, locked, [file.pk])
    elif isinstance(text, Document):
        removed = cut_document(actor, text, locked)
    else:
        if locked.target is not None:
            _check_target(text, locked.target)
        removed = cut_section(actor, text, locked)
    _decide(actor, locked, PurgeState.CARRIED_OUT)
    _record("purge.carried_out", actor, locked, removed)
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
    locked = locked_row(Purge.objects.select_related("section", "document", "target"), purge.pk)
    try:
        access.require(actor, ability, locked)
    except Conflict:
        check_revision(locked.etag_revision, if_match)
        raise
    check_revision(locked.etag_revision, if_match)
    return locked


def _locked(text: Text) -> Text:
    if isinstance(text, Section):
        return locked_section(text)
    return locked_row(Document.objects.all(), text.pk)


def _text_of(purge: Purge) -> Text:
    text = purge.section or purge.document
    assert text is not None, "a constraint asks for one of the two"
    return text


def _check_file(file: Attachment) -> None:
    if file.purged_at is not None:
        raise Conflict("It is purged already.", code="purged")


def _check_target(text: Text, target: Revision) -> None:
    if not isinstance(text, Section) or target.section_id != text.pk:
        raise invalid("/revision", "unknown", "The section has no such revision.")
    if target.pk == text.head:
        raise Conflict("It is the present text; revise the section first.", code="present_text")
    if target.purged_at is not None:
        raise Conflict("Its content is purged already.", code="purged")


def _seen_in(actor: Actor, text: Text, passage: str) -> bool:
    """Whether the text itself, as the actor sees it, or the name of a file of it holds a passage.

    What others wrote on it is left out, so that a request tells nothing of hidden rows.
    """
    return any(passage in squeezed(each) for each in _texts_seen(actor, text))


def _texts_seen(actor: Actor, text: Text) -> Iterator[str]:
    if isinstance(text, Section):
        rows = Revision.objects.visible_to(actor).filter(section=text, purged_at=None)
        yield from chain.from_iterable(rows.values_list("title", "body", "note").iterator(50))
        files = Attachment.objects.visible_to(actor).filter(section=text)
    else:
        yield from text.titles.values()
        versions = DocumentVersion.objects.visible_to(actor).filter(document=text)
        for titles, label in versions.values_list("manifest__titles", "label").iterator(50):
            yield from [label, *titles.values()]
        files = Attachment.objects.visible_to(actor).filter(document=text)
    yield from files.values_list("name", flat=True)


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
        details={**_about(purge), **details},
        events=[EventSpec(kind)],
    )


def _about(purge: Purge) -> dict[str, str]:
    """What a purge is about, by its kind."""
    text = "section" if purge.section_id is not None else "document"
    about = {text: str(purge.section_id or purge.document_id)}
    if purge.attachment_id is not None:
        about["attachment"] = str(purge.attachment_id)
    return about
