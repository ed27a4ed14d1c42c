"""GET /documents/{id}/compare: two states of a document, section by section."""

from typing import Any
from uuid import uuid4

import pytest

from documents.texts.models import Section
from forums.readings.models import Reading
from platform_api.core.actor import Level
from platform_api.core.service import writing
from tests.api import ApiClient, api, assert_hidden_as_absent, codes
from tests.documents.support import moment, queries_of
from tests.factories import DocumentVersionFactory, delegate, grant, release
from tests.laying import laid

ACCEPTS_HTML = {"Accept": "text/html"}


@laid
def told(desk: Any) -> Any:
    """A version, in which there is one of everything that can become of a section since."""
    sections = {
        "terms": desk.section(common=True, title="Terms", body="A rule.\n"),
        "law": desk.section(released=True, title="Law", body="File within 30 days.\n\nIn writing."),
        "annex": desk.section(released=True, title="Annex", body="It stays."),
    }
    sections["below"] = desk.section(common=True, parent=sections["terms"], title="Key terms")
    version = DocumentVersionFactory(document=desk.document, label="Draft 1")
    return version, sections


def compare(client: ApiClient, desk: Any, **query: Any) -> Any:
    answer = client.get(f"documents/{desk.document.pk}/compare", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def by_section(body: Any) -> dict[str, Any]:
    return {each["section"]: each for each in body["sections"]}


def test_a_version_is_compared_with_the_present_by_blocks_and_words(desk, drafting, abroad, told):
    version, sections = told
    law = sections["law"]
    drafting.patch(
        f"sections/{law.pk}",
        {"body": "File within 15 days.\n\nIn writing.\n\nOr by mail."},
        if_match="1",
    )
    changed_at = Section.objects.get(pk=law.pk).updated_at

    body = compare(abroad, desk, **{"from": str(version.pk)})

    shown = by_section(body)
    assert body["document"] == str(desk.document.pk)
    assert body["before"] == {
        "version": str(version.pk),
        "label": "Draft 1",
        "kind": "working",
        "at": moment(version.created_at),
    }
    assert body["after"] == {"version": None, "label": None, "kind": None, "at": moment(changed_at)}
    assert body["marking"] == {"tlp": None, "releasable_to": None, "restricted": False}
    passage = {"number": "2", "depth": 0, "parent": None, "title": "Law", "language": "en"}
    assert shown[str(law.pk)] == {
        "section": str(law.pk),
        "before": passage,
        "after": passage,
        "changes": ["changed"],
        "title": [{"change": "kept", "text": "Law"}],
        "blocks": [
            {
                "change": "kept",
                "stretches": [
                    {"change": "kept", "text": "File within "},
                    {"change": "removed", "text": "30 "},
                    {"change": "added", "text": "15 "},
                    {"change": "kept", "text": "days."},
                ],
            },
            {"change": "kept", "stretches": [{"change": "kept", "text": "In writing."}]},
            {"change": "added", "stretches": [{"change": "added", "text": "Or by mail."}]},
        ],
        "words_added": 4,
        "words_removed": 1,
        "coarse": False,
    }
    assert [each["changes"] for each in body["sections"]] == [[], [], ["changed"], []]
    assert shown[str(sections["below"].pk)]["after"]["parent"] == str(sections["terms"].pk)
    assert shown[str(sections["terms"].pk)]["blocks"] == []


def test_each_change_of_a_tree_is_called_what_it_is(desk, drafting, heading, told):
    version, sections = told
    terms, law, below = (sections[name] for name in ("terms", "law", "below"))
    drafting.patch(f"sections/{law.pk}", {"title": "Law and order", "language": "hr"}, if_match="1")
    new = desk.section(common=True, title="New", after=terms)
    with writing():
        Section.objects.filter(pk=below.pk).update(parent=law)
    later = DocumentVersionFactory(document=desk.document, label="Draft 2")

    shown = by_section(compare(drafting, desk, **{"from": str(version.pk), "to": str(later.pk)}))
    back = by_section(compare(drafting, desk, **{"from": str(later.pk), "to": str(version.pk)}))

    assert shown[str(terms.pk)]["changes"] == []
    assert shown[str(law.pk)]["changes"] == ["renamed", "language_changed"]
    assert (shown[str(law.pk)]["before"]["number"], shown[str(law.pk)]["after"]["number"]) == (
        "2",
        "3",
    )
    assert shown[str(new.pk)]["changes"] == ["added"]
    assert shown[str(new.pk)]["before"] is None
    assert {b["change"] for b in shown[str(new.pk)]["blocks"]} == {"added"}
    assert shown[str(below.pk)]["changes"] == ["moved"]
    assert back[str(new.pk)]["changes"] == ["removed"]
    assert back[str(new.pk)]["after"] is None
    assert {b["change"] for b in back[str(new.pk)]["blocks"]} == {"removed"}


def test_without_from_the_newest_version_before_is_taken_and_nothing_where_there_is_none(
    desk, drafting, told
):
    version, _ = told
    first = DocumentVersionFactory(document=desk.document, label="Draft 2")

    assert compare(drafting, desk)["before"]["label"] == "Draft 2"
    assert compare(drafting, desk, to=str(first.pk))["before"]["label"] == "Draft 1"
    begun = compare(drafting, desk, to=str(version.pk))
    assert begun["before"] is None
    assert {tuple(each["changes"]) for each in begun["sections"]} == {("added",)}


def test_what_is_at_home_is_in_no_comparison_not_even_in_its_owner_s(desk, drafting, abroad, told):
    version, _ = told
    home = desk.section(title="Secret chapter", body="At home.")
    theirs = desk.section(delegation=desk.albania, title="Their chapter", body="At home, too.")
    before = abroad.get(f"documents/{desk.document.pk}/compare").content

    for client in (drafting, abroad):
        for answer in (
            client.get(f"documents/{desk.document.pk}/compare", {"from": str(version.pk)}),
            client.get(f"documents/{desk.document.pk}/compare", {"format": "html"}),
        ):
            text = answer.content.decode()
            assert answer.status_code == 200
            assert not [w for w in ("Secret", "Their", str(home.pk), str(theirs.pk)) if w in text]
    drafting.patch(f"sections/{home.pk}", {"body": "Revised at home."}, if_match="h1")
    assert abroad.get(f"documents/{desk.document.pk}/compare").content == before


def test_a_section_that_has_left_a_reader_s_sight_is_at_neither_end(
    desk, drafting, heading, abroad, told
):
    """Though it stands in the version, and is compared for who still sees it."""
    version, sections = told
    law = sections["law"]
    drafting.patch(f"sections/{law.pk}", {"body": "Now secret."}, if_match="1")
    marked = heading.post(
        "access/marking",
        {
            "object": {"type": "section", "id": str(law.pk)},
            "tlp": "amber",
            "releasable_to": {"countries": ["RS"], "organisations": []},
        },
    )
    assert marked.status_code == 200, marked.content

    seen = compare(abroad, desk, **{"from": str(version.pk)})
    own = compare(drafting, desk, **{"from": str(version.pk)})
    page = abroad.get(f"documents/{desk.document.pk}/compare", {"format": "html"})

    assert str(law.pk) not in by_section(seen)
    assert by_section(own)[str(law.pk)]["changes"] == ["changed"]
    assert seen["marking"]["tlp"] is None
    assert own["marking"] == {
        "tlp": "amber",
        "releasable_to": {"countries": ["RS"], "organisations": []},
        "restricted": False,
    }
    assert b"Now secret" not in page.content
    assert b"30 days" not in page.content
    told_to_owner = drafting.get(f"documents/{desk.document.pk}/compare", headers=ACCEPTS_HTML)
    assert "TLP:AMBER // REL TO SRB" in told_to_owner.content.decode()
    reading = Reading.objects.filter(object_id=law.pk)
    assert not reading.exclude(seat=desk.serbia).exists()


def test_who_reads_a_restricted_section_in_a_comparison_has_opened_it(desk, heading, told):
    version, sections = told
    law = sections["law"]
    heading.post(
        "access/marking",
        {"object": {"type": "section", "id": str(law.pk)}, "tlp": "amber", "releasable_to": None},
    )
    reader = delegate(desk.albania, "reader")
    same = compare(api(reader), desk, **{"from": str(version.pk)})
    assert by_section(same)[str(law.pk)]["blocks"] == []
    assert not Reading.objects.filter(object_id=law.pk, person=reader.user).exists()

    compare(api(reader), desk, to=str(version.pk))

    assert Reading.objects.filter(object_id=law.pk, person=reader.user).count() == 1


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_version_of_another_document_is_as_unknown_as_none(desk, drafting, abroad, told, name):
    elsewhere = DocumentVersionFactory(document=desk.other)

    for client in (drafting, abroad):
        for key in (elsewhere.pk, uuid4()):
            answer = client.get(f"documents/{desk.document.pk}/compare", {name: str(key)})
            assert codes(answer) == [(f"?{name}", "unknown")]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"from": "present"}, ("?from", "invalid")),
        ({"to": "yesterday"}, ("?to", "invalid")),
        ({"format": "docx"}, ("?format", "invalid_choice")),
        ({"since": "1"}, ("?since", "unknown_parameter")),
    ],
)
def test_what_can_t_be_compared_is_refused(desk, drafting, query, error):
    assert codes(drafting.get(f"documents/{desk.document.pk}/compare", query)) == [error]


