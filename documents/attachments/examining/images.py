"""PNG (ISO/IEC 15948) and JPEG (ISO/IEC 10918-1) files, from the first byte to the last."""

import re
import struct
import zlib
from os import SEEK_CUR
from typing import BinaryIO

from .refusing import Refused, broken

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 100_000_000
_CHUNK = 64 * 1024
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""JPEG's markers that begin a frame and tell its size."""
_SCAN, _END = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker in packed data, in which a byte of ones is followed by zero or counts restarts."""
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""JPEG's markers without a length."""


def check_png(file: BinaryIO, size: int) -> None:
    """Raise Refused unless the file is a chain of whole PNG chunks that ends with the file."""
    if file.read(8) != _PNG:
        raise broken("a PNG image")
    first, has_data = True, False
    while True:
        head = file.read(8)
        if len(head) != 8:
            raise broken("a PNG image")
        length, kind = struct.unpack(">I4s", head)
        if (first and (kind != b"IHDR" or length != 13)) or length > size:
            raise broken("a PNG image")
        data = _chunk(file, kind, length)
        if first:
            _check_pixels(*struct.unpack(">II", data[:8]))
        first = False
        has_data |= kind == b"IDAT"
        if kind == b"IEND":
            break
    if not has_data or file.read(1):
        raise broken("a PNG image")


def _chunk(file: BinaryIO, kind: bytes, length: int) -> bytes:
    """Read a chunk's data against its checksum; the beginning of it."""
    checksum, beginning, left = zlib.crc32(kind), b"", length
    while left:
        piece = file.read(min(left, _CHUNK))
        if not piece:
            raise broken("a PNG image")
        checksum = zlib.crc32(piece, checksum)
        beginning = beginning or piece
        left -= len(piece)
    if file.read(4) != struct.pack(">I", checksum):
        raise broken("a PNG image")
    return beginning


def check_jpeg(file: BinaryIO, size: int) -> None:
    """Raise Refused unless the file is a chain of JPEG segments with a frame, to its last byte."""
    if file.read(2) != b"\xff\xd8":
        raise broken("a JPEG image")
    framed = False
    while (marker := _marker(file)) != _END:
        if marker in _BARE:
            continue
        length = int.from_bytes(file.read(2), "big")
        data = file.read(max(length - 2, 0))
        if length < 2 or len(data) != length - 2:
            raise broken("a JPEG image")
        if marker in _FRAMES and length >= 8:
            height, width = struct.unpack(">HH", data[1:5])
            _check_pixels(width, height or 1)
            framed = True
        if marker == _SCAN:
            _skip_scan(file)
    if not framed or file.read(1):
        raise broken("a JPEG image")


def _marker(file: BinaryIO) -> int:
    """The next marker; bytes of filling before it are skipped."""
    if file.read(1) != b"\xff":
        raise broken("a JPEG image")
    byte = file.read(1)
    while byte == b"\xff":
        byte = file.read(1)
    if byte in (b"", b"\x00"):
        raise broken("a JPEG image")
    return byte[0]


def _skip_scan(file: BinaryIO) -> None:
    """Go on to the marker behind the packed data of a scan."""
    while chunk := file.read(_CHUNK):
        if found := _MARKER.search(chunk):
            file.seek(found.start() - len(chunk), SEEK_CUR)
            return
        if chunk[-1:] == b"\xff" and len(chunk) > 1:
            file.seek(-1, SEEK_CUR)


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise broken("an image")
    if width * height > _MOST_PIXELS:
        raise Refused("too_large_inside", f"An image has at most {_MOST_PIXELS} pixels here.")
