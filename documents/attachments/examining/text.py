"""Plain text and CSV (RFC 4180): UTF-8 that is not the source of something that runs."""

import codecs
import re
from typing import BinaryIO

from .refusing import active, broken

_CHUNK = 64 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_RUNS = re.compile(
    r"\s*(?:<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)|%pdf-|%!ps|\{\\rtf|#!)",
    re.IGNORECASE,
)
_HEAD = 1024


def check_text(file: BinaryIO, size: int) -> None:
    """Raise Refused unless the file is text in UTF-8, without control characters."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    head = ""
    try:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            head += text[: max(0, _HEAD - len(head))]
            if _CONTROL.search(text):
                raise broken("text in UTF-8")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise broken("text in UTF-8") from None
    if _RUNS.match(head):
        raise active()
