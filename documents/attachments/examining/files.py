"""Examining one file: its name, its kind, its structure, its hash."""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from .archives import check_ooxml, check_opendocument
from .images import check_jpeg, check_png
from .kinds import ALIASES, ENDINGS, UNDECLARED, FileKind
from .pdf import check_pdf
from .refusing import Refused
from .text import check_text

__all__ = ["Examined", "Refused", "examine", "safe_name"]

LONGEST_NAME = 150
_CHUNK = 64 * 1024
_FORBIDDEN = frozenset('/\\:*?"<>|')
_CHECKS: Mapping[FileKind, Callable[[BinaryIO, int], None]] = {
    FileKind.PDF: check_pdf,
    FileKind.DOCX: lambda file, size: check_ooxml(file, size, FileKind.DOCX),
    FileKind.XLSX: lambda file, size: check_ooxml(file, size, FileKind.XLSX),
    FileKind.PPTX: lambda file, size: check_ooxml(file, size, FileKind.PPTX),
    FileKind.ODT: lambda file, size: check_opendocument(file, size, FileKind.ODT),
    FileKind.ODS: lambda file, size: check_opendocument(file, size, FileKind.ODS),
    FileKind.PNG: check_png,
    FileKind.JPEG: check_jpeg,
    FileKind.TEXT: check_text,
    FileKind.CSV: check_text,
}


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be taken. name: as it is shown; size: in bytes; sha256: in hex."""

    name: str
    kind: FileKind
    size: int
    sha256: str


def examine(file: BinaryIO, name: str, declared: str) -> Examined:
    """What a file is. declared: the media type it was sent with.

    file: read from its beginning, by pieces, and left at its beginning. Raises Refused.
    """
    shown = safe_name(name)
    kind = ENDINGS.get(shown.rpartition(".")[2].lower())
    if kind is None:
        endings = ", ".join(sorted(ENDINGS))
        raise Refused("unsupported_type", f"The name ends in none of: {endings}.")
    told = declared.partition(";")[0].strip().lower()
    if told not in UNDECLARED and ALIASES.get(told, told) != kind:
        raise Refused("type_mismatch", "The file was sent as another type than its name says.")
    size, sha256 = _measured(file)
    if not size:
        raise Refused("empty", "The file is empty.")
    file.seek(0)
    _CHECKS[kind](file, size)
    file.seek(0)
    return Examined(shown, kind, size, sha256)


def safe_name(name: str) -> str:
    """A file's name as it may be shown and saved under anywhere. Raises Refused.

    Nothing of it is cut off in silence: a name with a path, a character that is not seen, or one
    that systems read as something else, is refused.
    """
    shown = unicodedata.normalize("NFC", name)
    unseen = any(unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" for c in shown)
    if unseen or _FORBIDDEN & set(shown) or shown != shown.strip(" .") or not shown:
        raise Refused("invalid_name", "The name holds a path or characters that no name may have.")
    if len(shown) > LONGEST_NAME:
        raise Refused("invalid_name", f"The name is longer than {LONGEST_NAME} characters.")
    return shown


def _measured(file: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()
