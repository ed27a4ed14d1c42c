"""POST /documents/{id}/sections."""

from typing import Any

import pytest

from documents.texts.models import Revision, Section, SectionState
from platform_api.core.actor import Level
from platform_api.core.clock import database_now
from platform_api.core.service import writing
from platform_api.identity.models import Membership
from tests.api import api
from tests.documents.support import (
    REQUEST,
    alike,
    denial,
    entry,
    invalid,
    moment,
    party,
    refusal,
    section_abilities,
    unknown_id,
    verify_chain,
)
from tests.factories import delegate, grant, seat, service_client

TEXT = {"title": "Terms", "body": "Reports are due quarterly.", "language": "en"}


@pytest.fixture
def path(desk) -> str:
    return f"documents/{desk.document.pk}/sections"


def titles(client: Any, path: str) -> list[str]:
    return [item["title"] for item in client.get(path).json()["items"]]


def refused(client: Any, path: str, **changes: Any) -> tuple[Any, ...]:
    """The refusal of a body with changes, after which nothing is there."""
    before = Section.objects.count(), Revision.objects.count()
    answer = refusal(client.post(path, TEXT | changes))
    assert (Section.objects.count(), Revision.objects.count()) == before
    return answer


def test_a_section_begins_at_home(desk, drafting, abroad, path, ledger):
    answer = drafting.post(path, TEXT | {"note": "First words."}, headers=REQUEST)

    assert answer.status_code == 201
    made = Section.objects.get(pk=answer.json()["id"])
    assert answer.json() == {
        "id": str(made.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": None,
        "depth": 0,
        **TEXT,
        "state": "private_drafting",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(made.updated_at),
        "released_at": None,
        "single_person_release": False,
        "head": str(made.head),
        "deleted_at": None,
        "abilities": section_abilities("revise", "restructure", "add_section", "comment"),
    }
    assert answer.headers["Location"] == f"http://127.0.0.1:8000/api/v1/sections/{made.pk}"
    read = drafting.get(f"sections/{made.pk}")
    assert (read.content, read.headers["ETag"]) == (answer.content, answer.headers["ETag"])
    assert answer.headers["ETag"].startswith('"h1.')
    assert ledger.told() == [
        entry(
            "section.created",
            desk.drafter,
            made,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.serbia.home_scope_id,
            details={"revision": "h1", "note": "First words."},
        )
    ]
    assert abroad.get(f"sections/{made.pk}").status_code == 404
    assert titles(abroad, path) == []


def test_its_first_revision_begins_a_chain_at_home(desk, drafting, path):
    made = drafting.post(path, TEXT | {"note": "First words."}).json()["id"]

    (revision,) = Revision.objects.filter(section=made)
    assert (revision.number, revision.at_home, revision.inherits) == (1, True, False)
    assert revision.effective_scope_id == desk.serbia.home_scope_id
    assert (revision.author_id, revision.delegation_id) == (desk.drafter.pk, desk.serbia.pk)
    assert (revision.note, revision.parent_id) == ("First words.", None)
    assert revision.home_commitment is None
    detail = drafting.get(f"revisions/{revision.pk}").json()
    assert {name: detail[name] for name in TEXT} == TEXT
    verify_chain([detail])


def test_a_common_section_is_read_by_the_drafting_group_at_once(
    desk, abroad, drafting, path, ledger
):
    answer = abroad.post(path, TEXT | {"common": True}, headers=REQUEST)

    made = Section.objects.get(pk=answer.json()["id"])
    assert answer.json()["owner_delegation"] is None
    assert (answer.json()["state"], answer.json()["number"]) == ("released", "1")
    assert answer.json()["released_at"] == moment(made.released_at)
    assert answer.headers["ETag"].startswith('"1.')
    assert drafting.get(f"sections/{made.pk}").json()["body"] == TEXT["body"]
    assert ledger.told() == [
        entry(
            "section.created",
            desk.albanian,
            made,
            seat=desk.albania,
            owner=None,
            scope=desk.document.effective_scope_id,
            details={"revision": "1", "note": ""},
        )
    ]
    (revision,) = Revision.objects.filter(section=made)
    assert (revision.at_home, revision.inherits, revision.effective_scope_id) == (False, True, None)


@pytest.mark.parametrize("role", ["reader", "access_manager"])
def test_below_a_drafter_nobody_adds_one(desk, path, role, ledger):
    user = delegate(desk.serbia, role).user
    ledger.new()

    answer = api(user).post(path, TEXT, headers=REQUEST)

    if role == "reader":
        assert refusal(answer) == (403, "drafter_required")
        assert ledger.told() == [denial(user, desk.document, "add_section", "drafter_required")]
    else:
        assert refusal(answer) == (404, "not_found")
        assert ledger.told() == []


def test_who_was_only_granted_the_document_adds_none(desk, path):
    bosnia = seat(desk.forum, "BA")
    grant(desk.document, bosnia, Level.MANAGE)

    assert refused(api(delegate(bosnia, "head")), path) == (403, "not_drafting_group")


def test_a_hidden_document_is_an_unknown_one(desk, drafting):
    unknown, *hidden = (
        drafting.post(f"documents/{pk}/sections", TEXT)
        for pk in (unknown_id(), desk.other.pk, desk.foreign.pk)
    )

    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, *hidden)


