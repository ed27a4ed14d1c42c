"""PATCH /sections/{id}: the next revision of its text."""

from typing import Any

import pytest

from documents.texts.models import Revision, Section
from platform_api.core.actor import Level
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
from tests.factories import delegate, grant, release, seat, service_client


@pytest.fixture
def draft(desk) -> Section:
    """A draft at Serbia's home."""
    return desk.section(title="Terms", body="Quarterly.", note="First words.")


def patch(client: Any, section: Any, if_match: Any = "h1", headers: Any = None, **body: Any) -> Any:
    return client.patch(f"sections/{section.pk}", body, if_match=if_match, headers=headers)


def state(section: Any) -> tuple[Any, ...]:
    """Everything that a refused write leaves as it was."""
    row = Section.objects.filter(pk=section.pk).values().get()
    return row, list(Revision.objects.filter(section=section).order_by("id").values())


def chain_of(client: Any, section: Any, *, at_home: bool) -> list[dict[str, Any]]:
    """The details of the revisions of one chain, oldest first."""
    listed = client.get(f"sections/{section.pk}/revisions").json()["items"]
    return [
        client.get(f"revisions/{item['id']}").json()
        for item in reversed(listed)
        if item["at_home"] is at_home
    ]


def test_a_revision_changes_the_text_and_keeps_the_rest(desk, drafting, draft, ledger):
    sent = {"body": "Monthly.", "note": "Too slow."}

    answer = patch(drafting, draft, headers=REQUEST, **sent)

    assert answer.status_code == 200
    now = Section.objects.get(pk=draft.pk)
    assert answer.json() == {
        "id": str(draft.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": None,
        "depth": 0,
        "title": "Terms",
        "body": "Monthly.",
        "language": "en",
        "state": "private_drafting",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(now.updated_at),
        "released_at": None,
        "single_person_release": False,
        "head": str(now.head),
        "deleted_at": None,
        "abilities": section_abilities("revise", "restructure", "add_section", "comment"),
    }
    assert now.updated_at > draft.updated_at
    assert answer.headers["ETag"].startswith('"h2.')
    read = drafting.get(f"sections/{draft.pk}")
    assert (read.content, read.headers["ETag"]) == (answer.content, answer.headers["ETag"])
    assert ledger.told() == [
        entry(
            "section.revised",
            desk.drafter,
            draft,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.serbia.home_scope_id,
            details={"revision": "h2", "note": "Too slow."},
        )
    ]


def test_every_revision_is_kept_and_the_chain_holds(desk, drafting, heading, draft):
    patch(drafting, draft, "h1", body="Monthly.", note="Too slow.")
    patch(heading, draft, "h2", title="Terms of reporting")
    patch(drafting, draft, "h3", language="sr-Cyrl", title="Рокови", body="Месечно.")

    chain = chain_of(drafting, draft, at_home=True)

    assert [(one["title"], one["body"], one["language"], one["note"]) for one in chain] == [
        ("Terms", "Quarterly.", "en", "First words."),
        ("Terms", "Monthly.", "en", "Too slow."),
        ("Terms of reporting", "Monthly.", "en", ""),
        ("Рокови", "Месечно.", "sr-Cyrl", ""),
    ]
    verify_chain(chain)
    rows = Revision.objects.filter(section=draft).order_by("number")
    assert [row.author_id for row in rows] == [
        desk.drafter.pk,
        desk.drafter.pk,
        desk.head.pk,
        desk.drafter.pk,
    ]
    assert [row.parent_id for row in rows] == [None, *(row.pk for row in rows[:3])]


def test_a_released_section_is_revised_in_its_public_chain(desk, drafting, abroad, draft, ledger):
    release(draft)
    ledger.new()

    answer = patch(drafting, draft, "1", body="Monthly.", headers=REQUEST)

    assert answer.headers["ETag"].startswith('"2.')
    assert abroad.get(f"sections/{draft.pk}").json()["body"] == "Monthly."
    assert ledger.told() == [
        entry(
            "section.revised",
            desk.drafter,
            draft,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={"revision": "2", "note": ""},
        )
    ]
    public = chain_of(abroad, draft, at_home=False)
    assert [one["body"] for one in public] == ["Quarterly.", "Monthly."]
    verify_chain(public, before=bytes.fromhex(public[0]["home_commitment"]))


def test_a_common_section_is_revised_by_every_seat_of_the_drafting_group(desk, drafting, abroad):
    section = desk.section(common=True, body="one")

    assert patch(abroad, section, "1", body="two").status_code == 200
    assert patch(drafting, section, "2", body="three").status_code == 200

    chain = chain_of(drafting, section, at_home=False)
    assert [(one["delegation"]["country"], one["body"]) for one in chain] == [
        ("RS", "one"),
        ("AL", "two"),
        ("RS", "three"),
    ]
    verify_chain(chain)


def test_a_stale_write_loses_nothing(desk, drafting, heading, draft, ledger):
    patch(heading, draft, "h1", body="The head's words.")
    before = state(draft)
    ledger.new()

    answer = patch(drafting, draft, "h1", body="The drafter's words.")

    assert refusal(answer) == (412, "precondition_failed")
    assert answer.headers["ETag"] == '"h2"'
    assert state(draft) == before
    assert ledger.new() == []
    again = patch(drafting, draft, answer.headers["ETag"], body="Both words.")
    assert again.status_code == 200
    bodies = [one["body"] for one in chain_of(drafting, draft, at_home=True)]
    assert bodies == ["Quarterly.", "The head's words.", "Both words."]


@pytest.mark.parametrize(
    "body",
    [{}, {"body": "Quarterly."}, {"title": "Terms", "language": "en"}, {"note": "Only a note."}],
    ids=str,
)
def test_what_changes_nothing_makes_no_revision(desk, drafting, draft, ledger, body):
    before = state(draft)

    answer = patch(drafting, draft, **body)

    assert answer.status_code == 200
    assert answer.content == drafting.get(f"sections/{draft.pk}").content
    assert (state(draft), ledger.new()) == (before, [])


def test_even_what_changes_nothing_must_not_be_stale(desk, drafting, draft):
    patch(drafting, draft, body="Monthly.")

    assert patch(drafting, draft, "h1", body="Monthly.").status_code == 412


@pytest.mark.parametrize("header", [None, "*", " * "])
def test_without_a_revision_nothing_is_written(desk, drafting, draft, ledger, header):
    before = state(draft)
    headers = {} if header is None else {"If-Match": header}

    answer = patch(drafting, draft, None, headers=headers, body="x")

    assert refusal(answer) == (428, "precondition_required")
    assert (state(draft), ledger.new()) == (before, [])


@pytest.mark.parametrize("tag", ['"h1"', '"h1.00"', 'W/"h1"', '"1", "h1"', 'W/"h0", W/"h1.zz"'])
def test_a_tag_counts_by_its_revision_alone(desk, drafting, draft, tag):
    assert patch(drafting, draft, tag, body="x").status_code == 200


@pytest.mark.parametrize("tag", ['"1"', '"h2"', '"H1"', '"h01"', '"h1x"', '"h"', '"2", "h3"'])
def test_a_tag_of_another_revision_or_chain_is_stale(desk, drafting, draft, tag):
    before = state(draft)

    answer = patch(drafting, draft, tag, body="x")

    assert refusal(answer) == (412, "precondition_failed")
    assert (answer.headers["ETag"], state(draft)) == ('"h1"', before)


def test_the_token_of_the_home_chain_is_stale_after_the_release(desk, drafting, draft):
    """Both chains are at their first revision; an edit begun at home must not land in public."""
    at_home = drafting.get(f"sections/{draft.pk}")
    release(draft)

    answer = patch(drafting, draft, at_home, body="Not for your eyes.")

    assert refusal(answer) == (412, "precondition_failed")
    assert answer.headers["ETag"] == '"1"'
    assert patch(drafting, draft, answer.headers["ETag"], body="For all.").status_code == 200


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"title": ""}, [("/title", "blank")]),
        ({"title": None}, [("/title", "null")]),
        ({"title": "x" * 501}, [("/title", "max_length")]),
        ({"body": "x" * 200_001}, [("/body", "max_length")]),
        ({"body": "nul \0"}, [("/body", "unstorable_text")]),
        ({"body": "half \udc00"}, [("/body", "unstorable_text")]),
        ({"body": 7}, [("/body", "invalid_type")]),
        ({"note": "x" * 501}, [("/note", "max_length")]),
        ({"language": ""}, [("/language", "blank")]),
        ({"parent": None}, [("/parent", "unknown_field")]),
        ({"state": "released"}, [("/state", "unknown_field")]),
        ({"body": "x", "revision": 9}, [("/revision", "unknown_field")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_of_another_shape_is_refused(desk, drafting, draft, body, errors, ledger):
    before = state(draft)

    assert refusal(patch(drafting, draft, **body)) == invalid(*errors)
    assert (state(draft), ledger.new()) == (before, [])


def test_a_body_may_be_emptied(desk, drafting, draft):
    assert patch(drafting, draft, body="").json()["body"] == ""


def test_the_longest_body_is_kept(desk, drafting, draft):
    body = "ш" * 200_000

    assert patch(drafting, draft, body=body).json()["body"] == body


@pytest.mark.parametrize(
    "text",
    [
        "Члан 1.\r\nСтав 2.\n",
        "ђ Ђ љ Љ њ Њ ћ Ћ џ Џ ѓ ќ ѕ",
        "ś ź dž lj nj — „navodnici”",
        " \t leading and trailing \n\n",
        "e\u0301 is not \u00e9",
        '\\u0041 "quoted" </script> \u2028 \U0001f54a',
    ],
)
def test_texts_survive_byte_for_byte(desk, drafting, draft, text):
    title = " ".join(text.split())
    answer = patch(drafting, draft, title=title, body=text, language="sr-Cyrl")

    for shown in (answer, drafting.get(f"sections/{draft.pk}")):
        assert (shown.json()["title"], shown.json()["body"]) == (title, text)
    assert Section.objects.get(pk=draft.pk).body.encode() == text.encode()
    verify_chain(chain_of(drafting, draft, at_home=True))


def test_a_reader_of_the_seat_revises_nothing(desk, reading, draft, ledger):
    before = state(draft)

    assert refusal(patch(reading, draft, body="x", headers=REQUEST)) == (403, "drafter_required")
    assert ledger.told() == [denial(desk.reader, draft, "revise", "drafter_required")]
    assert state(draft) == before


def test_nobody_revises_anothers_released_section(desk, abroad, ledger):
    section = desk.section(released=True)
    before = state(section)
    ledger.new()

    assert refusal(patch(abroad, section, "1", body="x", headers=REQUEST)) == (403, "not_owner")
    assert ledger.told() == [denial(desk.albanian, section, "revise", "not_owner")]
    assert state(section) == before


def test_a_hidden_section_is_an_unknown_one(desk, abroad, outside, draft, ledger):
    def send(client: Any, section_id: Any) -> Any:
        return client.patch(f"sections/{section_id}", {"body": "x"}, if_match="h1")

    unknown = send(abroad, unknown_id())

    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, send(abroad, draft.pk), send(outside, draft.pk))
    assert ledger.new() == []


def test_a_refusal_comes_in_the_fixed_order(desk, drafting, abroad, draft):
    """404 before 403 before 428 before 400 before 412."""
    released = desk.section(released=True)

    assert abroad.patch(f"sections/{draft.pk}", {"x": 1}).status_code == 404
    assert abroad.patch(f"sections/{released.pk}", {"x": 1}).status_code == 403
    assert drafting.patch(f"sections/{draft.pk}", {"x": 1}).status_code == 428
    assert drafting.patch(f"sections/{draft.pk}", {"x": 1}, if_match="h9").status_code == 400
    assert drafting.patch(f"sections/{draft.pk}", {}, if_match="h9").status_code == 412


@pytest.mark.parametrize("level", [Level.READ, Level.COMMENT])
def test_a_grant_to_read_or_comment_is_none_to_revise(desk, abroad, draft, level):
    grant(draft, desk.albania, level)

    assert refusal(patch(abroad, draft, body="x")) == (403, "not_owner")


@pytest.fixture(params=["released", "at home"])
def lent(desk, request) -> Section:
    """A section of Serbia that others may be granted to draft."""
    return desk.section(released=request.param == "released")


@pytest.mark.parametrize("level", [Level.DRAFT, Level.MANAGE])
def test_who_was_granted_to_draft_revises_for_its_own_seat(desk, abroad, drafting, lent, level):
    grant(lent, desk.albania, level)

    answer = patch(abroad, lent, lent.etag_revision, body="Written with you.")

    assert answer.status_code == 200
    assert answer.json()["owner_delegation"] == party(desk.serbia)
    chain = chain_of(drafting, lent, at_home=lent.etag_revision == "h1")
    assert [one["delegation"]["country"] for one in chain] == ["RS", "AL"]
    reader = api(delegate(desk.albania, "reader"))
    assert refusal(patch(reader, lent, "2", body="x")) == (403, "not_owner")


def test_the_ledger_tells_the_owner_of_a_granted_write(desk, abroad, lent, ledger):
    grant(lent, desk.albania, Level.DRAFT)
    ledger.new()

    patch(abroad, lent, lent.etag_revision, body="x", headers=REQUEST)

    (written,) = ledger.told()
    assert (written["kind"], written["actor"]) == ("section.revised", desk.albanian.pk)
    assert (written["seat"], written["owner"]) == (desk.albania.pk, desk.serbia.pk)


def test_who_drafts_for_two_seats_writes_its_own_section_for_its_owner(desk, drafting, draft):
    user = delegate(desk.serbia).user
    delegate(desk.albania, user=user)
    common = desk.section(common=True)

    assert patch(api(user), draft, body="x").status_code == 200
    assert chain_of(drafting, draft, at_home=True)[-1]["delegation"] == party(desk.serbia)
    assert refusal(patch(api(user), common, "1", body="x")) == invalid(("/delegation", "required"))
    named = patch(api(user), common, "1", body="x", delegation=str(desk.albania.pk))
    assert named.status_code == 200
    assert chain_of(drafting, common, at_home=False)[-1]["delegation"] == party(desk.albania)


def test_nobody_writes_for_another_seat(desk, drafting, draft):
    before = state(draft)

    answer = patch(drafting, draft, body="x", delegation=str(desk.albania.pk))

    assert refusal(answer) == (403, "drafter_required")
    assert state(draft) == before


def test_a_service_client_revises_within_its_scopes(desk, draft):
    client = service_client(desk.serbia, "drafter")
    narrow = service_client(desk.serbia, "head", scopes=["documents:read"])

    assert refusal(patch(api(narrow), draft, body="x")) == (403, "insufficient_scope")
    assert patch(api(client), draft, body="x").status_code == 200
    assert Revision.objects.get(section=draft, number=2).author_id == client.user_id


def test_a_service_client_stands_in_the_ledger(desk, draft, ledger):
    client = service_client(desk.serbia, "drafter")
    ledger.new()

    patch(api(client), draft, body="x")

    (row,) = ledger.new()
    assert (row.actor_kind, row.client_id, row.actor_id) == (
        "client",
        client.client_id,
        client.user_id,
    )


def test_anothers_seat_in_the_forum_changes_nothing(desk, draft):
    bosnia = api(delegate(seat(desk.forum, "BA"), "head"))

    assert patch(bosnia, draft, body="x").status_code == 404
    assert patch(bosnia, desk.section(common=True), "1", body="x").status_code == 404
