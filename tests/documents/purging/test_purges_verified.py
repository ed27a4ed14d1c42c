"""What verifies after a purge, and says by whom and when."""

import json

from django.db import connection

from documents.texts.models import Revision
from tests.documents.support import party
from tests.factories import DocumentVersionFactory

from .asking import ask, carry_out, chain


def test_the_chains_verify_as_purged_by_whom_and_when(desk, drafting, heading, abroad, section):
    links = [bytes(row.chain_hash) for row in Revision.objects.order_by("id")]

    answer = carry_out(heading, ask(drafting, section))

    at = answer.json()["decided_at"]
    home, public = chain(section, at_home=True), chain(section, at_home=False)
    own = drafting.get(f"sections/{section.pk}/verify").json()
    others = abroad.get(f"sections/{section.pk}/verify").json()
    for told, gone in ((own, [home[1], public[0], public[1]]), (others, public[:2])):
        assert (told["intact"], told["first_difference"]) == (True, None)
        assert [each["revision"] for each in told["purged"]] == [str(row.pk) for row in gone]
        assert all(each["by"] == party(desk.serbia) for each in told["purged"])
        assert all(each["at"] <= at for each in told["purged"])
    assert (own["revisions"], others["revisions"]) == (5, 3)
    assert [bytes(row.chain_hash) for row in Revision.objects.order_by("id")][:-1] == links
    shown = abroad.get(f"revisions/{public[0].pk}").json()
    assert (shown["title"], shown["body"], shown["note"]) == ("", "", "")
    assert shown["purged"]["by"] == party(desk.serbia)
    assert home[0].body == "An outline."


def test_a_version_keeps_its_hash_and_says_so(desk, drafting, heading, abroad, section):
    version = DocumentVersionFactory(document=desk.document)
    desk.section(title="Zebra", released=True)

    carry_out(heading, ask(drafting, section))

    told = abroad.get(f"document-versions/{version.pk}/verify").json()
    at = told["purged"][0]["at"]
    assert (told["intact"], told["first_difference"]) == (True, None)
    by = {"country": "RS", "organisation": None}
    assert told["purged"] == [{"position": 0, "number": "1", "by": by, "at": at}]
    (shown,) = abroad.get(f"document-versions/{version.pk}").json()["sections"]
    assert (shown["title"], shown["body"]) == ("", "")
    assert shown["purged"] == {"by": by, "at": at}


def test_a_version_that_is_emptied_without_a_purge_is_broken(desk, abroad, section):
    version = DocumentVersionFactory(document=desk.document)
    manifest = version.manifest
    purged = {"by": {"country": "RS", "organisation": None}, "at": "2026-01-01T00:00:00Z"}
    manifest["sections"][0] |= {"title": "", "body": "", "purged": purged}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE documents_documentversion SET manifest = %s::jsonb WHERE id = %s",
            [json.dumps(manifest), version.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert abroad.get(f"document-versions/{version.pk}/verify").json()["intact"] is False
