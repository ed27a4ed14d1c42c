"""The register of the app's models."""

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

__all__ = [
    "Document",
    "DocumentDelegation",
    "DocumentGrant",
    "DocumentUserGrant",
    "ReleaseCommitment",
    "Revision",
    "Section",
    "SectionGrant",
    "SectionUserGrant",
]
