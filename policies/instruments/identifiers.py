"""Identifiers of legal texts, made comparable. Pure.

Gazettes are cited as "52/21" and "52/2021", resolutions as "S/RES/1325 (2000)" and
"S/RES/1325(2000)".
"""

import re
import unicodedata

CENTURY_PIVOT = 45
"""A year of two digits from here on is of the 1900s; the region's gazettes of today began then."""

_SPACE = re.compile(r"\s+")
_AROUND_MARKS = re.compile(r"\s*([/(),;:-])\s*")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_NUMBER_AND_YEAR = re.compile(r"(?<![\w/.-])0*([0-9]{1,5})/([0-9]{4}|[0-9]{2})(?![\w/])", re.ASCII)


def identifier_key(identifier: str) -> str:
    """The form of an identifier by which two of them are compared; empty for an empty one.

    Letter case, spaces, kinds of dashes and leading zeros do not tell identifiers apart, nor do
    two digits of a year from four.
    """
    text = unicodedata.normalize("NFKC", identifier).translate(_DASHES).casefold()
    text = unicodedata.normalize("NFKC", text)
    text = _AROUND_MARKS.sub(r"\1", _SPACE.sub(" ", text)).strip()
    return _NUMBER_AND_YEAR.sub(_with_full_year, text)


def _with_full_year(match: re.Match[str]) -> str:
    number, year = match.groups()
    if len(year) == 2:
        year = ("19" if int(year) >= CENTURY_PIVOT else "20") + year
    return f"{number}/{year}"
