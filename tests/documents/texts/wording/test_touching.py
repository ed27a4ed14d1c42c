"""What a change touches of a text, and where that is in a later one."""

import pytest

from documents.texts.wording.anchoring import Movement
from documents.texts.wording.touching import overlap, touched

FIRST = "Complaints are filed within a month."
SECOND = "The adviser receives each of them."
THIRD = "One log is kept by rank."
LAST = "Everything else stays silent today."
TEXT = f"{FIRST} {SECOND} {THIRD}\n\nThe commander answers in writing.\n\n{LAST}"


def places(after, later=TEXT):
    """What a change of TEXT touches, as it stands in a later text."""
    movement = Movement(TEXT, later)
    found = (each.place(movement, len(later)) for each in touched(TEXT, after))
    return [place and later[slice(*place)] for place in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The adviser", "An adviser", [SECOND]),
        (f"{SECOND} ", "", [SECOND]),
        ("The commander answers in writing.\n\n", "", ["The commander answers in writing."]),
        ("Complaints", "Grievances", [FIRST]),
        (SECOND, f"{SECOND} A new one.", [" "]),
        (FIRST, f"A new one. {FIRST}", [""]),
        (THIRD, f"{THIRD} A new one.", ["\n\n"]),
        ("\n\nThe commander", "\n\nA new paragraph.\n\nThe commander", ["\n\n"]),
        (LAST, f"{LAST}\n\nThe end of it all.", [""]),
        (f"{FIRST} {SECOND}", "Nothing of this sort.", [f"{FIRST} {SECOND}"]),
        ("", "", []),
    ],
)
def test_what_is_touched_is_as_small_as_sentences(old, new, expected):
    assert places(TEXT.replace(old, new) if old else TEXT) == expected


def test_what_others_put_into_a_gap_belongs_to_it():
    later = TEXT.replace(SECOND, f"Of others. {SECOND}").replace(LAST, f"Before it.\n\n{LAST}")

    assert places(TEXT.replace(SECOND, f"Ours. {SECOND}"), later) == [" Of others. "]
    assert places(TEXT.replace(LAST, f"Ours is this.\n\n{LAST}"), later) == ["\n\nBefore it.\n\n"]
    ended = f"{TEXT}\n\nThe words of others."
    assert places(f"{TEXT}\n\nOurs.", ended) == ["\n\nThe words of others."]


def test_what_is_gone_has_no_place():
    later = TEXT.replace(f"{SECOND} ", "")

    assert places(TEXT.replace("The adviser", "An adviser"), later) == [None]
    assert places(TEXT.replace(SECOND, f"Ours. {SECOND}"), later) == [None]


def test_stretches_that_only_touch_do_not_overlap():
    assert overlap((0, 3), (2, 5))
    assert overlap((0, 9), (2, 5))
    assert not overlap((0, 3), (3, 5))
    assert not overlap((3, 3), (3, 5))
    assert not overlap(None, (0, 9))
