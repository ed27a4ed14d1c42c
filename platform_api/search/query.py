"""What a person types, as a tsquery: words are all wanted, each in any of its forms.

``"two words"`` wants them side by side, ``-word`` wants texts without. Forms are put together
within each word and the negation around them, since joining whole queries by OR would lose it.
Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .fold import ALL_FAMILIES, family_of, forms, words
from .stopwords import STOP_WORDS

LONGEST: Final = 200
MOST_WORDS: Final = 16

_PART: Final = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<chunk>\S+)')


class TooManyWords(ValueError):
    """A query of more than ``MOST_WORDS`` words."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood.

    tsquery: as PostgreSQL reads it; empty where nothing is looked for.
    wanted: the forms to be highlighted.
    families: of stems that were asked for.
    """

    tsquery: str
    wanted: frozenset[str]
    families: str


@dataclass(frozen=True, slots=True)
class _Unit:
    words: tuple[str, ...]
    is_phrase: bool
    is_negated: bool

    @property
    def is_idle(self) -> bool:
        """Whether it consists of stop words only and binds none of them."""
        return set(self.words) <= STOP_WORDS and (len(self.words) == 1 or not self.is_phrase)


def understand(text: str, language: str = "") -> Query:
    """The query of a text. Raises TooManyWords.

    language: the BCP 47 tag of the texts that are looked through; empty for all of them.
    A query of stop words alone looks for these; one that only excludes looks for nothing.
    """
    families = family_of(language) if language else ALL_FAMILIES
    units = [unit for part in _PART.finditer(text) for unit in _units(part)]
    if sum(len(unit.words) for unit in units) > MOST_WORDS:
        raise TooManyWords
    sought = [unit for unit in units if not unit.is_negated]
    sought = [unit for unit in sought if not unit.is_idle] or sought
    if not sought:
        return Query("", frozenset(), families)
    excluded = [unit for unit in units if unit.is_negated]
    parts = [_unit_query(unit, families) for unit in sought]
    parts += [f"!({_unit_query(unit, families)})" for unit in excluded]
    wanted = frozenset[str]().union(
        *(forms(word, families) for unit in sought for word in unit.words)
    )
    return Query(" & ".join(parts), wanted, families)


def _units(part: re.Match[str]) -> Sequence[_Unit]:
    phrase, chunk = part["phrase"], part["chunk"]
    negated = bool(part["no"]) if chunk is None else chunk.startswith("-")
    found = tuple(word.folded for word in words(phrase if chunk is None else chunk))
    if not found:
        return ()
    if chunk is None or negated:
        return (_Unit(found, is_phrase=chunk is None, is_negated=negated),)
    return [_Unit((word,), is_phrase=False, is_negated=False) for word in found]


def _unit_query(unit: _Unit, families: str) -> str:
    joined = " <-> " if unit.is_phrase else " & "
    return "(" + joined.join(_word_query(word, families) for word in unit.words) + ")"


def _word_query(word: str, families: str) -> str:
    return "(" + " | ".join(f"'{form}'" for form in sorted(forms(word, families))) + ")"
