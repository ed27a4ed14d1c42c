"""POST /sections/{id}/release: what opens, who may open it, and what stays at home."""

from typing import Any

import pytest

from documents.texts.models import ReleaseCommitment, Revision, Section
from forums.membership.models import Forum
from platform_api.core.actor import Level
from platform_api.core.service import writing
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
    release_commitment,
    section_abilities,
    unknown_id,
    verify_chain,
)
from tests.factories import delegate, grant, seat, service_client


def send(client: Any, section: Any, if_match: Any = "h1", body: Any = None, **options: Any) -> Any:
    return client.post(f"sections/{section.pk}/release", body or {}, if_match=if_match, **options)


def private(*sections: Any) -> bool:
    """Whether all of these are as they were before any release."""
    keys = [section.pk for section in sections]
    rows = Section.objects.filter(pk__in=keys, state="private_drafting", released_at=None)
    at_home = rows.filter(inherits=False, effective_scope__isnull=False, revision=1)
    commitments = ReleaseCommitment.objects.filter(home_revision__section__in=keys)
    return at_home.count() == len(keys) and not commitments.exists()


def allow_single_person(desk: Any) -> None:
    with writing():
        Forum.objects.filter(pk=desk.forum.pk).update(four_eyes=False)


def test_the_head_releases_what_a_drafter_wrote(desk, heading, abroad, ledger):
    draft = desk.section(title="Terms", body="Quarterly.")
    ledger.new()

    answer = send(heading, draft, headers=REQUEST)

    assert answer.status_code == 200
    now = Section.objects.get(pk=draft.pk)
    assert answer.json() == {
        "id": str(draft.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": "1",
        "depth": 0,
        "title": "Terms",
        "body": "Quarterly.",
        "language": "en",
        "state": "released",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(now.updated_at),
        "released_at": moment(now.released_at),
        "single_person_release": False,
        "head": str(now.head),
        "deleted_at": None,
        "abilities": section_abilities(
            "revise",
            "restructure",
            "add_section",
            "bracket",
            "agree",
            "comment",
            "amend",
            "manage_access",
        ),
    }
    assert now.updated_at == now.released_at > draft.updated_at
    assert answer.headers["ETag"].startswith('"1.')
    assert abroad.get(f"sections/{draft.pk}").json()["body"] == "Quarterly."
    assert ledger.told() == [
        entry(
            "section.released",
            desk.head,
            draft,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={"revision": "1", "single_person": False},
        )
    ]


def test_the_public_chain_begins_with_a_commitment_that_the_home_salt_opens(
    desk, drafting, heading, abroad
):
    draft = desk.section(body="one")
    drafting.patch(f"sections/{draft.pk}", {"body": "two"}, if_match="h1")
    send(heading, draft, "h2")

    first, second, public = Revision.objects.filter(section=draft).order_by("id")
    kept = ReleaseCommitment.objects.get(revision=public)
    assert (kept.home_revision_id, kept.effective_scope_id) == (
        second.pk,
        desk.serbia.home_scope_id,
    )
    assert [(one.number, one.at_home) for one in (first, second, public)] == [
        (1, True),
        (2, True),
        (1, False),
    ]
    assert (public.parent_id, public.author_id) == (None, desk.head.pk)
    shown = abroad.get(f"revisions/{public.pk}").json()
    home_link = verify_chain([drafting.get(f"revisions/{r.pk}").json() for r in (first, second)])
    commitment = release_commitment(bytes(kept.salt), home_link)
    assert shown["home_commitment"] == commitment.hex()
    verify_chain([shown], before=commitment)


def test_two_releases_of_the_same_text_tell_nothing_of_each_other(desk, heading, drafting):
    one, two = (desk.section(title="same", body="same") for _ in range(2))
    for section in (one, two):
        send(heading, section)

    shown = [
        drafting.get(f"sections/{section.pk}/revisions").json()["items"][0]
        for section in (one, two)
    ]

    assert shown[0]["content_sha256"] == shown[1]["content_sha256"]
    assert shown[0]["home_commitment"] != shown[1]["home_commitment"]
    assert shown[0]["chain_hash"] != shown[1]["chain_hash"]
    salts = {bytes(kept.salt) for kept in ReleaseCommitment.objects.all()}
    assert len(salts) == ReleaseCommitment.objects.count()


def test_a_head_who_wrote_needs_another_pair_of_eyes(desk, heading, ledger):
    draft = desk.section(author=desk.head)
    ledger.new()

    answer = send(heading, draft, headers=REQUEST)

    assert refusal(answer) == (403, "four_eyes")
    assert private(draft)
    assert ledger.told() == [denial(desk.head, draft, "release", "four_eyes")]
    other_head = api(delegate(desk.serbia, "head"))
    assert send(other_head, draft).json()["single_person_release"] is False


def test_one_word_by_the_head_is_enough_for_four_eyes(desk, drafting, heading):
    draft = desk.section(body="one")
    heading.patch(f"sections/{draft.pk}", {"body": "two"}, if_match="h1")
    drafting.patch(f"sections/{draft.pk}", {"body": "three"}, if_match="h2")

    assert refusal(send(heading, draft, "h3")) == (403, "four_eyes")


def test_what_the_head_wrote_elsewhere_does_not_count(desk, heading):
    desk.section(author=desk.head)
    desk.section(common=True, author=desk.head)

    assert send(heading, desk.section()).status_code == 200


def test_a_forum_may_allow_single_person_release_which_is_marked(desk, heading, abroad, ledger):
    allow_single_person(desk)
    alone, reviewed = desk.section(author=desk.head), desk.section()
    ledger.new()

    assert send(heading, alone).json()["single_person_release"] is True
    assert send(heading, reviewed).json()["single_person_release"] is False

    assert abroad.get(f"sections/{alone.pk}").json()["single_person_release"] is True
    assert [one["details"]["single_person"] for one in ledger.told()] == [True, False]


def test_that_forum_changes_nothing_for_who_is_no_head(desk, drafting):
    allow_single_person(desk)

    assert refusal(send(drafting, desk.section())) == (403, "head_required")


@pytest.mark.parametrize("role", ["drafter", "reader"])
def test_below_the_head_nobody_releases(desk, role, ledger):
    draft = desk.section()
    user = delegate(desk.serbia, role).user
    ledger.new()

    assert refusal(send(api(user), draft, headers=REQUEST)) == (403, "head_required")
    assert ledger.told() == [denial(user, draft, "release", "head_required")]
    assert private(draft)


def test_another_country_does_not_even_see_it(desk, outside, ledger):
    draft = desk.section()
    ledger.new()
    albanian_head = api(desk.albanian_head)

    unknown = albanian_head.post(f"sections/{unknown_id()}/release", {}, if_match="h1")

    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, send(albanian_head, draft), send(outside, draft))
    assert (private(draft), ledger.new()) == (True, [])


