"""Removing what has served its time from the stores beside the ledger."""

from collections.abc import Callable
from dataclasses import dataclass

from .denials import finish_denial_counts
from .idempotency import forget_old_answers
from .throttling import forget_full_buckets

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Removed:
    """How many rows went: kept answers, throttle buckets, finished denial counts."""

    answers: int
    buckets: int
    denial_counts: int


def clean_up() -> Removed:
    """Remove answers past 24 hours, full buckets, and denial counts past their hour.

    Counts become ``access.denied.repeated`` entries. Works in batches, each a transaction.
    """
    return Removed(
        answers=_until_done(lambda: forget_old_answers(at_most=_BATCH)),
        buckets=_until_done(lambda: forget_full_buckets(at_most=_BATCH)),
        denial_counts=_until_done(lambda: finish_denial_counts(at_most=_BATCH)),
    )


def _until_done(remove_batch: Callable[[], int]) -> int:
    total = 0
    while removed := remove_batch():
        total += removed
        if removed < _BATCH:
            break
    return total
