"""GET /document-versions/{id}/verify."""

import json
from typing import Any

import pytest
from django.db import connection

from documents.versions.models import DocumentVersion
from tests.factories import present


def tamper(sql: str, *values: Any) -> None:
    """Change a row as only somebody with the whole database in hand can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def rewrite(version: DocumentVersion, **members: Any) -> None:
    """Change the second section of a stored manifest."""
    manifest = version.manifest
    manifest["sections"][1] |= members
    tamper(
        "UPDATE documents_documentversion SET manifest = %s WHERE id = %s",
        json.dumps(manifest),
        version.pk,
    )


SERBIA = {"position": 1, "number": "2", "title": "Serbia"}


def verified(client: Any, table: Any) -> Any:
    answer = client.get(f"document-versions/{table.version.pk}/verify")
    assert answer.status_code == 200
    told = answer.json()
    assert set(told.pop("abilities")) == {"present", "manage_access"}
    return told


def test_an_untouched_version_is_intact_for_whoever_reads_it(table, serb, croat):
    present(table.version, table.point)
    expected = {
        "intact": True,
        "sha256": table.version.sha256,
        "computed_sha256": table.version.sha256,
        "revisions_compared": True,
        "first_difference": None,
        "purged": [],
        "head_purged": None,
    }

    assert verified(serb, table) == expected
    assert verified(croat, table) == expected | {"revisions_compared": False}


@pytest.mark.parametrize(
    ("members", "named"),
    [
        ({"body": "Закон!\n"}, SERBIA),
        ({"state": "closed"}, SERBIA),
        ({"number": "3"}, SERBIA | {"number": "3"}),
        ({"chain_hash": "0" * 64}, SERBIA),
    ],
)
def test_a_section_that_was_tampered_with_is_named(table, croat, members, named):
    present(table.version, table.point)
    rewrite(table.version, **members)

    told = verified(croat, table)

    assert (told["intact"], told["first_difference"]) == (False, named)


def test_a_section_whose_hash_was_changed_too_shows_in_the_whole(table, croat):
    from documents.versions.manifest import section_sha256

    present(table.version, table.point)
    section = table.version.manifest["sections"][1] | {"body": "Other."}
    rewrite(table.version, body="Other.", sha256=section_sha256(section))

    told = verified(croat, table)

    assert (told["intact"], told["first_difference"]) == (False, None)
    assert told["computed_sha256"] != told["sha256"] == table.version.sha256


def test_a_revision_that_was_tampered_with_is_named_to_who_reads_the_document(table, serb, croat):
    present(table.version, table.point)
    revision = table.chapter.revisions.get(at_home=False)
    tamper("UPDATE documents_revision SET body = 'Other.' WHERE id = %s", revision.pk)

    told = verified(serb, table)

    assert (told["intact"], told["first_difference"]) == (False, SERBIA)
    assert verified(croat, table)["intact"] is True


def test_the_first_of_two_differences_is_named(table, serb):
    rewrite(table.version, body="Other.")
    revision = table.introduction.revisions.get(at_home=False)
    tamper("UPDATE documents_revision SET body = 'Other.' WHERE id = %s", revision.pk)

    named = {"position": 0, "number": "1", "title": "Introduction"}
    assert verified(serb, table)["first_difference"] == named
