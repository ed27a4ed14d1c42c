"""Cutting a Markdown text in two and putting two together, without losing a character. Pure.

A text is cut where one of its blocks begins (``wording.units``), so that both parts read as they
did in the whole: not within a fenced passage or a table, nor before what belongs to the item
above it, nor between a note or link and its definition.
"""

import re

from documents.texts.wording.units import blocks

_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")


class Uncuttable(ValueError):
    """A text can't be cut or put together there. code: a stable reason; detail: a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def cut(text: str, at: int) -> tuple[str, str]:
    """The two parts of a text; put together they are the text.

    at: the character (code point) at which the second begins. Raises Uncuttable (``empty_part``,
    ``inside_fence``, ``inside_table``, ``inside_block``, ``note_apart``).
    """
    first, second = text[:at], text[at:]
    if not first.strip() or not second.strip() or at > len(text):
        raise Uncuttable("empty_part", "Each of the two parts needs a text.")
    space, units = blocks(text)
    begin, held = len(space), ""
    for unit in units:
        if at <= begin:
            break
        end = begin + len(unit.text) + len(unit.space)
        if at < end:
            raise Uncuttable(_within(unit.text), _nearest(text, begin, end))
        begin, held = end, unit.text
    if at != begin:
        raise Uncuttable("inside_block", _nearest(text, begin, begin))
    if held.lstrip().startswith("|") and second.lstrip().startswith("|"):
        raise Uncuttable("inside_table", "A table is not cut between its rows.")
    if second[0].isspace():
        raise Uncuttable("inside_block", "What is indented belongs to the item above it.")
    apart = _apart(first, second)
    if apart:
        raise Uncuttable("note_apart", f"Defined in one part and used in the other: {apart}")
    return first, second


def put_together(first: str, second: str) -> tuple[str, int]:
    """The text of two parts with a blank line between them, and where the second begins.

    Raises Uncuttable (``open_fence``, ``same_note``).
    """
    if _is_open(first):
        raise Uncuttable("open_fence", "A fenced passage of the first is not closed.")
    same = sorted(_labels(first) & _labels(second))
    if same:
        raise Uncuttable("same_note", f"Both define the same: {', '.join(same)}")
    if not first or not second:
        return first + second, len(first)
    breaks = len(first) - len(first.rstrip("\n"))
    between = "\n" * max(0, 2 - breaks)
    return f"{first}{between}{second}", len(first) + len(between)


def _within(block: str) -> str:
    if _FENCE.match(block):
        return "inside_fence"
    return "inside_table" if block.lstrip().startswith("|") else "inside_block"


def _nearest(text: str, begin: int, end: int) -> str:
    after = f" and {end}" if begin < end < len(text) else ""
    return f"A text is cut where a block begins; the nearest begin at {begin}{after}."


def _labels(text: str) -> set[str]:
    """The labels of notes and links that a text defines, as Markdown compares them."""
    return {label.casefold() for label in _DEFINITION.findall(text)}


def _apart(first: str, second: str) -> str:
    """The labels that one of two parts defines and the other uses."""
    found = {
        f"[{label}]"
        for defined, used in ((first, second), (second, first))
        for label in _labels(defined)
        if f"[{label}]" in used.casefold() and label not in _labels(used)
    }
    return ", ".join(sorted(found))


def _is_open(text: str) -> bool:
    """Whether what follows a text would be within a fenced passage of it."""
    _, units = blocks(f"{text}\n\nx")
    return units[-1].text != "x"
