"""Purges of words in a document's titles, and in what its versions are called."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from forums.membership.models import Office
from platform_api.ledger.models import Detail
from platform_api.ledger.verification import verify
from tests.api import api
from tests.documents.support import alike, invalid, party, refusal
from tests.factories import (
    AttachmentFactory,
    DocumentFactory,
    DocumentVersionFactory,
    OfficeFactory,
)

from .asking import REASON, WORD, carry_out
from .traces import tables_with

NAMED = f"in the matter of Ana {WORD}"


def traces() -> set[str]:
    return tables_with(WORD, "marijanovic")


def ask_of(client: Any, document: Any, **given: Any) -> Any:
    body = {"document": str(document.pk), "passage": NAMED, "reason": REASON, **given}
    return client.post("purges", body, headers={"Idempotency-Key": str(uuid4())})


@pytest.fixture
def document(desk: Any) -> Any:
    """A document that Albania drafts, too, with her name in one of its titles."""
    return DocumentFactory(
        delegation=desk.serbia,
        drafting_group=[desk.albania],
        titles={"en": "Report", "sr-Cyrl": f"Извештај {NAMED}"},
    )


@pytest.fixture
def version(desk: Any, document: Any) -> Any:
    desk.section(document=document, title="Chapter", body="What stays.", released=True)
    return DocumentVersionFactory(document=document, label=f"Draft {NAMED}")


def test_words_of_a_title_leave_every_table_and_the_title_keeps_the_rest(
    desk, drafting, heading, abroad, document, version
):
    drafting.patch(f"documents/{document.pk}", {"titles": {"sq": NAMED}}, if_match="1")
    AttachmentFactory(to=document, name=f"Note {NAMED}.txt")
    assert traces() == {
        "documents_attachment",
        "documents_document",
        "documents_documentversion",
        "ledger_detail",
        "search_entry",
    }
    asked = ask_of(drafting, document)

    answer = carry_out(heading, asked)

    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["document"], told["section"], told["passage"]) == (str(document.pk), None, "")
    assert traces() == set()
    shown = abroad.get(f"documents/{document.pk}")
    assert shown.json()["titles"] == {"en": "Report", "sr-Cyrl": "Извештај "}
    assert shown.headers["ETag"].startswith('"3.')
    assert [hit["id"] for hit in abroad.get("search", {"q": "Извештај"}).json()["items"]] == [
        str(document.pk)
    ]
    assert verify().ok


def test_a_version_without_its_titles_verifies_by_what_the_ledger_says_since(
    desk, drafting, heading, abroad, document, version
):
    carry_out(heading, ask_of(drafting, document))

    told = abroad.get(f"document-versions/{version.pk}/verify").json()
    shown = abroad.get(f"document-versions/{version.pk}").json()
    purged = {"by": {"country": "RS", "organisation": None}, "at": told["head_purged"]["at"]}
    assert (told["intact"], told["head_purged"]) == (True, purged)
    assert told["sha256"] == version.sha256 != told["computed_sha256"]
    assert (shown["titles"], shown["label"], shown["head_purged"]) == ({}, "", purged)
    assert [each["title"] for each in shown["sections"]] == ["Chapter"]
    noted = Detail.objects.get(entry__kind="document_version.purged").payload
    assert noted == {"sha256": version.sha256, "sha256_now": told["computed_sha256"]}


@pytest.mark.parametrize("change", ["working_language", "sections"])
def test_a_change_behind_a_purge_is_still_found(
    desk, drafting, heading, abroad, document, version, change
):
    carry_out(heading, ask_of(drafting, document))
    value = '"mk"' if change == "working_language" else "[]"
    _tamper(version, f"jsonb_set(manifest, '{{{change}}}', '{value}')")

    assert abroad.get(f"document-versions/{version.pk}/verify").json()["intact"] is False


def test_titles_that_were_emptied_without_a_purge_are_broken(abroad, document, version):
    purged = '{"by": {"country": "RS", "organisation": null}, "at": "2026-01-01T00:00:00Z"}'
    _tamper(version, f'manifest || \'{{"titles": {{}}, "label": "", "purged": {purged}}}\'')

    assert abroad.get(f"document-versions/{version.pk}/verify").json()["intact"] is False


def _tamper(version: Any, manifest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"UPDATE documents_documentversion SET manifest = {manifest} WHERE id = %s",
            [version.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_versions_that_are_called_otherwise_are_left_alone(
    desk, drafting, heading, abroad, document
):
    for each in (document, desk.document):
        desk.section(document=each, released=True)
    other = DocumentVersionFactory(document=desk.document)
    drafting.patch(f"documents/{document.pk}", {"titles": {"sr-Cyrl": "Извештај"}}, if_match="1")
    clean = DocumentVersionFactory(document=document, label="Second draft")
    drafting.patch(
        f"documents/{document.pk}", {"titles": {"sr-Cyrl": f"Извештај {NAMED}"}}, if_match="2"
    )

    carry_out(heading, ask_of(drafting, document))

    for untouched in (clean, other):
        told = abroad.get(f"document-versions/{untouched.pk}/verify").json()
        assert (told["intact"], told["head_purged"]) == (True, None)
        assert told["computed_sha256"] == untouched.sha256


def test_the_whole_title_of_the_working_language_is_given_another_first(desk, drafting, heading):
    document = DocumentFactory(delegation=desk.serbia, titles={"en": NAMED, "mk": "Извештај"})
    asked = ask_of(drafting, document)

    assert refusal(carry_out(heading, asked)) == (409, "title_empty")

    drafting.patch(f"documents/{document.pk}", {"titles": {"en": "Report"}}, if_match="1")
    assert carry_out(heading, asked).status_code == 200
    assert traces() == set()


def test_another_language_without_its_title_is_taken_out(desk, drafting, heading):
    document = DocumentFactory(delegation=desk.serbia, titles={"en": "Report", "mk": NAMED})

    carry_out(heading, ask_of(drafting, document))

    assert drafting.get(f"documents/{document.pk}").json()["titles"] == {"en": "Report"}


def test_a_title_is_purged_in_any_state_of_the_document(desk, drafting, heading, document):
    withdrawn = heading.post(f"documents/{document.pk}/withdraw", {"reason": "x"}, if_match="1")
    assert withdrawn.status_code == 200, withdrawn.content

    assert carry_out(heading, ask_of(drafting, document)).status_code == 200
    assert traces() == set()


def test_its_owner_purges_it_and_nobody_else(desk, drafting, abroad, outside, reading, document):
    unknown = outside.post("purges", {"document": str(uuid4()), "passage": NAMED, "reason": REASON})

    assert refusal(unknown) == invalid(("/document", "unknown"))
    assert alike(unknown, ask_of(outside, document))
    assert refusal(ask_of(abroad, document)) == (403, "not_keeper")
    assert refusal(ask_of(reading, document)) == (403, "drafter_required")
    assert refusal(ask_of(drafting, document, passage="Nobody wrote this.")) == invalid(
        ("/passage", "absent")
    )


def test_a_common_document_is_its_secretariats(desk):
    office = OfficeFactory(forum=desk.forum, holder=desk.albania, kind=Office.Kind.SECRETARIAT)
    assert office.delegation == desk.albania
    common = DocumentFactory(
        delegation=desk.albania,
        drafting_group=[desk.serbia],
        common=True,
        titles={"en": f"Report {NAMED}"},
    )
    drafter, head = api(desk.albanian), api(desk.albanian_head)

    assert refusal(ask_of(api(desk.drafter), common)) == (403, "not_keeper")
    told = carry_out(head, ask_of(drafter, common)).json()
    assert told["delegation"] == party(desk.albania)
    assert traces() == set()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"document": "x", "revision": "x"},
        {"document": "x"},
        {"attachment": "x", "passage": NAMED},
        {"attachment": "x", "document": "x", "passage": NAMED},
        {"section": "x", "document": "x", "passage": NAMED},
        {"section": "x"},
        {"passage": NAMED},
    ],
    ids=lambda given: "+".join(given) or "nothing",
)
def test_a_request_names_one_thing(desk, drafting, given):
    ids = {name: str(uuid4()) for name, value in given.items() if value == "x"}

    answer = drafting.post("purges", {**given, **ids, "reason": REASON})

    assert refusal(answer) == invalid(("", "one_of"))
