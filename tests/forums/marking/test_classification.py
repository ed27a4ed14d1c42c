"""Marks of classified information are found where they stand as marks, and nowhere else."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forums.marking.classification as classification
from forums.marking.classification import ClassificationMark, Mark, marks_in, require_unmarked
from tests.steps import steps

SYSTEMS = json.loads(
    (Path(classification.__file__).parent / "data" / "classification_marks.json").read_text()
)["systems"]
MARKS = sorted({mark for each in SYSTEMS for mark in each["marks"]})
PORTIONS = sorted({portion for each in SYSTEMS for portion in each["portions"]})


def found(text: str) -> list[str]:
    return [mark.mark for mark in marks_in(text)]


def bare(mark: str) -> str:
    """A mark without its diacritics: with them or without, it is the same."""
    letters = unicodedata.normalize("NFD", mark)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def test_the_list_names_a_source_for_every_country_of_the_region_and_for_nato_and_the_eu():
    named = {each["system"] for each in SYSTEMS}
    assert named >= {"NATO", "EU", "RS", "BA", "ME", "MK", "AL", "XK", "HR", "SI", "BG", "GR"}
    assert named >= {"RO", "TR", "HU", "MD"}
    assert all(len(each["source"]) > 15 and each["marks"] for each in SYSTEMS)


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_found_alone_on_its_line(mark):
    text = f"Draft of the chapter.\n\n{mark}\n\nThe text goes on."
    assert [(bare(each.mark), each.line) for each in marks_in(text)] == [(bare(mark), 3)]


@pytest.mark.parametrize("portion", PORTIONS)
def test_every_abbreviation_is_found_in_brackets_before_a_paragraph(portion):
    assert found(f"Unmarked.\n\n({portion}) The convoy leaves at noon.") == [portion]
    assert found(f"The abbreviation {portion} is not used here.") == []


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("# СТРОГО ПОВЕРЉИВО", "СТРОГО ПОВЕРЉИВО"),
        ("**POVJERLJIVO**", "POVJERLJIVO"),
        ("<center><b>TAJNO</b></center>", "TAJNO"),
        ("> ДРЖАВНА ТАЈНА", "ДРЖАВНА ТАЈНА"),
        ("SZIGORÚAN TITKOS!", "SZIGORÚAN TITKOS"),
        ("„ИНТЕРНО“", "ИНТЕРНО"),
        ("--- NATO RESTRICTED ---", "NATO RESTRICTED"),
        ("NATO Restricted", "NATO RESTRICTED"),
        ("nato secret", "NATO SECRET"),
        ("SECRET UE/EU SECRET", "SECRET UE/EU SECRET"),
        ("NATO SECRET // REL TO SRB, ALB", "NATO SECRET"),
        ("POVJERLJIVO/CONFIDENTIAL", "POVJERLJIVO"),
        ("STROGO TAJNO — PRIMJERAK BR. 2", "STROGO TAJNO"),
        ("Степен тајности: ПОВЕРЉИВО", "ПОВЕРЉИВО"),
        ("Ministry of Defence | CONFIDENTIAL", "CONFIDENTIAL"),
        ("| ZAUPNO | |", "ZAUPNO"),
        ("T A J N O", "TAJNO"),
        ("S T R O G O   P O V E R L J I V O", "STROGO POVERLJIVO"),
        ("DRZAVNA TAJNA", "DRŽAVNA TAJNA"),
        ("OGRANICENO", "OGRANIČENO"),
        ("COK GIZLI", "ÇOK GİZLİ"),
        ("ΆΚΡΩΣ ΑΠΌΡΡΗΤΟ", "ΑΚΡΩΣ ΑΠΟΡΡΗΤΟ"),
        ("TO\u00adP SEC\u200bRET", "TOP SECRET"),
        ("TEPËR  SEKRET", "TEPËR SEKRET"),
        ("(ПОВЕРЉИВО) Став први.", "ПОВЕРЉИВО"),
        ("[NATO CONFIDENTIAL] The first paragraph.", "NATO CONFIDENTIAL"),
        ("1. (NR) The first point.", "NR"),
        ("\u00a0 SEKRET \u00a0", "SEKRET"),
        ("TLP:RED | SECRET", "SECRET"),
    ],
)
def test_a_mark_is_known_however_it_is_set(line, mark):
    assert found(f"One.\n{line}\nThree.") == [mark]


DECOYS = [
    # English
    "The secret ballot is held by the secretariat.",
    "Members shall keep confidential what is said in the internal procedure.",
    "A confidential counsellor is appointed; access is restricted to the parties.",
    "Documents marked NATO SECRET or EU RESTRICTED must not be sent to this platform.",
    "This document is NATO UNCLASSIFIED.",
    "NATO UNCLASSIFIED",
    "(NU) The exercise is public.",
    "UNCLASSIFIED",
    "TLP:AMBER",
    "TLP:AMBER+STRICT",
    "TLP:RED",
    "Confidential",
    "## Confidential reporting",
    "## Secret ballot",
    "INTERNAL",
    "SECRETARIAT",
    "CONFIDENTIALITY",
    "SECRET BALLOT",
    "RESTRICTED ACCESS TO WEAPONS STORES",
    "SECRET – information whose disclosure would harm the state.",
    "- SECRET",
    "1. TOP SECRET",
    "| TAJNO | SECRET | NS |",
    "(A) The first option; (B) the second; (C) the third.",
    "(c) The Ministry, 2026",
    "(see NR 4) As before.",
    "(nr. 12) Official Gazette.",
    # Serbian, Bosnian, Croatian, Montenegrin
    "Гласање је тајно, а записник је поверљиво чуван.",
    "Интерно обавештење о поступку доставља се запосленима.",
    "## Државна тајна",
    "## Поверљивост поступка",
    "ТАЈНО ГЛАСАЊЕ",
    "ПОВЕРЉИВОСТ",
    "Interno prijavljivanje i povjerljivo lice",
    "Postupak je povjerljiv, a glasanje tajno.",
    "Podaci označeni kao TAJNO ne unose se ovdje.",
    "Ograničeno trajanje mjere",
    "INTERNO PRIJAVLJIVANJE",
    "POVJERLJIVO LICE",
    "Interno",
    # Macedonian, Bulgarian
    "Тајно гласање и доверливо лице за пријавување.",
    "Доверливо",
    "Секретариатът води протокола; гласуването е тайно.",
    "Поверително отношение към жертвата.",
    "ЗА СЛУЖЕБНОТО ПОЛЗВАНЕ НА ПОМЕЩЕНИЯ",
    # Albanian
    "Votimi është sekret dhe konfidencial.",
    "Procedura konfidenciale e ankesës",
    "Sekret",
    "Aksesi është i kufizuar.",
    # Slovene, Hungarian, Romanian
    "Zaupna oseba sprejme prijavo; glasovanje je tajno.",
    "A bizalmas személy titkos szavazást tart.",
    "Bizalmas",
    "Votul este secret, iar consilierul este confidențial.",
    "Secretul profesional",
    # Greek, Turkish
    "Η ψηφοφορία είναι απόρρητη και η διαδικασία εμπιστευτική.",
    "Εμπιστευτικό",
    "Oylama gizli yapılır; özel danışman atanır.",
    "Özel hükümler",
    "ÖZEL HÜKÜMLER",
    "Gizlilik",
    # nothing at all
    "",
    "()",
    "[]",
    "|",
    "//",
    "< > <b",
]


@pytest.mark.parametrize("text", DECOYS)
def test_a_word_in_its_ordinary_use_is_no_mark(text):
    assert found(f"Before.\n\n{text}\n\nAfter.") == []


def test_each_mark_is_told_with_its_system_and_line():
    text = "(NR) One.\n\nTwo.\n\nСТРОГО ПОВЕРЉИВО"

    assert list(marks_in(text)) == [
        Mark("NR", "NATO", 1),
        Mark("СТРОГО ПОВЕРЉИВО", "RS", 5),
    ]
    (shared,) = marks_in("TAJNO")
    assert set(shared.system.split(", ")) == {"BA", "ME", "HR", "SI"}


def test_what_was_answered_for_may_stay_and_nothing_may_be_added():
    before = {"/body": "TAJNO\n\nText."}

    require_unmarked({"/title": "Title", "/body": "Other text.\n\nTAJNO"}, before)
    require_unmarked({"/title": "TAJNO", "/body": "Moved into the title."}, before)
    for body in ("TAJNO\n\nTAJNO", "SECRET"):
        with pytest.raises(ClassificationMark) as refused:
            require_unmarked({"/body": body}, before)
        assert refused.value.status == 422


def test_a_refusal_names_each_place_and_mark():
    with pytest.raises(ClassificationMark) as refused:
        require_unmarked({"/title": "INTERNO", "/body": "One.\nNATO SECRET"})

    told = [(error.pointer, error.code, error.detail) for error in refused.value.errors]
    assert told == [
        ("/title", "classification_mark", "Line 1 bears the mark INTERNO (RS, BA, ME, SI)."),
        ("/body", "classification_mark", "Line 2 bears the mark NATO SECRET (NATO)."),
    ]


@pytest.mark.properties
@given(st.text())
def test_no_text_makes_it_fail(text):
    for mark in marks_in(text):
        assert mark.mark in {*MARKS, *PORTIONS}
        assert 1 <= mark.line <= len(text.splitlines())


@pytest.mark.properties
@given(
    st.text(alphabet="()[]|/<>#*-_ \t\n:–TAJNOSECRETс", max_size=300),
    st.sampled_from(MARKS),
    st.text(alphabet="()[]|/<>#*-_ \t\n:–TAJNOSECRETс", max_size=300),
)
def test_a_mark_on_its_line_is_found_whatever_stands_around_it(before, mark, after):
    assert bare(mark) in map(bare, found(f"{before}\n\n{mark}\n\n{after}"))


@pytest.mark.properties
@given(
    st.lists(
        st.sampled_from(
            ["the", "secret", "Ballot", "confidential", "тајно", "Поверљиво", "internal", "NATO"]
        ),
        min_size=3,
    )
)
def test_a_sentence_of_lower_case_words_bears_no_mark(words):
    assert found(f"We {' '.join(words)} hold.") == []


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 200_000,
        "<" * 200_000,
        "| " * 100_000,
        "T " * 100_000,
        "TAJNO " * 33_000,
        "TAJNO\n" * 33_000,
        "- " * 100_000,
        "<b>" * 66_000,
        "/" * 200_000,
        "\u0301" * 200_000,
    ],
    ids=lambda text: repr(text[:6]),
)
@pytest.mark.slow
def test_the_longest_texts_take_no_more_than_their_length(hostile):
    _, few = steps(lambda: list(marks_in(hostile[: len(hostile) // 10])))
    _, many = steps(lambda: list(marks_in(hostile)))
    assert many <= 11 * few + 100
