"""POST /sections/{id}/move: where a section may go, and what goes with it."""

import pytest

from documents.texts.models import Section
from documents.texts.writing import MAX_DEPTH
from forums.countries.models import Country
from forums.marking.services import object_mark
from platform_api.core.actor import Level
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import api
from tests.documents.support import REQUEST, alike, entry, invalid, refusal, unknown_id
from tests.factories import DocumentFactory, SectionFactory, delegate, grant

from .support import act, chain, now, tree


def mark(desk, section, *, tlp=None, countries=None):
    """Mark a section of Serbia's by its head."""
    head = actor_of(desk.head)
    parties = None if countries is None else Country.objects.filter(code__in=countries)
    with acting(head):
        object_mark(actor=head, obj=section, tlp=tlp, releasable_to=parties)


def test_a_section_goes_below_another_with_all_that_is_below_it(desk, drafting, abroad, ledger):
    one, two = (desk.section(title=title, released=True) for title in ("one", "two"))
    below = desk.section(title="below", parent=one, released=True)
    desk.section(title="last", released=True)
    ledger.new()

    answer = act(drafting, one, "move", {"parent": str(two.pk), "note": "Order."}, headers=REQUEST)

    assert answer.status_code == 200
    body = answer.json()
    assert (body["parent"], body["number"], body["depth"]) == (str(two.pk), "1.1", 1)
    assert answer.headers["ETag"].startswith('"2.')
    expected = ["two 1", ". one 1.1", ".. below 1.1.a", "last 2"]
    assert tree(drafting, desk.document) == expected
    assert tree(abroad, desk.document) == expected
    assert ledger.told() == [
        entry(
            "section.moved",
            desk.drafter,
            one,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={
                "revision": "2",
                "note": "Order.",
                "parent": str(two.pk),
                "parent_before": None,
            },
        )
    ]
    assert now(below).revision == 1
    written, moved = chain(abroad, one)[-2:]
    assert (moved["act"], moved["note"]) == ("moved", "Order.")
    assert moved["content_sha256"] == written["content_sha256"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["a 1", "b 2", "c 3", "m 4"]),
        ({"after": None}, ["m 1", "a 2", "b 3", "c 4"]),
        ({"after": "a"}, ["a 1", "m 2", "b 3", "c 4"]),
        ({"parent": "b"}, ["a 1", "b 2", ". x 2.1", ". m 2.2", "c 3"]),
        ({"parent": "b", "after": None}, ["a 1", "b 2", ". m 2.1", ". x 2.2", "c 3"]),
        ({"parent": "b", "after": "x"}, ["a 1", "b 2", ". x 2.1", ". m 2.2", "c 3"]),
    ],
    ids=str,
)
def test_it_comes_where_the_body_says(desk, drafting, body, expected):
    rows = {title: desk.section(title=title, released=True) for title in "ambc"}
    rows["x"] = desk.section(title="x", parent=rows["b"], released=True)
    given = {name: value and str(rows[value].pk) for name, value in body.items()}

    assert act(drafting, rows["m"], "move", given).status_code == 200

    shown = tree(drafting, desk.document)
    if "parent" not in body:
        shown = [line for line in shown if not line.startswith(".")]
    assert shown == expected


@pytest.mark.parametrize("after", ["a", None])
def test_one_that_stands_there_already_is_left_alone(desk, drafting, ledger, after):
    first, second = (desk.section(title=title) for title in "ab")
    moved, named = (second, first) if after else (first, None)
    ledger.new()

    answer = act(drafting, moved, "move", {"after": named and str(named.pk)}, "h1")

    assert (answer.status_code, now(moved).revision, ledger.new()) == (200, 1, [])


def test_the_head_who_moved_a_draft_may_still_release_it(desk, heading):
    chapter, draft = desk.section(released=True), desk.section()
    assert act(heading, draft, "move", {"parent": str(chapter.pk)}, "h1").status_code == 200

    assert act(heading, draft, "release", {}, "h2").status_code == 200


