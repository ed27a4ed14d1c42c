"""manage.py verify_attachments."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from documents.attachments.storing import attachment_storage
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.factories import AttachmentFactory

ORPHAN = f"ab/{'0' * 62}"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> Any:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "attachments": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


@pytest.fixture
def file(desk: Any) -> Any:
    return AttachmentFactory(to=desk.section())


def verified() -> tuple[str, list[str]]:
    """What it prints, and what of it are faults; those with exit code 1, none without."""
    out, errors = io.StringIO(), io.StringIO()
    code: Any = 0
    try:
        call_command("verify_attachments", stdout=out, stderr=errors)
    except SystemExit as end:
        code = end.code
    *faults, last = errors.getvalue().splitlines() or [""]
    assert last == (f"THE FILES DO NOT VERIFY. Differences: {len(faults)}" if code else "")
    assert code == bool(faults)
    return out.getvalue().strip(), faults


def test_files_as_they_were_attached_verify_and_deleted_ones_are_none(desk, drafting, file):
    AttachmentFactory(to=desk.document)
    drafting.delete(f"attachments/{AttachmentFactory(to=desk.section()).pk}", if_match="1")

    assert verified() == ("2 files, 0 purged", [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, "its file is gone"), (b"Others.", "its bytes are not those that were attached")],
)
def test_a_file_that_is_gone_or_another_is_named(desk, file, content, fault):
    AttachmentFactory(to=desk.document)
    storage = attachment_storage()
    storage.delete(file.stored_as)
    if content is not None:
        storage.save(file.stored_as, ContentFile(content))

    assert verified() == ("2 files, 0 purged", [f"attachment {file.pk}: {fault}"])


def test_a_file_of_nothing_is_named_once_no_request_can_be_bringing_it(desk, file, monkeypatch):
    attachment_storage().save(ORPHAN, ContentFile(b"x"))
    assert verified() == ("1 files, 0 purged", [])

    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert verified() == (
        "1 files, 0 purged",
        [f"file {ORPHAN}: it belongs to no attachment; the worker removes it"],
    )


def test_a_purged_file_is_told_apart_from_one_that_was_emptied_on_the_quiet(
    desk, drafting, heading, file
):
    asked = drafting.post("purges", {"attachment": str(file.pk), "reason": "Privacy."})
    heading.post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)
    assert verified() == ("0 files, 1 purged", [])

    quiet = AttachmentFactory(to=desk.document)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_attachment SET name = '', stored_as = NULL, deleted_at = now(), "
            "purged_at = now(), purged_by_id = %s WHERE id = %s",
            [desk.serbia.pk, quiet.pk],
        )

    assert verified() == (
        "0 files, 2 purged",
        [f"attachment {quiet.pk}: it is gone, and the ledger does not say who purged it"],
    )


def test_the_command_is_the_owners(desk):
    with acting(actor_of(desk.head)), pytest.raises(CommandError, match="DATABASE_ROLE=owner"):
        verified()
