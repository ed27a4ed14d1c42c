"""A text as the lexemes of PostgreSQL's tsvector, made here and not by the server's parser.

Pure. So an index entry, a query and a highlight are made of words in one and the same way.
"""

from collections.abc import Iterable
from typing import Final

from .fold import Word, family_of, words, written_forms

LAST_POSITION: Final = 16_383
"""A tsvector knows no later place; words beyond it are found, but not by a phrase."""
MOST_PLACES: Final = 255
BUDGET: Final = 700_000
"""Bytes of lexemes and places; a tsvector holds 1 MiB. What lies beyond is not indexed."""
_GAP: Final = 8
"""Places between title and body, so that no phrase spans them."""

_Places = dict[str, list[str]]


def vector(title: str, body: str, language: str) -> str:
    """The tsvector of a text as PostgreSQL reads it; words of the title weigh ``A``.

    language: a BCP 47 tag, which chooses the stems.
    """
    families = family_of(language)
    places: _Places = {}
    left = BUDGET
    position = 0
    for weight, part in (("A", words(title)), ("", words(body))):
        position, left = _place(places, part, families, position, weight, left)
        position += _GAP
    return " ".join(f"'{lexeme}':{','.join(held)}" for lexeme, held in places.items())


def _place(
    places: _Places, part: Iterable[Word], families: str, position: int, weight: str, left: int
) -> tuple[int, int]:
    """Add words behind a position; the position of the last, and what is left of the budget."""
    for word in part:
        position += 1
        place = f"{min(position, LAST_POSITION)}{weight}"
        for form in sorted(written_forms(word.folded, families)):
            held = places.get(form)
            cost = 2 if held else len(form.encode()) + 12
            if cost > left:
                return position, left
            if held is None:
                places[form] = [place]
            elif len(held) < MOST_PLACES:
                held.append(place)
            else:
                continue
            left -= cost
    return position, left
