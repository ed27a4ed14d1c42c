"""Recomputing the chains of a section, and naming the first revision that does not fit.

A chain is read oldest first and never held as a whole. Purged content is no fault: its digest is
still linked, and the ledger says who removed it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from platform_api.core.actor import Actor
from platform_api.ledger.models import Entry

from . import chain
from .models import ReleaseCommitment, Revision, Section, SectionState

PURGED = "revision.purged"
"""The kind of the ledger entry without which a tombstone is a fault."""

REVISIONS_AT_ONCE = 50
"""How many are fetched at once; no more are held."""


class Misfit(StrEnum):
    """What is not as it was written."""

    MISSING = "missing"
    PARENT = "parent"
    CONTENT = "content"
    CHAIN_HASH = "chain_hash"
    HOME_COMMITMENT = "home_commitment"
    PRESENT_TEXT = "present_text"
    PURGE = "purge"


@dataclass(frozen=True, slots=True)
class Difference:
    """A revision that does not fit; of one that is missing, the id may be unknown."""

    what: Misfit
    at_home: bool
    number: int
    revision: UUID | None


@dataclass
class ChainReport:
    """What reading the chains of a section shows.

    revisions: how many were looked at. differences: all of them, in the order of the chains.
    """

    revisions: int = 0
    differences: list[Difference] = field(default_factory=list)
    purged: list[Revision] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return not self.differences

    @property
    def first_difference(self) -> Difference | None:
        return next(iter(self.differences), None)


def verification(actor: Actor, section: Section) -> ChainReport:
    """What recomputing the chains that an actor sees of a section shows.

    The present text is compared, too, where the actor sees the chain that it ends.
    """
    revisions = (
        Revision.objects.visible_to(actor)
        .filter(section=section)
        .select_related("purged_by__country", "purged_by__organisation", "worked_on")
    )
    commitments = ReleaseCommitment.objects.visible_to(actor)
    at_home = section.state == SectionState.PRIVATE_DRAFTING
    shown = not at_home or section.effective_scope_id in actor.scopes
    return verified(
        section, ordered(revisions).iterator(REVISIONS_AT_ONCE), commitments, shown=shown
    )


def ordered(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Revisions by section, the chain at home first, each chain from its beginning."""
    return revisions.order_by("section_id", "-at_home", "number", "id")


def verified(
    section: Section,
    revisions: Iterable[Revision],
    commitments: QuerySet[ReleaseCommitment],
    *,
    shown: bool = True,
) -> ChainReport:
    """Read the revisions of one section, in the order of ``ordered``.

    commitments: those that may be opened. shown: the present chain is among the revisions. What
    was written since the section itself was read is compared within its chain only.
    """
    report = ChainReport()
    at_home = section.state == SectionState.PRIVATE_DRAFTING
    present: Revision | None = None
    for home, rows in groupby(revisions, key=lambda row: row.at_home):
        for row in _linked(rows, report, commitments):
            if home is at_home and row.number == section.revision:
                present = row
    if shown:
        report.differences += _present(section, present)
    report.differences += _unrecorded(report.purged)
    return report


def _linked(
    rows: Iterable[Revision], report: ChainReport, commitments: QuerySet[ReleaseCommitment]
) -> Iterator[Revision]:
    """Pass a chain on, having compared each revision with the one before."""
    before: Revision | None = None
    for row in rows:
        report.revisions += 1
        if row.purged_at is not None:
            report.purged.append(row)
        due = 1 if before is None else before.number + 1
        if row.number != due:
            report.differences.append(Difference(Misfit.MISSING, row.at_home, due, None))
        else:
            misfit = _misfit(row, before, commitments)
            if misfit is not None:
                report.differences.append(_difference(misfit, row))
        before = row
        yield row


def _misfit(
    row: Revision, before: Revision | None, commitments: QuerySet[ReleaseCommitment]
) -> Misfit | None:
    if row.parent_id != (before and before.pk):
        return Misfit.PARENT
    content = bytes(row.content_sha256)
    written = chain.content_digest(title=row.title, body=row.body, language=row.language)
    if row.purged_at is None and written != content:
        return Misfit.CONTENT
    commitment = None if row.home_commitment is None else bytes(row.home_commitment)
    if before is not None:
        if commitment is not None:
            return Misfit.HOME_COMMITMENT
        link = bytes(before.chain_hash)
    else:
        link = commitment or chain.GENESIS
    worked_on = bytes(row.worked_on.chain_hash) if row.worked_on else None
    if chain.link(link, content, worked_on) != bytes(row.chain_hash):
        return Misfit.CHAIN_HASH
    if commitment is not None and not _opens(row, commitment, commitments):
        return Misfit.HOME_COMMITMENT
    return None


def _opens(row: Revision, kept: bytes, commitments: QuerySet[ReleaseCommitment]) -> bool:
    """Whether the salt at home opens the commitment; True for who does not have the salt."""
    opening = commitments.filter(revision=row).select_related("home_revision").first()
    if opening is None:
        return True
    home_link = bytes(opening.home_revision.chain_hash)
    return chain.release_commitment(bytes(opening.salt), home_link) == kept


def _present(section: Section, last: Revision | None) -> Iterator[Difference]:
    at_home = section.state == SectionState.PRIVATE_DRAFTING
    if last is None:
        yield Difference(Misfit.MISSING, at_home, section.revision, section.head)
    elif (section.head, bytes(section.chain_hash)) != (last.pk, bytes(last.chain_hash)) or (
        last.purged_at is None
        and (section.title, section.body, section.language)
        != (last.title, last.body, last.language)
    ):
        yield _difference(Misfit.PRESENT_TEXT, last)


def _unrecorded(purged: list[Revision]) -> Iterator[Difference]:
    """Tombstones of which the ledger knows nothing: content that was removed on the quiet."""
    if not purged:
        return
    keys = [str(row.pk) for row in purged]
    entries = Entry.objects.filter(object_type="revision", object_id__in=keys, kind=PURGED)
    known = set(entries.values_list("object_id", flat=True))
    for row in purged:
        if str(row.pk) not in known:
            yield _difference(Misfit.PURGE, row)


def _difference(what: Misfit, row: Revision) -> Difference:
    return Difference(what, row.at_home, row.number, row.pk)
