"""The register of the app's models."""

from .amendments.models import Amendment, AmendmentCosponsor, AmendmentProposal
from .attachments.models import Attachment
from .brackets.models import Bracket, BracketAlternative, BracketProponent
from .citations.models import Citation
from .comments.models import Comment
from .merging.models import WorkingCopy
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
    "Amendment",
    "AmendmentCosponsor",
    "AmendmentProposal",
    "Attachment",
    "Bracket",
    "BracketAlternative",
    "BracketProponent",
    "Citation",
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
    "WorkingCopy",
]
