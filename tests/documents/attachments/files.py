"""Files by hand: good ones of every kind, and what is made of them to get past a check."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
_NS = "http://schemas.openxmlformats.org/package/2006"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(parts: Mapping[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(name, content, kind)
    return out.getvalue()


def office(main: str, kind: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """An Office Open XML file with one part."""
    types = (
        f'<?xml version="1.0"?><Types xmlns="{_NS}/content-types">'
        f'<Override PartName="/{main}" ContentType="{OOXML}.{kind}.main+xml"/></Types>'
    )
    rels = (
        f'<Relationships xmlns="{_NS}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/officeDocument" Target="{main}"/></Relationships>'
    )
    return archive(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": rels.encode(),
            main: b"<w/>",
            **(more or {}),
        }
    )


def docx(more: Mapping[str, bytes] | None = None) -> bytes:
    return office("word/document.xml", "wordprocessingml.document", more)


def relation(kind: str, target: str) -> bytes:
    """A part that refers to something outside of the file."""
    return (
        f'<Relationships xmlns="{_NS}/relationships"><Relationship Id="r9" '
        f'Type=\'{_REL}/{kind}\' TargetMode = "&#69;xternal" Target="{target}"/></Relationships>'
    ).encode()


def opendocument(kind: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument file."""
    return archive(
        {
            "mimetype": f"{ODF}.{kind}".encode(),
            "content.xml": b"<o/>",
            "META-INF/manifest.xml": b"<manifest/>",
            **(more or {}),
        },
        stored=("mimetype",),
    )


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b">>\nendobj\nstartxref\n9\n%%EOF\n"


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(*chunk) for chunk in chunks)


def jpeg(width: int = 1, height: int = 1) -> bytes:
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x04\x00\x00some\xff\x00data\xff\xd9"
    )


GOOD: Mapping[str, tuple[bytes, str]] = {
    "a.pdf": (pdf(), "application/pdf"),
    "a.docx": (docx(), f"{OOXML}.wordprocessingml.document"),
    "a.xlsx": (office("xl/workbook.xml", "spreadsheetml.sheet"), f"{OOXML}.spreadsheetml.sheet"),
    "a.pptx": (
        office("ppt/presentation.xml", "presentationml.presentation"),
        f"{OOXML}.presentationml.presentation",
    ),
    "a.odt": (opendocument("text"), f"{ODF}.text"),
    "a.ods": (opendocument("spreadsheet"), f"{ODF}.spreadsheet"),
    "a.png": (png(), "image/png"),
    "a.jpg": (jpeg(), "image/jpeg"),
    "a.txt": ("Текст, čćžšđ.\n".encode(), "text/plain"),
    "a.csv": (b"\xef\xbb\xbfname;days\r\nCourt;8\r\n", "text/csv"),
}
"""One of each kind, by a name that fits, with its media type."""
