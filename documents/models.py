"""The register of the app's models."""

from .merging.models import WorkingCopy
from .texts.models import (
    Document,
    DocumentDelegation,
    DocumentGrant,
    DocumentUserGrant,
    ReleaseCommitment,
    Revision,
    Section,
    SectionGrant,
    SectionUserGrant,
)
from .versions.models import (
    DocumentVersion,
    DocumentVersionGrant,
    DocumentVersionUserGrant,
    MeetingMaterial,
)

__all__ = [
    "Document",
    "DocumentDelegation",
    "DocumentGrant",
    "DocumentUserGrant",
    "DocumentVersion",
    "DocumentVersionGrant",
    "DocumentVersionUserGrant",
    "MeetingMaterial",
    "ReleaseCommitment",
    "Revision",
    "Section",
    "SectionGrant",
    "SectionUserGrant",
    "WorkingCopy",
]
