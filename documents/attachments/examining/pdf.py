"""PDF files (ISO 32000): their frame, and what can be seen of programs in them.

Objects in compressed streams are not opened, so that a program can hide there: a viewer's own
protection is not replaced by this.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from .refusing import active, broken

_HEAD = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[\r\n \t]")
_TAIL = re.compile(rb"startxref[\r\n \t]+\d{1,12}[\r\n \t]+%%EOF[\r\n \t\x00]*\Z")
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles|RichMedia|XFA)(?![A-Za-z0-9])")
_TAIL_BYTES = 2048
_CHUNK = 256 * 1024
_LONGEST = 32


def check_pdf(file: BinaryIO, size: int) -> None:
    """Raise Refused unless the file begins and ends as a PDF and shows no programs."""
    if not _HEAD.match(file.read(16)):
        raise broken("a PDF file")
    file.seek(max(0, size - _TAIL_BYTES))
    if not _TAIL.search(file.read()):
        raise broken("a PDF file")
    file.seek(0)
    for window in _windows(file):
        if _ACTIVE.search(_plain(window)):
            raise active()


def _windows(file: BinaryIO) -> Iterator[bytes]:
    """The file by pieces that overlap, so that no word is cut."""
    before = b""
    while chunk := file.read(_CHUNK):
        yield before + chunk
        before = chunk[-_LONGEST * 3 :]


def _plain(window: bytes) -> bytes:
    """Names without their escapes: ``/J#61vaScript`` is ``/JavaScript``."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found.group(1), 16)]), window)
