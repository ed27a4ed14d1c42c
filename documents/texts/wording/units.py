"""A Markdown text as blocks, and a block as sentences, without losing a character. Pure.

A block is a paragraph, a heading, a list item, a row of a table, a quotation or a fenced passage.
Sentences end as in English and the languages of the region, in both scripts; a full stop of an
abbreviation, an ordinal or an initial ends none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_PLAIN = re.compile(r"(?! {0,3}[#`~]|\s*\|)")
"""What no heading, row or fence begins with."""
_DENSE = re.compile(rf"\s*\||{_ITEM.pattern}")
"""A row or an item, which stand one below the other without a blank line."""
_NOTE = re.compile(r"\[\^[^\]\s]{1,80}\]:")
# Possessive, and beginning where a run begins: a long run is looked at once.
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'»”’“)\]*_]*+(?=\s)""")
_SPACE = re.compile(r"\s+")
_OPENINGS = re.compile(r"""["'«„“”‘(*_\[—–-]*""")
_RUN = re.compile(r"[\w.]+")
_LONGEST_WORD = 40
"""No abbreviation is longer, in characters."""
_ENGLISH = "art arts cf chap dr eg etc fig ie mr mrs ms no nos op p para paras pp prof st vol vs"
_LATIN = "bih br čl dipl doc gđa god ing itd inž npr odn odl otpr prim sl str sv tač tj toč tzv ul"
_CYRILLIC = "бр гђа год дипл др инж итд итн нпр одн проф св сл ст стр тач тј тн тзв ул чл"
_ABBREVIATIONS = frozenset(f"{_ENGLISH} {_LATIN} {_CYRILLIC}".split())


Span = tuple[int, int]
"""A stretch of a text, [start, end) in characters (code points)."""


class Unit(NamedTuple):
    """A stretch of text and the white space after it.

    joint: the white space that stands after it where it was last and is so no longer.
    """

    text: str
    space: str
    joint: str


def blocks(text: str) -> tuple[str, list[Unit]]:
    """The white space before a text and its blocks; put together they are the text."""
    lines = _LINE.findall(text)
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    found: list[Unit] = []
    held: list[str] = []
    space: list[str] = []
    fence = ""
    alone = False
    for line in lines[first:]:
        if fence:
            held.append(line)
            if re.fullmatch(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*", line):
                fence = ""
            continue
        if line.isspace():
            space.append(line)
            continue
        if held and (space or _begins(line) or alone):
            found.append(_unit(held, space))
            held, space = [], []
        held.append(line)
        if _PLAIN.match(line):  # most lines are, and need no closer look
            alone = alone and len(held) > 1
            continue
        alone = _stands_alone(line) if len(held) == 1 else alone
        opening = _FENCE.match(line)
        fence = opening.group(1) if opening else ""
    if held:
        found.append(_unit(held, space))
    return "".join(lines[:first]), found


def sentences(block: str) -> list[Unit]:
    """The sentences of a block; put together they are the block.

    A fenced passage is one, since what follows hangs on its being closed.
    """
    found: list[Unit] = []
    begin = 0
    for match in () if _FENCE.match(block) else _END.finditer(block):
        rest = _SPACE.match(block, match.end())
        assert rest is not None
        if rest.end() == len(block) or _goes_on(block, begin, match, rest.end()):
            continue
        found.append(Unit(block[begin : match.end()], rest.group(), " "))
        begin = rest.end()
    if begin < len(block):
        last = block[begin:].rstrip()
        found.append(Unit(last, block[begin + len(last) :], " "))
    return found


def joined(units: Sequence[Unit]) -> str:
    """Units as text; one that was last elsewhere gets white space when others follow."""
    out = [unit.text + (unit.space or unit.joint) for unit in units[:-1]]
    out += [unit.text + unit.space for unit in units[-1:]]
    return "".join(out)


def runs_on(before: str, after: str) -> bool:
    """Whether a block would go on in another that follows without a blank line."""
    return not (_begins(after) or _stands_alone(before))


def spans_of(units: Sequence[Unit], at: int) -> list[Span]:
    """Where units stand in their text, without the white space; the first begins at ``at``."""
    spans: list[Span] = []
    for unit in units:
        end = at + len(unit.text)
        spans.append((at, end))
        at = end + len(unit.space)
    return spans


def texts(units: Sequence[Unit]) -> list[str]:
    return [unit.text for unit in units]


def bare(units: Sequence[Unit]) -> str:
    """Units as text, without the white space after the last."""
    return joined([*units[:-1], *(unit._replace(space="") for unit in units[-1:])])


def _begins(line: str) -> bool:
    """Whether a line begins a block though no blank line stands before it."""
    return bool(
        line.lstrip().startswith("|")
        or _ITEM.match(line)
        or _HEADING.match(line)
        or _FENCE.match(line)
        or _NOTE.match(line)
    )


def _stands_alone(first: str) -> bool:
    """Whether a block cannot go on after its line: a heading, a row, a closed fence."""
    return bool(_HEADING.match(first) or first.lstrip().startswith("|") or _FENCE.match(first))


def _unit(held: list[str], space: list[str]) -> Unit:
    text = "".join(held)
    bare = text.rstrip("\r\n")
    joint = "\n" if _DENSE.match(text) else "\n\n"
    return Unit(bare, text[len(bare) :] + "".join(space), joint)


def _goes_on(block: str, begin: int, end: re.Match[str], following: int) -> bool:
    """Whether a sentence goes on after what looks like its end."""
    opening = _OPENINGS.match(block, following)
    assert opening is not None
    after = block[opening.end() : opening.end() + 1]
    if after and (after.islower() or (after.isdigit() and end.group() == ".")):
        return True
    if not end.group().startswith(".") or end.group().startswith(".."):
        return False
    near = block[max(begin, end.start() - _LONGEST_WORD - 1) : end.start()]
    backwards = _RUN.match(near[::-1])  # looked for at its end, a word is found at once
    if backwards is None or len(backwards.group()) > _LONGEST_WORD:
        return False
    word = backwards.group()[::-1].lower()
    return (
        len(word) == 1 or word in _ABBREVIATIONS or re.fullmatch(r"(?:\w\.)+\w", word) is not None
    )
