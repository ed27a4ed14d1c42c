"""The register of the app's models."""

from .brackets.models import Bracket, BracketAlternative, BracketProponent
from .comments.models import Comment
from .purging.models import Purge, PurgedRow
from .structure.models import SectionLineage
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
    "Bracket",
    "BracketAlternative",
    "BracketProponent",
    "Comment",
    "Document",
    "DocumentDelegation",
    "DocumentGrant",
    "DocumentUserGrant",
    "DocumentVersion",
    "DocumentVersionGrant",
    "DocumentVersionUserGrant",
    "MeetingMaterial",
    "Purge",
    "PurgedRow",
    "ReleaseCommitment",
    "Revision",
    "Section",
    "SectionGrant",
    "SectionLineage",
    "SectionUserGrant",
]
