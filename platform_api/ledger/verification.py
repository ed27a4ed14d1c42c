"""Recomputing the ledger from its first entry, and naming everything that does not fit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from . import verification_sql
from .canonical import ENTRY_COLUMNS, GENESIS, EntryColumns, chain_hash, details_hash, entry_hash
from .sealing import unsealed_tail

_BATCH = 2000


class ProblemKind(StrEnum):
    """What can be wrong."""

    GAP = "gap"
    ENTRY_MISSING = "entry_missing"
    ENTRY_ALTERED = "entry_altered"
    CHAIN_BROKEN = "chain_broken"
    DETAILS_ALTERED = "details_altered"
    DETAILS_MISSING = "details_missing"
    DETAILS_UNEXPECTED = "details_unexpected"
    DETAILS_NOT_ERASED = "details_not_erased"
    DETAILS_ORPHANED = "details_orphaned"
    ENTRY_NOT_QUEUED = "entry_not_queued"
    QUEUE_ORPHANED = "queue_orphaned"
    QUEUED_THOUGH_SEALED = "queued_though_sealed"
    DIFFERS_FROM_KNOWN = "differs_from_known"


_SET_CHECKS = {
    ProblemKind.ENTRY_NOT_QUEUED: (
        verification_sql.NOT_QUEUED,
        "the entry is neither sealed nor queued for sealing",
    ),
    ProblemKind.QUEUE_ORPHANED: (
        verification_sql.QUEUE_ORPHANS,
        "an entry that does not exist waits for its seal",
    ),
    ProblemKind.QUEUED_THOUGH_SEALED: (
        verification_sql.QUEUED_THOUGH_SEALED,
        "the entry is sealed and queued again",
    ),
    ProblemKind.DETAILS_ORPHANED: (
        verification_sql.DETAIL_ORPHANS,
        "there are details of an entry that does not exist",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit; position and entry where they are known."""

    kind: ProblemKind
    detail: str
    position: int | None = None
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Purge:
    """Details that were erased on the record; position None while unsealed."""

    position: int | None
    entry: UUID
    by: str
    at: datetime


@dataclass
class Report:
    """What a verification found; lists hold at most ``cap`` members, counts are whole."""

    cap: int
    sealed: int = 0
    head_position: int = 0
    head_chain_hash: bytes = GENESIS
    unsealed: int = 0
    oldest_unsealed: datetime | None = None
    purge_count: int = 0
    purges: list[Purge] = field(default_factory=list)
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.problem_count == 0

    def add(self, problem: Problem, count: int = 1) -> None:
        self.problem_count += count
        if len(self.problems) < self.cap:
            self.problems.append(problem)

    def add_purge(self, purge: Purge) -> None:
        self.purge_count += 1
        if len(self.purges) < self.cap:
            self.purges.append(purge)


def verify(*, cap: int = 100, known: tuple[int, bytes] | None = None) -> Report:
    """Check all entries, details, seals and the queue, in constant memory.

    Only reads, in many short statements; the ledger may grow meanwhile. A rewrite of the
    whole chain fits in itself: it is exposed by ``known``, a position and its chain hash
    that somebody kept outside.

    Raises ValueError when cap is not positive.
    """
    if cap < 1:
        raise ValueError("a report names at least one problem")
    report = Report(cap=cap)
    _verify_chain(report, known)
    _verify_queue(report)
    for kind, (query, detail) in _SET_CHECKS.items():
        _verify_set(report, kind, query, detail)
    tail = unsealed_tail()
    report.unsealed, report.oldest_unsealed = tail.count, tail.oldest
    return report


