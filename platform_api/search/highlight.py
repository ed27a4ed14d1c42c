"""The passage of a text where a query meets it, as plain text with ranges. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from .fold import family_of, words, written_forms

WIDTH: Final = 240
"""Characters of a passage."""
_LEAD: Final = 60
_ENOUGH: Final = 200
"""Matches after which no better passage is looked for."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain text; ``ranges`` are [start, end) in it, counted in Unicode code points.

    An ellipsis stands where the text was cut. Control characters are spaces.
    """

    text: str
    ranges: tuple[Range, ...]


def highlighted(
    title: str, body: str, language: str, wanted: frozenset[str], families: str
) -> Passage:
    """The passage of the body with most matches; the title where the body has none.

    wanted: forms that are looked for, of these families.
    """
    used = family_of(language)
    used = used if used in families else ""
    found = list(islice(_matches(body, used, wanted), _ENOUGH))
    if found:
        return _cut(body, found)
    return _cut(title, list(_matches(title, used, wanted)))


def _matches(text: str, families: str, wanted: frozenset[str]) -> Iterator[Range]:
    for word in words(text):
        if not wanted.isdisjoint(written_forms(word.folded, families)):
            yield word.start, word.end


def _cut(text: str, found: Sequence[Range]) -> Passage:
    first = _densest(found)
    start = max(0, found[first][0] - _LEAD) if found else 0
    if start:
        start = _after_space(text, start, found[first][0])
    end = min(len(text), start + WIDTH)
    ranges = [(at, min(until, end)) for at, until in found[first:] if at < end]
    before = [(at, until) for at, until in found[:first] if at >= start]
    lead = "…" if start else ""
    shift = len(lead) - start
    shown = _CONTROL.sub(" ", text[start:end])
    return Passage(
        f"{lead}{shown}{'…' if end < len(text) else ''}",
        tuple((at + shift, until + shift) for at, until in [*before, *ranges]),
    )


def _densest(found: Sequence[Range]) -> int:
    """The match from which a passage holds most matches; the first of equals."""
    best, most, until = 0, 0, 0
    for index, (start, _) in enumerate(found):
        while until < len(found) and found[until][1] <= start + WIDTH - _LEAD:
            until += 1
        if until - index > most:
            best, most = index, until - index
    return best


def _after_space(text: str, start: int, latest: int) -> int:
    """The first place behind a space, not after the match itself."""
    space = re.compile(r"\s").search(text, start, latest)
    return space.end() if space else start
