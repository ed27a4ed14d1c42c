"""The desk of the documents' tests serves those of notifications as well."""

from tests.documents.conftest import (
    abroad,
    desk,
    desk_of_module,
    drafting,
    heading,
    laid_desk,
    outside,
    reading,
)
from tests.sharing import sharing

__all__ = [
    "abroad",
    "desk",
    "desk_of_module",
    "drafting",
    "heading",
    "laid_desk",
    "outside",
    "reading",
    "sharing",
]