def test_a_grant_never_releases(desk):
    draft = desk.section()
    grant(draft, desk.albania, Level.MANAGE)

    assert refusal(send(api(desk.albanian_head), draft)) == (403, "not_owner")
    assert private(draft)


def test_a_section_under_a_private_one_waits_for_it(desk, heading, ledger):
    chapter = desk.section()
    below = desk.section(parent=chapter)
    ledger.new()

    assert refusal(send(heading, below)) == (409, "parent_not_released")
    assert (private(chapter, below), ledger.new()) == (True, [])
    send(heading, chapter)
    assert private(below)
    assert send(heading, below).json()["number"] == "1.1"


def test_the_sections_below_stay_at_home_unless_they_are_named(desk, heading, abroad):
    chapter = desk.section()
    below = desk.section(parent=chapter)

    send(heading, chapter, body={"include_descendants": False})

    assert private(below)
    assert abroad.get(f"sections/{below.pk}").status_code == 404


def test_the_whole_branch_is_released_at_once(desk, heading, abroad, ledger):
    chapter = desk.section(title="chapter")
    below = [desk.section(parent=chapter, title=f"below {number}") for number in (1, 2)]
    deepest = desk.section(parent=below[1], title="deepest")
    beside = desk.section(title="beside")
    ledger.new()

    answer = send(heading, chapter, body={"include_descendants": True}, headers=REQUEST)

    assert answer.status_code == 200
    assert private(beside)
    tree = abroad.get(f"documents/{desk.document.pk}/sections").json()["items"]
    assert [(one["title"], one["number"]) for one in tree] == [
        ("chapter", "1"),
        ("below 1", "1.1"),
        ("below 2", "1.2"),
        ("deepest", "1.2.a"),
    ]
    told = ledger.told()
    assert {one["kind"] for one in told} == {"section.released"}
    released = sorted(str(one.pk) for one in (chapter, *below, deepest))
    assert sorted(one["object"][1] for one in told) == released
    for section in (chapter, *below, deepest):
        assert ReleaseCommitment.objects.filter(revision__section=section).count() == 1