def test_a_service_client_adds_for_its_seat(desk, path):
    client = service_client(desk.albania, "drafter")

    assert api(client).post(path, TEXT).json()["owner_delegation"] == party(desk.albania)
    assert Revision.objects.get(section__title="Terms").author_id == client.user_id
    narrow = service_client(desk.albania, "drafter", scopes=["documents:read"])
    assert refused(api(narrow), path) == (403, "insufficient_scope")


def test_one_goes_under_a_section_of_the_own_seat_or_a_common_one(desk, drafting, path):
    own = desk.section(title="own")
    released = desk.section(title="released", released=True)
    common = desk.section(title="common", common=True, delegation=desk.albania)

    for parent in (own, released, common):
        body = drafting.post(path, TEXT | {"parent": str(parent.pk)}).json()
        assert (body["parent"], body["depth"]) == (str(parent.pk), 1)
        assert (body["state"], body["number"]) == ("private_drafting", None)
    below_common = drafting.post(path, TEXT | {"parent": str(common.pk), "common": True}).json()
    assert below_common["number"] == "2.1"


@pytest.mark.parametrize("common", [False, True])
def test_nobody_adds_under_anothers_section(desk, abroad, path, common, ledger):
    chapter = desk.section(released=True)
    ledger.new()

    assert refused(abroad, path, parent=str(chapter.pk), common=common) == (403, "not_owner")
    assert [e.kind for e in ledger.new()] == ["access.denied"]


@pytest.mark.parametrize("released", [False, True])
def test_under_a_delegations_section_nothing_is_common(desk, drafting, path, released):
    chapter = desk.section(released=released)

    answer = refused(drafting, path, parent=str(chapter.pk), common=True)

    assert answer == invalid(("/common", "not_allowed_here"))


@pytest.mark.parametrize("member", ["parent", "after"])
def test_a_hidden_section_is_refused_as_an_unknown_one(desk, drafting, abroad, path, member):
    hidden = [desk.section(), *desk.foreign.sections.all()]

    unknown = abroad.post(path, TEXT | {member: str(unknown_id())})

    assert refusal(unknown) == invalid((f"/{member}", "unknown"))
    assert alike(*(abroad.post(path, TEXT | {member: str(one.pk)}) for one in hidden), unknown)


def test_a_section_of_another_document_is_no_parent_and_no_sibling(desk, abroad, path):
    elsewhere = str(desk.other.sections.get(owner_delegation=desk.albania).pk)

    assert refused(abroad, path, parent=elsewhere) == invalid(("/parent", "unknown"))
    assert refused(abroad, path, after=elsewhere) == invalid(("/after", "not_a_sibling"))


def test_after_names_a_sibling(desk, drafting, path):
    chapter = desk.section(title="chapter")
    below = desk.section(title="below", parent=chapter)

    wrong = invalid(("/after", "not_a_sibling"))
    assert refused(drafting, path, after=str(below.pk)) == wrong
    assert refused(drafting, path, after=str(chapter.pk), parent=str(chapter.pk)) == wrong
    drafting.post(path, TEXT | {"title": "next", "after": str(below.pk), "parent": str(chapter.pk)})
    assert titles(drafting, path) == ["chapter", "below", "next"]


def test_without_after_it_is_the_last_and_with_it_the_next(desk, drafting, path):
    def add(title: str, after: Any = None) -> str:
        sent = TEXT | {"title": title, "after": after}
        return str(drafting.post(path, sent).json()["id"])

    first = add("a")
    add("d")
    second = add("b", after=first)
    add("c", after=second)
    add("e")

    assert titles(drafting, path) == ["a", "b", "c", "d", "e"]


def test_between_the_same_two_there_is_always_room(desk, drafting, path):
    first = desk.section(title="first")
    desk.section(title="last")

    for number in range(12):
        drafting.post(path, TEXT | {"title": str(number), "after": str(first.pk)})

    assert titles(drafting, path) == ["first", *map(str, reversed(range(12))), "last"]


def test_anothers_hidden_sections_do_not_push_the_own_one(desk, drafting, abroad, path):
    """A place is between the siblings that are seen, whatever hidden ones stand there."""
    first = desk.section(title="first", released=True)
    for number in range(3):
        desk.section(title=f"hidden {number}", after=first)
    desk.section(title="last", released=True)

    abroad.post(path, TEXT | {"title": "theirs", "after": str(first.pk)})

    assert titles(abroad, path) == ["first", "theirs", "last"]
    assert [t for t in titles(drafting, path) if not t.startswith("hidden")] == ["first", "last"]


