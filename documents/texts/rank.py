"""Places among siblings: strings between which another always fits. Pure.

A rank is the digits of a fraction in base 36, without trailing zeros, compared byte by byte.
"""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SEAT_DIGITS = 3


def place_of_seat(low: str, high: str | None, seat: int) -> str:
    """A rank above ``low`` and below ``high`` that no other seat can make.

    seat: the number of the seat that adds, from 1. Seats do not see each other's hidden siblings
    and may choose the same place at the same time; the rank ends in the seat's number, so that
    their order is settled and another still fits between.

    Raises ValueError unless low is below high and the seat is one of 1 to 45,360.
    """
    suffix = _seat_digits(seat)
    made = between(low, high)
    while high is not None and made + suffix >= high:
        made = between(low, made)
    return made + suffix


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


def _seat_digits(seat: int) -> str:
    base = len(_DIGITS)
    rest, last = divmod(seat - 1, base - 1)
    if seat < 1 or rest >= base ** (_SEAT_DIGITS - 1):
        raise ValueError("no such seat number")
    high, low = divmod(rest, base)
    return _DIGITS[high] + _DIGITS[low] + _DIGITS[last + 1]
