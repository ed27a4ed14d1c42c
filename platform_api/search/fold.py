"""Find-alikes: scripts, case and marks folded away, and light stems of the region's languages.

Pure. A word becomes its *forms*: itself folded to plain letters, and a stem under the mark of
its language family (``s~diskriminac``). Marks keep a stem from meeting another word's whole
form. What is written and what is asked for meet where they share a form.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LONGEST_WORD: Final = 64
"""Letters of a folded word that count; what follows is cut off."""

_LETTERS: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "ѓ": "gj", "е": "e",
        "ж": "z", "з": "z", "ѕ": "dz", "и": "i", "ѝ": "i", "ј": "j", "й": "j", "к": "k",
        "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "ќ": "kj", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c",
        "ч": "c", "џ": "dz", "ш": "s", "щ": "st", "ъ": "a", "ы": "y", "ь": "", "э": "e",
        "ю": "ju", "я": "ja", "ё": "e", "ѐ": "e", "є": "e", "і": "i", "ї": "i", "ґ": "g",
        "đ": "dj", "ǵ": "gj", "ḱ": "kj", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
        "ø": "o", "ł": "l", "ð": "d", "þ": "th",
    }
)  # fmt: skip
_DJ: Final = re.compile(r"dj+")
_INVISIBLE: Final = frozenset({"Mn", "Me", "Cf"})
_WORD: Final = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0483-\u0487\u00ad\u200b-\u200d\u2060\ufeff])*"
)
_NOT_OF_WORDS: Final = re.compile(r"[\W_]+")
_DIGITS_WITHIN: Final = re.compile(r"\d{2,}")


def fold(text: str) -> str:
    """Plain lower-case letters: Cyrillic as Latin, without marks, ``đ`` and ``dj`` as ``d``.

    Folding again changes nothing.
    """
    folded = _folded(text)
    if folded.isascii():
        return folded
    # A letter of a compatibility form may only show itself once its marks are off.
    while (again := _folded(folded)) != folded:
        folded = again
    return folded


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = unicodedata.normalize("NFKC", plain).translate(_LETTERS)
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain)
        kept = (c for c in spread if unicodedata.category(c) not in _INVISIBLE)
        plain = unicodedata.normalize("NFKC", "".join(kept))
    return _DJ.sub("d", plain)


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in the original text (``text[start:end]``), and folded."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """The words of a text: runs of letters and digits; ``S/RES/1325`` is three of them."""
    for match in _WORD.finditer(text):
        folded = _folded_word(match.group())
        if folded:
            yield Word(match.start(), match.end(), folded)


@lru_cache(maxsize=65_536)
def _folded_word(word: str) -> str:
    return _NOT_OF_WORDS.sub("", fold(word))[:LONGEST_WORD]


@lru_cache(maxsize=65_536)
def forms(folded: str, families: str) -> frozenset[str]:
    """The forms of a folded word: itself, and its stem in each of the families."""
    return frozenset({folded, *(f"{family}~{_STEMMERS[family](folded)}" for family in families)})


@lru_cache(maxsize=65_536)
def written_forms(folded: str, families: str) -> frozenset[str]:
    """The forms under which a written word is found: also the numbers inside an identifier."""
    found = forms(folded, families)
    if folded.isalpha() or folded.isdecimal():
        return found
    return found | set(_DIGITS_WITHIN.findall(folded))


SOUTH_SLAVIC: Final = "s"
ALBANIAN: Final = "q"
ENGLISH: Final = "e"
ALL_FAMILIES: Final = SOUTH_SLAVIC + ALBANIAN + ENGLISH

_FAMILY_OF: Final = {
    **dict.fromkeys(("sr", "bs", "hr", "cnr", "sh", "mk"), SOUTH_SLAVIC),
    "sq": ALBANIAN,
    "en": ENGLISH,
    "und": ALL_FAMILIES,
}


def family_of(tag: str) -> str:
    """The family of a BCP 47 tag; empty for a language that is matched by whole words only, and
    all of them for ``und``."""
    return _FAMILY_OF.get(tag.lower().partition("-")[0], "")


_STEMMABLE: Final = re.compile(r"[a-z]{4,}")

_IJE: Final = re.compile(r"(?<=[bcdfghkmprstvz])(?<!ci)ije(?=[a-z]{2})")
_JE: Final = re.compile(r"(?<=[bcdfghkmprstvz])je(?=[a-z]{2})")
_OST: Final = re.compile(r"(?<=[a-z]{3})(?:ost(?:i|a|ta|ite|om|ima|ju)?|oscu)$")
_ARTICLE: Final = re.compile(r"(?<=[a-z]{4})(?:(?<=[aei])ta|(?<=i)te|(?<=[aeo])to|(?<=i)ot|ot)$")
_SLAVIC_ENDING: Final = re.compile(
    r"(?<=[a-z]{3})(?:evima|ovima|evi|eva|eve|ovi|ova|ove|ima|ama|ega|emu|(?<!l)oga|ome|omu"
    r"|em|om|(?<!l)og|oj|im|ih|a|e|i|o|u)$"
)
_FLEETING_A: Final = re.compile(r"(?<=[a-z]{2}[bcdfghklmnprstvz])a(?=[cklmnr]$)")
_SOFTENED: Final = str.maketrans("gkh", "zcs")


def _slavic(word: str) -> str:
    """Noun and adjective endings, the Macedonian article, ekavian for ijekavian, softening."""
    if not _STEMMABLE.fullmatch(word):
        return word
    word = _JE.sub("e", _IJE.sub("e", word))
    if _OST.search(word):
        return _OST.sub("ost", word)
    word = _SLAVIC_ENDING.sub("", _ARTICLE.sub("", word))
    word = word.rstrip("j") if len(word) > 4 else word
    word = _FLEETING_A.sub("", word)
    return word[:-1] + word[-1].translate(_SOFTENED)


_ALBANIAN_ENDING: Final = re.compile(
    r"(?<=[a-z]{3})(?:isht|eve|ave|ive|ise|ine|esh|ash|ish|ve|at|et|it|in|en|es|ia|se|ne|te"
    r"|a|e|i|u)$"
)


def _albanian(word: str) -> str:
    """Case endings with and without the article."""
    return _ALBANIAN_ENDING.sub("", word) if _STEMMABLE.fullmatch(word) else word


_ENGLISH_PLURAL: Final = re.compile(r"(?<=[a-z]{2})(?:(?<=s)es|ies|(?<![siu])s)$")
_ENGLISH_ATE: Final = re.compile(r"(?<=[a-z]{3})at(?:ions|ion|ing|ed|es|e)$")
_ENGLISH_ENDING: Final = re.compile(r"(?<=[a-z]{3})(?:ing|ed|ly)$")
_DOUBLED: Final = re.compile(r"([bdfgmnprt])\1$")


def _english(word: str) -> str:
    """Plurals, -ing, -ed, -ly, and the verbs and nouns in -ate and -ation."""
    if not _STEMMABLE.fullmatch(word):
        return word
    if _ENGLISH_ATE.search(word):
        return _ENGLISH_ATE.sub("at", word)
    word = _ENGLISH_PLURAL.sub(lambda found: "y" if found.group() == "ies" else "", word)
    if _ENGLISH_ENDING.search(word):
        word = _DOUBLED.sub(r"\1", _ENGLISH_ENDING.sub("", word))
    word = word.removesuffix("e") if len(word) > 3 else word
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


_STEMMERS: Final = {SOUTH_SLAVIC: _slavic, ALBANIAN: _albanian, ENGLISH: _english}