def test_four_eyes_on_one_of_the_branch_keep_it_all_at_home(desk, heading, ledger):
    chapter = desk.section()
    below = desk.section(parent=chapter)
    own = desk.section(parent=below, author=desk.head)
    ledger.new()

    answer = send(heading, chapter, body={"include_descendants": True})

    assert refusal(answer) == (403, "four_eyes")
    assert private(chapter, below, own)
    assert [one.kind for one in ledger.new()] == ["access.denied"]
    assert send(heading, chapter).status_code == 200


def test_a_second_release_is_told_which_states_allow_it(desk, heading, ledger):
    section = desk.section(released=True)
    ledger.new()

    answer = send(heading, section, "1")

    assert refusal(answer) == (409, "wrong_state")
    assert answer.json()["state"] == "released"
    assert answer.json()["allowed"] == ["private_drafting"]
    assert ledger.new() == []
    assert Revision.objects.filter(section=section).count() == 2


def test_a_common_section_is_not_released_again(desk, heading):
    assert refusal(send(heading, desk.section(common=True), "1")) == (409, "wrong_state")


def test_the_head_releases_what_it_has_read(desk, drafting, heading, ledger):
    """A sentence slipped in after the head's reading stops the release."""
    draft = desk.section()
    read = heading.get(f"sections/{draft.pk}")
    drafting.patch(f"sections/{draft.pk}", {"body": "Slipped in."}, if_match="h1")
    ledger.new()

    answer = send(heading, draft, read)

    assert refusal(answer) == (412, "precondition_failed")
    assert answer.headers["ETag"] == '"h2"'
    assert ledger.new() == []
    assert Section.objects.get(pk=draft.pk).state == "private_drafting"


@pytest.mark.parametrize(
    ("tag", "code"),
    [(None, 428), ("*", 428), ('"1"', 412), ('"h0"', 412), ("h1 h2", 400), ('W/"h1.aa"', 200)],
)
def test_a_release_names_the_revision_it_is_of(desk, heading, tag, code):
    draft = desk.section()
    headers = {"If-Match": tag} if tag else None

    assert send(heading, draft, None, headers=headers).status_code == code
    assert private(draft) is (code != 200)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"include_descendants": "yes"}, ("/include_descendants", "invalid_type")),
        ({"include_descendants": None}, ("/include_descendants", "null")),
        ({"recursive": True}, ("/recursive", "unknown_field")),
    ],
)
def test_a_body_of_another_shape_is_refused(desk, heading, body, error):
    draft = desk.section()

    assert refusal(send(heading, draft, body=body)) == invalid(error)
    assert private(draft)


def test_the_body_may_be_absent(desk, heading):
    draft = desk.section()

    answer = heading.post(f"sections/{draft.pk}/release", if_match="h1")

    assert answer.status_code == 200


def test_sent_again_with_its_key_the_answer_is_the_first_one(desk, heading, ledger):
    draft = desk.section()
    ledger.new()

    first, again = (send(heading, draft, key="release-1") for _ in range(2))

    assert (again.status_code, again.content) == (200, first.content)
    assert [one.kind for one in ledger.new()] == ["section.released"]


def test_a_refusal_comes_in_the_fixed_order(desk, drafting, heading):
    """403 before 428 before 400 before 412; the state, 409, is judged with the row in hand."""
    draft = desk.section()

    assert send(drafting, draft, None, {"x": 1}).status_code == 403
    assert send(heading, draft, None, {"x": 1}).status_code == 428
    assert send(heading, draft, "h9", {"x": 1}).status_code == 400
    assert send(heading, draft, "h9").status_code == 412


def test_a_stale_tag_is_told_before_the_state(desk, heading):
    """412 comes before 409 (API.md): who is late learns what is there now."""
    section = desk.section(released=True)

    assert refusal(send(heading, section, "h1")) == (412, "precondition_failed")


def test_a_service_client_of_the_head_releases_within_its_scopes(desk):
    draft = desk.section()
    narrow = service_client(desk.serbia, "head", scopes=["documents:read"])
    low = service_client(desk.serbia, "drafter")
    able = service_client(desk.serbia, "head")

    assert refusal(send(api(narrow), draft)) == (403, "insufficient_scope")
    assert refusal(send(api(low), draft)) == (403, "head_required")
    assert send(api(able), draft).status_code == 200


def test_a_released_section_is_still_hidden_from_the_rest_of_the_forum(desk, heading, outside):
    draft = desk.section()
    send(heading, draft)

    assert api(delegate(seat(desk.forum, "BA"))).get(f"sections/{draft.pk}").status_code == 404
    assert outside.get(f"sections/{draft.pk}").status_code == 404
