"""Anchors: how a passage is named, where it stands, and when it is lost."""

import pytest
from django.conf import settings

from documents.texts.services import section_revise
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.documents.support import alike, invalid, refusal, unknown_id
from tests.factories import release

from .conftest import BODY, passage

RULE = "A complaint shall be filed within 30 days."


def rewritten(desk, section, body):
    """The section with another body, by its own drafter."""
    actor = actor_of(desk.drafter)
    section.refresh_from_db()
    with acting(actor):
        return section_revise(
            actor=actor, section=section, if_match=section.etag_revision, body=body
        )


def selectors(comment):
    return {each["type"]: each for each in comment["anchor"]["target"]["selector"]}


def test_the_answer_speaks_the_web_annotation_data_model(released, callers, write):
    comment = write(callers.albania, released, anchor=passage(BODY, RULE), audience="forum")

    start = BODY.index(RULE)
    assert comment["anchor"] == {
        "revision": str(released.head),
        "quote": RULE,
        "standing": "placed",
        "target": {
            "source": f"{settings.PUBLIC_URL}/api/v1/sections/{released.pk}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": RULE,
                    "prefix": BODY[:start],
                    "suffix": BODY[start + len(RULE) :][:64],
                },
                {"type": "TextPositionSelector", "start": start, "end": start + len(RULE)},
            ],
        },
    }


@pytest.mark.parametrize(
    ("anchor", "quote"),
    [
        ({"exact": "The commander"}, "The commander"),
        ({"exact": "a", "prefix": "Ž", "suffix": "lba"}, "a"),
        ({"exact": "o", "prefix": "Žalba se p", "suffix": ""}, "o"),
        ({**passage(BODY, "Žalba"), "exact": "Žalba"}, "Žalba"),
        ({"start": 0, "end": len(BODY) - 1}, BODY[:-1]),
    ],
)
def test_a_passage_is_named_by_place_or_by_words(anchor, quote, released, callers, write):
    comment = write(callers.serbia, released, anchor=anchor)

    assert comment["anchor"]["quote"] == quote
    position = selectors(comment)["TextPositionSelector"]
    assert BODY[position["start"] : position["end"]] == quote


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ({}, ("/anchor", "required")),
        ({"start": 1}, ("/anchor", "required")),
        ({"end": 1, "exact": "A"}, ("/anchor", "required")),
        ({"prefix": "A"}, ("/anchor", "required")),
        ({"start": 5, "end": 5}, ("/anchor/end", "before_start")),
        ({"start": 6, "end": 5}, ("/anchor/end", "before_start")),
        ({"start": 0, "end": len(BODY) + 1}, ("/anchor/end", "beyond_text")),
        ({"start": 10**15, "end": 10**15 + 1}, ("/anchor/end", "beyond_text")),
        ({"start": -1, "end": 5}, ("/anchor/start", "min_value")),
        ({"start": 1.5, "end": 5}, ("/anchor/start", "invalid_type")),
        ({"start": "0", "end": 5}, ("/anchor/start", "invalid_type")),
        ({"exact": "no such words"}, ("/anchor/exact", "not_found")),
        ({"exact": "The commander", "suffix": "X"}, ("/anchor/exact", "not_found")),
        ({"exact": "days"[1]}, ("/anchor/exact", "ambiguous")),
        ({"exact": ""}, ("/anchor/exact", "blank")),
        ({"exact": "x" * 5_001}, ("/anchor/exact", "max_length")),
        ({"exact": "The", "prefix": "x" * 501}, ("/anchor/prefix", "max_length")),
        ({**passage(BODY, "Žalba"), "exact": "žalba"}, ("/anchor/exact", "quote_differs")),
        (passage(BODY, "\n\n"), ("/anchor", "blank")),
        ({"exact": "a\x00"}, ("/anchor/exact", "unstorable_text")),
        ({"start": 0, "end": 5, "page": 1}, ("/anchor/page", "unknown_field")),
    ],
)
def test_a_passage_that_is_not_there_or_not_one_is_refused(anchor, expected, released, callers):
    answer = callers.serbia.post(
        f"sections/{released.pk}/comments", {"body": "Where?", "anchor": anchor}
    )

    assert refusal(answer) == invalid(expected)


def test_a_passage_of_five_thousand_characters_is_the_longest(desk, callers, write):
    section = desk.section(body="x" * 6_000, released=True)

    write(callers.serbia, section, anchor={"start": 0, "end": 5_000})
    answer = callers.serbia.post(
        f"sections/{section.pk}/comments", {"body": "x", "anchor": {"start": 0, "end": 5_001}}
    )

    assert refusal(answer) == invalid(("/anchor", "too_long"))


