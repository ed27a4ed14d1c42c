"""GET /search: what is asked, what is answered, and what an odd question gets."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from platform_api.search import finding
from tests.api import api, codes
from tests.documents.support import queries_of, refusal
from tests.factories import DocumentFactory, SectionFactory

from .conftest import found


def search(client: Any, q: str, **query: Any) -> Any:
    return client.get("search", {"q": q, **query})


def total(answer: Any) -> tuple[int, bool]:
    count = answer.json()["count"]
    return count["value"], count["capped"]


def test_a_hit_tells_where_and_how_it_was_met(desk, home):
    section = desk.section(
        title="Правни основ", body="Забрана дискриминације.\nСваке.", language="sr-Cyrl"
    )

    answer = search(home, "diskriminacija")

    assert answer.json() == {
        "items": [
            {
                "type": "section",
                "id": str(section.pk),
                "title": "Правни основ",
                "language": "sr-Cyrl",
                "highlight": {"text": "Забрана дискриминације. Сваке.", "ranges": [[8, 22]]},
                "url": f"{settings.PUBLIC_URL}/api/v1/sections/{section.pk}",
            }
        ],
        "next": None,
        "previous": None,
        "count": {"value": 1, "capped": False},
    }
    assert answer.headers["ETag"]


ALIKE = [
    ("Аранђеловац", "У Аранђеловцу.", "sr-Cyrl"),
    ("Аранђеловац", "U Aranđelovcu.", "sr-Latn"),
    ("Aranđelovac", "U Arandjelovcu.", "sr-Latn"),
    ("ARANDELOVAC", "У Аранђеловцу.", "sr-Cyrl"),
    ("diskriminacije", "Забрана на дискриминацијата.", "mk"),
    ("DISKRIMINACIJE", "Zabrana diskriminacije.", "bs"),
    ("дискриминација", "Zabrana diskriminaciju.", "hr"),
    ("vijeće", "Скупштина и веће.", "sr-Cyrl"),
    ("cczsd", "čćžšđ", "cnr"),
    ("čćžšđ", "cczsd", "cnr"),
    ("barazise", "Ligji për barazinë.", "sq"),
    ("policy", "All policies.", "en"),
    ("1325", "S/RES/1325 (2000)", "en"),
    ("UNSCR1325", "UNSCR1325", "en"),
    ("S/RES/1325", "S/RES/1325 (2000)", "en"),
    ("Güvenlik", "Guvenlik", "tr"),
    ('"gender equality"', "Of gender equality.", "en"),
    ('"rodne ravnopravnosti"', "О родној равноправности", "sr-Cyrl"),
]


@pytest.mark.parametrize(("q", "body", "language"), ALIKE)
def test_find_alikes_find_each_other(desk, home, q, body, language):
    desk.section(title="Found", body=body, language=language)
    desk.section(title="Decoy", body="Nešto drugo, нешто друго, something else.")

    assert found(search(home, q)) == ["Found"]


@pytest.mark.parametrize(
    ("q", "titles"),
    [
        ("alpha", ["A", "AB", "ABC"]),
        ("alpha beta", ["AB", "ABC"]),
        ("alpha -beta", ["A"]),
        ("alpha -gamma", ["A", "AB"]),
        ('"beta gamma"', ["ABC"]),
        ('"gamma beta"', []),
        ('alpha -"beta gamma"', ["A", "AB"]),
        ("the alpha", ["A", "AB", "ABC"]),
        ("of", ["ABC"]),
        ("delta", []),
        ("-alpha", []),
    ],
)
def test_words_are_all_wanted_and_excluded_ones_are_not(desk, home, q, titles):
    desk.section(title="A", body="alpha")
    desk.section(title="AB", body="alpha, beta")
    desk.section(title="ABC", body="alpha of beta gamma")

    assert sorted(found(search(home, q))) == titles


def test_a_match_in_the_title_comes_first(desk, home):
    desk.section(title="Other", body="quarterly")
    desk.section(title="Quarterly", body="other")

    assert found(search(home, "quarterly")) == ["Quarterly", "Other"]


def test_no_phrase_spans_title_and_body(desk, home):
    desk.section(title="first", body="second")

    assert found(search(home, '"first second"')) == []


def test_an_object_in_two_languages_is_found_once_and_in_the_better(desk, home):
    document = DocumentFactory(
        delegation=desk.serbia, titles={"en": "Manual on plans", "sr-Latn": "Manual"}
    )

    answer = search(home, "manual")

    best = answer.json()["items"][0]
    assert (best["id"], best["language"]) == (str(document.pk), "sr-Latn")
    assert found(answer).count("Manual on plans") == 0


def test_a_revised_text_is_found_by_its_present_words(desk, home):
    section = desk.section(title="Draft", body="before")
    drafting = api(desk.drafter)

    drafting.patch(f"sections/{section.pk}", {"body": "after"}, if_match="h1")

    assert found(search(home, "before")) == []
    assert found(search(home, "after")) == ["Draft"]


def test_a_title_that_was_taken_out_is_not_found(desk, home):
    document = DocumentFactory(delegation=desk.serbia, titles={"en": "Plan", "mk": "Прирачник"})
    assert found(search(home, "prirachnik")) == []
    assert found(search(home, "prirač­nik")) == ["Прирачник"]

    api(desk.drafter).patch(f"documents/{document.pk}", {"titles": {"mk": None}}, if_match="1")

    assert found(search(home, "прирачник")) == []


def test_types_narrow_the_search(desk, home):
    desk.section(title="Quarterly section")
    DocumentFactory(delegation=desk.serbia, titles={"en": "Quarterly document"})

    assert found(search(home, "quarterly", type="section")) == ["Quarterly section"]
    assert found(search(home, "quarterly", type="document")) == ["Quarterly document"]
    assert len(found(search(home, "quarterly", type="document,section"))) == 2


def test_a_language_finds_its_scripts(desk, home):
    for language in ("sr-Cyrl", "sr-Latn", "bs", "en"):
        desk.section(title=language, body="plan", language=language)

    assert sorted(found(search(home, "plan", lang="sr"))) == ["sr-Cyrl", "sr-Latn"]
    assert found(search(home, "plan", lang="SR-latn")) == ["sr-Latn"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({}, ("?q", "required")),
        ({"q": ""}, ("?q", "blank")),
        ({"q": "a" * 201}, ("?q", "max_length")),
        ({"q": "a" * 10_000}, ("?q", "max_length")),
        ({"q": "a " * 17}, ("?q", "too_many_words")),
        ({"q": "a\x00b"}, ("?q", "unstorable_text")),
        ({"q": "a", "type": "revision"}, ("?type", "invalid_choice")),
        ({"q": "a", "type": ""}, ("?type", "blank")),
        ({"q": "a", "lang": "x'y"}, ("?lang", "invalid_tag")),
        ({"q": "a", "limit": "51"}, ("?limit", "out_of_range")),
        ({"q": "a", "ids": "1"}, ("?ids", "unknown_parameter")),
        ({"q": "a", "colour": "red"}, ("?colour", "unknown_parameter")),
        ({"q": "a", "cursor": "abc"}, ("?cursor", "invalid_cursor")),
    ],
)
def test_a_question_of_another_form_is_refused(home, query, error):
    assert error in codes(home.get("search", query))


@pytest.mark.parametrize(
    "q",
    [
        "…()&|!:*<->",
        "'quarterly' & !'@s1'",
        "quarterly:*A",
        "'; DROP TABLE search_entry; --",
        "\\'",
        "%",
        "%s %(q)s",
        "-",
        '"',
        '-"',
        "- - -",
        "\ud83d\ude00",
        "😀",
        "﷽",
        "\u0301\u0301",
        "a" * 200,
        "ǅ" * 200,
        "漢字",
        "<->",
        "quarterly <-> figures",
        "quarterly\n\t\rfigures",
    ],
)
def test_hostile_questions_get_an_empty_list_or_what_they_say(desk, home, q):
    desk.section(title="Quarterly figures")

    answer = home.get("search", {"q": q.encode("utf-8", "replace").decode()})

    assert answer.status_code == 200
    assert found(answer) in ([], ["Quarterly figures"])


def test_pages_follow_each_other_in_the_order_of_rank(desk, home):
    for number in range(5):
        desk.section(title=f"Q{number}", body="quarterly " * (number + 1))
    whole = found(search(home, "quarterly"))

    pages, answer = [], search(home, "quarterly", limit=2)
    while True:
        pages.append(found(answer))
        assert total(answer) == (5, False)
        if answer.json()["next"] is None:
            break
        answer = home.get(answer.json()["next"])

    assert [len(page) for page in pages] == [2, 2, 1]
    assert [title for page in pages for title in page] == whole
    back = home.get(answer.json()["previous"])
    assert found(back) == pages[1]


def test_more_matches_than_are_ranked_are_told_of(desk, home, monkeypatch):
    monkeypatch.setattr(finding, "CAP", 3)
    for number in range(4):
        desk.section(title=f"Quarterly {number}")

    answer = search(home, "quarterly")

    assert len(found(answer)) == 3
    assert total(answer) == (3, True)
    assert total(search(home, "quarterly -0")) == (3, False)


def test_the_number_of_queries_is_constant(desk, home):
    def quarterly() -> Any:
        return search(home, "quarterly")

    for kind in range(2):
        desk.section(title=f"Quarterly {kind}")
        DocumentFactory(delegation=desk.serbia, titles={"en": f"Quarterly {kind}"})
    few = queries_of(quarterly)
    for number in range(8):
        desk.section(title=f"Quarterly, more {number}")
        DocumentFactory(delegation=desk.serbia, titles={"en": f"Quarterly, more {number}"})

    assert queries_of(quarterly) == few


def test_a_text_of_nothing_but_different_words_is_indexed_within_the_limits(desk, home):
    body = " ".join(f"{number:x}ж" for number in range(40_000))[:199_000]
    desk.section(title="Long", body=body, language="sr-Cyrl")

    assert found(search(home, "long")) == ["Long"]
    assert found(search(home, "1aж")) == ["Long"]


def test_one_query_over_words_and_readers_uses_the_gin_index(desk, home):
    desk.section(title="Quarterly")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry SELECT 'section', gen_random_uuid(), 'en', "
            "array_to_tsvector(array['w' || n, 'common']), array['@s' || n % 50], "
            "array[timestamptz '9999-12-31Z'] FROM generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE search_entry")
        scans = (
            "SELECT pg_stat_get_xact_numscans('search_entry_lexemes'::regclass), "
            "pg_stat_get_xact_numscans('search_entry'::regclass)"
        )
        cursor.execute(scans)
        before = cursor.fetchone()
        assert found(search(home, "quarterly")) == ["Quarterly"]
        cursor.execute(scans)
        after = cursor.fetchone()

    assert (after[0] - before[0], after[1] - before[1]) == (1, 0)


def test_nobody_searches_without_credentials(desk, anonymous):
    assert refusal(search(anonymous, "quarterly")) == (401, "not_authenticated")


def test_sections_of_other_documents_are_not_mixed_in(desk, abroad):
    SectionFactory(document=desk.other, title="Quarterly of Albania")
    desk.section(title="Quarterly of Serbia")

    assert found(search(abroad, "quarterly")) == ["Quarterly of Albania"]
