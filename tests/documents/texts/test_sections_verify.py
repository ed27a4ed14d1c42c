"""GET /sections/{id}/verify, and manage.py verify_sections."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, ProgrammingError, connection, transaction

from documents.texts.models import ReleaseCommitment, Revision
from platform_api.core.actor import Level
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import api
from tests.documents.support import alike, party, queries_of, refusal, unknown_id
from tests.factories import delegate, grant, release, service_client
from tests.laying import laid


@laid
def section(desk) -> Any:
    """A section with three revisions at home, and three in public."""
    drafting = api(desk.drafter)
    made = desk.section(title="Terms", body="home 1", note="Begun.")
    for number in (2, 3):
        drafting.patch(f"sections/{made.pk}", {"body": f"home {number}"}, if_match=f"h{number - 1}")
    made.refresh_from_db()
    release(made)
    for number in (2, 3):
        drafting.patch(f"sections/{made.pk}", {"body": f"public {number}"}, if_match=number - 1)
    desk.section(title="Decoy", released=True)
    return made


def tamper(sql: str, *values: Any) -> None:
    """Change a row as only somebody with the whole database in hand can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        assert cursor.rowcount == 1
        cursor.execute("SET LOCAL session_replication_role = origin")


def verified(client: Any, section: Any) -> dict[str, Any]:
    answer = client.get(f"sections/{section.pk}/verify")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert set(told.pop("abilities")) >= {"revise", "release"}
    return told


def revision_of(section: Any, number: int, *, at_home: bool = False) -> Revision:
    return Revision.objects.get(section=section, number=number, at_home=at_home)


def named(row: Revision, what: str) -> dict[str, Any]:
    return {"revision": str(row.pk), "number": row.number, "at_home": row.at_home, "what": what}


def whole(revisions: int) -> dict[str, Any]:
    return {"intact": True, "revisions": revisions, "first_difference": None, "purged": []}


def test_an_untouched_section_is_intact_for_whoever_reads_it(desk, drafting, abroad, section):
    assert verified(drafting, section) == whole(6)
    assert verified(abroad, section) == whole(3)


def test_a_draft_at_home_and_a_common_section_are_intact_too(desk, drafting, abroad):
    assert verified(drafting, desk.section()) == whole(1)
    assert verified(abroad, desk.section(common=True)) == whole(1)


_ONE_BYTE = {
    "title": ("title = 'Germs'", "content"),
    "body": ("body = overlay(body placing 'B' from 1)", "content"),
    "language": ("language = 'eo'", "content"),
    "content digest": ("content_sha256 = set_byte(content_sha256, 5, 0)", "content"),
    "chain hash": ("chain_hash = set_byte(chain_hash, 31, 0)", "chain_hash"),
    "parent": ("parent_id = NULL", "parent"),
    "home commitment": ("home_commitment = content_sha256", "home_commitment"),
    "number": ("number = 9", "missing"),
}


@pytest.mark.parametrize(("change", "what"), _ONE_BYTE.values(), ids=_ONE_BYTE)
@pytest.mark.parametrize("at_home", [False, True])
def test_one_changed_byte_names_the_revision(
    desk, drafting, abroad, section, change, what, at_home
):
    row = revision_of(section, 2, at_home=at_home)
    tamper(f"UPDATE documents_revision SET {change} WHERE id = %s", row.pk)
    expected = named(row, what)
    if what == "missing":
        expected |= {"revision": None}

    told = verified(drafting, section)

    assert (told["intact"], told["first_difference"]) == (False, expected)
    # What happened at home is nobody else's to learn.
    assert verified(abroad, section)["intact"] is at_home


def test_the_first_of_several_differences_is_named_the_chain_at_home_first(
    desk, drafting, abroad, section
):
    for number in (2, 3):
        row = revision_of(section, number)
        tamper("UPDATE documents_revision SET body = 'x' WHERE id = %s", row.pk)
    assert verified(drafting, section)["first_difference"]["number"] == 2

    at_home = revision_of(section, 3, at_home=True)
    tamper("UPDATE documents_revision SET body = 'x' WHERE id = %s", at_home.pk)

    assert verified(drafting, section)["first_difference"] == named(at_home, "content")
    assert verified(abroad, section)["first_difference"] == named(
        revision_of(section, 2), "content"
    )


def test_a_rewritten_revision_with_a_matching_digest_breaks_the_link(desk, drafting, section):
    row = revision_of(section, 2)
    tamper(
        "UPDATE documents_revision SET body = 'public 3',"
        " content_sha256 = (SELECT content_sha256 FROM documents_revision WHERE id = %s)"
        " WHERE id = %s",
        revision_of(section, 3).pk,
        row.pk,
    )

    assert verified(drafting, section)["first_difference"] == named(row, "chain_hash")


def test_a_missing_revision_is_told_wherever_it_stood(desk, abroad, section):
    last = revision_of(section, 3)
    tamper("DELETE FROM documents_revision WHERE id = %s", last.pk)
    assert verified(abroad, section)["first_difference"] == named(last, "missing")

    tamper("DELETE FROM documents_revision WHERE id = %s", revision_of(section, 1).pk)
    assert verified(abroad, section)["first_difference"] == {
        "revision": None,
        "number": 1,
        "at_home": False,
        "what": "missing",
    }
    # Rows that refer to the deleted ones would be missed at the end of the test.
    transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    ["body = 'x'", "title = 'x'", "language = 'eo'", "head = document_id", "chain_hash = '\\x00'"],
)
def test_a_present_text_that_is_not_the_last_revision_names_that(desk, abroad, section, change):
    tamper(f"UPDATE documents_section SET {change} WHERE id = %s", section.pk)

    assert verified(abroad, section)["first_difference"] == named(
        revision_of(section, 3), "present_text"
    )


