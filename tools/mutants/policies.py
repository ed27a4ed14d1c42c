"""Conditions of row-level security, taken apart."""

import re
from collections import Counter
from collections.abc import Iterator

_OPENS, _CLOSES = "(", ")"


def conjuncts(expression: str) -> Iterator[tuple[str, str]]:
    """Each condition that is joined by AND in an expression, and the expression without it.

    ``expression`` as PostgreSQL prints it: every chain of AND in parentheses of its own. What
    picks the permission of a grant is one condition, and not taken apart; a question that only
    spares others (whether somebody manages anything at all) is none. Conditions in the same
    words are numbered.
    """
    times: Counter[str] = Counter()
    for begin, end in _groups(expression):
        parts = list(_parts(expression, begin, end))
        if len(parts) < 2:
            continue
        for left, right in parts:
            condition = expression[left:right]
            is_permission = "::text = '" in condition and "SELECT" not in condition
            if is_permission or "cardinality(" in condition:
                continue
            name = _named(condition)
            times[name] += 1
            again = f" ({times[name]})" if times[name] > 1 else ""
            yield f"{name}{again}", f"{expression[:left]}true{expression[right:]}"


def _groups(expression: str) -> Iterator[tuple[int, int]]:
    """Where each pair of parentheses begins and ends, its parentheses left out."""
    opened: list[int] = []
    for at, letter in enumerate(expression):
        if letter == _OPENS:
            opened.append(at + 1)
        elif letter == _CLOSES:
            yield opened.pop(), at


def _parts(expression: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of what is joined by AND directly within a pair of parentheses."""
    depth, left = 0, begin
    at = begin
    while at < end:
        letter = expression[at]
        if letter == _OPENS:
            depth += 1
        elif letter == _CLOSES:
            depth -= 1
        elif depth == 0 and expression.startswith(" AND ", at):
            yield left, at
            at += 5
            left = at
            continue
        at += 1
    yield left, end


def _named(condition: str) -> str:
    """A condition in so few words that it can be told from its neighbours."""
    words = re.sub(r"\s+", " ", condition)
    words = re.sub(r"\( SELECT (\w+\(\)) AS \w+\)", r"\1", words)
    words = re.sub(r"\( SELECT p\.id FROM .*", "…", words)
    words = re.sub(r"::\w+(\[\])?", "", words).replace("statement_timestamp()", "now")
    return words.strip("() ")[:90]
