"""GET and POST /documents/{id}/versions, GET /document-versions/{id}."""

import hashlib
import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, InternalError

from documents.versions.models import DocumentVersion
from platform_api.core.service import WriteOutsideService, writing
from tests.api import api
from tests.documents.support import (
    REQUEST,
    alike,
    entry,
    invalid,
    items,
    queries_of,
    refusal,
    unknown_id,
)
from tests.factories import DocumentFactory, DocumentVersionFactory, SectionFactory, delegate


def hashed(tag: bytes, value: Any) -> str:
    """A hash by hand."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(tag + text.encode()).hexdigest()


def test_a_version_is_made_of_what_is_released(table, keeping, ledger):
    answer = keeping.post(
        f"documents/{table.document.pk}/versions",
        {"label": "First round", "kind": "milestone"},
        headers=REQUEST,
    )

    version = DocumentVersion.objects.get(label="First round")
    revisions = {
        section: section.revisions.get(at_home=False)
        for section in (table.introduction, table.chapter)
    }
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/api/v1/document-versions/{version.pk}")
    body = answer.json()
    sections = body.pop("sections")
    assert body == {
        "id": str(version.pk),
        "kind": "milestone",
        "label": "First round",
        "titles": {"en": "Regional Manual"},
        "made_by": {"country": None, "organisation": "undp-seesac"},
        "created_at": version.created_at.isoformat().replace("+00:00", "Z"),
        "sha256": version.sha256,
        "document": str(table.document.pk),
        "document_kind": "manual",
        "working_language": "en",
        "head_purged": None,
        "abilities": {"present": True, "manage_access": False},
    }
    hashes = [section.pop("sha256") for section in sections]
    assert sections == [
        {
            "section": str(section.pk),
            "revision": str(revision.pk),
            "number": number,
            "depth": 0,
            "title": revision.title,
            "language": "en",
            "state": "released",
            "owner": owner,
            "body": revision.body,
            "chain_hash": bytes(revision.chain_hash).hex(),
            "purged": None,
        }
        for (section, revision), number, owner in zip(
            revisions.items(),
            ("1", "2"),
            (None, {"country": "RS", "organisation": None}),
            strict=True,
        )
    ]
    for section, told in zip(sections, hashes, strict=True):
        covered = {n: v for n, v in section.items() if n not in {"section", "revision", "purged"}}
        assert told == hashed(b"rcp version section 1\n", covered)
    head = {
        name: body[name]
        for name in ("document_kind", "titles", "working_language", "kind", "label", "made_by")
    }
    assert body["sha256"] == hashed(b"rcp version manifest 1\n", head | {"sections": hashes})
    told = entry(
        "document_version.made",
        table.secretary,
        version,
        seat=table.seesac,
        owner=None,
        scope=table.document.effective_scope_id,
        details={"label": "First round", "kind": "milestone", "sha256": version.sha256},
    )
    assert ledger.told() == [told | {"object": ("document_version", str(version.pk))}]


def test_numbers_are_those_of_the_released_tree(table, keeping):
    """Albania's private chapter stands between, and moves no number."""
    child = SectionFactory(
        document=table.document,
        delegation=table.serbia,
        parent=table.chapter,
        released=True,
        title="Law",
    )
    SectionFactory(document=table.document, delegation=table.seesac, common=True, title="Training")
    assert child.state == "released"

    version = DocumentVersionFactory(document=table.document)

    assert [
        (each["number"], each["depth"], each["title"]) for each in version.manifest["sections"]
    ] == [
        ("1", 0, "Introduction"),
        ("2", 0, "Serbia"),
        ("2.1", 1, "Law"),
        ("3", 0, "Training"),
    ]


def test_nothing_released_makes_no_version(table, serb, ledger):
    SectionFactory(document=table.secret, delegation=table.serbia)
    ledger.new()

    answer = serb.post(f"documents/{table.secret.pk}/versions", {"label": "Early"})

    assert refusal(answer) == (409, "nothing_released")
    assert (ledger.new(), DocumentVersion.objects.count()) == ([], 1)


def test_only_who_keeps_the_document_makes_versions(table, serb, croat):
    path = f"documents/{table.document.pk}/versions"

    assert refusal(serb.post(path, {"label": "Mine"})) == (403, "not_owner")
    assert refusal(api(delegate(table.seesac, "reader")).post(path, {"label": "Mine"})) == (
        403,
        "drafter_required",
    )
    unknown = croat.post(f"documents/{unknown_id()}/versions", {"label": "Mine"})
    assert alike(croat.post(path, {"label": "Mine"}), unknown)
    assert DocumentVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/label", "required")]),
        ({"label": ""}, [("/label", "blank")]),
        ({"label": "x" * 121}, [("/label", "max_length")]),
        ({"label": "x", "kind": "adopted"}, [("/kind", "invalid_choice")]),
        ({"label": "x", "sha256": "0"}, [("/sha256", "unknown_field")]),
    ],
)
def test_only_a_label_and_a_kind_are_taken(table, keeping, body, errors):
    answer = keeping.post(f"documents/{table.document.pk}/versions", body)

    assert refusal(answer) == invalid(*errors)


def test_the_drafting_group_lists_the_versions_newest_first(table, serb, croat):
    newer = DocumentVersionFactory(document=table.document)
    decoy = DocumentFactory(delegation=table.serbia)
    SectionFactory(document=decoy, released=True)
    DocumentVersionFactory(document=decoy)
    path = f"documents/{table.document.pk}/versions"

    answer = serb.get(path)

    assert items(answer) == [str(newer.pk), str(table.version.pk)]
    assert answer.json()["items"][1] == {
        "id": str(table.version.pk),
        "kind": "working",
        "label": "Draft for the seminar",
        "titles": {"en": "Regional Manual"},
        "made_by": {"country": None, "organisation": "undp-seesac"},
        "created_at": table.version.created_at.isoformat().replace("+00:00", "Z"),
        "sha256": table.version.sha256,
    }
    assert refusal(croat.get(path)) == (404, "not_found")


def test_a_longer_list_costs_no_more_queries(table, serb):
    path = f"documents/{table.document.pk}/versions"
    few = queries_of(lambda: serb.get(path))
    for _ in range(4):
        DocumentVersionFactory(document=table.document)

    assert queries_of(lambda: serb.get(path)) == few


def test_a_hidden_version_is_as_unknown_as_one_that_is_not(table, croat, outside):
    path = f"document-versions/{table.version.pk}"
    unknown = croat.get(f"document-versions/{unknown_id()}")

    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, croat.get(path), outside.get(path))


def test_the_wall_alone_hides_a_version(table, croat, monkeypatch):
    """The application's own filter is switched off; the database still tells nothing."""
    monkeypatch.setattr(
        "platform_api.core.models.ProtectedQuerySet.visible_to", lambda self, actor: self
    )

    assert refusal(croat.get(f"document-versions/{table.version.pk}")) == (404, "not_found")


def test_nobody_changes_a_version(table):
    with pytest.raises(WriteOutsideService):
        DocumentVersion.objects.update(label="Other")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), writing():
        DocumentVersion.objects.update(label="Other")
    with pytest.raises((DatabaseError, InternalError)), transaction.atomic():
        connection.cursor().execute("UPDATE documents_documentversion SET label = 'Other'")
