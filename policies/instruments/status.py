"""What holds of a legal instrument on a day, as known at a time. Pure.

Bitemporal: ``effective_from`` says from when an event holds in law, ``recorded_at`` since when
the platform knows of it. A correction supersedes the event it corrects from its own record on,
so that what was answered earlier can be answered again.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from platform_api.core.partial_dates import PartialDate

K = TypeVar("K", bound=Hashable)


class LegalStatus(StrEnum):
    """What happened to an instrument, and what it is until the next event."""

    ADOPTED = "adopted"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    PARTIALLY_IN_FORCE = "partially_in_force"
    EXECUTION_SUSPENDED = "execution_suspended"
    ANNULLED = "annulled"
    READOPTED = "readopted"
    REPEALED = "repealed"
    EXPIRED = "expired"
    DENOUNCED = "denounced"


_STAGE: Mapping[LegalStatus, int] = {
    LegalStatus.ADOPTED: 0,
    LegalStatus.SIGNED: 1,
    LegalStatus.RATIFIED: 2,
}
_LATER_STAGE = 3


@dataclass(frozen=True, slots=True)
class StatusEvent(Generic[K]):
    """An event of an instrument.

    country: the party of a convention that it is about, None for the instrument itself.
    supersedes: the event that it corrects.
    """

    key: K
    kind: LegalStatus
    effective_from: PartialDate
    recorded_at: datetime
    country: str | None = None
    supersedes: K | None = None

    @property
    def stage(self) -> int:
        """Adoption, signature and ratification come in this order, and before all others."""
        return _STAGE.get(self.kind, _LATER_STAGE)


@dataclass(frozen=True, slots=True)
class Standing(Generic[K]):
    """What holds on a day of an instrument, or of one party of a convention.

    deciding: the event that holds; None before any surely came.
    certain: False when dates known by year or month only leave open which event holds.
    possible: events that may or may not have come by that day.
    """

    country: str | None
    deciding: StatusEvent[K] | None
    certain: bool
    possible: tuple[StatusEvent[K], ...]


def known(
    events: Iterable[StatusEvent[K]], recorded_by: datetime | None = None
) -> list[StatusEvent[K]]:
    """The events that were known at a time and not corrected by then; without a time, today's."""
    recorded = [
        event for event in events if recorded_by is None or event.recorded_at <= recorded_by
    ]
    corrected = {event.supersedes for event in recorded if event.supersedes is not None}
    return [event for event in recorded if event.key not in corrected]


def standings(
    events: Iterable[StatusEvent[K]], on: date, recorded_by: datetime | None = None
) -> list[Standing[K]]:
    """What holds on a day: of the instrument first, then of each party by its code."""
    tracks: dict[str | None, list[StatusEvent[K]]] = {None: []}
    for event in known(events, recorded_by):
        tracks.setdefault(event.country, []).append(event)
    ordered = sorted(tracks, key=lambda country: (country is not None, country or ""))
    return [_standing(country, tracks[country], on) for country in ordered]


def _standing(country: str | None, events: list[StatusEvent[K]], on: date) -> Standing[K]:
    came = [event for event in events if event.effective_from.surely_by(on)]
    possible = sorted(
        (
            event
            for event in events
            if event.effective_from.possibly_by(on) and not event.effective_from.surely_by(on)
        ),
        key=_order,
    )
    if not came:
        return Standing(country, None, not possible, tuple(possible))
    # The last ones overlap pairwise: the one that begins last is surely before none of them.
    begin = max(event.effective_from.earliest for event in came)
    last = [event for event in came if event.effective_from.latest >= begin]
    stage = max(event.stage for event in last)
    rivals = [event for event in last if event.stage == stage]
    deciding = max(rivals, key=_order)
    open_ = [event for event in possible if event.stage >= stage]
    certain = all(event.kind == deciding.kind for event in [*rivals, *open_])
    return Standing(country, deciding, certain, tuple(possible))


def _order(event: StatusEvent[K]) -> tuple[date, date, datetime, str]:
    when = event.effective_from
    return when.latest, when.earliest, event.recorded_at, str(event.key)
