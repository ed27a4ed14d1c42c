"""Two texts made from one base come together: nothing lost, nothing doubled, nothing invented."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.texts.wording.merged import ConflictKind, Merge, Side
from documents.texts.wording.merging import merge
from documents.texts.wording.units import blocks, sentences

from .texts import MANY, paragraph, text, wild

ANY = st.one_of(text, wild)


@MANY
@given(ANY, ANY)
def test_what_one_side_left_alone_is_the_others(base, changed):
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).text == changed
    assert merge(base, changed, changed).text == changed


@MANY
@given(ANY, ANY, ANY)
def test_it_is_the_same_whoever_asks(base, yours, theirs):
    one, other = merge(base, yours, theirs), merge(base, theirs, yours)

    assert [(c.kind, c.base, c.yours, c.theirs) for c in one.conflicts] == [
        (c.kind, c.base, c.theirs, c.yours) for c in other.conflicts
    ]
    if not one.conflicts:
        assert one.text == other.text
    chosen = one.resolved({c.id: c.yours for c in one.conflicts})
    assert chosen == other.resolved({c.id: c.theirs for c in other.conflicts})


@MANY
@given(text, text, text)
def test_no_sentence_is_invented(base, yours, theirs):
    """Every sentence of the result stands in one of the three texts."""
    merged = merge(base, yours, theirs)
    known = {each for whole in (base, yours, theirs) for each in _sentences(whole)}
    for choice in ("yours", "theirs", "base"):
        result = merged.resolved({c.id: getattr(c, choice) for c in merged.conflicts})
        assert set(_sentences(result)) <= known


@st.composite
def edited(draw):
    """A text and two edits of it: each side marks, adds, removes and moves in its own way."""
    base = draw(st.lists(paragraph, min_size=1, max_size=8))
    generator = random.Random(draw(st.integers(0, 2**32)))
    numbered = [
        " ".join(f"{s[:-1]} s{n}x{k} {_own(n, k)}." for k, s in enumerate(_split(p)))
        for n, p in enumerate(base)
    ]
    return "\n\n".join(numbered), *(_edit(generator, numbered, name) for name in ("yy", "tt"))


def _own(paragraph, sentence):
    """Words that stand in no other sentence: two alike sentences could not be told apart."""
    return " ".join(f"{letter}{paragraph}{letter}{sentence}" for letter in "bcdefghkl")


def _edit(generator, paragraphs, name):
    out = []
    for number, each in enumerate(paragraphs):
        kept = _split(each)
        act = generator.choice(["", "", "mark", "mark", "add", "remove", "new", "drop"])
        place = generator.randrange(len(kept))
        if act == "mark":
            kept[place] = kept[place].replace(".", f" {name}{number}m.")
        elif act == "add":
            kept.insert(place, f"Added by {name}{number}a here now.")
        elif act == "remove":
            del kept[place]
        elif act == "new":
            out.append(f"Wholly new paragraph of {name}{number}n stands here.")
        elif act == "drop":
            continue
        out.append(" ".join(kept))
    return "\n\n".join(filter(None, out))


@MANY
@given(edited())
def test_no_edit_is_lost_and_none_is_doubled(texts):
    """Whatever is chosen, what a side marked or added stands once: merged, or in a conflict."""
    base, yours, theirs = texts
    merged = merge(base, yours, theirs)
    for name, whole, choice in (("yy", yours, "yours"), ("tt", theirs, "theirs")):
        result = merged.resolved({c.id: getattr(c, choice) for c in merged.conflicts})
        for mark in re.findall(rf"{name}\d+\w", whole):
            assert result.count(mark) == 1, mark
    for mark in set(re.findall(r"s\d+x\d+", base)):
        either = [
            merged.resolved({c.id: getattr(c, choice) for c in merged.conflicts}).count(mark)
            for choice in ("yours", "theirs")
        ]
        assert max(either) <= 1, mark
        if mark in yours and mark in theirs:
            assert either == [1, 1], mark


@MANY
@given(st.one_of(edited(), st.tuples(ANY, ANY, ANY)))
def test_what_is_contested_is_told_with_its_places_in_the_base_and_in_theirs(texts):
    base, _, theirs = texts
    for conflict in merge(*texts).conflicts:
        for whole, words, place in (
            (base, conflict.base, conflict.base_place),
            (theirs, conflict.theirs, conflict.theirs_place),
        ):
            there = "" if place is None else whole[slice(*place)]
            assert there.split() == words.split()


@MANY
@given(edited())
def test_what_a_side_removed_stays_away_unless_the_other_changed_it(texts):
    base, yours, theirs = texts
    merged = merge(base, yours, theirs)
    result = merged.resolved({c.id: c.yours for c in merged.conflicts})
    contested = " ".join(c.base for c in merged.conflicts)
    for mark in set(re.findall(r"s\d+x\d+", base)):
        if mark not in yours and mark not in contested:
            assert mark not in result, mark


RULE = "Complaints shall be filed within 30 days."


def _one_conflict(base: str, yours: str, theirs: str):
    (conflict,) = merge(base, yours, theirs).conflicts
    return conflict.kind, conflict.base, conflict.yours, conflict.theirs


def test_two_edits_within_a_sentence_are_a_conflict_though_the_words_do_not_touch():
    shorter, negated = RULE.replace("30", "15"), RULE.replace("shall be", "shall not be")

    assert _one_conflict(RULE, shorter, negated) == ("both_edited", RULE, shorter, negated)
    around = f"Before it. {RULE} After it."
    merged = merge(around, around.replace("30", "15"), around.replace("shall be", "shall not be"))
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.yours, conflict.theirs) == (RULE, shorter, negated)
    assert merged.resolved({conflict.id: "Nobody files."}) == "Before it. Nobody files. After it."


def test_edits_of_neighbouring_sentences_merge():
    base = f"Before it. {RULE} After it."
    merged = merge(base, base.replace("Before it", "Long before it"), base.replace("30", "15"))

    assert merged.text == "Long before it. Complaints shall be filed within 15 days. After it."
    assert [(taken.side, taken.text) for taken in merged.taken] == [
        (Side.YOURS, "Long before it."),
        (Side.THEIRS, "Complaints shall be filed within 15 days."),
    ]


def test_edits_of_neighbouring_items_and_rows_merge():
    base = "- first thing\n- second thing\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n"
    ours = {"first": "1st", "| c": "| C"}
    others = {"second": "2nd", "| e": "| E"}

    merged = merge(base, _changed(base, ours), _changed(base, others))

    assert merged.text == _changed(base, ours | others)


@pytest.mark.parametrize(
    ("yours", "merged"),
    [
        ("| a |\n|---|\n| c |\n| d |\n", "| a |\n|---|\n| c |\n\nA note.\n\n| d |\n"),
        ("| a |\n|---|\n| d |\n", "| a |\n|---|\n\nA note.\n\n| d |\n"),
    ],
    ids=["changed", "removed"],
)
def test_a_paragraph_stays_apart_from_a_row_before_it_that_the_other(yours, merged):
    base = "| a |\n|---|\n| b |\n| d |\n"
    theirs = "| a |\n|---|\n| b |\n\nA note.\n\n| d |\n"

    assert merge(base, yours, theirs).text == merged
    assert merge(base, theirs, yours).text == merged


def test_two_rows_that_each_side_made_one_a_sentence_do_not_run_together():
    rows = ["| one | two |", "| three | four |"]
    merged = merge("\n".join(rows), f"So: {rows[0]}\n{rows[1]}", f"{rows[0]}\nThus: {rows[1]}")

    assert merged.text == f"So: {rows[0]}\n\nThus: {rows[1]}"


def test_a_sentence_that_one_removed_and_the_other_changed_is_asked_about():
    base = f"Before it. {RULE} After it."
    kind, *rest = _one_conflict(base, "Before it. After it.", base.replace("30", "15"))

    assert (kind, rest) == ("edit_delete", [RULE, "", RULE.replace("30", "15")])


def test_two_paragraphs_at_one_place_are_asked_about():
    base = "The first paragraph.\n\nThe last paragraph.\n"
    yours = base.replace("\n\n", "\n\nA word of ours.\n\n")
    theirs = base.replace("\n\n", "\n\nSomething else altogether.\n\n")
    (conflict,) = merge(base, yours, theirs).conflicts

    assert (conflict.kind, conflict.base) == ("both_inserted", "")
    both = f"{conflict.yours}\n\n{conflict.theirs}"
    assert merge(base, yours, theirs).resolved({conflict.id: both}) == (
        base.replace("\n\n", f"\n\n{both}\n\n")
    )


def test_an_edit_of_a_paragraph_that_the_other_moved_is_asked_about_where_it_stands_now():
    base = f"{RULE}\n\nThe second paragraph stands here.\n\nThe third one is the last of them.\n"
    moved = f"The second paragraph stands here.\n\nThe third one is the last of them.\n\n{RULE}\n"
    merged = merge(base, moved, base.replace("30", "15"))
    (conflict,) = merged.conflicts

    assert conflict.kind is ConflictKind.MOVE_EDIT
    assert merged.resolved({conflict.id: conflict.theirs}) == moved.replace("30", "15")


def test_a_paragraph_that_both_moved_elsewhere_is_not_doubled():
    parts = [f"Paragraph number {word} of the text." for word in ("one", "two", "three", "four")]
    base = "\n\n".join(parts)
    yours = "\n\n".join([parts[1], parts[0], parts[2], parts[3]])
    theirs = "\n\n".join([parts[1], parts[2], parts[3], parts[0]])
    merged = merge(base, yours, theirs)

    assert [c.kind for c in merged.conflicts] == [ConflictKind.STRUCTURE]
    assert merged.resolved({merged.conflicts[0].id: yours}) == yours


def test_a_sentence_split_in_two_is_not_doubled_by_an_edit_of_the_other():
    base = "The adviser receives the complaint and tells the commander about it at once."
    split = "The adviser receives the complaint. The adviser tells the commander about it at once."
    merged = merge(base, split, base.replace("at once", "within a day"))

    assert [c.base for c in merged.conflicts] == [base]


@pytest.mark.parametrize("choice", ["base", "yours", "theirs"])
def test_a_fenced_passage_keeps_its_end_whichever_wording_is_chosen(choice):
    theirs = "Report report.\n\n```\n\nReport complaint.\n\n```\n\nReport report.\n"
    merged = merge("Complaint complaint.\n", "Report report.\n", theirs)
    assert merged.conflicts

    text = merged.resolved({c.id: getattr(c, choice) for c in merged.conflicts})

    assert text.count("```") == (2 if choice == "theirs" else 0)
    assert text.endswith("\n\nReport report.\n")


def test_a_conflict_without_a_wording_is_not_settled():
    merged = merge(RULE, RULE.replace("30", "15"), RULE.replace("30", "60"))
    (conflict,) = merged.conflicts

    with pytest.raises(ValueError, match="not those"):
        _ = merged.text
    with pytest.raises(ValueError, match="not those"):
        merged.resolved({conflict.id: "a", "another": "b"})
    assert merged.resolved({conflict.id: ""}) == ""


def test_ids_of_conflicts_are_the_same_each_time_and_differ_within_a_text():
    base = f"{RULE} {RULE}"
    merges = [merge(base, base.replace("30", "15"), base.replace("30", "60")) for _ in range(2)]
    ids = [[c.id for c in each.conflicts] for each in merges]

    assert ids[0] == ids[1]
    assert len(ids[0]) == len(set(ids[0])) > 0


@pytest.mark.parametrize("line", ["- item", "| a | b |", "Word."])
def test_ten_thousand_equal_lines_are_merged(line):
    base = "\n".join([line] * 10_000)
    merged: Merge = merge(base, f"{base}\n\nOurs.", f"Theirs.\n\n{base}")

    assert merged.text == f"Theirs.\n\n{base}\n\nOurs."


def _changed(text, changes):
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _split(text):
    return [unit.text for unit in sentences(text)]


def _sentences(text):
    return [each for unit in blocks(text)[1] for each in _split(unit.text)]
