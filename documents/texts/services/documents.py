"""Every write to documents themselves."""

import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID

from documents.texts.models import Document, DocumentDelegation
from documents.texts.writing import invalid, require_at
from forums.membership.models import Delegation, Forum, Office
from forums.membership.selectors import is_secretariat, office_holders, readers_of
from forums.organisations.models import Organisation
from platform_api.core.actor import Actor, Role
from platform_api.core.errors import FieldError, Forbidden, Invalid
from platform_api.core.service import locked_row, service
from platform_api.identity.groups import scope_set
from platform_api.identity.models import Scope
from platform_api.ledger.services import EventSpec, record


@service
def document_create(
    *,
    actor: Actor,
    forum: Forum,
    delegation: Delegation,
    kind: str,
    titles: Mapping[str, str],
    working_language: str,
    drafting_group: Iterable[Delegation],
    penholder: Organisation | None = None,
    common: bool = False,
) -> Document:
    """Begin a document of a forum, read by its drafting group.

    delegation: the seat acted for, one of the drafting group. common: the document is the
    forum's rather than that seat's, which only the forum's secretariat may say.

    Raises Forbidden (``drafter_required``, ``not_secretariat``) and Invalid (the drafting group;
    the working language needs a title).
    """
    seats = {seat.pk: seat for seat in drafting_group}
    if Role.DRAFTER not in actor.roles_at(delegation.pk):
        raise Forbidden("A drafter begins a document.", code="drafter_required")
    if common and not is_secretariat(forum, [delegation.pk]):
        raise Forbidden("Only the secretariat begins a common document.", code="not_secretariat")
    if any(seat.forum_id != forum.pk for seat in seats.values()) or delegation.pk not in seats:
        raise Invalid(
            [
                FieldError(
                    "/drafting_group",
                    "not_of_the_forum",
                    "The drafting group is made of delegations of the forum, your own among them.",
                )
            ]
        )
    _check_titles(titles, working_language)
    scope = drafting_scope(forum, seats.values())
    document = Document(
        forum=forum,
        kind=kind,
        titles=dict(titles),
        working_language=working_language,
        penholder=penholder,
        owner_delegation=None if common else delegation,
        drafting_scope=scope,
        effective_scope=scope,
    )
    document.save(force_insert=True)
    DocumentDelegation.objects.bulk_create(
        DocumentDelegation(document=document, delegation=seat) for seat in seats.values()
    )
    record(
        kind="document.created",
        actor=actor,
        object_type="document",
        object_id=document.pk,
        seat_id=delegation.pk,
        owner_seat_id=document.owner_delegation_id,
        effective_scope_id=scope.pk,
        details={"kind": kind, "titles": dict(titles)},
        events=[EventSpec("document.created")],
    )
    return document


def drafting_scope(forum: Forum, seats: Iterable[Delegation]) -> Scope:
    """The reader scope of a set of seats; equal sets share one."""
    ordered = sorted(seats, key=lambda seat: str(seat.pk))
    digest = hashlib.sha256("|".join(str(seat.pk) for seat in ordered).encode()).hexdigest()
    key = f"drafting_group:{forum.pk}:{digest[:32]}"
    return scope_set(Scope.Kind.DRAFTING_GROUP, key, readers_of(ordered))


@service
def document_revise(
    *, actor: Actor, document: Document, if_match: str, titles: Mapping[str, str]
) -> Document:
    """Change a document's titles; a null title is taken out.

    Raises PreconditionFailed, Forbidden, Conflict (``wrong_state``), Invalid (the working language
    needs a title).
    """
    locked = locked_row(Document.objects.all(), document.pk)
    require_at(actor, "revise", locked, if_match)
    before = locked.titles
    locked.titles = {tag: title for tag, title in {**before, **titles}.items() if title}
    _check_titles(locked.titles, locked.working_language)
    if locked.titles == before:
        return locked
    locked.revision += 1
    locked.save(update_fields=["titles", "revision"])
    record(
        kind="document.revised",
        actor=actor,
        object_type="document",
        object_id=locked.pk,
        seat_id=locked.owner_delegation_id or _secretariat(locked),
        owner_seat_id=locked.owner_delegation_id,
        effective_scope_id=locked.effective_scope_id,
        details={"before": before, "after": locked.titles},
        events=[EventSpec("document.revised")],
    )
    return locked


def _check_titles(titles: Mapping[str, str], working_language: str) -> None:
    if working_language not in titles:
        raise invalid(
            f"/titles/{working_language}", "required", "The working language needs a title."
        )


def _secretariat(document: Document) -> UUID | None:
    """The seat that keeps the secretariat of a document's forum today."""
    return next(iter(office_holders(document.forum_id, Office.Kind.SECRETARIAT)), None)
