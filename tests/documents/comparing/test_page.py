"""A comparison as a page: it tells what changed, and can do nothing but be read."""

import re
from html.parser import HTMLParser
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.comparing.page import Page, Side
from documents.comparing.sections import Passage, compare_sections
from tests.documents.texts.wording.texts import MANY, text, wild

SOME = settings(MANY, max_examples=max(MANY.max_examples // 4, 25))

NASTY = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; \"'` javascript:x "
    "[link](javascript:alert(1)) ![pic](https://example.org/p.png) <https://example.org>"
)


def passage(body="", *, at=1, title="Title", number="1", language="en"):
    return Passage(UUID(int=at), None, number, 0, title, language, body)


def page(before, after, **given):
    sides = Side("Draft <1>", None), Side("The text of now", None)
    return Page(
        title=given.pop("title", "Manual"),
        language="en",
        before=sides[0],
        after=sides[1],
        marking=given.pop("marking", ""),
        sections=compare_sections(before, after),
        **given,
    )


def changed(before, after):
    """The page of one section whose text was changed."""
    return page([passage(before)], [passage(after)]).html()


class Elements(HTMLParser):
    """Elements and attributes of a page, each end where it has to be."""

    VOID = ("meta", "br", "hr")

    def __init__(self, html):
        super().__init__()
        self.open, self.seen, self.attributes = [], set(), set()
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            assert name != "href" or value.startswith("#s")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "bdi", "dl", "dt"),
    *("dd", "time", "p", "span", "b", "nav", "div", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "main", "article", "ins", "del", "br", "hr", "strong", "em", "s", "code", "sup"),
    *("pre", "blockquote", "footer"),
}
ATTRIBUTES = {
    *("lang", "dir", "charset", "name", "content", "class", "id", "href", "aria-label"),
    *("aria-level", "role", "scope", "datetime"),
}


@SOME
@given(st.one_of(text, wild, st.text()), st.one_of(text, wild), st.text(max_size=20))
def test_no_text_whatever_makes_an_element_or_attribute_that_is_not_the_page_s(old, new, title):
    shown = page([passage(old, title=title)], [passage(new)], title=title).html()

    elements = Elements(shown)
    assert elements.seen <= ELEMENTS
    assert elements.attributes <= ATTRIBUTES


def test_what_looks_like_markup_is_shown_as_it_was_written():
    shown = changed("Nothing.", NASTY)

    assert Elements(shown).seen <= ELEMENTS
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "https://example.org/p.png" in shown
    assert not re.search(r"<[^>]*(?:https?:|javascript:)", shown)


def test_the_policy_allows_the_page_s_own_style_alone():
    shown = page([], [passage()], marking="TLP:AMBER // REL TO ALB, SRB")

    assert shown.policy.startswith("default-src 'none'; style-src 'sha256-")
    assert shown.policy.count("'sha256-") == shown.html().count("<style>") == 2
    assert "unsafe" not in shown.policy
    assert shown.policy.endswith(
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )


def test_words_are_marked_within_their_sentence_in_the_emphasis_they_have():
    shown = changed(
        "Complaints are filed **within 30 days** of the act.",
        "Complaints are filed **within 15 days** of the act.",
    )

    assert (
        "Complaints are filed <strong>within </strong><del><strong>30</strong></del>"
        "<ins><strong>15</strong></ins><strong> days</strong> of the act." in shown
    )


def test_a_change_of_emphasis_or_of_an_address_alone_is_seen():
    bold = changed("It is so.", "It **is** so.")
    linked = changed("See [it](https://a.example).", "See [it](https://b.example).")

    assert "<del>It is so.</del>" in bold
    assert "<ins>It <strong>is</strong> so.</ins>" in bold
    assert '<del><span class="address">a</span></del>' in linked
    assert '<ins><span class="address">b</span></ins>' in linked


def test_rows_of_a_table_stand_in_one_table_with_what_changed_in_its_cell():
    head = "| Body | Days |\n| --- | --- |\n"
    shown = changed(f"{head}| Court | 8 |\n| Police | 3 |", f"{head}| Court | 9 |\n| Army | 1 |\n")

    assert shown.count("<table>") == 2
    assert '<th dir="auto">Body</th>' in shown
    assert '<td dir="auto">Court</td><td dir="auto"><del>8</del><ins>9</ins></td>' in shown
    assert "---" not in shown


@pytest.mark.parametrize(
    ("block", "element"),
    [
        ("# Reprisals", 'role="heading" aria-level="4"><ins>Reprisals</ins></p>'),
        ("- heard", '<span class="marker"><ins>•</ins></span> <ins>heard</ins></p>'),
        ("2. heard", '<span class="marker"><ins>2.</ins></span> <ins>heard</ins></p>'),
        ("> said", "<ins>said</ins></blockquote>"),
        ("[^1]: A note.", '<span class="marker"><ins>1</ins></span> <ins>A note.</ins></p>'),
        ("```\na  = *1*\n```", "<ins>a  = *1*</ins></pre>"),
        ("A word[^2].", "<ins>A word<sup>[2]</sup>.</ins></p>"),
        ("***", '<hr class="added">'),
    ],
)
def test_a_block_is_shown_as_what_it_is(block, element):
    assert element in changed("", block)


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u200b", "U+200B"),
        ("\u00ad", "U+00AD"),
        ("\u0085", "U+0085"),
        ("\U000e0041", "U+E0041"),
        ("\u00a0", "U+00A0"),
    ],
)
def test_characters_that_are_not_seen_are_shown_by_their_numbers(character, shown):
    seen = f'<span class="unseen">{shown}</span>'
    html = page(
        [passage("pay 100")], [passage(f"pay {character}100", title=f"T{character}")]
    ).html()
    body = html.partition("<body>")[2]

    assert seen in body.partition("<main>")[2].partition("</h2>")[2]
    assert character not in body.partition("<main>")[2]


def test_contents_lead_to_what_changed_and_to_nothing_else():
    before = [passage("a", at=1, title="One"), passage("b", at=2, title="Two", number="2")]
    after = [passage("a", at=1, title="One"), passage("c", at=2, title="Two", number="2")]

    shown = page(before, after).html()

    assert "One section has changed, of 2" in shown
    assert '<a href="#s2">' in shown
    assert '<article id="s2"' in shown
    assert 'href="#s1"' not in shown
    assert "Nothing has changed." in page(after, after).html()


def test_a_text_in_another_language_is_named_so_and_directions_stay_apart():
    cyrillic = passage("Закон.", language="sr-Cyrl", title="Право")

    shown = page([], [cyrillic]).html()

    assert '<h2 dir="auto" lang="sr-Cyrl">' in shown
    assert '<div lang="sr-Cyrl">' in shown
    assert "<bdi>Draft &lt;1&gt;</bdi>" in shown
