"""The release of a section from its owner's home to the drafting group."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import prefetch_related_objects

from documents.texts import chain
from documents.texts.marking import settle_sections
from documents.texts.models import (
    Document,
    ReleaseCommitment,
    Revision,
    Section,
    SectionState,
)
from documents.texts.release import wrote_any
from documents.texts.selectors import scope_of_document, with_authorship
from documents.texts.writing import (
    hold_document,
    locked_section,
    next_revision,
    read_again,
    require_at,
    section_entry,
)
from forums.marking.compiling import seats_reading
from forums.membership.models import Delegation
from platform_api.core import access
from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.errors import Conflict, FieldError, Invalid
from platform_api.core.service import service
from platform_api.ledger.models import Entry
from platform_api.ledger.services import record_all
from platform_api.notifications.selectors import people_at
from platform_api.notifications.services import notify


@service
def section_release(
    *, actor: Actor, section: Section, if_match: str, include_descendants: bool = False
) -> Section:
    """Let the drafting group read a section from now on; the approval of its owner's head.

    The public chain begins with the present text and a salted commitment to the home chain.
    include_descendants: release the owner's private sections below it too, or nothing.

    Raises Forbidden (``head_required``, ``four_eyes``), Conflict (``wrong_state``,
    ``parent_not_released``, ``text_fixed``), PreconditionFailed.
    """
    hold_document(section.document_id)
    locked = locked_section(section)
    require_at(actor, "release", locked, if_match)
    if locked.parent is not None and locked.parent.state == SectionState.PRIVATE_DRAFTING:
        raise Conflict(
            "The section above is still at home; release that first.", code="parent_not_released"
        )
    below = _private_below(locked) if include_descendants else []
    for child in below:
        access.require(actor, "release", child)
    _release(actor, locked.document, [locked, *below])
    return locked


@service
def sections_release(
    *, actor: Actor, document: Document, sections: Mapping[UUID, str]
) -> list[Section]:
    """Let the drafting group read many sections of a document from now on, all or none.

    sections: the revision of each that the head has read. The number of statements does not
    depend on how many they are, and each has its own entry and event, as if it were released
    alone; whoever is notified is so once.

    Raises Invalid with an error at each section that can't be released (``unknown``, the reason
    of a denial, ``precondition_failed``, ``wrong_state``, ``parent_not_released`` where the one
    above is neither released nor among them), and Conflict (``text_fixed``).
    """
    hold_document(document.pk)
    document = read_again(document)
    locked = _locked(actor, document, sections)
    refused = [
        (f"/sections/{index}", _refusal(actor, locked.get(key), revision, locked))
        for index, (key, revision) in enumerate(sections.items())
    ]
    errors = [
        FieldError(place, code, _SAID.get(code, _NOT_YOURS))
        for place, code in refused
        if code not in ("", "text_fixed")
    ]
    if errors:
        raise Invalid(errors)
    released = [locked[key] for key in sections]
    if any(code for _, code in refused):
        access.require(actor, "release", released[0])
    _release(actor, document, released)
    return released


_NOT_YOURS = "You may not release this."
_SAID = {
    "unknown": "There is no such section in this document.",
    "precondition_failed": "It has changed since it was read.",
    "wrong_state": "It is not at home any more.",
    "deleted": "It is deleted.",
    "four_eyes": "You wrote of it; another head releases it.",
    "parent_not_released": "The section above is still at home; release that with it.",
}


def _refusal(
    actor: Actor, section: Section | None, revision: str, among: Mapping[UUID, Section]
) -> str:
    """Why a section is not released, as a stable code; empty when it can be."""
    if section is None:
        return "unknown"
    decision = access.decide(actor, "release", section, seen=True)
    if not decision.allowed and not decision.is_state:
        return decision.reason
    if section.etag_revision != revision:
        return "precondition_failed"
    above = section.parent
    at_home = above is not None and above.state == SectionState.PRIVATE_DRAFTING
    if decision.allowed and at_home and section.parent_id not in among:
        return "parent_not_released"
    return decision.reason


def _locked(actor: Actor, document: Document, keys: Iterable[UUID]) -> dict[UUID, Section]:
    """Those of a document's sections that the actor sees, locked, with what a release looks at."""
    rows = Section.objects.filter(document=document, pk__in=list(keys)).order_by("id")
    # Waited for and then read: what is joined is otherwise that of before a move.
    list(rows.select_for_update().values_list("pk"))
    found = with_authorship(rows.visible_to(actor), actor)
    locked = {row.pk: row for row in found.select_related("owner_delegation", "effective_scope")}
    prefetch_related_objects([document], "documentdelegation_set")
    tree = Section.objects.filter(document=document).defer("title", "body")
    above = {row.pk: row for row in tree}
    for row in [*above.values(), *locked.values()]:
        row.document = document
        if row.parent_id in above:
            row.parent = above[row.parent_id]
    return locked


