"""Files of sections and documents: attached, listed, read, downloaded and deleted."""

import hashlib
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from documents.attachments.examining import examine
from documents.attachments.models import Attachment
from documents.attachments.services import attachment_add
from documents.attachments.storing import attachment_storage, remove_orphans
from forums.readings.models import Reading
from platform_api.core.service import WriteOutsideService
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.api import BASE, api, assert_hidden_as_absent, codes, refused
from tests.documents.support import moment, party
from tests.factories import AttachmentFactory, delegate, grant, release

from .files import GOOD, docx


def sent(
    name: str = "Notes.txt", content: bytes = b"Words.\n", declared: str = "text/plain"
) -> Any:
    return {"file": SimpleUploadedFile(name, content, declared)}


def stored() -> set[str]:
    """The names of all files in the storage."""
    storage = attachment_storage()
    folders = storage.listdir("")[0] if storage.exists("") else []
    return {f"{folder}/{name}" for folder in folders for name in storage.listdir(folder)[1]}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    """A storage of files for each test, as an instance has by default."""
    settings.STORAGES = settings.STORAGES | {
        "attachments": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": tmp_path / "attachments",
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    }


@pytest.fixture
def section(desk: Any) -> Any:
    return desk.section(title="At home")


def test_a_file_is_attached_to_a_section_at_home_and_read_by_its_own_people(
    desk, drafting, reading, section, ledger
):
    answer = drafting.upload(f"sections/{section.pk}/attachments", sent("Одлука.txt"))

    assert answer.status_code == 201, answer.content
    row = Attachment.objects.get()
    expected = {
        "id": str(row.pk),
        "section": str(section.pk),
        "document": None,
        "name": "Одлука.txt",
        "media_type": "text/plain",
        "size": 7,
        "sha256": hashlib.sha256(b"Words.\n").hexdigest(),
        "delegation": party(desk.serbia),
        "attached_at": moment(row.created_at),
    }
    detail = {**expected, "deleted_at": None, "purged": None, "abilities": {"delete": True}}
    assert answer.json() == detail
    assert answer.headers["Location"].endswith(f"/attachments/{row.pk}")
    assert reading.get(f"attachments/{row.pk}").json() == detail | {"abilities": {"delete": False}}
    listed = reading.get(f"sections/{section.pk}/attachments").json()
    assert listed["items"] == [{**expected, "etag": '"1"'}]
    (entry,) = ledger.new()
    assert (entry.kind, entry.object_type, entry.seat_id) == (
        "attachment.added",
        "attachment",
        desk.serbia.pk,
    )
    assert entry.events.get().narrow_scope_id == section.effective_scope_id
    assert row.pk.version == 4


def test_what_is_attached_at_home_is_absent_for_everybody_else(
    desk, drafting, abroad, outside, section
):
    file = AttachmentFactory(to=section)
    for client in (abroad, outside):
        for path in ("attachments/{}", "attachments/{}/content"):
            assert_hidden_as_absent(client, path.format(file.pk), path.format(uuid4()))
        assert_hidden_as_absent(
            client, f"sections/{section.pk}/attachments", f"sections/{uuid4()}/attachments"
        )


def test_with_the_release_it_is_read_by_the_drafting_group_as_if_it_came_then(
    desk, abroad, section
):
    file = AttachmentFactory(to=section, name="a.txt", content=b"Text")

    section.refresh_from_db()
    released = release(section)

    (item,) = abroad.get(f"sections/{section.pk}/attachments").json()["items"]
    assert item["id"] == str(file.pk)
    assert item["attached_at"] == moment(released.released_at)
    assert b"".join(abroad.get(f"attachments/{file.pk}/content").streaming_content) == b"Text"


def test_a_document_s_own_files_are_its_readers_and_any_drafter_of_its_group_attaches(
    desk, drafting, abroad, outside
):
    made = abroad.upload(f"documents/{desk.document.pk}/attachments", sent())

    assert made.status_code == 201
    assert made.json()["document"] == str(desk.document.pk)
    listed = drafting.get(f"documents/{desk.document.pk}/attachments").json()["items"]
    assert [item["delegation"]["country"] for item in listed] == ["AL"]
    assert outside.get(f"attachments/{made.json()['id']}").status_code == 404
    assert refused(
        api(delegate(desk.albania, "reader")).upload(
            f"documents/{desk.document.pk}/attachments", sent()
        )
    ) == (403, "drafter_required")


def test_who_is_granted_a_section_alone_reads_its_files_and_not_the_document_s(
    desk, outside, section
):
    file = AttachmentFactory(to=section)
    other = AttachmentFactory(to=desk.document)
    grant(section, desk.montenegro)

    shown = outside.get(f"attachments/{file.pk}")

    assert shown.status_code == 200
    assert shown.json()["abilities"] == {"delete": False}
    assert outside.get(f"attachments/{other.pk}").status_code == 404