def test_who_reads_a_version_alone_compares_nothing(desk, outside, told):
    version, _ = told
    grant(version, desk.montenegro, Level.READ)
    assert outside.get(f"document-versions/{version.pk}").status_code == 200

    assert_hidden_as_absent(
        outside, f"documents/{desk.document.pk}/compare", f"documents/{uuid4()}/compare"
    )


def test_the_form_is_chosen_by_parameter_or_by_accept(desk, drafting, told):
    path = f"documents/{desk.document.pk}/compare"
    types = {
        (accept, form): drafting.get(
            path, {"format": form} if form else None, headers={"Accept": accept}
        ).headers["Content-Type"]
        for accept in ("*/*", "text/html", "application/json")
        for form in ("", "json", "html")
    }
    html, json = "text/html; charset=utf-8", "application/json"
    assert types == {
        ("*/*", ""): json,
        ("*/*", "json"): json,
        ("*/*", "html"): html,
        ("text/html", ""): html,
        ("text/html", "json"): json,
        ("text/html", "html"): html,
        ("application/json", ""): json,
        ("application/json", "json"): json,
        ("application/json", "html"): html,
    }
    assert drafting.get(path, headers={"Accept": "application/pdf"}).status_code == 406


def test_an_answer_in_either_form_is_kept_by_its_tag(desk, drafting, told):
    path = f"documents/{desk.document.pk}/compare"
    for query in ({}, {"format": "html"}):
        first = drafting.get(path, query)
        again = drafting.get(path, query, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["Cache-Control"] == "private, no-store"


def test_a_comparison_costs_as_many_statements_however_many_sections_it_has(desk, drafting, told):
    version, _ = told

    def cost() -> int:
        path = f"documents/{desk.document.pk}/compare"
        return queries_of(lambda: drafting.get(path, {"from": str(version.pk)}))

    few = cost()
    for number in range(4):
        release(desk.section(title=f"More {number}", body="New words."))

    assert cost() == few
