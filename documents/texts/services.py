"""Every write to documents and sections."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Min, Q

from forums.marking.compiling import seats_reading
from forums.membership.models import Delegation, Forum, Office
from forums.membership.selectors import is_secretariat, office_holders, readers_of
from forums.organisations.models import Organisation
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Forbidden, Invalid
from platform_api.core.service import check_revision, locked_row, service
from platform_api.identity.groups import scope_set
from platform_api.identity.models import Scope
from platform_api.ledger.models import Entry
from platform_api.ledger.services import EventSpec, record
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify

from . import chain
from .marking import settle_section
from .models import (
    Document,
    DocumentDelegation,
    ReleaseCommitment,
    Revision,
    Section,
    SectionState,
)
from .rank import place_of_seat
from .release import wrote_any
from .selectors import acting_seat, scope_of_document, writing_seat


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

    Raises PreconditionFailed, Forbidden, Invalid (the working language needs a title).
    """
    locked = locked_row(Document.objects.all(), document.pk)
    access.require(actor, "revise", locked)
    check_revision(locked.etag_revision, if_match)
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


@service
def section_create(
    *,
    actor: Actor,
    document: Document,
    title: str,
    body: str,
    language: str,
    parent: Section | None = None,
    after: Section | None = None,
    common: bool = False,
    delegation: UUID | None = None,
    note: str = "",
) -> Section:
    """Add a section after a sibling, or as the last of its parent.

    A section of a delegation begins at home; a common one is read by the drafting group at
    once. Under a delegation's section only that delegation adds, and only its own.

    delegation: the seat acted for, needed when the actor has several in the drafting group.
    Raises Forbidden, Invalid, NotVisible.
    """
    access.require(actor, "add_section", document)
    seat = acting_seat(actor, document.pk, delegation)
    if parent is not None:
        access.require(actor, "add_section", parent)
        if parent.document_id != document.pk:
            raise _invalid("/parent", "unknown", "There is no such section in this document.")
        if parent.owner_delegation_id and (common or parent.owner_delegation_id != seat.pk):
            raise _invalid("/common", "not_allowed_here", "The chapter is a delegation's own.")
    if after is not None and (
        after.document_id != document.pk or after.parent_id != (parent.pk if parent else None)
    ):
        raise _invalid("/after", "not_a_sibling", "The section named is not a sibling.")
    now = database_now()
    section = Section(
        document=document,
        parent=parent,
        rank=_rank(actor, document, parent, after, seat),
        owner_delegation=None if common else seat,
        state=SectionState.RELEASED if common else SectionState.PRIVATE_DRAFTING,
        inherits=common,
        effective_scope=None if common else seat.home_scope,
        released_at=now if common else None,
        language=language,
        title=title,
        body=body,
        updated_at=now,
    )
    _write(actor, section, seat, note)
    _record_section("section.created", actor, section, seat.pk, {"note": note})
    return section


@service
def section_revise(
    *,
    actor: Actor,
    section: Section,
    if_match: str,
    title: str | None = None,
    body: str | None = None,
    language: str | None = None,
    note: str = "",
    delegation: UUID | None = None,
) -> Section:
    """Write the next revision of a section; what is None stays as it is.

    A write that changes nothing makes no revision. Raises PreconditionFailed when the section
    has moved on since ``if_match``; nothing is written then.
    """
    locked = _locked(section)
    access.require(actor, "revise", locked)
    check_revision(locked.etag_revision, if_match)
    seat = writing_seat(actor, locked, delegation)
    content = (
        locked.title if title is None else title,
        locked.body if body is None else body,
        locked.language if language is None else language,
    )
    if content == (locked.title, locked.body, locked.language):
        return locked
    locked.title, locked.body, locked.language = content
    locked.revision += 1
    locked.updated_at = database_now()
    _write(actor, locked, seat, note)
    _record_section("section.revised", actor, locked, seat.pk, {"note": note})
    return locked


@service
def section_release(
    *, actor: Actor, section: Section, if_match: str, include_descendants: bool = False
) -> Section:
    """Let the drafting group read a section from now on; the approval of its owner's head.

    The public chain begins with the present text and a salted commitment to the home chain.
    include_descendants: release the owner's private sections below it too, or nothing.

    Raises Forbidden (``head_required``, ``four_eyes``), Conflict (``wrong_state``,
    ``parent_not_released``), PreconditionFailed.
    """
    locked = _locked(section)
    try:
        access.require(actor, "release", locked)
    except Conflict:
        # 412 comes before 409: who is late learns what is there now.
        check_revision(locked.etag_revision, if_match)
        raise
    check_revision(locked.etag_revision, if_match)
    if locked.parent is not None and locked.parent.state == SectionState.PRIVATE_DRAFTING:
        raise Conflict(
            "The section above is still at home; release that first.", code="parent_not_released"
        )
    now = database_now()
    _release_one(actor, locked, now)
    if include_descendants:
        for child in _private_below(locked):
            access.require(actor, "release", child)
            _release_one(actor, child, now)
    return locked


