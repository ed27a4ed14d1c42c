"""What became of sections is told alike, whatever trees are compared."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from documents.comparing.sections import Passage, SectionChange, compare_sections
from documents.texts.wording.aligning import Effort
from documents.texts.wording.comparing import Change
from tests.documents.texts.wording.texts import MANY


@st.composite
def trees(draw):
    """Sections in reading order, each below an earlier one or at the top."""
    keys = draw(st.lists(st.integers(1, 8), unique=True, max_size=8))
    found: list[Passage] = []
    for key in keys:
        parent = draw(st.sampled_from([None, *(each.section for each in found)]))
        depth = next((p.depth + 1 for p in found if p.section == parent), 0)
        title, body = draw(st.sampled_from("TU")), draw(st.sampled_from(["", "a b.", "a c."]))
        found.append(Passage(UUID(int=key), parent, None, depth, title, "en", body))
    return found


@MANY
@given(trees(), trees())
def test_each_section_of_either_state_is_told_of_once_and_the_later_order_holds(before, after):
    compared = compare_sections(before, after)

    told = [each.section for each in compared]
    assert sorted(told) == sorted({p.section for p in (*before, *after)})
    assert [key for key in told if key in {p.section for p in after}] == [p.section for p in after]
    for each in compared:
        assert (SectionChange.ADDED in each.changes) == (each.before is None)
        assert (SectionChange.REMOVED in each.changes) == (each.after is None)


@MANY
@given(trees())
def test_equal_trees_show_no_change(tree):
    assert not any(each.changes or each.blocks for each in compare_sections(tree, tree))


@MANY
@given(trees(), trees())
def test_what_stands_below_another_section_has_moved(before, after):
    parents = {each.section: each.parent for each in before}
    for each in compare_sections(before, after):
        if each.before and each.after and parents[each.section] != each.after.parent:
            assert SectionChange.MOVED in each.changes


def _row(*keys, body=""):
    return [Passage(UUID(int=key), None, str(n), 0, "T", "en", body) for n, key in enumerate(keys)]


def test_only_what_changed_its_place_has_moved_and_not_all_that_it_passed():
    moved = [
        each.section.int
        for each in compare_sections(_row(1, 2, 3, 4, 5), _row(9, 2, 3, 1, 4, 5))
        if SectionChange.MOVED in each.changes
    ]

    assert moved == [1]


def test_what_was_removed_stands_where_it_stood():
    compared = compare_sections(_row(1, 2, 3), _row(1, 4, 3))

    assert [each.section.int for each in compared] == [1, 2, 4, 3]


def test_texts_that_would_cost_too_much_are_compared_as_a_whole_and_say_so():
    """Nothing is alike in them and everything might be, so that each pair has to be looked at."""
    old, new = ("\n\n".join(f"{c}{n} {c} x y" for n in range(60)) for c in "ab")
    before, after = (
        [Passage(UUID(int=n), None, None, 0, "T", "en", body) for n in range(9)]
        for body in (old, new)
    )
    effort = Effort(5 * 60 * 60 * 30)

    compared = compare_sections(before, after, effort)

    assert [each.coarse for each in compared].index(True) in (3, 4)
    assert compared[-1].coarse
    assert effort.refusals > 0
    for left, whole in ((Change.ADDED, old), (Change.REMOVED, new)):
        kept = [s.text for b in compared[-1].blocks for s in b.stretches if s.change is not left]
        assert "\n\n".join(kept) == whole
