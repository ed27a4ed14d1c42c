"""Reads of versions that are more than a queryset."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from documents.texts.chain import content_digest
from documents.texts.models import Document, Revision
from forums.membership.models import Delegation
from platform_api.core.actor import Actor, Role
from platform_api.ledger.models import Detail

from .manifest import first_difference, is_head_purged, is_purged, manifest_sha256
from .models import DocumentVersion

HEAD_PURGED = "document_version.purged"
"""The kind of the ledger entry without which emptied titles are a fault."""


def sees_document(actor: Actor, version: DocumentVersion) -> bool:
    """Whether an actor reads the document that a version is of, and not the version alone."""
    return Document.objects.visible_to(actor).filter(pk=version.document_id).exists()


def making_seat(actor: Actor, document: Document) -> Delegation | None:
    """The drafting seat for which an actor makes a version: the owner's, else one of its own."""
    held = [seat for seat, roles in actor.seats.items() if Role.DRAFTER in roles]
    seats = Delegation.objects.filter(drafted_documents=document, pk__in=held).select_related(
        "country", "organisation"
    )
    ordered = sorted(
        seats, key=lambda seat: (seat.pk != document.owner_delegation_id, str(seat.pk))
    )
    return next(iter(ordered), None)


def verification(actor: Actor, version: DocumentVersion) -> dict[str, Any]:
    """What recomputing the hashes of a version shows; the form is ``DocumentVersionCheck``.

    For who reads the document, each section is compared with the revision it is pinned to, too.
    """
    sections = version.manifest["sections"]
    computed = manifest_sha256(version.manifest)
    index = first_difference(sections)
    pinned = _pinned(actor, sections) if sees_document(actor, version) else None
    if pinned is not None:
        moved = _first_unpinned(sections, pinned)
        index = min((each for each in (index, moved) if each is not None), default=None)
    differs = None if index is None else sections[index]
    return {
        "intact": differs is None and _head_stands(version, computed),
        "computed_sha256": computed,
        "revisions_compared": pinned is not None,
        "first_difference": differs
        and {"number": differs["number"], "title": differs["title"], "position": index},
        "purged": [
            {"position": position, "number": section["number"], **section["purged"]}
            for position, section in enumerate(sections)
            if is_purged(section)
        ],
        "head_purged": version.manifest.get("purged"),
    }


def _head_stands(version: DocumentVersion, computed: str) -> bool:
    """Whether a manifest has its hash; or, where its titles were purged, the one that the ledger
    says it has since."""
    if computed == version.sha256:
        return True
    if not is_head_purged(version.manifest):
        return False
    told = Detail.objects.filter(
        entry__object_type="document_version",
        entry__object_id=str(version.pk),
        entry__kind=HEAD_PURGED,
        payload={"sha256": version.sha256, "sha256_now": computed},
    )
    return told.exists()


def _pinned(actor: Actor, sections: Sequence[Any]) -> dict[UUID, Revision]:
    rows = Revision.objects.visible_to(actor).filter(
        pk__in=[section["revision"] for section in sections]
    )
    return {row.pk: row for row in rows}


def _first_unpinned(sections: Sequence[Any], pinned: dict[UUID, Revision]) -> int | None:
    """The first section whose text is not that of its revision, or whose revision is not whole."""
    for index, section in enumerate(sections):
        revision = pinned.get(UUID(section["revision"]))
        if revision is None:
            return index
        if is_purged(section) and revision.purged_at is not None:
            continue
        shown = content_digest(
            title=section["title"], body=section["body"], language=section["language"]
        )
        written = content_digest(
            title=revision.title, body=revision.body, language=revision.language
        )
        if not (
            shown == written == bytes(revision.content_sha256)
            and bytes(revision.chain_hash).hex() == section["chain_hash"]
        ):
            return index
    return None
