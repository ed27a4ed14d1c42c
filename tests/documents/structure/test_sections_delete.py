"""DELETE /sections/{id}: tombstones."""

import pytest

from documents.texts.models import Section
from documents.versions.models import DocumentVersion
from platform_api.core.service import writing
from tests.api import api
from tests.documents.support import (
    REQUEST,
    alike,
    entry,
    invalid,
    items,
    moment,
    party,
    refusal,
    section_abilities,
    verify_chain,
)
from tests.factories import delegate, release

from .support import act, chain, delete, now, tree


def test_a_deleted_section_is_a_tombstone_that_its_readers_still_read(
    desk, drafting, abroad, ledger
):
    first = desk.section(title="first", body="One.", released=True)
    desk.section(title="last", released=True)
    ledger.new()

    answer = delete(drafting, first, headers=REQUEST)

    stone = now(first)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(first.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": None,
        "depth": 0,
        "title": "first",
        "body": "One.",
        "language": "en",
        "state": "released",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(stone.updated_at),
        "deleted_at": moment(stone.deleted_at),
        "released_at": moment(first.released_at),
        "single_person_release": False,
        "head": str(stone.head),
        "abilities": section_abilities("restore"),
    }
    assert tree(abroad, desk.document) == ["last 1"]
    assert tree(abroad, desk.document, deleted="true") == ["first -", "last 1"]
    assert abroad.get(f"sections/{first.pk}").json()["deleted_at"] == moment(stone.deleted_at)
    written, deleted = chain(abroad, first)
    assert (written["body"], deleted["body"], deleted["act"]) == ("One.", "One.", "deleted")
    verify_chain([written, deleted], before=bytes.fromhex(written["home_commitment"]))
    assert ledger.told() == [
        entry(
            "section.deleted",
            desk.drafter,
            first,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={"revision": "2"},
        )
    ]


def test_nothing_is_written_on_a_tombstone(desk, drafting, heading):
    section, other = desk.section(common=True), desk.section(common=True)
    delete(drafting, section)

    answers = [
        drafting.patch(f"sections/{section.pk}", {"body": "x"}, if_match="2"),
        act(heading, section, "release"),
        act(drafting, section, "move", {}),
        act(drafting, section, "split", {"at": 5, "title": "x"}),
        act(drafting, section, "join", {"with": str(other.pk), "revision": "1"}),
        delete(drafting, section),
        act(drafting, other, "move", {"parent": str(section.pk)}),
        drafting.post(
            f"documents/{desk.document.pk}/sections",
            {"title": "x", "language": "en", "parent": str(section.pk)},
        ),
    ]

    assert [refusal(answer) for answer in answers] == [(409, "deleted")] * len(answers)
    stale = drafting.patch(f"sections/{section.pk}", {"body": "x"}, if_match="1")
    assert refusal(stale) == (412, "precondition_failed")


def test_what_stands_below_has_to_go_first_or_along(desk, drafting, abroad, ledger):
    top = desk.section(title="top", released=True)
    middle = desk.section(title="middle", parent=top, released=True)
    low = desk.section(title="low", parent=middle)
    ledger.new()

    assert refusal(delete(drafting, top)) == (409, "has_children")
    assert ledger.new() == []
    assert delete(drafting, top, "?include_descendants=true").status_code == 200

    assert tree(drafting, desk.document) == []
    assert tree(drafting, desk.document, deleted="true") == ["top -", ". middle -", ".. low -"]
    assert tree(abroad, desk.document, deleted="true") == ["top -", ". middle -"]
    assert len({now(each).deleted_at for each in (top, middle, low)}) == 1
    assert {entry.kind for entry in ledger.new()} == {"section.deleted"}


def test_another_seats_released_section_is_not_deleted_along(desk, drafting, abroad):
    common = desk.section(common=True)
    theirs = desk.section(
        parent=common, delegation=desk.albania, author=desk.albanian, released=True
    )

    assert refusal(delete(drafting, common)) == (409, "has_children")
    assert refusal(delete(drafting, common, "?include_descendants=true")) == (403, "not_owner")
    assert now(common).deleted_at is now(theirs).deleted_at is None


