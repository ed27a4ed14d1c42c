"""POST and GET /purges: what may be asked for, and what a request changes."""

import pytest

from documents.purging.models import Purge
from tests.documents.support import alike, invalid, items, party, refusal, unknown_id
from tests.factories import SectionFactory

from .asking import PASSAGE, REASON, WORD, ask, traces


def test_a_request_is_kept_for_the_seat_and_changes_nothing(desk, drafting, heading, section):
    before = drafting.get(f"sections/{section.pk}").json()

    answer = ask(drafting, section)

    assert answer.status_code == 201
    told = answer.json()
    made = Purge.objects.get()
    assert told == {
        "id": str(made.pk),
        "section": str(section.pk),
        "document": None,
        "attachment": None,
        "delegation": party(desk.serbia),
        "passage": PASSAGE,
        "revision": None,
        "reason": REASON,
        "state": "requested",
        "created_at": told["created_at"],
        "decided_at": None,
        "abilities": {"carry_out": False, "withdraw": True},
    }
    assert answer.headers["Location"].endswith(f"/api/v1/purges/{made.pk}")
    assert heading.get(f"purges/{made.pk}").json()["abilities"] == {
        "carry_out": True,
        "withdraw": True,
    }
    assert items(heading.get("purges")) == [str(made.pk)]
    assert drafting.get(f"sections/{section.pk}").json() == before
    told_head = heading.get("me/notifications").json()["items"]
    assert [one["kind"] for one in told_head] == ["purge.requested"]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"passage": "nobody wrote this"}, [("/passage", "absent")]),
        ({"passage": "short"}, [("/passage", "min_length")]),
        ({"passage": "a" + " " * 40}, [("/passage", "min_length")]),
        ({"passage": "x" * 20_001}, [("/passage", "max_length")]),
        ({"reason": f"Since  the complaint\nof Ana {WORD} was heard."}, []),
        ({"reason": f"See: {PASSAGE}"}, [("/reason", "holds_passage")]),
        ({"reason": ""}, [("/reason", "blank")]),
        ({"revision": str(unknown_id())}, [("/revision", "unknown")]),
        ({"passage": PASSAGE, "revision": str(unknown_id())}, [("", "one_of")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_request_of_another_shape_is_refused(desk, drafting, section, given, errors):
    answer = ask(drafting, section, **given)

    if errors:
        assert refusal(answer) == invalid(*errors)
        assert not Purge.objects.exists()
    else:
        assert answer.status_code == 201


def test_words_that_only_others_wrote_on_the_section_cannot_be_probed_for(desk, drafting, section):
    """The answer is the same whether a hidden row holds them or nothing does."""
    SectionFactory(document=desk.other, body="Hidden words of Albania.")

    answers = [
        ask(drafting, section, passage=p) for p in ("Hidden words of Albania", "No such words")
    ]

    assert alike(*answers)


def test_the_request_itself_holds_it_until_it_is_decided(desk, drafting, section):
    assert "documents_purge" not in traces()
    ask(drafting, section)
    assert "documents_purge" in traces()