_WRITTEN = (
    "state",
    "inherits",
    "effective_scope",
    "single_person_release",
    "home_writers",
    "released_at",
    "updated_at",
    "revision",
    "head",
    "chain_hash",
)


def _release(actor: Actor, document: Document, sections: Sequence[Section]) -> None:
    """Take locked sections of a document out of their home; whether that may be was decided."""
    now = database_now()
    revisions, commitments = [], []
    homes = [(each.effective_scope, each.head, bytes(each.chain_hash)) for each in sections]
    for section in sections:
        section.single_person_release = wrote_any(actor, section)
        section.state = SectionState.RELEASED
        section.home_writers = []
        section.released_at = section.updated_at = now
        section.revision = 1
    settle_sections(document, sections)
    for section, (home_scope, home_head, home_link) in zip(sections, homes, strict=True):
        assert section.owner_delegation is not None
        assert home_scope is not None
        salt = secrets.token_bytes(32)
        commitment = chain.release_commitment(salt, home_link)
        first = next_revision(actor, section, section.owner_delegation, "", commitment=commitment)
        revisions.append(first)
        commitments.append(
            ReleaseCommitment(
                revision=first, home_revision_id=home_head, salt=salt, effective_scope=home_scope
            )
        )
    Section.objects.bulk_update(sections, _WRITTEN)
    Revision.objects.bulk_create(revisions)
    ReleaseCommitment.objects.bulk_create(commitments)
    _told(actor, document, sections)


def _told(actor: Actor, document: Document, sections: Sequence[Section]) -> None:
    """Record each release; notify, once, whoever reads one of the sections from now on."""
    ring = scope_of_document(document.pk)
    entries = record_all(
        actor,
        [
            section_entry(
                "section.released",
                section,
                _owner(section),
                {"single_person": section.single_person_release},
                document_scope=ring,
            )
            for section in sections
        ],
    )
    told: set[UUID] = set()
    for (scope, seat), (section, entry) in _first_of_each(ring, sections, entries).items():
        seats = Delegation.objects.filter(seats_reading(scope)).exclude(pk=seat)
        people = people_at(seats.values_list("pk", flat=True), [Role.READER])
        notify(
            actor=actor,
            to=[user for user in people if user.pk not in told],
            kind="section.released",
            matter=entry,
            object_type="section",
            object_id=section.pk,
            forum=document.forum.slug,
        )
        told |= {user.pk for user in people}


def _first_of_each(
    ring: int | None, sections: Sequence[Section], entries: Sequence[Entry]
) -> dict[tuple[int | None, UUID], tuple[Section, Entry]]:
    """The first of the sections, with its entry, of each scope of readers and owner."""
    found: dict[tuple[int | None, UUID], tuple[Section, Entry]] = {}
    for section, entry in zip(sections, entries, strict=True):
        scope = ring if section.inherits else section.effective_scope_id
        found.setdefault((scope, _owner(section)), (section, entry))
    return found


def _owner(section: Section) -> UUID:
    assert section.owner_delegation_id is not None
    return section.owner_delegation_id


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
                deleted_at=None,
                state=SectionState.PRIVATE_DRAFTING,
            )
            .order_by("id")
        )
        found += children
        level = [child.pk for child in children]
    return found
