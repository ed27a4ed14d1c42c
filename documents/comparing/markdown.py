"""A block of Markdown as what a person reads: its form, and its words with their emphasis. Pure.

Addresses of links and sources of pictures are words, too: one that was exchanged is a change that
has to be seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LONGEST = 5_000
"""Characters of a block whose emphasis is made out; a longer one is read as it stands."""

_MOST_CELLS = 200

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|$)")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])(?:\s+|$)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,80})\]:\s*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^\n]*\n?")
_BREAK = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DELIMITER = re.compile(r"\|(?:\s*:?-+:?\s*\|)*(?:\s*:?-+:?)?$")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_CELLS = re.compile(r"(?<!\\)\|")

_markdown = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    DELIMITER = "delimiter"
    QUOTE = "quote"
    CODE = "code"
    NOTE = "note"
    BREAK = "break"


class Style(StrEnum):
    """How words are set."""

    STRONG = "strong"
    EMPHASIS = "em"
    STRUCK = "s"
    CODE = "code"
    RAISED = "sup"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are set alike."""

    text: str
    styles: tuple[Style, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A block taken apart.

    level: of a heading, or how deep an item stands. marker: of an item or a note.
    parts: its text as runs; of a row one for each cell.
    """

    kind: Kind
    level: int
    marker: str
    parts: tuple[tuple[Run, ...], ...]

    @property
    def texts(self) -> list[str]:
        """The words of each part."""
        return ["".join(run.text for run in part) for part in self.parts]


def form_of(block: str, *, styled: bool = True) -> Form:
    """The form of one block, as ``documents.texts.wording.units`` cuts them.

    styled: whether emphasis is made out, or the words read as they stand.
    """

    def runs(text: str) -> tuple[Run, ...]:
        return _runs(text, styled=styled)

    if opening := _FENCE.match(block):
        code, _, last = block[opening.end() :].rpartition("\n")
        if set(last.strip()) - {opening.group(1)[0]}:
            code = block[opening.end() :]
        return Form(Kind.CODE, 0, "", ((Run(code),),))
    if _BREAK.match(block):
        return Form(Kind.BREAK, 0, "", ())
    if heading := _HEADING.match(block):
        return Form(
            Kind.HEADING, len(heading.group(1)), "", (runs(_titled(block[heading.end() :])),)
        )
    if note := _NOTE.match(block):
        return Form(Kind.NOTE, 0, note.group(1), (runs(block[note.end() :]),))
    if item := _ITEM.match(block):
        level = min(len(item.group(1).expandtabs(4)) // 2, 6)
        marker = "•" if item.group(2) in "-*+" else item.group(2)
        return Form(Kind.ITEM, level, marker, (runs(block[item.end() :]),))
    row = block.strip()
    if row.startswith("|") and row.count("|") <= _MOST_CELLS:
        if _DELIMITER.match(row):
            return Form(Kind.DELIMITER, 0, "", ())
        return Form(Kind.ROW, 0, "", tuple(runs(cell) for cell in _cells(row)))
    if block.lstrip().startswith(">"):
        bare = re.sub(r"(?m)^ {0,3}> ?", "", block)
        return Form(Kind.QUOTE, 0, "", (runs(bare),))
    return Form(Kind.PARAGRAPH, 0, "", (runs(block),))


def _titled(heading: str) -> str:
    """The words of a heading without the number signs that may close it."""
    words = heading.rstrip()
    bare = words.rstrip("#")
    return bare if not bare or bare[-1].isspace() else words


def _cells(row: str) -> list[str]:
    cells = _CELLS.split(row)[1:]
    if cells and not cells[-1].strip():
        cells.pop()
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _runs(text: str, *, styled: bool) -> tuple[Run, ...]:
    """The words of a block in their styles; neighbours that are set alike are one run."""
    text = re.sub(r"(?m)^[ \t]+", "", text.strip())
    if not styled or len(text) > _LONGEST:
        return (Run(text),)
    found: list[Run] = []
    for run in _read(_markdown.parseInline(text)[0].children or ()):
        if found and found[-1].styles == run.styles:
            found[-1] = Run(found[-1].text + run.text, run.styles)
        elif run.text:
            found.append(run)
    return tuple(found)


_OPENED = {
    "strong_open": Style.STRONG,
    "em_open": Style.EMPHASIS,
    "s_open": Style.STRUCK,
}


def _read(tokens: Sequence[Token]) -> Iterator[Run]:
    held: list[Style] = []
    address, linked = "", ""
    for token in tokens:
        styles = tuple(held)
        if token.type in _OPENED:
            held.append(_OPENED[token.type])
        elif token.type in ("strong_close", "em_close", "s_close"):
            held.pop()
        elif token.type == "link_open":
            address, linked = str(token.attrs.get("href", "")), ""
        elif token.type == "link_close":
            if address.removeprefix("mailto:") != linked:
                yield from _address(address, styles)
        elif token.type == "image":
            yield Run(f"[{token.content}]", styles)
            yield from _address(str(token.attrs.get("src", "")), styles)
        elif token.type == "code_inline":
            linked += token.content
            yield Run(token.content, (*styles, Style.CODE))
        elif token.type == "softbreak":
            yield Run(" ", styles)
        elif token.type == "hardbreak":
            yield Run("\n", styles)
        else:
            linked += token.content
            yield from _words(token.content, styles)


def _address(address: str, styles: tuple[Style, ...]) -> Iterator[Run]:
    yield Run(f" ‹{address}›", (*styles, Style.ADDRESS))


def _words(text: str, styles: tuple[Style, ...]) -> Iterator[Run]:
    """A text in which the numbers of footnotes are raised."""
    for index, piece in enumerate(_REFERENCE.split(text)):
        raised = (*styles, Style.RAISED) if index % 2 else styles
        yield Run(f"[{piece}]" if index % 2 else piece, raised)
