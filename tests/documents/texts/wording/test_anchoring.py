"""A passage is found again where it stands now, or nowhere."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.texts.wording.anchoring import Movement

from .texts import MANY, paragraph, text

RULE = "Complaints shall be filed within 30 days."
TEXT = f"# Rules\n\nBefore it. {RULE} After it.\n\nThe body decides.\n"


def place(before, after, passage):
    start = before.index(passage)
    found = Movement(before, after).place(start, start + len(passage))
    return found and after[found[0] : found[1]]


@MANY
@given(text, st.data())
def test_in_an_unchanged_text_nothing_moves(body, data):
    if not body.strip():
        return
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    if body[start:end].strip():
        found = Movement(body, body).place(start, end)
        assert found is not None
        assert body[found[0] : found[1]].strip() == body[start:end].strip()


@MANY
@given(st.lists(paragraph, min_size=2, max_size=6, unique=True), st.data())
def test_a_paragraph_that_stays_is_followed_whatever_comes_around_it(paragraphs, data):
    marked = [f"p{number}p {each}" for number, each in enumerate(paragraphs)]
    kept = data.draw(st.integers(0, len(marked) - 1))
    others = data.draw(st.lists(paragraph, max_size=4))
    after = [*others, *marked[:kept], marked[kept], *marked[kept + 1 :][::-1]]

    assert place("\n\n".join(marked), "\n\n".join(after), marked[kept]) == marked[kept]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Before it.", "Long, long before it.", RULE),
        ("# Rules\n\n", "", RULE),
        ("30", "15", "Complaints shall be filed within 15 days."),
        ("Complaints", "All complaints", " shall be filed within 30 days."),
        (RULE, "", None),
        (RULE, "Nothing of that sort is foreseen any longer by anybody.", None),
        ("The body decides.", f"The body decides. {RULE}", RULE),
    ],
)
def test_a_sentence_is_followed_through_edits(old, new, expected):
    assert place(TEXT, TEXT.replace(old, new), RULE) == expected


def test_of_three_hundred_passages_in_an_edited_text_nearly_all_are_found_where_they_are():
    """Each paragraph bears a mark of its own, so that its right place is known."""
    generator = random.Random(7)
    words = [
        f"{a}{b}" for a in ("ra", "ke", "mo", "ti", "zu") for b in ("ban", "lor", "ven", "dis")
    ]
    paragraphs = [
        " ".join(generator.choices(words, k=12))
        + f" mark{number}mark "
        + " ".join(generator.choices(words, k=12))
        + "."
        for number in range(300)
    ]
    edited = []
    for each in paragraphs:
        act = generator.randrange(4)
        parts = each.split(" ")
        if act == 0:
            parts[generator.randrange(11)] = "changed"
        elif act == 1:
            parts[14:18] = ["some", "new", "words"]
        elif act == 2:
            edited.append("A paragraph " + " ".join(generator.choices(words, k=9)) + " came.")
        edited.append(" ".join(parts))
    before, after = "\n\n".join(paragraphs), "\n\n".join(edited)
    movement = Movement(before, after)

    right = 0
    for number, each in enumerate(paragraphs):
        start = before.index(each)
        found = movement.place(start, start + len(each))
        right += found is not None and f"mark{number}mark" in after[found[0] : found[1]]
    assert right >= 298


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, len(TEXT) + 1)])
def test_what_is_no_passage_is_refused(start, end):
    with pytest.raises(ValueError, match="no such passage"):
        Movement(TEXT, TEXT).place(start, end)
