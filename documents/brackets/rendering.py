"""A text with its disagreed passages in square brackets. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DELETED = "(delete)"
"""What stands for a wording that strikes the passage out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the wordings of a passage, and the names of those who stand by it."""

    text: str
    proponents: Sequence[str]


@dataclass(frozen=True, slots=True)
class Disagreed:
    """A passage of a text, [start, end) in characters, and the wordings for it, the standing
    one first."""

    start: int
    end: int
    wordings: Sequence[Wording]


def with_brackets(text: str, passages: Iterable[Disagreed]) -> str:
    """The text with ``[shall | RS, AL: should | ME: (delete)]`` in place of each passage.

    Of passages that overlap, which only later changes of the text can bring about, the first one
    is shown.
    """
    out: list[str] = []
    at = 0
    for passage in sorted(passages, key=lambda each: (each.start, each.end)):
        if passage.start < at:
            continue
        out += [text[at : passage.start], "[", " | ".join(map(_told, passage.wordings)), "]"]
        at = passage.end
    return "".join([*out, text[at:]])


def _told(wording: Wording) -> str:
    names = ", ".join(sorted(wording.proponents))
    return (f"{names}: " if names else "") + (wording.text or DELETED)