def test_hidden_sections_at_one_place_stand_in_the_order_in_which_their_seats_joined(
    desk, drafting, abroad, path
):
    """Neither saw the other's when it was added, and both stand in that order once released."""
    first = desk.section(title="first", released=True)
    desk.section(title="last", released=True)
    for client, title in ((abroad, "of Montenegro"), (drafting, "of Serbia")):
        client.post(path, TEXT | {"title": title, "after": str(first.pk)})
    with writing():
        Section.objects.filter(document=desk.document).update(
            state=SectionState.RELEASED, inherits=True, effective_scope=None
        )

    assert titles(drafting, path) == ["first", "of Serbia", "of Montenegro", "last"]


def test_who_drafts_for_two_seats_names_one(desk, path):
    user = delegate(desk.serbia).user
    delegate(desk.albania, user=user)
    client = api(user)

    assert refused(client, path) == invalid(("/delegation", "required"))
    for delegation in (desk.serbia, desk.albania):
        made = client.post(path, TEXT | {"delegation": str(delegation.pk)})
        assert made.json()["owner_delegation"] == party(delegation)
    foreign = str(desk.montenegro.pk)
    assert refused(client, path, delegation=foreign) == (403, "drafter_required")
    assert refused(client, path, delegation=str(unknown_id())) == (403, "drafter_required")


def test_nobody_adds_for_another_seat(desk, drafting, path):
    answer = refused(drafting, path, delegation=str(desk.albania.pk))

    assert answer == (403, "drafter_required")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, [("/title", "blank")]),
        ({"title": None}, [("/title", "null")]),
        ({"title": 5}, [("/title", "invalid_type")]),
        ({"title": "x" * 501}, [("/title", "max_length")]),
        ({"title": "a\0"}, [("/title", "unstorable_text")]),
        ({"body": "a\0b"}, [("/body", "unstorable_text")]),
        ({"body": None}, [("/body", "null")]),
        ({"body": "x" * 200_001}, [("/body", "max_length")]),
        ({"note": "x" * 501}, [("/note", "max_length")]),
        ({"language": "x" * 36}, [("/language", "max_length"), ("/language", "invalid_language")]),
        ({"language": "sr_Cyrl"}, [("/language", "invalid_language")]),
        ({"parent": "x"}, [("/parent", "invalid")]),
        ({"common": "true"}, [("/common", "invalid_type")]),
        ({"state": "released"}, [("/state", "unknown_field")]),
        ({"id": str(unknown_id())}, [("/id", "unknown_field")]),
        ({"number": "9", "rank": "0"}, [("/number", "unknown_field"), ("/rank", "unknown_field")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_of_another_shape_is_refused(desk, drafting, path, changes, errors):
    answer = refused(drafting, path, **changes)

    assert answer[:2] == (400, "invalid")
    assert set(answer[2:]) == set(errors)


def test_an_unpaired_surrogate_is_refused(desk, drafting, path):
    answer = refusal(drafting.post(path, TEXT | {"body": "\ud800"}))

    assert answer == invalid(("/body", "unstorable_text"))


def test_all_that_is_missing_is_told_at_once(desk, drafting, path):
    answer = refusal(drafting.post(path, {}))

    assert set(answer[2:]) == {("/title", "required"), ("/language", "required")}


@pytest.mark.parametrize("letter", ["ж", "\U0001f54a"])
def test_a_body_of_the_longest_length_is_kept(desk, drafting, path, letter):
    """However it comes: the test's client escapes each letter, as many do."""
    body = letter * 200_000

    made = drafting.post(path, TEXT | {"body": body})

    assert made.status_code == 201
    assert drafting.get(f"sections/{made.json()['id']}").json()["body"] == body


def test_sent_again_with_its_key_it_is_made_once(desk, drafting, path, ledger):
    first, again = (drafting.post(path, TEXT, key="terms") for _ in range(2))

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert [e.kind for e in ledger.new()] == ["section.created"]
    assert refusal(drafting.post(path, TEXT | {"title": "x"}, key="terms")) == (
        422,
        "idempotency_key_reused",
    )


def test_a_replay_is_only_for_who_still_sees_it(desk, path):
    added = delegate(desk.serbia)
    client = api(added)
    first = client.post(path, TEXT, key="terms")
    delegate(desk.albania, user=added.user)

    Membership.objects.filter(source_id=added.pk).update(valid_until=database_now())

    assert first.status_code == 201
    assert refusal(client.post(path, TEXT, key="terms")) == (404, "not_found")
