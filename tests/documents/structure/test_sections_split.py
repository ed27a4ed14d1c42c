"""POST /sections/{id}/split: a text is cut in two and nothing of it is lost."""

import pytest

from documents.structure.models import SectionLineage
from documents.texts.models import Section
from platform_api.core.actor import Level
from tests.api import api
from tests.documents.support import (
    REQUEST,
    entry,
    invalid,
    moment,
    party,
    refusal,
    section_abilities,
    unknown_id,
    verify_chain,
)
from tests.factories import delegate, grant, release

from .support import act, chain, now, tree
from .test_sections_move import mark

BODY = "Први став. Још једна реченица.\n\n- item\n\nLast paragraph.\n"
AT = BODY.index("Last")


def test_the_second_part_becomes_a_section_right_behind_it(desk, drafting, abroad, ledger):
    first = desk.section(title="first", body=BODY, released=True)
    desk.section(title="last", released=True)
    ledger.new()

    body = {"at": AT, "title": "second", "note": "Two matters."}
    answer = act(drafting, first, "split", body, headers=REQUEST)

    assert answer.status_code == 201
    new = Section.objects.get(pk=answer.json()["id"])
    assert answer.headers["Location"].endswith(f"/api/v1/sections/{new.pk}")
    assert answer.json() == {
        "id": str(new.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": "2",
        "depth": 0,
        "title": "second",
        "body": "Last paragraph.\n",
        "language": "en",
        "state": "released",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(new.updated_at),
        "deleted_at": None,
        "released_at": moment(first.released_at),
        "single_person_release": False,
        "head": str(new.head),
        "abilities": section_abilities(
            "revise", "restructure", "add_section", "bracket", "comment", "amend"
        ),
    }
    kept = abroad.get(f"sections/{first.pk}").json()["body"]
    assert kept + abroad.get(f"sections/{new.pk}").json()["body"] == BODY
    assert tree(abroad, desk.document) == ["first 1", "second 2", "last 3"]

    def told(kind, obj, **details):
        scope = desk.document.effective_scope_id
        owner = desk.serbia
        return entry(kind, desk.drafter, obj, seat=owner, owner=owner, scope=scope, details=details)

    assert ledger.told() == [
        told("section.split", first, revision="2", note="Two matters.", into=str(new.pk)),
        told("section.created", new, revision="1", note="Two matters.", split_from=str(first.pk)),
    ]


def test_the_chains_hold_and_say_what_happened(desk, drafting, abroad):
    first = desk.section(body=BODY, common=True)

    new = Section(pk=act(abroad, first, "split", {"at": AT, "title": "x"}).json()["id"])

    written, cut = chain(drafting, first)
    verify_chain([written, cut])
    (begun,) = chain(drafting, new)
    verify_chain([begun])
    assert (written["body"], written["act"]) == (BODY, "written")
    assert (cut["act"], begun["act"], begun["delegation"]["country"]) == ("split", "split", "AL")


def test_the_lineage_is_seen_with_both_revisions(desk, drafting, abroad, outside):
    first = desk.section(body=BODY, released=True)
    source_revision = now(first).head

    new = Section(pk=act(drafting, first, "split", {"at": AT, "title": "x"}).json()["id"])

    row = SectionLineage.objects.get()
    expected = {
        "id": str(row.pk),
        "kind": "split",
        "source": str(first.pk),
        "source_revision": str(source_revision),
        "section": str(new.pk),
        "revision": str(now(new).head),
        "source_start": AT,
        "start": 0,
        "length": len("Last paragraph.\n"),
        "created_at": moment(row.created_at),
    }
    for client in (drafting, abroad):
        for section in (first, new):
            assert client.get(f"sections/{section.pk}/lineage").json()["items"] == [expected]
    assert refusal(outside.get(f"sections/{first.pk}/lineage")) == (404, "not_found")
    other = desk.section(released=True)
    assert abroad.get(f"sections/{other.pk}/lineage").json()["items"] == []


def test_a_split_at_home_stays_at_home_after_the_release(desk, drafting, abroad):
    first = desk.section(body=BODY)
    before = abroad.get("events").content

    new = Section.objects.get(
        pk=act(drafting, first, "split", {"at": AT, "title": "x"}).json()["id"]
    )
    assert (new.state, new.effective_scope_id) == ("private_drafting", desk.serbia.home_scope_id)
    assert refusal(abroad.get(f"sections/{new.pk}")) == (404, "not_found")
    assert abroad.get("events").content == before
    for section in (first, new):
        release(now(section))

    for section in (first, new):
        assert [each["act"] for each in chain(abroad, section)] == ["written"]
        assert abroad.get(f"sections/{section.pk}/lineage").json()["items"] == []
        assert len(drafting.get(f"sections/{section.pk}/lineage").json()["items"]) == 1


def test_who_wrote_the_text_releases_neither_part_of_it(desk, drafting, heading):
    first = desk.section(body=BODY, author=desk.head)

    new = Section(pk=act(drafting, first, "split", {"at": AT, "title": "x"}).json()["id"])

    for section in (first, new):
        assert refusal(act(heading, section, "release")) == (403, "four_eyes")
        shown = heading.get(f"documents/{desk.document.pk}/sections", {"abilities": "reasons"})
        told = {item["id"]: item["abilities"]["release"] for item in shown.json()["items"]}
        assert told[str(section.pk)] is False
    other_head = api(delegate(desk.serbia, "head"))
    assert act(other_head, new, "release").status_code == 200
    assert now(new).home_writers == []


@pytest.mark.parametrize("keeper", ["first", "second"])
def test_the_sections_below_stay_with_the_part_that_was_named(desk, drafting, keeper):
    first = desk.section(title="first", body=BODY, released=True)
    for title in "ab":
        desk.section(title=title, parent=first, released=True)

    act(drafting, first, "split", {"at": AT, "title": "second", "children": keeper})

    below = {"first": [], "second": []} | {keeper: [". a", ". b"]}
    shown = [line.rpartition(" ")[0] for line in tree(drafting, desk.document)]
    assert shown == ["first", *below["first"], "second", *below["second"]]


def test_another_seats_section_is_not_taken_along(desk, drafting, abroad):
    common = desk.section(title="common", body=BODY, common=True)
    theirs = desk.section(
        title="theirs", parent=common, delegation=desk.albania, author=desk.albanian, released=True
    )
    body = {"at": AT, "title": "second", "children": "second"}

    assert refusal(act(drafting, common, "split", body)) == (403, "not_owner")
    assert (now(common).body, now(common).revision) == (BODY, 1)
    assert act(drafting, common, "split", body | {"children": "first"}).status_code == 201
    assert now(theirs).revision == theirs.revision


def test_what_another_keeps_at_home_below_is_not_looked_at(desk, drafting, abroad):
    common = desk.section(title="common", body=BODY, common=True)
    desk.section(title="theirs", parent=common, delegation=desk.albania, author=desk.albanian)

    body = {"at": AT, "title": "second", "children": "second"}
    assert act(drafting, common, "split", body).status_code == 201

    assert tree(drafting, desk.document) == ["common 1", "second 2"]
    assert tree(abroad, desk.document) == ["common 1", ". theirs -", "second 2"]


def test_the_new_one_has_the_same_marks_and_no_grants(desk, drafting, abroad):
    first = desk.section(body=BODY, released=True)
    mark(desk, first, countries=["RS"])
    grant_to = desk.section(body=BODY)
    grant(grant_to, desk.albania, Level.DRAFT)

    marked = act(drafting, first, "split", {"at": AT, "title": "x"}).json()["id"]
    granted = act(drafting, grant_to, "split", {"at": AT, "title": "y"}).json()["id"]

    assert now(Section(pk=marked)).marks == now(first).marks
    for key in (marked, granted):
        assert refusal(abroad.get(f"sections/{key}")) == (404, "not_found")
        assert drafting.get(f"sections/{key}").status_code == 200
    assert abroad.get(f"sections/{grant_to.pk}").status_code == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"at": AT + 1, "title": "x"}, ("/at", "inside_block")),
        ({"at": 10_000, "title": "x"}, ("/at", "empty_part")),
        ({"at": 0, "title": "x"}, ("/at", "min_value")),
        ({"at": "x", "title": "x"}, ("/at", "invalid_type")),
        ({"at": AT}, ("/title", "required")),
        ({"at": AT, "title": ""}, ("/title", "blank")),
        ({"at": AT, "title": "x", "children": "both"}, ("/children", "invalid_choice")),
        ({"at": AT, "title": "x", "body": "y"}, ("/body", "unknown_field")),
    ],
    ids=str,
)
def test_a_cut_that_cannot_be_made_writes_nothing(desk, drafting, ledger, body, error):
    section = desk.section(body=BODY)
    ledger.new()

    assert refusal(act(drafting, section, "split", body)) == invalid(error)
    assert (now(section).body, ledger.new()) == (BODY, [])


def test_who_may_not_write_does_not_split(desk, drafting, reading, abroad):
    section = desk.section(body=BODY, released=True)
    body = {"at": AT, "title": "x"}

    assert refusal(act(reading, section, "split", body)) == (403, "drafter_required")
    assert refusal(act(abroad, section, "split", body)) == (403, "not_owner")
    assert refusal(act(drafting, section, "split", body, None)) == (428, "precondition_required")
    assert refusal(act(drafting, section, "split", body, "9")) == (412, "precondition_failed")
    absent = drafting.post(f"sections/{unknown_id()}/split", body, if_match="1")
    assert refusal(absent) == (404, "not_found")


def test_sent_again_with_its_key_it_is_cut_once(desk, drafting):
    section = desk.section(body=BODY)

    first, again = (
        act(drafting, section, "split", {"at": AT, "title": "x"}, "h1", key="cut") for _ in range(2)
    )

    assert (first.status_code, again.content) == (201, first.content)
    assert SectionLineage.objects.count() == 1
