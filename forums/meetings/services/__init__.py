"""Every write to meeting series, meetings and their agendas."""

from .agenda import agenda_item_add, agenda_item_remove, agenda_item_revise
from .meetings import (
    FACTS,
    meeting_cancel,
    meeting_close,
    meeting_create,
    meeting_hold,
    meeting_organiser_add,
    meeting_revise,
    meeting_series_create,
)

__all__ = [
    "FACTS",
    "agenda_item_add",
    "agenda_item_remove",
    "agenda_item_revise",
    "meeting_cancel",
    "meeting_close",
    "meeting_create",
    "meeting_hold",
    "meeting_organiser_add",
    "meeting_revise",
    "meeting_series_create",
]
