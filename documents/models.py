"""The register of the app's models."""

from .comments.models import Comment
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
    "Comment",
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
]
