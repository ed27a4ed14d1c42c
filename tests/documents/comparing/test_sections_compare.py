"""GET /sections/{id}/compare: two states of one section's text."""

from typing import Any
from uuid import uuid4

import pytest

from documents.texts.models import Revision
from tests.api import api, assert_hidden_as_absent, codes
from tests.documents.support import moment
from tests.factories import delegate, grant, release


@pytest.fixture
def section(desk: Any, drafting: Any) -> Any:
    """Two revisions at home, and two in public."""
    made = desk.section(title="Terms", body="One word.")
    drafting.patch(f"sections/{made.pk}", {"body": "Two words."}, if_match="h1")
    made.refresh_from_db()
    release(made)
    drafting.patch(f"sections/{made.pk}", {"body": "Two more words."}, if_match="1")
    made.refresh_from_db()
    return made


def revision(section: Any, number: int, *, at_home: bool = False) -> Revision:
    return Revision.objects.get(section=section, number=number, at_home=at_home)


def test_two_revisions_are_compared_by_words(desk, abroad, section):
    first, second = revision(section, 1), revision(section, 2)

    answer = abroad.get(
        f"sections/{section.pk}/compare", {"from": str(first.pk), "to": str(second.pk)}
    )

    assert answer.json() == {
        "section": str(section.pk),
        "before": {"revision": str(first.pk), "number": "1", "at": moment(first.created_at)},
        "after": {"revision": str(second.pk), "number": "2", "at": moment(second.created_at)},
        "marking": {"tlp": None, "releasable_to": None, "restricted": False},
        "text": {
            "changes": ["changed"],
            "title": [{"change": "kept", "text": "Terms"}],
            "blocks": [
                {
                    "change": "kept",
                    "stretches": [
                        {"change": "kept", "text": "Two "},
                        {"change": "added", "text": "more "},
                        {"change": "kept", "text": "words."},
                    ],
                }
            ],
            "words_added": 1,
            "words_removed": 0,
            "coarse": False,
        },
    }


def test_without_parameters_it_is_told_what_the_last_write_changed(desk, abroad, section):
    body = abroad.get(f"sections/{section.pk}/compare").json()

    assert body["before"]["revision"] == str(revision(section, 1).pk)
    assert body["after"] == {"revision": None, "number": "2", "at": moment(section.updated_at)}
    assert (body["text"]["words_added"], body["text"]["words_removed"]) == (1, 0)


def test_the_first_public_revision_follows_nothing_that_others_see(desk, abroad, section):
    first = str(revision(section, 1).pk)

    body = abroad.get(f"sections/{section.pk}/compare", {"to": first}).json()

    assert body["before"] is None
    assert body["text"]["changes"] == ["added"]


def test_the_owner_compares_what_was_made_at_home_with_what_is_public(desk, drafting, section):
    home = revision(section, 1, at_home=True)

    body = drafting.get(f"sections/{section.pk}/compare", {"from": str(home.pk)}).json()

    assert body["before"]["number"] == "h1"
    assert (body["text"]["words_added"], body["text"]["words_removed"]) == (3, 2)


@pytest.mark.parametrize("name", ["from", "to"])
def test_others_find_a_revision_of_home_as_unknown_as_one_of_another_section(
    desk, abroad, section, name
):
    home = revision(section, 1, at_home=True).pk
    other = desk.section(common=True).revisions.get().pk

    for key in (home, other, uuid4()):
        answer = abroad.get(f"sections/{section.pk}/compare", {name: str(key)})
        assert codes(answer) == [(f"?{name}", "unknown")]


def test_a_section_at_home_is_compared_by_who_reads_it_and_absent_for_others(
    desk, drafting, abroad, outside
):
    section = desk.section(body="First.")
    drafting.patch(f"sections/{section.pk}", {"body": "Second."}, if_match="h1")
    granted = delegate(desk.montenegro, "reader")
    path = f"sections/{section.pk}/compare"
    for client in (abroad, outside):
        assert_hidden_as_absent(client, path, f"sections/{uuid4()}/compare")

    grant(section, desk.montenegro)

    assert drafting.get(path).json()["text"]["changes"] == ["changed"]
    # What was written at home before stays there, so that the text stands alone.
    shown = api(granted).get(path).json()
    assert shown["before"] is None
    assert shown["after"]["number"] == "h2"
    assert b"First" not in api(granted).get(path).content


def test_a_section_is_read_as_a_page_too(desk, abroad, section):
    page = abroad.get(f"sections/{section.pk}/compare", {"format": "html"}).content.decode()

    assert "<bdi>Revision 1</bdi>" in page
    assert "<ins>more </ins>" in page
