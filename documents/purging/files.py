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
    """The texts of a file: the whole, or of an office file each of its parts; none of a file that
    the storage has lost."""
    kind = FileKind(file.media_type)
    if kind not in _PLAIN | _OFFICE:
        return
    try:
        file_held = attachment_storage().open(stored_as)
    except FileNotFoundError:
        return
    with file_held as held:
        if kind in _PLAIN:
            yield held.read().decode("utf-8-sig")
            return
        with zipfile.ZipFile(held) as parts:
            for name in parts.namelist():
                if name.lower().endswith(".xml"):
                    yield html.unescape(_untagged(parts.read(name).decode("utf-8", "replace")))


def _untagged(markup: str) -> str:
    """What stands outside of tags, found in one pass however they are nested."""
    first, *rest = markup.split("<")
    return first + "".join(part.partition(">")[2] for part in rest)
