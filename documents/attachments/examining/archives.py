"""Office files: ZIP archives (APPNOTE 6.3) with the parts of OOXML or OpenDocument in them.

Every entry is unpacked, in pieces and thrown away at once, up to a bound for the whole: sizes that
an archive tells of itself are not believed.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from typing import BinaryIO

from .kinds import FileKind
from .refusing import Refused, active, broken

MOST_ENTRIES = 4_000
MOST_BYTES = 200 * 1024 * 1024
"""What all entries may unpack to."""
MOST_RATIO = 150
"""How often larger than packed the whole may be, beyond the first megabytes."""
_FREE = 8 * 1024 * 1024
_MOST_XML = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_MAIN: Mapping[FileKind, tuple[str, str]] = {
    FileKind.DOCX: ("word/document.xml", f"{FileKind.DOCX}.main+xml"),
    FileKind.XLSX: ("xl/workbook.xml", f"{FileKind.XLSX}.main+xml"),
    FileKind.PPTX: ("ppt/presentation.xml", f"{FileKind.PPTX}.main+xml"),
}
_PROGRAMS = re.compile(
    r"(?:^|/)(?:vbaproject|vbadata|macrosheets/|dialogsheets/|activex|basic/|scripts/|customui|"
    r"embeddings/(?!.*\.(?:xlsx|docx|pptx)$))",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"\.(?:exe|dll|js|jse|vbs|vba|bat|cmd|ps1|hta|jar|class|scr|bin)$", re.IGNORECASE
)
_RELATION = re.compile(r"""<(?:[\w.-]+:)?Relationship\s((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for an archive that is damaged, encrypted or packed in a way
that it does not know."""


def check_ooxml(file: BinaryIO, size: int, kind: FileKind) -> None:
    """Raise Refused unless the file is an Office Open XML file (ECMA-376) without programs."""
    main, content_type = _MAIN[kind]
    with _opened(file, size, "an Office file") as archive:
        names = archive.namelist()
        if main not in names or "[Content_Types].xml" not in names:
            raise broken("an Office file of this kind")
        _refuse_programs(names)
        types = _xml(archive, "[Content_Types].xml")
        if "macroenabled" in types.lower():
            raise active()
        if content_type not in types:
            raise broken("an Office file of this kind")
        for name in names:
            if name.lower().endswith(".rels"):
                _refuse_loading(_xml(archive, name))


def check_opendocument(file: BinaryIO, size: int, kind: FileKind) -> None:
    """Raise Refused unless the file is an OpenDocument file (ISO/IEC 26300) without programs."""
    with _opened(file, size, "an OpenDocument file") as archive:
        entries = archive.infolist()
        first = entries[0]
        told = first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        if not told or archive.read(first) != kind.value.encode():
            raise broken("an OpenDocument file of this kind")
        names = archive.namelist()
        if not {"META-INF/manifest.xml", "content.xml"} <= set(names):
            raise broken("an OpenDocument file of this kind")
        _refuse_programs(names)
        if "encryption-data" in _xml(archive, "META-INF/manifest.xml"):
            raise Refused("encrypted", "The file is encrypted.")


def _opened(file: BinaryIO, size: int, what: str) -> zipfile.ZipFile:
    """The archive, all of whose entries have been unpacked once."""
    if file.read(4) != b"PK\x03\x04":
        raise broken(what)
    try:
        archive = zipfile.ZipFile(file)
        _check_frame(archive, file, size, what)
        _check_contents(archive, size)
    except _UNREADABLE:
        raise broken(what) from None
    return archive


def _check_frame(archive: zipfile.ZipFile, file: BinaryIO, size: int, what: str) -> None:
    """Nothing stands before, between, beside or behind the entries: the file is one archive."""
    entries = archive.infolist()
    if not 0 < len(entries) <= MOST_ENTRIES:
        raise Refused("too_large_inside", f"An archive has at most {MOST_ENTRIES} entries here.")
    file.seek(size - 22)
    if archive.comment or file.read(4) != b"PK\x05\x06":
        raise broken(what)
    seen: set[str] = set()
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        name = entry.orig_filename
        if entry.flag_bits & 0x1:
            raise Refused("encrypted", "The file is encrypted.")
        parts = name.split("/")
        if name.startswith("/") or "\\" in name or "\x00" in name or ".." in parts or ":" in name:
            raise broken(what)
        if name.casefold() in seen or entry.compress_type not in _METHODS:
            raise broken(what)
        seen.add(name.casefold())
        if entry.header_offset < end or (end == 0 and entry.header_offset != 0):
            raise broken(what)
        # What is packed may not serve several entries at once, as in bombs that overlap.
        end = entry.header_offset + 30 + len(name.encode()) + entry.compress_size
    if end > archive.start_dir:
        raise broken(what)


def _check_contents(archive: zipfile.ZipFile, size: int) -> None:
    """Unpack everything against its checksums, and stop where it swells beyond the bounds."""
    total = 0
    for entry in archive.infolist():
        for piece in _pieces(archive, entry):
            total += len(piece)
            if total > MOST_BYTES or total > max(_FREE, size * MOST_RATIO):
                raise Refused("too_large_inside", "The file would unpack to far more than it is.")


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as opened:
        while piece := opened.read(_CHUNK):
            yield piece


def _refuse_programs(names: list[str]) -> None:
    for name in names:
        fonts = name.lower().endswith(".odttf") or "printersettings" in name.lower()
        if _PROGRAMS.search(name) or (_RUNNING.search(name) and not fonts):
            raise active()


def _xml(archive: zipfile.ZipFile, name: str) -> str:
    """A part's XML as text; one that declares entities, or is in another coding, is refused."""
    entry = archive.getinfo(name)
    if entry.file_size > _MOST_XML:
        raise Refused("too_large_inside", "A part of the file is too large.")
    try:
        text = archive.read(entry).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise broken("an Office file") from None
    if "<!" in text.replace("<!--", ""):
        raise active()
    return text


def _refuse_loading(relations: str) -> None:
    """Refuse what is loaded from elsewhere when the file is opened; links to follow may stand."""
    for relation in _RELATION.finditer(relations):
        told = {
            name.rpartition(":")[2].lower(): unescape(double or single)
            for name, double, single in _ATTRIBUTE.findall(relation.group(1))
        }
        outside = told.get("targetmode", "").lower() == "external"
        if outside and not told.get("type", "").lower().endswith("/hyperlink"):
            raise active()
