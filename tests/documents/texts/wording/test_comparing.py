"""A comparison shows both texts whole, and what differs between them."""

from hypothesis import given
from hypothesis import strategies as st

from documents.texts.wording.comparing import Change, compare, compare_words
from documents.texts.wording.units import blocks

from .texts import MANY, text, wild

ANY = st.one_of(text, wild)
K, R, A = Change.KEPT, Change.REMOVED, Change.ADDED


def _side(compared, change):
    kept = [
        "".join(s.text for s in block.stretches if s.change in (K, change)) for block in compared
    ]
    return [each for each in kept if each]


@MANY
@given(ANY, ANY)
def test_either_text_can_be_read_from_a_comparison(before, after):
    compared = compare(before, after)

    assert _side(compared, R) == [unit.text for unit in blocks(before)[1]]
    assert _side(compared, A) == [unit.text for unit in blocks(after)[1]]


@MANY
@given(wild, wild)
def test_either_wording_can_be_read_from_its_stretches(before, after):
    stretches = list(compare_words(before, after))

    assert "".join(s.text for s in stretches if s.change in (K, R)) == before
    assert "".join(s.text for s in stretches if s.change in (K, A)) == after


@MANY
@given(ANY)
def test_equal_texts_show_no_change(body):
    assert not any(block.is_changed for block in compare(body, body))


def test_a_changed_word_is_shown_within_its_block_and_a_new_block_as_a_whole():
    before = "# Rules\n\nComplaints shall be filed within 30 days.\n"
    after = "# Rules\n\nComplaints shall be filed within 15 days.\n\nA body hears them.\n"

    shown = [[(s.change, s.text) for s in block.stretches] for block in compare(before, after)]

    assert shown == [
        [(K, "# Rules")],
        [(K, "Complaints shall be filed within "), (R, "30 "), (A, "15 "), (K, "days.")],
        [(A, "A body hears them.")],
    ]


def test_a_very_long_block_is_shown_as_a_whole_rather_than_not_at_all():
    before, after = "old " * 5000, "new " * 5000

    assert [(s.change, len(s.text)) for s in compare_words(before, after)] == [
        (R, 20_000),
        (A, 20_000),
    ]
