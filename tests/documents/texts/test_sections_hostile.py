"""Bodies that somebody made to hurt: a clear problem, or stored as they are; never an error."""

import itertools

import pytest

from tests.documents.support import invalid, refusal

LONGEST = 200_000


def _distinct_words() -> str:
    letters = itertools.product("абвгдеж", repeat=6)
    return " ".join("".join(word) for word in letters)


STORED = {
    "nested lists": "- " * LONGEST,
    "lists nested by indentation": "\n".join(" " * depth + "- x" for depth in range(600)),
    "nested quotes": "> " * LONGEST,
    "unclosed links": "[a](" * LONGEST,
    "unclosed brackets": "[" * LONGEST,
    "emphasis that never ends": "*a " * LONGEST,
    "fences of every length": " ".join("`" * length for length in range(1, 640)),
    "footnotes that cite each other": "".join(
        f"[^{number}]: [^{number + 1}]\n" for number in range(20_000)
    ),
    "one footnote cited by everything": "[^1]" * LONGEST,
    "a table of bars": "|" * LONGEST,
    "raw HTML and a script": "<script>alert(1)</script><img src=x onerror=alert(1)>" * 4_000,
    "unclosed comments": "<!--" * LONGEST,
    "entities": "&#x1F600;" * LONGEST,
    "one word": "ш" * LONGEST,
    "more words than an index holds": _distinct_words(),
    "marks upon marks": "a" + "\u0301" * LONGEST,
    "beyond the basic plane": "😀" * LONGEST,
    "nothing but lines": "\r\n" * LONGEST,
    "text from right to left": "עברית: \u2067שלום\u2069, and on.\u200f",
}


@pytest.mark.parametrize("body", STORED.values(), ids=STORED)
def test_a_text_of_any_form_is_stored_as_it_is(desk, drafting, body):
    section = desk.section()
    body = body[:LONGEST]

    answer = drafting.patch(f"sections/{section.pk}", {"body": body}, if_match="h1")

    assert answer.status_code == 200
    assert answer.json()["body"] == body
    assert drafting.get(f"sections/{section.pk}/verify").json()["intact"] is True
    assert drafting.get("search", {"q": "section"}).status_code == 200


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"body": "x" * 1_000_000}, ("/body", "max_length")),
        ({"body": "Paid to \u202eSIRAP\u202c."}, ("/body", "control_character")),
        ({"body": "An \u202aembedding"}, ("/body", "control_character")),
        (
            {"body": "An isolate \u2066that never ends\nbut for the line"},
            ("/body", "control_character"),
        ),
        ({"body": "An end \u2069 of none"}, ("/body", "control_character")),
        ({"body": "\x1b[31mred\x07"}, ("/body", "control_character")),
        ({"body": "a\x85b"}, ("/body", "control_character")),
        ({"title": "Evil \u202eeltit"}, ("/title", "control_character")),
        ({"title": "Two\nlines"}, ("/title", "line_break")),
        ({"note": "\x08"}, ("/note", "control_character")),
        ({"body": "half \ud83d"}, ("/body", "unstorable_text")),
        ({"body": "nul \x00"}, ("/body", "unstorable_text")),
    ],
    ids=lambda value: ascii(value)[:50],
)
def test_what_a_reader_would_not_see_is_refused_by_its_place(desk, drafting, ledger, given, error):
    draft = desk.section()
    ledger.new()

    revised = drafting.patch(f"sections/{draft.pk}", given, if_match="h1")
    made = drafting.post(
        f"documents/{desk.document.pk}/sections", {"title": "T", "language": "en", **given}
    )

    assert refusal(revised) == refusal(made) == invalid(error)
    draft.refresh_from_db()
    assert (draft.revision, ledger.new()) == (1, [])


def test_a_body_far_beyond_the_limit_is_not_read(desk, drafting):
    draft = desk.section()

    answer = drafting.patch(f"sections/{draft.pk}", {"body": "x" * 3_000_000}, if_match="h1")

    assert refusal(answer) == (413, "content_too_large")


def test_deep_json_around_a_body_is_refused_before_it_is_parsed(desk, drafting):
    draft = desk.section()
    raw = b'{"body": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"

    answer = drafting._django.patch(
        f"/api/v1/sections/{draft.pk}",
        raw,
        content_type="application/json",
        headers={"Authorization": f"Bearer {drafting.token}", "If-Match": '"h1"'},
    )

    assert refusal(answer) == invalid(("", "too_deep"))
