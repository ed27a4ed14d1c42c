"""Places among siblings: strings between which another always fits. Pure.

A rank is the digits of a fraction in base 36, without trailing zeros, compared byte by byte.
Hidden siblings need no room: a new rank may equal one of theirs, and ids break the tie.
"""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def between(low: str, high: str | None) -> str:
    """A rank above ``low`` and below ``high``; an empty low is the start, None the end.

    Raises ValueError unless low is below high.
    """
    if high is not None and low >= high:
        raise ValueError("low must be below high")
    made = ""
    at_end = high is None
    while True:
        place = len(made)
        above = _digit(low, place)
        below = len(_DIGITS) if high is None else _digit(high, place)
        if below - above > 1:
            return made + _DIGITS[above + 1 if at_end else (above + below) // 2]
        made += _DIGITS[above]
        if below > above:
            high = None


def _digit(rank: str, place: int) -> int:
    return _DIGITS.index(rank[place]) if place < len(rank) else 0
