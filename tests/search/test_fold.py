"""Find-alikes: what folds to the same, what shares a stem, and what must stay apart."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.search.fold import (
    ALBANIAN,
    ALL_FAMILIES,
    ENGLISH,
    SOUTH_SLAVIC,
    family_of,
    fold,
    forms,
    words,
    written_forms,
)

REGION = (
    string.ascii_letters
    + "čćžšđČĆŽŠĐëçËÇśźŚŹǵḱ"
    + "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШѓќѕѝЃЌЅ"
    + "1234567890 -/()ǆǈǌﬁ½\u030c\u0301\u00ad"
)

ALIKE = [
    ("Аранђеловац", "Aranđelovac", "Arandjelovac", "ARANDJELOVAC", "Arandelovac"),
    ("дискриминација", "diskriminacija", "DISKRIMINACIJA"),
    ("čćžšđ", "cczsd", "ČĆŽŠĐ", "c\u030cc\u0301z\u030cs\u030cdj"),
    ("љубав", "ljubav", "ǉubav", "Ǉubav"),
    ("њега", "njega", "ǌega"),
    ("џеп", "džep", "ǆep", "dzep"),
    ("Ќосев", "Ḱosev", "Kjosev"),
    ("Ѓорче", "Ǵorče", "Gjorce"),
    ("Цетиње", "Cetinje", "CETINJE"),
    ("barazisë", "barazise", "BARAZISË"),
    ("çështje", "ceshtje"),
    ("İstanbul", "istanbul", "ıstanbul"),
    ("ﬁnance", "finance"),
    ("so\u00adglasje", "soglasje", "so\u200bglasje"),
]


@pytest.mark.parametrize("alike", ALIKE, ids=lambda alike: alike[0])
def test_letters_of_both_scripts_with_and_without_marks_are_alike(alike):
    assert len({fold(text) for text in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("забава", "sabava"), ("ljuta", "luta"), ("1325", "1352"), ("član", "clin")],
)
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)


PARADIGMS = {
    SOUTH_SLAVIC: [
        (
            "дискриминација diskriminacija DISKRIMINACIJE diskriminaciji diskriminacijom "
            "diskriminacijama дискриминацијата дискриминации дискриминациите"
        ),
        "zakon zakona zakonu zakonom zakoni zakonima zakone законот законите",
        "ravnopravnost ravnopravnosti ravnopravnošću",
        "рамноправност рамноправноста",
        "žena žene ženi ženu ženama жената жените",
        "vojnik vojnika vojnici vojnicima војникот војниците",
        "izvještaj izvještaja izveštaji izveštaju извештајот извештаите",
        "vijeće vijeća veće veća",
        "mjera mjere mera merama",
        "smjernice smernica smjernicama",
        "rodna rodne rodno rodnoj rodnog rodnim",
        "zlostavljanje zlostavljanja zlostavljanjem",
        "Аранђеловац Aranđelovca Arandjelovcu",
        "ministarstvo ministarstva ministarstvu",
        "ministar ministra ministri ministrima",
        "odbrana odbrane odbrani одбраната",
        "насилство насилството",
        "razlog razloga razlozi razlozima",
        "zadatak zadatka zadatkom",
        "rezolucija rezolucije резолуцијата резолуции",
        "vrijednost vrednosti",
        "primjena primene",
        "postupak postupka postupci",
    ],
    ALBANIAN: [
        "diskriminim diskriminimi diskriminimit diskriminimin diskriminimet diskriminimeve",
        "ligj ligji ligjit ligjin ligje ligjet ligjeve",
        "forca forcat forcave forcën forcës",
        "barazi barazia barazisë barazinë",
        "ngacmim ngacmimi ngacmimet",
    ],
    ENGLISH: [
        "discrimination discriminate discriminated discriminating",
        "report reports reported reporting",
        "policy policies",
        "resolution resolutions",
        "stop stopped stopping",
        "address addresses addressed",
        "state states stated",
        "country countries",
        "process processes",
        "law laws",
        "gender genders",
    ],
}
_ALL = [(family, line) for family, lines in PARADIGMS.items() for line in lines]


def stem(family: str, word: str) -> str:
    (marked,) = [form for form in forms(fold(word), family) if form.startswith(f"{family}~")]
    return marked


@pytest.mark.parametrize(("family", "line"), _ALL, ids=lambda value: value.split()[0])
def test_the_forms_of_a_word_share_a_stem(family, line):
    assert len({stem(family, word) for word in line.split()}) == 1


@pytest.mark.parametrize("family", PARADIGMS)
def test_different_words_do_not_share_a_stem(family):
    stems = [stem(family, line.split()[0]) for line in PARADIGMS[family]]
    assert len(set(stems)) == len(stems)


@pytest.mark.parametrize("word", ["EU", "rod", "1325", "52", "ab1c", "Ελλάδα"])
def test_short_words_numbers_and_other_scripts_are_their_own_stem(word):
    for family in ALL_FAMILIES:
        assert stem(family, word) == f"{family}~{fold(word)}"


def test_a_stem_never_meets_the_whole_form_of_another_word():
    assert forms(fold("zakoni"), SOUTH_SLAVIC) == {"zakoni", "s~zakon"}
    assert "zakon" not in forms(fold("zakoni"), SOUTH_SLAVIC)


@pytest.mark.parametrize(
    ("tag", "family"),
    [
        ("sr-Cyrl", SOUTH_SLAVIC),
        ("SR", SOUTH_SLAVIC),
        ("cnr", SOUTH_SLAVIC),
        ("mk", SOUTH_SLAVIC),
        ("sq", ALBANIAN),
        ("en-GB", ENGLISH),
        ("tr", ""),
        ("", ""),
    ],
)
def test_a_language_has_one_family_or_none(tag, family):
    assert family_of(tag) == family


def test_an_identifier_is_found_by_its_numbers():
    assert [word.folded for word in words("S/RES/1325 (2000)")] == ["s", "res", "1325", "2000"]
    assert written_forms("unscr1325", "") == {"unscr1325", "1325"}
    assert written_forms("a4", "") == {"a4"}
    assert written_forms("1325", "") == {"1325"}


def test_words_stand_where_they_are_in_the_text():
    text = "Члан 52/21, đ\u030cak."
    found = list(words(text))

    assert [text[word.start : word.end] for word in found] == ["Члан", "52", "21", "đ\u030cak"]
    assert [word.folded for word in found] == ["clan", "52", "21", "dak"]


@pytest.mark.properties
@given(st.text(max_size=60) | st.text(REGION, max_size=60))
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.properties
@given(st.text(REGION, max_size=60))
def test_case_makes_no_difference(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.properties
@given(st.text(max_size=80) | st.text(REGION, max_size=80))
def test_forms_hold_nothing_that_a_query_could_be_broken_with(text):
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.folded
        for form in written_forms(word.folded, ALL_FAMILIES):
            assert form[2:].isalnum() if form[1:2] == "~" else form.isalnum()