def test_a_wrong_salt_is_found_by_the_owner_alone(desk, drafting, abroad, section):
    opening = ReleaseCommitment.objects.get(revision__section=section)
    tamper(
        "UPDATE documents_releasecommitment SET salt = set_byte(salt, 0, 255 - get_byte(salt, 0))"
        " WHERE id = %s",
        opening.pk,
    )

    told = verified(drafting, section)

    assert told["first_difference"] == named(revision_of(section, 1), "home_commitment")
    assert verified(abroad, section) == whole(3)


def test_content_that_was_removed_without_a_record_is_no_purge(desk, abroad, section):
    row = revision_of(section, 2)
    tamper(
        "UPDATE documents_revision SET title = '', body = '', note = '',"
        " purged_at = '2026-01-01T00:00:00Z', purged_by_id = delegation_id WHERE id = %s",
        row.pk,
    )

    told = verified(abroad, section)

    assert (told["intact"], told["first_difference"]) == (False, named(row, "purge"))
    assert told["purged"] == [
        {
            "revision": str(row.pk),
            "number": 2,
            "at_home": False,
            "by": party(desk.serbia),
            "at": "2026-01-01T00:00:00Z",
        }
    ]


def test_whoever_was_granted_the_draft_alone_learns_nothing_of_its_chain(desk, drafting, abroad):
    draft = desk.section()
    grant(draft, desk.albania, Level.DRAFT)
    before = abroad.get(f"sections/{draft.pk}/verify")

    assert verified(abroad, draft) == whole(0)
    tamper("UPDATE documents_revision SET body = 'x' WHERE section_id = %s", draft.pk)

    assert verified(drafting, draft)["intact"] is False
    assert alike(before, abroad.get(f"sections/{draft.pk}/verify"))


def test_a_hidden_section_is_an_unknown_one(desk, abroad, outside):
    draft = desk.section()
    unknown = abroad.get(f"sections/{unknown_id()}/verify")

    assert refusal(unknown) == (404, "not_found")
    for client in (abroad, outside):
        assert alike(unknown, client.get(f"sections/{draft.pk}/verify"))


def test_without_a_token_or_its_scope_nothing_is_verified(desk, section):
    narrow = api(service_client(desk.serbia, "head", scopes=["documents:write"]))

    assert refusal(api().get(f"sections/{section.pk}/verify")) == (401, "not_authenticated")
    assert refusal(narrow.get(f"sections/{section.pk}/verify")) == (403, "insufficient_scope")
    manager = api(delegate(desk.serbia, "access_manager"))
    assert refusal(manager.get(f"sections/{section.pk}/verify")) == (404, "not_found")


@pytest.mark.slow
def test_thirty_revisions_cost_as_many_queries_as_three(desk, drafting):
    section = desk.section()
    path = f"sections/{section.pk}"
    few = queries_of(lambda: drafting.get(f"{path}/verify"))
    for number in range(1, 30):
        drafting.patch(path, {"body": str(number)}, if_match=f"h{number}")

    assert verified(drafting, section) == whole(30)
    assert queries_of(lambda: drafting.get(f"{path}/verify")) == few


def test_the_runtime_role_changes_no_revision(desk, section):
    """Nor does anybody who writes past the services."""
    row = revision_of(section, 2)
    with (
        pytest.raises(ProgrammingError, match="never changed"),
        acting(actor_of(desk.drafter)),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE documents_revision SET body = 'x' WHERE id = %s", [row.pk])
    with (
        pytest.raises((ProgrammingError, InternalError), match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE documents_revision SET note = 'x'")
    row.refresh_from_db()
    assert (row.body, row.note) == ("public 2", "")


# -- manage.py verify_sections


def command() -> tuple[list[str], list[str], int]:
    """What it prints, what it complains of, and its exit code."""
    out, complaints, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("verify_sections", stdout=out, stderr=complaints)
    except SystemExit as left:
        code = int(str(left.code))
    return out.getvalue().splitlines(), complaints.getvalue().splitlines(), code


def test_the_command_reads_every_chain_those_at_home_too(desk, section):
    count = (len({row.section_id for row in Revision.objects.all()}), Revision.objects.count())

    out, complaints, code = command()

    assert count[1] > count[0] > 5
    assert out == [f"{count[0]} sections, {count[1]} revisions, 0 purged"]
    assert (complaints, code) == ([], 0)


def test_the_command_names_each_revision_that_does_not_fit_and_fails(desk, section):
    at_home = revision_of(section, 2, at_home=True)
    foreign = Revision.objects.filter(section__document=desk.foreign, at_home=True).first()
    for row in (at_home, foreign):
        tamper("UPDATE documents_revision SET body = 'x' WHERE id = %s", row.pk)
    opening = ReleaseCommitment.objects.get(revision__section=section)
    tamper("UPDATE documents_releasecommitment SET salt = %s WHERE id = %s", b"x", opening.pk)

    _, complaints, code = command()

    assert code == 1
    text = "its text is not the one that was written"
    present = "the section's present text, head or link is not this revision's"
    salt = "what stays at home does not open its commitment"
    decoy = f"section {foreign.section_id}, home revision 1 ({foreign.pk})"
    assert set(complaints[:-1]) == {
        f"section {section.pk}, home revision 2 ({at_home.pk}): {text}",
        f"section {section.pk}, revision 1 ({opening.revision_id}): {salt}",
        f"{decoy}: {text}",
        f"{decoy}: {present}",
    }
    assert complaints[-1] == "THE SECTIONS DO NOT VERIFY. Differences: 4"


def test_the_command_is_the_owners(desk):
    with acting(actor_of(desk.drafter)), pytest.raises(CommandError, match="DATABASE_ROLE=owner"):
        call_command("verify_sections")
