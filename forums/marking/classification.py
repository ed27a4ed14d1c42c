"""Marks of classified information, found where they stand as marks. Pure, and linear in the text.

The platform is for unclassified information. A mark is one by its place: alone on its line, at
either end of a line of capitals or of a label, or in brackets before a paragraph; in capitals, or
in any case where it names NATO or the EU. A word in a sentence, in a list of levels or in a table
is none, and neither is TLP, which says with whom something is shared.

Which legal act of each country defines its grades, as far as it was found, stands with the marks
(``data/classification_marks.json``, ``source``) and in docs/decisions/0013.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from platform_api.core.errors import FieldError, Invalid

_DATA = Path(__file__).parent / "data" / "classification_marks.json"
_LONGEST_LINE = 160
"""Characters of a line that may be a header; a longer one is looked at for its beginning only."""
_LONGEST_MARK = 60
_ADORNMENT = " \t#>*_~`=|!.,;:„“”‘’\"'«»()[]{}<>–—-/\u00a0"
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_SEPARATOR = re.compile(r"//|[|:;–—]| - |\t|  ")
_ANY_CASE = frozenset({"NATO", "EU"})
_BRACKETS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text. mark: as its source writes it. system: whose. line: from 1."""

    mark: str
    system: str
    line: int


class ClassificationMark(Invalid):
    """422: a text bears marks of classified information, which has no place here."""

    status = 422
    slug = "classification-mark"
    code = "classification_mark"


def require_unmarked(texts: Mapping[str, str], before: Mapping[str, str] | None = None) -> None:
    """Raise ClassificationMark when texts bear marks that they did not bear before.

    texts: by the JSON pointers of the members that they are given in. before: what stood there
    when somebody last answered for it.
    """
    found = new_marks(texts, before or {})
    if found:
        raise ClassificationMark(
            [
                FieldError(
                    pointer,
                    "classification_mark",
                    f"Line {each.line} bears the mark {each.mark} ({each.system}).",
                )
                for pointer, each in found
            ],
            "The platform is for unclassified information. If it is no mark, a head says why.",
        )


def new_marks(texts: Mapping[str, str], before: Mapping[str, str]) -> list[tuple[str, Mark]]:
    """The marks of texts, by pointer, which their predecessors bear less often."""
    answered = Counter(mark.mark for text in before.values() for mark in marks_in(text))
    found = []
    for pointer, text in texts.items():
        for mark in marks_in(text):
            if answered[mark.mark]:
                answered[mark.mark] -= 1
            else:
                found.append((pointer, mark))
    return found


def marks_in(text: str) -> Iterator[Mark]:
    """The marks of a Markdown or plain text, in their order."""
    for number, line in enumerate(text.splitlines(), 1):
        known = _of_line(line)
        if known is not None:
            yield Mark(*known, number)


def _of_line(line: str) -> tuple[str, str] | None:
    item = _ITEM.match(line)
    rest = line[item.end() :] if item else line
    portion = _portion(rest)
    if portion or item or len(line) > _LONGEST_LINE:
        return portion
    cells = [cell for cell in line.split("|") if cell.strip(_ADORNMENT)]
    if len(cells) != 1 and line.lstrip().startswith("|"):
        return None
    plain = _untagged(rest).strip(_ADORNMENT)
    return _mark(plain) or _mark(_closed_up(plain)) or _header(plain)


def _portion(text: str) -> tuple[str, str] | None:
    """A mark in brackets before a paragraph."""
    start = text[:_LONGEST_MARK].lstrip(" \t#>*_")
    close = _BRACKETS.get(start[:1])
    inner, found, _ = start[1:].partition(close) if close else ("", "", "")
    if not found or not _is_upper(inner):
        return None
    return _portions().get(_folded(inner)) or _marks().get(_folded(inner.strip(_ADORNMENT)))


def _mark(text: str) -> tuple[str, str] | None:
    """The mark that a text is as a whole."""
    if not 1 < len(text) <= _LONGEST_MARK:
        return None
    known = _marks().get(_folded(text))
    return known if known and (_is_upper(text) or known[1] in _ANY_CASE) else None


def _header(text: str) -> tuple[str, str] | None:
    """A mark before or after a separator: with capitals behind it, or behind a label."""
    parts = [part.strip(_ADORNMENT) for part in _SEPARATOR.split(text)]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        if _is_upper(text) and _mark(parts[0]):
            return _mark(parts[0])
        if _is_upper(parts[-1]) and _mark(parts[-1]):
            return _mark(parts[-1])
    sides = [part.strip(_ADORNMENT) for part in text.split("/")]
    known = [_mark(side) for side in sides if side]
    return known[0] if len(known) > 1 and all(known) else None


def _closed_up(text: str) -> str:
    """A word that was spaced out, ``T A J N O``, as it is written otherwise."""
    words = [word.split(" ") for word in re.split(r" {2,}|\t", text)]
    if sum(map(len, words)) < 4 or any(len(letter) > 1 for word in words for letter in word):
        return ""
    return " ".join("".join(word) for word in words)


def _untagged(text: str) -> str:
    """A line without HTML tags."""
    kept, rest = "", text
    while rest:
        before, opened, rest = rest.partition("<")
        kept += before
        if opened:
            _, closed, after = rest.partition(">")
            rest = after if closed else rest
    return kept


def _is_upper(text: str) -> bool:
    return text.upper() == text and any(character.isalpha() for character in text)


def _folded(text: str) -> str:
    """Capitals without diacritics and invisible characters, single spaces."""
    kept = (
        character
        for character in unicodedata.normalize("NFKD", text.upper())
        if unicodedata.category(character) not in ("Mn", "Cf")
    )
    return " ".join("".join(kept).split())


@cache
def _systems() -> list[dict[str, list[str]]]:
    systems: list[dict[str, list[str]]] = json.loads(_DATA.read_text(encoding="utf-8"))["systems"]
    return systems


@cache
def _marks() -> dict[str, tuple[str, str]]:
    return _index("marks")


@cache
def _portions() -> dict[str, tuple[str, str]]:
    return _index("portions")


def _index(kind: str) -> dict[str, tuple[str, str]]:
    """Each mark, folded, with its own spelling and the systems that have it."""
    found: dict[str, tuple[str, str]] = {}
    for each in _systems():
        for mark in each[kind]:
            spelling, held = found.get(_folded(mark), (mark, ""))
            system = f"{held}, {each['system']}" if held else str(each["system"])
            found[_folded(mark)] = (spelling, system)
    return found
