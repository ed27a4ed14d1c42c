"""The register of the app's models."""

from .instruments.models import (
    Instrument,
    InstrumentGrant,
    InstrumentUserGrant,
    LegalStatusEvent,
)
from .practices.models import (
    Adaptation,
    Practice,
    PracticeDraft,
    PracticeGrant,
    PracticeUserGrant,
    PracticeVersion,
)

__all__ = [
    "Adaptation",
    "Instrument",
    "InstrumentGrant",
    "InstrumentUserGrant",
    "LegalStatusEvent",
    "Practice",
    "PracticeDraft",
    "PracticeGrant",
    "PracticeUserGrant",
    "PracticeVersion",
]