def test_moving_at_home_changes_nothing_for_others(desk, drafting, abroad):
    chapter, common = desk.section(released=True), desk.section(common=True)
    drafts = [desk.section() for _ in range(3)]
    ours = desk.section(delegation=desk.albania, author=desk.albanian)
    path = f"documents/{desk.document.pk}/sections"
    before = [abroad.get(path), abroad.get("events"), abroad.get(f"sections/{common.pk}")]

    for parent in (chapter, common, drafts[1]):
        assert act(drafting, drafts[0], "move", {"parent": str(parent.pk)}).status_code == 200

    after = [abroad.get(path), abroad.get("events"), abroad.get(f"sections/{common.pk}")]
    assert [each.content for each in after] == [each.content for each in before]
    assert refusal(abroad.get(f"sections/{drafts[0].pk}/lineage")) == (404, "not_found")
    assert now(ours).rank == ours.rank


def test_others_place_theirs_the_same_with_and_without_a_hidden_sibling(desk, abroad):
    """Ranks made by Albania do not tell of what Serbia put between."""
    first = desk.section(common=True)
    last, moved = (
        desk.section(common=True, delegation=desk.albania, author=desk.albanian) for _ in range(2)
    )
    act(abroad, moved, "move", {"after": str(first.pk)})
    alone = now(moved).rank
    act(abroad, moved, "move", {"after": str(last.pk)})
    desk.section(after=first)

    act(abroad, moved, "move", {"after": str(first.pk)})

    assert now(moved).rank == alone


def test_no_section_comes_below_itself(desk, drafting):
    top = desk.section()
    middle = desk.section(parent=top)
    low = desk.section(parent=middle)

    def moved(parent):
        return refusal(act(drafting, top, "move", {"parent": str(parent.pk)}, "h1"))

    assert moved(top) == invalid(("/parent", "itself"))
    assert moved(middle) == moved(low) == (409, "cycle")
    assert now(top).parent_id is None


def test_what_a_body_names_has_to_be_there_and_in_sight(desk, drafting):
    section, other = desk.section(), desk.section(title="other")
    child = desk.section(parent=other)
    elsewhere = Section.objects.filter(document=desk.foreign).first()
    hidden = desk.section(delegation=desk.albania, author=desk.albanian)
    own_document = Section.objects.get(pk=desk.section().pk)

    def sent(name, key):
        return act(drafting, section, "move", {name: str(key)}, "h1")

    for name in ("parent", "after"):
        answers = [sent(name, key) for key in (unknown_id(), elsewhere.pk, hidden.pk)]
        assert refusal(answers[0]) == invalid((f"/{name}", "unknown"))
        assert alike(*answers)
    assert refusal(sent("after", child.pk)) == invalid(("/after", "not_a_sibling"))
    assert refusal(sent("after", section.pk)) == invalid(("/after", "not_a_sibling"))
    assert sent("after", own_document.pk).status_code == 200


def test_a_section_of_another_document_is_no_parent_here(desk, heading):
    document = DocumentFactory(delegation=desk.serbia, drafting_group=[desk.albania])
    there = SectionFactory(document=document, common=True)
    section = desk.section(common=True)

    answers = [
        act(heading, section, "move", {name: str(there.pk)}, "1") for name in ("parent", "after")
    ]

    assert refusal(answers[0]) == invalid(("/parent", "unknown"))
    assert refusal(answers[1]) == invalid(("/after", "not_a_sibling"))


def test_below_a_delegations_section_stands_that_delegations_alone(desk, drafting, abroad):
    chapter = desk.section(released=True)
    common = desk.section(common=True)
    theirs = desk.section(delegation=desk.albania, author=desk.albanian)

    assert refusal(act(abroad, theirs, "move", {"parent": str(chapter.pk)})) == (403, "not_owner")
    assert refusal(act(drafting, common, "move", {"parent": str(chapter.pk)})) == invalid(
        ("/parent", "not_allowed_here")
    )
    assert refusal(act(drafting, theirs, "move", {}, "h1")) == (404, "not_found")
    assert refusal(act(abroad, chapter, "move", {}, "1")) == (403, "not_owner")
    assert act(abroad, theirs, "move", {"parent": str(common.pk)}).status_code == 200


def test_a_grant_to_draft_is_none_to_move(desk, abroad):
    section = desk.section()
    grant(section, desk.albania, Level.DRAFT)

    assert refusal(act(abroad, section, "move", {}, "h1")) == (403, "not_owner")