def test_what_others_keep_at_home_below_stands_in_its_place(desk, drafting, abroad):
    """Serbia learns nothing of it, and Albania's work goes on."""
    desk.section(title="a", common=True)
    common, bare = (desk.section(title=title, common=True) for title in ("common", "bare"))
    desk.section(title="z", common=True)
    theirs = desk.section(
        title="theirs", parent=common, delegation=desk.albania, author=desk.albanian
    )
    desk.section(title="below", parent=theirs, delegation=desk.albania, author=desk.albanian)

    answers = [delete(drafting, section) for section in (bare, common)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert tree(drafting, desk.document, deleted="true") == [
        "a 1", "common -", "bare -", "z 2"]  # fmt: skip
    assert tree(abroad, desk.document) == ["a 1", "theirs -", ". below -", "z 2"]
    shown = abroad.get(f"sections/{theirs.pk}").json()
    assert (shown["parent"], shown["depth"]) == (None, 0)
    revised = abroad.patch(f"sections/{theirs.pk}", {"body": "On."}, if_match=shown_tag(theirs))
    assert revised.status_code == 200
    release(now(theirs))
    assert tree(drafting, desk.document) == ["a 1", "theirs 2", "z 3"]
    body = {"title": "new", "language": "en", "after": str(theirs.pk), "common": True}
    made = drafting.post(f"documents/{desk.document.pk}/sections", body)
    assert made.status_code == 201
    assert tree(drafting, desk.document) == ["a 1", "theirs 2", "new 3", "z 4"]


def shown_tag(section):
    return now(section).etag_revision


def test_deleting_at_home_tells_others_nothing(desk, drafting, abroad):
    draft = desk.section()
    before = abroad.get("events").content
    path = f"documents/{desk.document.pk}/sections?deleted=true"
    whole = abroad.get(path).content

    assert delete(drafting, draft).status_code == 200
    assert act(drafting, draft, "restore").status_code == 200
    assert delete(drafting, draft).status_code == 200

    assert (abroad.get(path).content, abroad.get("events").content) == (whole, before)
    assert refusal(abroad.get(f"sections/{draft.pk}")) == (404, "not_found")


def test_new_versions_and_the_search_leave_it_out_and_old_versions_keep_it(desk, drafting, abroad):
    gone = desk.section(title="Quarterly", body="Quarterly reports.", released=True)
    desk.section(title="Yearly", body="Yearly reports.", released=True)
    versions = f"documents/{desk.document.pk}/versions"
    old = drafting.post(versions, {"label": "Before"}).json()
    assert items(abroad.get("search", {"q": "quarterly"}), "title") == ["Quarterly"]

    delete(drafting, gone)

    new = drafting.post(versions, {"label": "After"}).json()
    manifests = {row.pk: row.manifest for row in DocumentVersion.objects.all()}
    titles = [[s["title"] for s in each["sections"]] for each in (
        old, new)]  # fmt: skip
    assert titles == [["Quarterly", "Yearly"], ["Yearly"]]
    assert [s["number"] for s in new["sections"]] == ["1"]
    assert len(manifests) == 2
    assert abroad.get(f"document-versions/{old['id']}/verify").json()["intact"] is True
    assert items(abroad.get("search", {"q": "quarterly"})) == []
    assert act(drafting, gone, "restore").status_code == 200
    assert items(abroad.get("search", {"q": "quarterly"}), "title") == ["Quarterly"]


def test_a_version_places_what_a_tombstone_left_behind(desk, drafting, abroad):
    common = desk.section(title="common", common=True)
    left = desk.section(title="left", parent=common, delegation=desk.albania, author=desk.albanian)
    delete(drafting, common)
    release(now(left))

    made = drafting.post(f"documents/{desk.document.pk}/versions", {"label": "x"}).json()

    assert [(s["number"], s["depth"], s["title"]) for s in made["sections"]] == [("1", 0, "left")]


def test_who_may_not_write_neither_deletes_nor_restores(desk, drafting, reading, abroad, outside):
    section, gone = (desk.section(released=True) for _ in range(2))
    delete(drafting, gone)

    for client, reason in ((reading, "drafter_required"), (abroad, "not_owner")):
        assert refusal(delete(client, section)) == (403, reason)
        assert refusal(act(client, gone, "restore")) == (403, reason)
    hidden = [delete(outside, section), act(outside, gone, "restore")]
    assert [refusal(answer) for answer in hidden] == [(404, "not_found")] * 2
    for tag, code in ((None, "precondition_required"), ("9", "precondition_failed")):
        assert refusal(delete(drafting, section, tag=tag))[1] == code
        assert refusal(act(drafting, gone, "restore", tag=tag))[1] == code


@pytest.mark.parametrize("query", ["?recursive=true", "?include_descendants=perhaps"])
def test_an_unknown_or_wrong_parameter_is_refused(desk, drafting, query):
    section = desk.section()

    assert refusal(delete(drafting, section, query))[:2] == (400, "invalid")
    assert now(section).deleted_at is None


def test_an_etag_of_before_the_deletion_is_stale(desk, drafting):
    section = desk.section()
    read = drafting.get(f"sections/{section.pk}")
    delete(drafting, section)

    assert refusal(act(drafting, section, "restore", {}, read)) == (412, "precondition_failed")


def test_who_drafts_for_two_seats_names_one(desk):
    user = delegate(desk.serbia, "drafter").user
    delegate(desk.albania, "drafter", user=user)
    section = desk.section(common=True)

    assert refusal(delete(api(user), section)) == invalid(("/delegation", "required"))
    answer = delete(api(user), section, f"?delegation={desk.albania.pk}")
    assert answer.status_code == 200


def test_a_tombstone_is_told_like_any_other_to_who_does_not_see_it(desk, drafting, abroad):
    draft = desk.section()
    before = abroad.get(f"sections/{draft.pk}")
    with writing():
        Section.objects.filter(pk=draft.pk).update(deleted_at=draft.updated_at)

    assert alike(before, abroad.get(f"sections/{draft.pk}"))
