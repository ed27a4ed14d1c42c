"""Whether a merge keeps every sentence: none lost that nobody took away, none doubled. Pure.

A block or a sentence that was moved is deleted in one place and inserted in another. Where only
one of the two is contested, a choice there would lose it or set it twice.
"""

from collections import Counter
from collections.abc import Iterable

from .units import blocks, sentences


def keeps_all(
    base: Iterable[str],
    yours: Iterable[str],
    theirs: Iterable[str],
    with_yours: Iterable[str],
    with_theirs: Iterable[str],
) -> bool:
    """Whether what all three texts have stays as often as it is, and what one side alone has
    comes as often as that side has it, when everything contested is settled for it.

    Each is the blocks in which anything changed; the last two those of the settled texts.
    """
    before, mine, other, first, second = (
        _counted(texts) for texts in (base, yours, theirs, with_yours, with_theirs)
    )
    for sentence in before.keys() | mine.keys() | other.keys():
        there = before[sentence], mine[sentence], other[sentence]
        if len(set(there)) == 1 and (first[sentence], second[sentence]) != there[:2]:
            return False
        if there == (0, there[1], 0) and first[sentence] != there[1]:
            return False
        if there == (0, 0, there[2]) and second[sentence] != there[2]:
            return False
    return True


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(
        sentence.text
        for text in texts
        for block in blocks(text)[1]
        for sentence in sentences(block.text)
    )
