"""What a file is, is told from its bytes; what is more than it says, or less, is refused."""

import hashlib
import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.attachments.examining import Refused, archives, examine

from .files import (
    GOOD,
    ODF,
    OOXML,
    archive,
    docx,
    jpeg,
    office,
    opendocument,
    pdf,
    png,
    relation,
)

HTML = b"<!DOCTYPE html><script>alert(document.cookie)</script>"


def refusal(content, name, declared=""):
    """The code with which a file is refused."""
    with pytest.raises(Refused) as refused:
        examine(io.BytesIO(content), name, declared)
    return refused.value.code


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_of_each_kind_is_taken_with_its_type_size_and_hash(name):
    content, media_type = GOOD[name]
    file = io.BytesIO(content)

    for declared in (media_type, "application/octet-stream", ""):
        examined = examine(file, name.upper(), declared)

        assert (examined.kind, examined.size) == (media_type, len(content))
        assert examined.sha256 == hashlib.sha256(content).hexdigest()
        assert file.tell() == 0


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("other", GOOD)
def test_a_file_under_the_name_of_another_kind_is_refused(name, other):
    texts = {"a.txt", "a.csv"}
    content, media_type = GOOD[name]
    if name == other or {name, other} <= texts:
        return
    assert refusal(content, other) in ("type_mismatch", "active_content")
    assert refusal(GOOD[other][0], other, media_type) == "type_mismatch"


@pytest.mark.parametrize("name", [n for n in GOOD if n not in ("a.txt", "a.csv")])
def test_html_under_another_name_and_a_file_cut_short_or_longer_than_it_is_are_refused(name):
    content, _ = GOOD[name]
    assert refusal(HTML, name) == "type_mismatch"
    assert refusal(content[:-3], name) == "type_mismatch"
    assert refusal(content + HTML, name) == "type_mismatch"
    assert refusal(HTML + content, name) == "type_mismatch"


@pytest.mark.parametrize("name", ["a.png", "a.docx", "a.odt"])
def test_a_damaged_byte_is_noticed_by_its_checksum(name):
    content = bytearray(GOOD[name][0])
    at = {"a.png": 44, "a.docx": content.find(b"word/document.xml") + 19, "a.odt": 60}[name]
    content[at] ^= 0xFF

    assert refusal(bytes(content), name) == "type_mismatch"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.exe", "unsupported_type"),
        ("a.docm", "unsupported_type"),
        ("a.svg", "unsupported_type"),
        ("a.html", "unsupported_type"),
        ("a", "unsupported_type"),
        ("../../etc/a.txt", "invalid_name"),
        ("C:\\a.txt", "invalid_name"),
        ("a\r\nSet-Cookie: x=1.txt", "invalid_name"),
        ("invoice\u202efdp.txt", "invalid_name"),
        ("a\u200b.txt", "invalid_name"),
        (".txt", "invalid_name"),
        ("a.txt.", "invalid_name"),
        ('a".txt', "invalid_name"),
        ("a" * 147 + ".txt", "invalid_name"),
        ("", "invalid_name"),
    ],
)
def test_a_name_that_lies_or_leads_elsewhere_is_refused(name, code):
    assert refusal(b"Words.", name) == code


def test_a_name_in_any_script_is_kept_composed():
    examined = examine(io.BytesIO(b"x"), "Одлука c\u030c (2).txt", "")

    assert examined.name == "Одлука \u010d (2).txt"