@pytest.mark.parametrize("name", GOOD)
def test_a_file_of_each_kind_comes_back_to_the_byte(desk, drafting, section, name):
    content, media_type = GOOD[name]
    made = drafting.upload(f"sections/{section.pk}/attachments", sent(name, content, media_type))
    assert made.status_code == 201, made.content

    answer = drafting.get(f"attachments/{made.json()['id']}/content")

    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert answer.headers["Content-Length"] == str(len(content))


def test_a_download_can_only_be_saved(desk, drafting, section):
    file = AttachmentFactory(to=section, name="Одлука (2).txt")

    answer = drafting.get(f"attachments/{file.pk}/content")

    name = "%D0%9E%D0%B4%D0%BB%D1%83%D0%BA%D0%B0%20%282%29.txt"
    kept = {
        name: answer.headers[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Cache-Control",
            "ETag",
        )
    }
    assert kept == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": f"attachment; filename*=utf-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "ETag": f'"{file.sha256}"',
    }
    again = drafting.get(
        f"attachments/{file.pk}/content", headers={"If-None-Match": f'"{file.sha256}"'}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_name_that_would_write_headers_is_sent_as_a_name(desk, drafting, section):
    file = AttachmentFactory(to=section, name="a; filename=b.txt, x%0d%0ay.txt")

    answer = drafting.get(f"attachments/{file.pk}/content")

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="a; filename=b.txt, x%0d%0ay.txt"'
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (sent("a.pdf", b"<html><script>1</script>", "application/pdf"), "type_mismatch"),
        (sent("a.png", GOOD["a.jpg"][0], "image/png"), "type_mismatch"),
        (sent("a.pdf", GOOD["a.pdf"][0], "image/png"), "type_mismatch"),
        (sent("a.exe", b"MZ", "application/octet-stream"), "unsupported_type"),
        (sent("a.docx", docx({"word/vbaProject.bin": b"x"}), ""), "active_content"),
        (sent("a.docx", docx({"word/a": bytes(20_000_000)}), ""), "too_large_inside"),
        (sent("a*b.txt"), "invalid_name"),
        (sent("a.txt", b""), "empty"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_refused_leaves_nothing(desk, drafting, section, given, code):
    answer = drafting.upload(f"sections/{section.pk}/attachments", given)

    assert codes(answer) == [("/file", code)]
    assert stored() == set()
    assert not Attachment.objects.exists()


def test_a_path_in_a_file_s_name_leads_nowhere(desk, drafting, section, tmp_path):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../../evil.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nWords.\r\n--x--\r\n"
    )
    answer = _raw(drafting, section, body)

    assert answer.status_code == 201
    assert answer.json()["name"] == "evil.txt"
    (name,) = stored()
    assert "evil" not in name
    assert not [path for path in tmp_path.rglob("*") if "evil" in path.name]


@pytest.mark.parametrize(
    ("body", "length"),
    [
        (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nWor', 4000),
        (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nWor', None),
        (b"--x\r\nContent-Disposition: form-data", None),
    ],
)
def test_an_upload_that_was_cut_short_is_refused(desk, drafting, section, body, length):
    given = {"CONTENT_LENGTH": str(length or len(body)), "wsgi.input": io.BytesIO(body)}

    answer = _raw(drafting, section, body, **given)

    assert codes(answer)[0][1] in ("incomplete_body", "malformed_form")
    assert stored() == set()


def _raw(client: Any, section: Any, body: bytes, **given: Any) -> Any:
    return client._django.generic(
        "POST",
        f"{BASE}sections/{section.pk}/attachments",
        body,
        content_type="multipart/form-data; boundary=x",
        headers={"Authorization": f"Bearer {client.token}"},
        **given,
    )


def test_a_form_with_anything_else_and_a_body_of_another_kind_are_refused(desk, drafting, section):
    path = f"sections/{section.pk}/attachments"

    assert codes(drafting.upload(path, {**sent(), "note": "x"})) == [("/note", "unknown_field")]
    assert codes(drafting.upload(path, {"delegation": str(uuid4())})) == [("/file", "required")]
    assert drafting.post(path, {"file": "x"}).status_code == 415


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(desk, drafting, section, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = drafting.upload(f"sections/{section.pk}/attachments", sent(content=b"x" * 2000))

    assert refused(answer) == (413, "content_too_large")
    assert stored() == set()


def test_a_big_file_is_never_whole_in_memory(desk, drafting, section, settings):
    """Django keeps what is longer than this in a file while it is received."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    content = b"word " * 50_000
    made = drafting.upload(f"sections/{section.pk}/attachments", sent(content=content))

    assert made.json()["sha256"] == hashlib.sha256(content).hexdigest()
    answer = drafting.get(f"attachments/{made.json()['id']}/content")
    assert b"".join(answer.streaming_content) == content


def test_one_section_carries_so_many_files_and_no_more(desk, drafting, section, settings):
    settings.ATTACHMENTS_OF_ONE = 2
    path = f"sections/{section.pk}/attachments"
    first, _ = drafting.upload(path, sent()), drafting.upload(path, sent())

    full = drafting.upload(path, sent())
    assert refused(full) == (409, "too_many_attachments")
    assert full.json()["most"] == 2
    assert len(stored()) == 2

    drafting.delete(f"attachments/{first.json()['id']}", if_match=first)
    assert drafting.upload(path, sent()).status_code == 201


def test_a_deleted_file_is_gone_after_the_commit_and_leaves_its_tombstone(
    desk, drafting, section, ledger, django_capture_on_commit_callbacks
):
    file = AttachmentFactory(to=section, name="a.txt")
    path = f"attachments/{file.pk}"
    ledger.new()
    with django_capture_on_commit_callbacks() as callbacks:
        answer = drafting.delete(path, if_match="1")
    assert answer.status_code == 204
    assert stored() == {file.stored_as}
    for callback in callbacks:
        callback()

    assert stored() == set()
    tomb = drafting.get(path)
    assert tomb.json()["deleted_at"] is not None
    assert (tomb.json()["sha256"], tomb.json()["name"]) == (file.sha256, "a.txt")
    assert drafting.get(f"{path}/content").status_code == 404
    assert drafting.get(f"sections/{section.pk}/attachments").json()["items"] == []
    assert refused(drafting.delete(path, if_match="1")) == (412, "precondition_failed")
    assert refused(drafting.delete(path, if_match=tomb)) == (409, "already_deleted")
    assert [entry.kind for entry in ledger.new()] == ["attachment.deleted"]


def test_it_is_deleted_by_who_attached_it_or_owns_what_it_belongs_to(desk, drafting, abroad):
    theirs = AttachmentFactory(to=desk.document, delegation=desk.albania)
    ours = AttachmentFactory(to=desk.document, delegation=desk.serbia)

    assert refused(abroad.delete(f"attachments/{ours.pk}", if_match="1")) == (403, "not_owner")
    assert abroad.delete(f"attachments/{theirs.pk}", if_match="1").status_code == 204
    assert drafting.delete(f"attachments/{ours.pk}", if_match="1").status_code == 204


def test_a_file_of_a_write_that_is_rolled_back_is_removed(desk, section):
    actor = actor_of(desk.drafter)
    file = SimpleUploadedFile("a.txt", b"Words.")
    seen: list[set[str]] = []

    def write() -> None:
        with transaction.atomic(), acting(actor):
            attachment_add(actor=actor, to=section, file=file, examined=examine(file, "a.txt", ""))
            seen.append(stored())
            raise RuntimeError("later")

    with pytest.raises(RuntimeError, match="later"):
        write()
    assert len(seen[0]) == 1
    assert stored() == set()


def test_files_that_a_dead_process_left_are_swept_and_those_in_use_or_young_are_not(
    desk, section, monkeypatch
):
    file = AttachmentFactory(to=section)
    storage = attachment_storage()
    assert isinstance(storage, FileSystemStorage)
    orphan = f"ab/{'0' * 62}"
    storage.save(orphan, SimpleUploadedFile("x", b"x"))

    assert remove_orphans() == 0
    tomorrow = storage.get_modified_time(orphan) + timedelta(hours=25)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert remove_orphans() == 1

    assert stored() == {file.stored_as}


def test_files_are_kept_where_nobody_else_on_the_machine_reads_them(desk, section, tmp_path):
    file = AttachmentFactory(to=section)

    path = tmp_path / "attachments" / file.stored_as
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert storages["attachments"].exists(file.stored_as)
    assert not path.suffix


def test_opening_a_restricted_section_s_file_is_told_to_its_owner(desk, heading, abroad, section):
    file = AttachmentFactory(to=section)
    section.refresh_from_db()
    release(section)
    content = f"attachments/{file.pk}/content"
    abroad.get(content)
    assert not Reading.objects.filter(object_id=file.pk).exists()
    marked = heading.post(
        "access/marking",
        {
            "object": {"type": "section", "id": str(section.pk)},
            "tlp": "amber",
            "releasable_to": None,
        },
    )
    assert marked.status_code == 200, marked.content

    abroad.get(content)
    abroad.get(content)

    assert Reading.objects.filter(object_id=file.pk).count() == 1
    told = heading.get("access/readings", {"object": f"attachment:{file.pk}"})
    assert [item["seat"]["country"] for item in told.json()["items"]] == ["AL"]


def test_a_repeated_upload_with_the_same_key_attaches_one_file(desk, drafting, section):
    path = f"sections/{section.pk}/attachments"
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = head + b"Words.\r\n--x--\r\n"
    given = {"HTTP_IDEMPOTENCY_KEY": "k-1"}

    first, second = (_raw(drafting, section, body, **given) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert len(drafting.get(path).json()["items"]) == len(stored()) == 1


def test_nothing_but_a_service_writes_an_attachment(desk, section):
    file = AttachmentFactory(to=section)
    for write in (file.save, file.delete, lambda: Attachment.objects.all().delete()):
        with pytest.raises(WriteOutsideService):
            write()