def _verify_chain(report: Report, known: tuple[int, bytes] | None) -> None:
    previous_position, previous_hash = 0, GENESIS
    known_seen = known is None
    for row in _sealed_rows():
        position, sealed_entry_hash, sealed_chain_hash, sealed_at, entry_id, *rest = row
        columns, details = _split(rest)
        if position != previous_position + 1:
            gap = f"positions {previous_position + 1} to {position - 1} are missing"
            report.add(Problem(ProblemKind.GAP, gap, position=previous_position + 1))
        elif sealed_chain_hash != chain_hash(
            previous_hash, sealed_entry_hash, position=position, sealed_at=sealed_at
        ):
            detail = "the chain hash does not follow from the one before and this seal"
            report.add(Problem(ProblemKind.CHAIN_BROKEN, detail, position, entry_id))
        if columns is None:
            detail = "the sealed entry does not exist"
            report.add(Problem(ProblemKind.ENTRY_MISSING, detail, position, entry_id))
        else:
            if entry_hash(columns) != sealed_entry_hash:
                detail = "the entry is not the one that was sealed"
                report.add(Problem(ProblemKind.ENTRY_ALTERED, detail, position, entry_id))
            _verify_details(report, position, columns, details)
        if known and position == known[0]:
            known_seen = True
            if sealed_chain_hash != known[1]:
                detail = "the chain hash is not the known one: the ledger was rewritten"
                report.add(Problem(ProblemKind.DIFFERS_FROM_KNOWN, detail, position, entry_id))
        report.sealed += 1
        previous_position, previous_hash = position, sealed_chain_hash
    report.head_position, report.head_chain_hash = previous_position, previous_hash
    if known and not known_seen:
        detail = "the ledger has no such position: it was cut or rewritten"
        report.add(Problem(ProblemKind.DIFFERS_FROM_KNOWN, detail, known[0]))


def _verify_queue(report: Report) -> None:
    after: tuple[str, UUID] = ("0", UUID(int=0))
    while True:
        with connection.cursor() as cursor:
            cursor.execute(verification_sql.QUEUED, [*after, _BATCH])
            rows = cursor.fetchall()
        for _, _, *rest in rows:
            columns, details = _split(rest)
            if columns is not None:
                _verify_details(report, None, columns, details)
        if len(rows) < _BATCH:
            return
        after = rows[-1][0], rows[-1][1]


def _sealed_rows() -> Iterator[tuple[Any, ...]]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(verification_sql.SEALED, [after, _BATCH])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _BATCH:
            return
        after = rows[-1][0]


@dataclass(frozen=True, slots=True)
class _Details:
    salt: bytes | None
    payload: str | None
    erased_at: datetime | None
    erased_by_kind: str | None
    erased_by: UUID | None


def _split(values: list[Any]) -> tuple[EntryColumns | None, _Details]:
    width = len(ENTRY_COLUMNS)
    columns = None if values[0] is None else EntryColumns(*values[:width])
    return columns, _Details(*values[width:])


def _verify_details(
    report: Report, position: int | None, columns: EntryColumns, details: _Details
) -> None:
    def add(kind: ProblemKind, detail: str) -> None:
        report.add(Problem(kind, detail, position, columns.id))

    if details.salt is None or details.payload is None:
        if columns.details_hash is None:
            return
        if details.erased_at is None:
            add(ProblemKind.DETAILS_MISSING, "the details are gone, and no entry says by whom")
            return
        by = f"{details.erased_by_kind} {details.erased_by or ''}".strip()
        report.add_purge(Purge(position, columns.id, by, details.erased_at))
    elif columns.details_hash is None:
        add(ProblemKind.DETAILS_UNEXPECTED, "the entry was written without details and has some")
    elif details.erased_at is not None:
        add(ProblemKind.DETAILS_NOT_ERASED, "the details were erased and are here again")
    elif not _matches(columns.details_hash, details.salt, details.payload):
        add(
            ProblemKind.DETAILS_ALTERED, "the details are not those that the entry was written with"
        )


def _matches(expected: bytes, salt: bytes, payload: str) -> bool:
    try:
        return details_hash(salt, json.loads(payload)) == expected
    except (ValueError, RecursionError):  # numbers and depths that record() never writes
        return False


def _verify_set(report: Report, kind: ProblemKind, query: str, detail: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, [report.cap])
        rows = cursor.fetchall()
    if rows:
        for entry_id, _ in rows:
            report.add(Problem(kind, detail, entry=entry_id))
        report.problem_count += rows[0][1] - len(rows)