MACROS = {
    "vba": docx({"word/vbaProject.bin": b"x"}),
    "vba elsewhere": docx({"word/other/VBAPROJECT.BIN": b"x"}),
    "macro sheet": office(
        "xl/workbook.xml", "spreadsheetml.sheet", {"xl/macrosheets/sheet1.xml": b"<x/>"}
    ),
    "activex": docx({"word/activeX/activeX1.xml": b"<x/>"}),
    "embedded program": docx({"word/embeddings/oleObject1.bin": b"x"}),
    "script": docx({"word/run.js": b"x"}),
    "basic": opendocument("text", {"Basic/Standard/Module1.xml": b"<x/>"}),
    "python": opendocument("text", {"Scripts/python/x.py": b"x"}),
    "remote template": docx(
        {
            "word/_rels/settings.xml.rels": relation(
                "attachedTemplate", "https://evil.example/t.dotm"
            )
        }
    ),
    "remote picture": docx(
        {"word/_rels/document.xml.rels": relation("image", "https://evil.example/p.png")}
    ),
    "entities": docx({"word/_rels/document.xml.rels": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
}


@pytest.mark.parametrize("what", MACROS)
def test_an_office_file_with_programs_or_what_loads_them_is_refused(what):
    name = {"macro sheet": "a.xlsx", "basic": "a.odt", "python": "a.odt"}.get(what, "a.docx")

    assert refusal(MACROS[what], name) == "active_content"


def test_a_document_whose_parts_are_declared_to_hold_macros_is_refused():
    types = (
        b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    )
    made = archive({"[Content_Types].xml": types, "word/document.xml": b"<w/>"})

    assert refusal(made, "a.docx") == "active_content"


def test_links_to_follow_pictures_inside_and_charts_are_no_programs():
    made = docx(
        {
            "word/_rels/document.xml.rels": relation("hyperlink", "https://example.org"),
            "word/media/image1.png": png(),
            "word/embeddings/Sheet1.xlsx": office("xl/workbook.xml", "spreadsheetml.sheet"),
        }
    )

    assert examine(io.BytesIO(made), "a.docx", "").size == len(made)


def test_what_swells_is_refused_whatever_it_says_of_itself(monkeypatch):
    bomb = docx({"word/media/a.txt": bytes(20 * 1024 * 1024)})
    assert refusal(bomb, "a.docx") == "too_large_inside"

    honest = docx({"word/media/a.txt": bytes(2 * 1024 * 1024)})
    assert examine(io.BytesIO(honest), "a.docx", "").size == len(honest)
    monkeypatch.setattr(archives, "MOST_BYTES", 1024 * 1024)
    assert refusal(honest, "a.docx") == "too_large_inside"

    # The sizes in the directory are not believed.
    at = honest.rfind(b"PK\x01\x02", 0, honest.rfind(b"word/media/a.txt"))
    lying = bytearray(honest)
    lying[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refusal(bytes(lying), "a.docx") in ("type_mismatch", "too_large_inside")


def test_many_entries_entries_that_overlap_and_encrypted_ones_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 20)
    many = docx({f"word/{n}.xml": b"<x/>" for n in range(30)})
    assert refusal(many, "a.docx") == "too_large_inside"

    good = docx({"word/a.xml": b"<x/>", "word/b.xml": b"<x/>"})
    directory = zipfile.ZipFile(io.BytesIO(good)).start_dir
    first = good.find(b"PK\x01\x02", directory)
    entries = [m for m in range(first, len(good)) if good[m : m + 4] == b"PK\x01\x02"]
    overlapping = bytearray(good)
    overlapping[entries[-1] + 42 : entries[-1] + 46] = overlapping[
        entries[-2] + 42 : entries[-2] + 46
    ]
    assert refusal(bytes(overlapping), "a.docx") == "type_mismatch"

    encrypted = bytearray(good)
    encrypted[entries[-1] + 8] |= 1
    assert refusal(bytes(encrypted), "a.docx") == "encrypted"


@pytest.mark.parametrize("path", ["/etc/passwd", "../x.xml", "a/../../x.xml", "C:/x.xml"])
def test_an_archive_with_paths_that_lead_out_of_it_is_refused(path):
    assert refusal(docx({path: b"<x/>"}), "a.docx") == "type_mismatch"


@pytest.mark.parametrize(
    "inside",
    [
        b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
        b"/S /J#61vaScript",
        b"/S /Launch",
        b"/Names << /EmbeddedFiles 2 0 R >>",
        b" " * 262_000 + b"/JavaScript",
    ],
)
def test_a_pdf_that_shows_programs_is_refused(inside):
    assert refusal(pdf(inside), "a.pdf") == "active_content"


def test_an_image_that_goes_on_as_something_else_is_refused():
    assert refusal(jpeg() + HTML + b"\xff\xd9", "a.jpg") == "type_mismatch"
    assert refusal(png() + png(), "a.png") == "type_mismatch"


def test_an_image_with_more_pixels_than_anybody_looks_at_is_refused():
    assert refusal(png(100_000, 100_000), "a.png") == "too_large_inside"
    assert refusal(jpeg(60_000, 60_000), "a.jpg") == "too_large_inside"
    assert refusal(png(0, 5), "a.png") == "type_mismatch"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HTML, "active_content"),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", "active_content"),
        (b"<?xml version='1.0'?><x/>", "active_content"),
        (b"#!/bin/sh\n", "active_content"),
        (b"%PDF-1.7\n", "active_content"),
        (b"{\\rtf1 x}", "active_content"),
        (b"a\x00b", "type_mismatch"),
        (b"a\x1b[31mb", "type_mismatch"),
        ("čaj".encode("cp1250"), "type_mismatch"),
        ("a".encode("utf-16"), "type_mismatch"),
        ("Ж".encode()[:1], "type_mismatch"),
        (b"", "empty"),
    ],
)
def test_text_that_is_no_text_or_the_source_of_something_is_refused(content, code):
    assert refusal(content, "a.txt") == code
    assert refusal(content, "a.csv") == code


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_whatever_is_done_to_a_file_it_is_taken_or_refused_and_nothing_else(name, data):
    content = bytearray(GOOD[name][0])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
        if not content:
            content = bytearray(b"x")
    with suppress(Refused):
        assert examine(io.BytesIO(bytes(content)), name, "").size == len(content)


def test_the_kinds_are_those_that_are_told():
    assert {media_type for _, media_type in GOOD.values()} == {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "text/plain",
        "text/csv",
        *(f"{OOXML}.{k}" for k in ("wordprocessingml.document", "spreadsheetml.sheet")),
        f"{OOXML}.presentationml.presentation",
        *(f"{ODF}.{k}" for k in ("text", "spreadsheet")),
    }
