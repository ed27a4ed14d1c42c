"""The kinds of files that are taken, with their types and the endings of their names."""

from collections.abc import Mapping
from enum import StrEnum

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


class FileKind(StrEnum):
    """A kind of file by its media type (RFC 6838)."""

    PDF = "application/pdf"
    DOCX = f"{_OOXML}.wordprocessingml.document"
    XLSX = f"{_OOXML}.spreadsheetml.sheet"
    PPTX = f"{_OOXML}.presentationml.presentation"
    ODT = f"{_ODF}.text"
    ODS = f"{_ODF}.spreadsheet"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"
    CSV = "text/csv"


ENDINGS: Mapping[str, FileKind] = {
    "pdf": FileKind.PDF,
    "docx": FileKind.DOCX,
    "xlsx": FileKind.XLSX,
    "pptx": FileKind.PPTX,
    "odt": FileKind.ODT,
    "ods": FileKind.ODS,
    "png": FileKind.PNG,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "txt": FileKind.TEXT,
    "csv": FileKind.CSV,
}

UNDECLARED = frozenset({"", "application/octet-stream"})
"""Types that say nothing about a file."""

ALIASES: Mapping[str, FileKind] = {"image/jpg": FileKind.JPEG, "image/pjpeg": FileKind.JPEG}
"""Other names under which some programs send a kind."""
