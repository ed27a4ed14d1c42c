"""The desk of the documents' tests serves those of notifications as well."""

from tests.documents.conftest import (
    abroad,
    desk,
    drafting,
    heading,
    outside,
    reading,
)
from tests.sharing import sharing

__all__ = [
    "abroad",
    "desk",
    "drafting",
    "heading",
    "outside",
    "reading",
    "sharing",
]
