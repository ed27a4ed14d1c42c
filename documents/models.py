"""The register of the app's models."""

from .amendments.models import Amendment, AmendmentCosponsor, AmendmentProposal
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
    "Amendment",
    "AmendmentCosponsor",
    "AmendmentProposal",
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
