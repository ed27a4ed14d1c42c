"""Which attached files hold a passage, as far as a file can be read for its words."""

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from uuid import UUID

from documents.attachments.examining import FileKind
from documents.attachments.models import Attachment
from documents.attachments.storing import attachment_storage

_PLAIN = frozenset({FileKind.TEXT, FileKind.CSV})
_OFFICE = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.PPTX, FileKind.ODT, FileKind.ODS})
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")


def holding(files: Iterable[Attachment], passage: str) -> list[UUID]:
    """Those of some attachments that hold a passage, whatever white space and markup is in it.

    Plain text, CSV and office files are read. What stands in PDF and in pictures is not: whoever
    asks for the purge names such a file itself.
    """
    wanted = _BLANKS.sub("", passage)
    return [
        file.pk
        for file in files
        if file.stored_as is not None
        and any(wanted in _BLANKS.sub("", text) for text in _texts(file, file.stored_as))
    ]


def _texts(file: Attachment, stored_as: str) -> Iterator[str]:
    """The texts of a file: the whole, or of an office file each of its parts."""
    kind = FileKind(file.media_type)
    if kind not in _PLAIN | _OFFICE:
        return
    with attachment_storage().open(stored_as) as held:
        if kind in _PLAIN:
            yield held.read().decode("utf-8-sig")
            return
        with zipfile.ZipFile(held) as parts:
            for name in parts.namelist():
                if name.endswith(".xml"):
                    yield html.unescape(_TAG.sub("", parts.read(name).decode("utf-8", "replace")))