def test_what_is_released_does_not_come_below_what_is_at_home(desk, drafting):
    chapter, released = desk.section(), desk.section(released=True)

    answer = act(drafting, released, "move", {"parent": str(chapter.pk)})

    assert refusal(answer) == (409, "parent_not_released")


def test_every_seat_of_the_drafting_group_moves_a_common_section(desk, abroad, outside):
    one, two = desk.section(common=True, title="one"), desk.section(common=True, title="two")

    assert act(abroad, one, "move", {"parent": str(two.pk)}).status_code == 200

    assert tree(abroad, desk.document) == ["two 1", ". one 1.1"]
    assert refusal(act(outside, one, "move", {})) == (404, "not_found")


def test_a_tree_has_at_most_twelve_levels(desk, drafting):
    path = [desk.section(common=True)]
    while len(path) < MAX_DEPTH:
        path.append(desk.section(common=True, parent=path[-1]))
    branch = desk.section(common=True)
    desk.section(common=True, parent=branch)
    too_deep = invalid(("/parent", "too_deep"))

    assert MAX_DEPTH == 12
    assert refusal(act(drafting, branch, "move", {"parent": str(path[10].pk)})) == too_deep
    assert act(drafting, branch, "move", {"parent": str(path[9].pk)}).status_code == 200
    body = {"title": "x", "language": "en", "parent": str(path[-1].pk)}
    made = drafting.post(f"documents/{desk.document.pk}/sections", body)
    assert refusal(made) == too_deep


def test_below_a_marked_section_it_keeps_to_those_marks(desk, drafting, abroad):
    marked, section = desk.section(released=True), desk.section(released=True)
    child = desk.section(parent=section, released=True)
    grant(section, desk.albania)
    mark(desk, marked, countries=["RS"])
    assert abroad.get(f"sections/{child.pk}").status_code == 200

    assert act(drafting, section, "move", {"parent": str(marked.pk)}).status_code == 200

    for each in (section, child):
        assert refusal(abroad.get(f"sections/{each.pk}")) == (404, "not_found")
        assert drafting.get(f"sections/{each.pk}").status_code == 200
    assert not section.grants.exists()
    assert tree(abroad, desk.document) == []


def test_it_is_never_read_by_more_than_before(desk, drafting, heading, abroad):
    marked = desk.section(released=True)
    section = desk.section(parent=marked, released=True)
    mark(desk, marked, countries=["RS"])

    answer = act(drafting, section, "move", {"parent": None})

    assert refusal(answer) == (409, "wider")
    assert now(section).parent_id == marked.pk
    mark(desk, section, countries=["RS"])
    assert act(drafting, section, "move", {"parent": None}).status_code == 200
    assert refusal(abroad.get(f"sections/{section.pk}")) == (404, "not_found")


def test_a_move_names_the_revision_it_is_of(desk, drafting):
    section = desk.section()

    assert refusal(act(drafting, section, "move", {}, None)) == (428, "precondition_required")
    assert refusal(act(drafting, section, "move", {}, "h9")) == (412, "precondition_failed")
    assert refusal(act(drafting, section, "move", {"to": 1})) == invalid(("/to", "unknown_field"))


def test_who_drafts_for_two_seats_names_one_at_a_common_section(desk):
    user = delegate(desk.serbia, "drafter").user
    delegate(desk.albania, "drafter", user=user)
    section, other = desk.section(common=True), desk.section(common=True)
    client = api(user)

    assert refusal(act(client, section, "move", {})) == invalid(("/delegation", "required"))
    body = {"after": str(other.pk), "delegation": str(desk.albania.pk)}
    assert act(client, section, "move", body).status_code == 200
    assert chain(client, section)[-1]["delegation"]["country"] == "AL"


def test_one_that_was_left_by_a_tombstone_is_moved_from_there(desk, drafting, abroad):
    common = desk.section(common=True, title="common")
    desk.section(common=True, title="last")
    left = desk.section(title="left", parent=common)
    with writing():
        Section.objects.filter(pk=common.pk).update(deleted_at=common.updated_at)
    assert tree(drafting, desk.document) == ["left -", "last 1"]

    assert act(drafting, left, "move", {}).status_code == 200

    assert tree(drafting, desk.document) == ["last 1", "left -"]
    assert now(left).parent_id is None
