"""What holds of an instrument on a day, from its events."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from platform_api.core.actor import Actor
from platform_api.core.partial_dates import PartialDate

from .models import Instrument, LegalStatusEvent
from .status import LegalStatus, Standing, StatusEvent, standings


def events_of(actor: Actor, instrument: Instrument) -> QuerySet[LegalStatusEvent]:
    """The events of an instrument with what an answer shows of them."""
    return (
        LegalStatusEvent.objects.visible_to(actor)
        .filter(instrument=instrument)
        .select_related("country", "superseded_by")
    )


def status_on(
    actor: Actor, instrument: Instrument, on: date, recorded_by: datetime | None
) -> Mapping[str, Any]:
    """What holds of an instrument on a day, as known at a time; now without one."""
    rows = {row.pk: row for row in events_of(actor, instrument)}
    whole, *parties = standings((_event(row) for row in rows.values()), on, recorded_by)
    return {
        "instrument": instrument.pk,
        "on": on,
        "recorded_by": recorded_by,
        "instrument_standing": _shown(whole, rows),
        "parties": [{"country": each.country, **_shown(each, rows)} for each in parties],
    }


def _event(row: LegalStatusEvent) -> StatusEvent[UUID]:
    return StatusEvent(
        key=row.pk,
        kind=LegalStatus(row.kind),
        effective_from=PartialDate.parse(row.effective_from),
        recorded_at=row.recorded_at,
        country=row.country.code if row.country else None,
        supersedes=row.supersedes_id,
    )


def _shown(standing: Standing[UUID], rows: Mapping[UUID, LegalStatusEvent]) -> dict[str, Any]:
    event = rows[standing.deciding.key] if standing.deciding else None
    return {
        "state": event.kind if event else None,
        "since": event.effective_from if event else None,
        "certain": standing.certain,
        "event": event,
        "possible_events": [rows[each.key] for each in standing.possible],
    }