def test_a_revision_that_is_hidden_or_of_another_section_is_as_unknown_as_none(
    desk, released, callers
):
    home = released.revisions.get(at_home=True)
    other = desk.section(released=True).head

    answers = [
        callers.albania.post(
            f"sections/{released.pk}/comments",
            {"body": "x", "anchor": {"revision": str(id_), "start": 0, "end": 5}},
        )
        for id_ in (unknown_id(), home.pk, other)
    ]

    assert refusal(answers[0]) == invalid(("/anchor/revision", "unknown"))
    assert alike(*answers)


def test_a_passage_of_an_earlier_revision_is_counted_in_that(desk, released, callers, write):
    earlier = str(released.head)
    later = rewritten(desk, released, f"Quite another beginning.\n\n{BODY}")
    anchor = {"revision": earlier, **passage(BODY, RULE)}

    comment = write(callers.albania, released, anchor=anchor)

    position = selectors(comment)["TextPositionSelector"]
    assert later.body[position["start"] : position["end"]] == RULE
    assert comment["anchor"]["revision"] == earlier


@pytest.mark.parametrize(
    ("body", "now"),
    [
        (f"New above.\n\n{BODY}", RULE),
        (BODY.replace("30", "15"), "A complaint shall be filed within 15 days."),
        (BODY.replace(RULE, "") + f"\n{RULE}\n", RULE),
        (BODY.replace(RULE, "Nothing of that sort is foreseen by anybody."), None),
        ("", None),
    ],
)
def test_a_passage_is_followed_when_read_and_its_row_stays_as_it_was(
    body, now, desk, released, callers, write
):
    made = write(callers.albania, released, anchor=passage(BODY, RULE), audience="forum")
    rewritten(desk, released, body)

    shown = callers.serbia.get(f"comments/{made['id']}").json()

    assert shown["anchor"]["quote"] == RULE
    assert shown["anchor"]["revision"] == made["anchor"]["revision"]
    if now is None:
        assert shown["anchor"]["standing"] == "orphaned"
        before = BODY.index(RULE)
        assert shown["anchor"]["target"]["selector"] == [
            {
                "type": "TextQuoteSelector",
                "exact": RULE,
                "prefix": BODY[:before],
                "suffix": BODY[before + len(RULE) :][:64],
            }
        ]
    else:
        found = selectors(shown)
        position = found["TextPositionSelector"]
        assert body[position["start"] : position["end"]] == now
        assert found["TextQuoteSelector"]["exact"] == now


def test_a_passage_that_comes_back_is_found_again(desk, released, callers, write):
    made = write(callers.albania, released, anchor=passage(BODY, RULE))
    rewritten(desk, released, "Nothing.")
    rewritten(desk, released, BODY)

    shown = callers.albania.get(f"comments/{made['id']}").json()
    assert shown["anchor"] == made["anchor"]


def test_the_tag_changes_with_the_place_and_the_revision_does_not(desk, released, callers, write):
    made = write(callers.albania, released, anchor=passage(BODY, RULE))
    rewritten(desk, released, f"New.\n\n{BODY}")

    tag = callers.albania.get(f"comments/{made['id']}").headers["ETag"]
    assert tag != made["etag"]
    assert tag.partition(".")[0] == made["etag"].partition(".")[0] == '"h1'


def test_who_sees_no_revision_finds_the_passage_by_its_words(desk, at_home, callers, write):
    """It was granted the section at home, whose revisions are its owner's alone."""
    made = write(callers.croatia, at_home, anchor=passage(BODY, RULE), audience="owner")
    assert made["anchor"]["revision"] is None
    assert made["anchor"]["standing"] == "placed"

    rewritten(desk, at_home, BODY.replace("Complaints", "Grievances"))
    found = callers.croatia.get(f"comments/{made['id']}").json()
    assert found["anchor"]["standing"] == "orphaned"  # what stands around it has changed
    assert found["anchor"]["quote"] == RULE
    by_owner = callers.serbia.get(f"comments/{made['id']}").json()
    assert by_owner["anchor"]["standing"] == "placed"
    assert by_owner["anchor"]["revision"] is not None


def test_after_the_release_the_owner_still_finds_what_it_noted_at_home(
    desk, at_home, callers, write
):
    made = write(callers.serbia, at_home, anchor=passage(BODY, RULE))
    release(at_home)

    shown = callers.serbia.get(f"comments/{made['id']}").json()
    assert shown["anchor"]["standing"] == "placed"
    assert callers.seeing(made) == {"serbia", "serbia_reader"}


def test_much_that_was_written_in_the_midst_is_not_repeated(desk, released, callers, write):
    made = write(callers.serbia, released, anchor=passage(BODY, RULE))
    rewritten(desk, released, BODY.replace("shall be", "shall " + "extraordinarily " * 400 + "be"))

    shown = callers.serbia.get(f"comments/{made['id']}").json()
    assert [each["type"] for each in shown["anchor"]["target"]["selector"]] == [
        "TextPositionSelector"
    ]