def _release_one(actor: Actor, section: Section, now: datetime) -> None:
    home_scope = section.effective_scope
    home_head, home_link = section.head, bytes(section.chain_hash)
    section.single_person_release = wrote_any(actor, section)
    section.state = SectionState.RELEASED
    section.inherits = True
    section.effective_scope = None
    settle_section(section)
    section.released_at = section.updated_at = now
    section.revision = 1
    salt = secrets.token_bytes(32)
    seat = section.owner_delegation
    assert seat is not None
    assert home_scope is not None
    commitment = chain.release_commitment(salt, home_link)
    first = _write(actor, section, seat, "", commitment=commitment)
    ReleaseCommitment(
        revision=first, home_revision_id=home_head, salt=salt, effective_scope=home_scope
    ).save(force_insert=True)
    entry = _record_section(
        "section.released",
        actor,
        section,
        seat.pk,
        {"single_person": section.single_person_release},
    )
    group = DocumentDelegation.objects.filter(document=section.document).exclude(delegation=seat)
    if not section.inherits:
        scope = section.effective_scope_id
        reads = seats_reading(scope) if scope else Q(pk__in=[])
        group = group.filter(delegation__in=Delegation.objects.filter(reads))
    notify(
        actor=actor,
        to=people_at(group.values_list("delegation", flat=True), [Role.READER]),
        kind="section.released",
        matter=entry,
        object_type="section",
        object_id=section.pk,
        forum=section.document.forum.slug,
    )


def _locked(section: Section) -> Section:
    # Its document is not joined: a section may be granted to who does not see that.
    sections = Section.objects.select_related("owner_delegation", "effective_scope", "parent")
    return locked_row(sections, section.pk)


def _private_below(section: Section) -> list[Section]:
    """The owner's private sections below a section, parents before children, locked."""
    found: list[Section] = []
    level = [section.pk]
    while level:
        children = list(
            Section.objects.select_related("document", "owner_delegation", "effective_scope")
            .select_for_update(of=("self",))
            .filter(
                parent__in=level,
                owner_delegation=section.owner_delegation,
                state=SectionState.PRIVATE_DRAFTING,
            )
            .order_by("id")
        )
        found += children
        level = [child.pk for child in children]
    return found


def _check_titles(titles: Mapping[str, str], working_language: str) -> None:
    if working_language not in titles:
        raise _invalid(
            f"/titles/{working_language}", "required", "The working language needs a title."
        )


def _secretariat(document: Document) -> UUID | None:
    """The seat that keeps the secretariat of a document's forum today."""
    return next(iter(office_holders(document.forum_id, Office.Kind.SECRETARIAT)), None)


def _write(
    actor: Actor,
    section: Section,
    seat: Delegation,
    note: str,
    *,
    commitment: bytes | None = None,
) -> Revision:
    """Save a section together with the revision of its present text, linked to its head.

    commitment: what the first revision of a public chain is linked to.
    """
    content = chain.content_digest(
        title=section.title, body=section.body, language=section.language
    )
    first = section.revision == 1
    before = (commitment or chain.GENESIS) if first else bytes(section.chain_hash)
    at_home = section.state == SectionState.PRIVATE_DRAFTING
    revision = Revision(
        section=section,
        number=section.revision,
        at_home=at_home,
        effective_scope=section.effective_scope if at_home else None,
        inherits=not at_home,
        parent_id=None if first else section.head,
        author_id=actor.require_user(),
        delegation=seat,
        note=note,
        language=section.language,
        title=section.title,
        body=section.body,
        content_sha256=content,
        home_commitment=commitment,
        chain_hash=chain.link(before, content),
    )
    section.head, section.chain_hash = revision.pk, revision.chain_hash
    section.save(force_insert=section._state.adding)
    revision.save(force_insert=True)
    return revision


def _rank(
    actor: Actor,
    document: Document,
    parent: Section | None,
    after: Section | None,
    seat: Delegation,
) -> str:
    """A place after a sibling and before the next one the actor sees, or at the end."""
    siblings = Section.objects.visible_to(actor).filter(document=document, parent=parent)
    # Seats are numbered as they joined; ended ones keep their numbers.
    number = Delegation.objects.filter(forum=document.forum_id, pk__lte=seat.pk).count()
    if after is None:
        last = siblings.aggregate(last=Max("rank"))["last"]
        return place_of_seat(last or "", None, number)
    following = siblings.filter(rank__gt=after.rank).aggregate(next=Min("rank"))["next"]
    return place_of_seat(after.rank, following, number)


def _record_section(
    kind: str, actor: Actor, section: Section, seat_id: UUID, details: Mapping[str, object]
) -> Entry:
    return record(
        kind=kind,
        actor=actor,
        object_type="section",
        object_id=section.pk,
        seat_id=seat_id,
        owner_seat_id=section.owner_delegation_id,
        effective_scope_id=section.effective_scope_id or scope_of_document(section.document_id),
        details={"revision": section.etag_revision, **details},
        events=[EventSpec(kind, narrow_scope_id=_home_scope(section))],
    )


def _home_scope(section: Section) -> int | None:
    """The readers that what is done to a section at home is told to, now and later."""
    return section.effective_scope_id if section.state == SectionState.PRIVATE_DRAFTING else None


def _invalid(pointer: str, code: str, detail: str) -> Invalid:
    return Invalid([FieldError(pointer, code, detail)])
