"""What a hostile sender puts into a text is refused clearly, or kept as it is; and soon."""

from typing import Any

import pytest

from documents.texts.content import MAX_BODY
from documents.texts.models import Section
from tests.documents.support import refusal
from tests.steps import steps

from .support import merge, revise

STEPS = 60
"""Calls a character for one merge of the longest texts: what is quadratic takes a thousand."""


@pytest.fixture
def section(desk) -> Section:
    return desk.section(common=True, body="The rule.\n")


SAFE = {
    "nested lists": "".join(f"{' ' * min(depth, 15)}- x\n" for depth in range(10_000)),
    "footnotes": "".join(f"[^{n}]: See[^{n + 1}] and[^{n + 1}].\n" for n in range(6_000)),
    "raw markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\n" * 3_000,
    "bidi controls": "\u2066evil\u2069 \u2067hidden\u2069 \u200f" * 8_000
    + " and so on, and so on.",
    "brackets": "[" * 100_000 + "]" * 99_000,
    "one word": "x" * 199_000 + " . B",
    "exclamations": "!" * 199_000 + " b",
    "many ends": "A. ((( " * 28_000,
    "many words": " ".join(f"ж{n}" for n in range(28_000)),
}


@pytest.mark.parametrize("text", SAFE.values(), ids=SAFE.keys())
@pytest.mark.slow
def test_a_hostile_text_is_kept_to_the_letter_and_merged_soon(drafting, abroad, section, text):
    assert len(text) <= MAX_BODY
    answer = drafting.patch(f"sections/{section.pk}", {"body": text}, if_match="1")
    assert answer.status_code == 200, answer.content[:500]
    assert answer.json()["body"] == text
    base = answer.json()["head"]
    revise(abroad, section, body=f"Theirs. {text[:-20]}")

    merged, taken = steps(lambda: merge(drafting, section, base, body=f"{text[:-20]} Ours."))

    assert merged.status_code in (200, 409), merged.content[:500]
    assert taken < STEPS * len(text)
    if merged.status_code == 409:
        kept = drafting.get(f"working-copies/{merged.json()['working_copy']}")
        assert kept.json()["body"] == f"{text[:-20]} Ours."


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"body": "x" * 1_000_000}, ("/body", "max_length")),
        ({"body": "x" * (MAX_BODY + 1)}, ("/body", "max_length")),
        ({"title": "x" * 501}, ("/title", "max_length")),
        ({"body": "a\x00b"}, ("/body", "unstorable_text")),
        ({"body": ["a"]}, ("/body", "invalid_type")),
        ({"body": {"deep": 1}}, ("/body", "invalid_type")),
        ({"surprise": 1}, ("/surprise", "unknown_field")),
    ],
    ids=["a million", "one too many", "title", "nul", "list", "object", "unknown"],
)
def test_what_cannot_be_a_text_is_refused(drafting, section, sent, error):
    merged = merge(drafting, section, section.head, **sent)
    revised = drafting.patch(f"sections/{section.pk}", sent, if_match="1")

    assert refusal(merged) == refusal(revised) == (400, "invalid", error)


def test_too_many_resolutions_and_bytes_are_refused(drafting, section):
    many: Any = [{"id": str(n), "choice": "yours"} for n in range(10_001)]
    answer = merge(drafting, section, section.head, head=str(section.head), resolutions=many)
    huge = merge(drafting, section, section.head, body="x" * 6_000_000)

    assert refusal(answer)[:2] == (400, "invalid")
    assert refusal(huge) == (413, "content_too_large")
    assert Section.objects.get(pk=section.pk).body == "The rule.\n"
