"""The services of documents and sections: the only writers of both."""

from .documents import document_create, document_revise
from .releasing import section_release, sections_release
from .sections import section_create, section_revise

__all__ = [
    "document_create",
    "document_revise",
    "section_create",
    "section_release",
    "section_revise",
    "sections_release",
]
