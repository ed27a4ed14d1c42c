"""A passage is found again where it stands now, or nowhere."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.texts.wording.anchoring import Movement
from documents.texts.wording.effort import Effort
from tests.steps import steps

from .texts import MANY, WORDS, paragraph, text

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


@MANY
@given(st.lists(paragraph, min_size=2, max_size=6, unique=True), st.data())
def test_paragraphs_in_another_order_take_their_places_along(paragraphs, data):
    """Each exactly, or none: never that of another."""
    after = data.draw(st.permutations(paragraphs))
    before, now = "\n\n".join(paragraphs), "\n\n".join(after)
    movement = Movement(before, now)

    for number, each in enumerate(paragraphs):
        start = sum(len(one) + 2 for one in paragraphs[:number])
        there = sum(len(one) + 2 for one in after[: after.index(each)])
        found = movement.place(start, start + len(each))
        assert found in (None, (there, there + len(each)))


_edits = st.lists(
    st.tuples(st.sampled_from(["move", "drop", "add", "word", "word"]), *[st.integers(0, 99)] * 2),
    min_size=1,
    max_size=5,
)


@MANY
@given(st.lists(paragraph, min_size=3, max_size=7), _edits, st.data())
def test_no_place_ever_lies_in_a_paragraph_that_is_about_something_else(paragraphs, edits, data):
    """Whatever was moved, dropped, added and reworded. Three quarters of each paragraph are its
    own words, so that two of them have less in common than a passage needs to survive."""
    marked = [
        (number, " ".join([each, *(f"{word.strip('.')}{number}" for word in each.split() * 3)]))
        for number, each in enumerate(paragraphs)
    ]
    after = _edited(marked, edits)
    before, now = ("\n\n".join(words for _, words in each) for each in (marked, after))
    movement = Movement(before, now)

    at = 0
    for number, words in marked:
        found = movement.place(at, at + len(words))
        at += len(words) + 2
        reached = {
            mark
            for mark, low, high in _spans(after)
            if found and low < found[1] and found[0] < high
        }
        assert reached <= {number, None}


def _edited(marked, edits):
    after = list(marked)
    for act, one, other in edits:
        if act == "add":
            after.insert(one % (len(after) + 1), (None, f"Quite new {WORDS[other % len(WORDS)]}."))
            continue
        if not after:
            continue
        mark, words = after.pop(one % len(after))
        if act == "move":
            after.insert(other % (len(after) + 1), (mark, words))
        elif act == "word":
            parts = words.split(" ")
            parts[other % len(parts)] = "changed"
            after.insert(one % (len(after) + 1), (mark, " ".join(parts)))
    return after


def _spans(marked):
    at = 0
    for mark, words in marked:
        yield mark, at, at + len(words)
        at += len(words) + 2


@MANY
@given(text, text, text, st.data())
def test_an_untouched_passage_keeps_its_place_through_whatever_is_written_around_it(
    above, below, other, data
):
    rule = "Untouched: the commander decides within 30 days of the xyzzy."
    before = "\n\n".join([above, rule, below])
    after = "\n\n".join([data.draw(st.sampled_from([above, other])), rule, other])
    start = data.draw(st.integers(0, len(rule) - 1))
    end = data.draw(st.integers(start + 1, len(rule)))
    if not rule[start:end].strip():
        return

    here, there = before.index(rule), after.index(rule)
    found = Movement(before, after).place(here + start, here + end)
    assert found == (there + start, there + end)


def test_of_a_passage_that_was_torn_apart_the_place_is_its_larger_part():
    parts = ["A first paragraph of many words, which stays.", "A short one.", "Else."]
    before = "\n\n".join(parts)
    after = "\n\n".join([parts[0], parts[2], parts[1]])

    found = Movement(before, after).place(0, len(parts[0]) + 2 + len(parts[1]))
    assert found == (0, len(parts[0]))


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
        (RULE, f"{RULE} A sentence that is new.", RULE),
        (RULE, f"A sentence that is new. {RULE}", RULE),
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


LONG = 60_000
"""Characters of a hostile text."""


def _drawn(seed):
    """Blocks of two words in no order, each behind one that stays."""
    generator = random.Random(seed)
    drawn = (" ".join(generator.choices("ab", k=900)) for _ in range(LONG // 1_000))
    return "\n\n".join(f"Part {number}.\n\n{each}" for number, each in enumerate(drawn))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * (LONG // 2), "b " + "a " * (LONG // 2)),
        ("a b " * (LONG // 4), "b a a " * (LONG // 6)),
        ("," * LONG, "x" + "," * LONG),
        ("- a b\n" * (LONG // 6), "- b a\n" * (LONG // 6)),
        (
            " ".join(f"{n} x" for n in range(LONG // 7)),
            " ".join(f"{n} y" for n in range(LONG // 7)),
        ),
        (_drawn(1), _drawn(2)),
    ],
    ids=["one word", "two words", "marks", "items", "every other word", "no order"],
)
@pytest.mark.slow
def test_a_hostile_text_is_followed_within_a_bounded_effort(before, after):
    """However often its words are repeated; what is beyond the effort is lost, not misplaced."""
    own = "Untouched: the commander decides within 30 days of the xyzzy."

    movement, taken = steps(lambda: Movement(f"{own}\n\n{before}", f"{after}\n\n{own}"))

    assert taken < 30 * len(before + after)
    found = movement.place(0, len(own))
    assert found == (len(after) + 2, len(after) + 2 + len(own))


def test_where_the_effort_ends_a_changed_passage_is_lost():
    effort = Effort(10)

    movement = Movement("one two three four", "five one two three", effort)

    assert effort.refusals
    assert movement.place(0, 3) is None
    assert Movement("one two three four", "five one two three").place(0, 3) == (5, 8)
