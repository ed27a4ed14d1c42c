"""Purges of attached files: named themselves, or because they hold a purged passage."""

import hashlib
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from documents.attachments import storing
from documents.attachments.models import Attachment
from documents.attachments.tasks import attachment_removal
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.models import Event
from platform_api.ledger.verification import verify
from tests.documents.attachments.files import docx, opendocument, pdf
from tests.documents.support import alike, invalid, items, party, refusal
from tests.factories import AttachmentFactory

from .asking import PASSAGE, REASON, WORD, ask, carry_out, traces
from .traces import files_with, tables_with

NAME = f"Complaint of Ana {WORD}.pdf"
BYTES = pdf(f"/Subject ({WORD}) ".encode())


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> Any:
    """A storage of files for each test, as an instance has by default."""
    place = tmp_path / "attachments"
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "attachments": {"BACKEND": backend, "OPTIONS": {"location": place}}
    }
    return place


@pytest.fixture
def file(section: Any) -> Any:
    """A file of the released section that names her in its name and its bytes."""
    return AttachmentFactory(to=section, name=NAME, content=BYTES)


def ask_for(client: Any, file: Any, **given: Any) -> Any:
    body = {"attachment": str(file.pk), "reason": REASON, **given}
    return client.post("purges", body, headers={"Idempotency-Key": str(uuid4())})


def removals() -> list[Any]:
    """What the worker was asked to remove, as the queue keeps it."""
    jobs = app.job_manager.list_jobs(task=storing.REMOVAL)
    return [json.loads(str(job.task_kwargs)) for job in jobs]


def test_a_purged_file_leaves_its_hash_and_no_trace_in_any_table_or_file(
    desk, drafting, heading, abroad, file, folder, django_capture_on_commit_callbacks
):
    decoy = AttachmentFactory(to=desk.document, name="Timetable.txt", content=b"Sessions.")
    assert tables_with(NAME) == {"documents_attachment", "ledger_detail"}
    assert len(files_with(WORD, folder)) == 1
    asked = ask_for(drafting, file)

    with django_capture_on_commit_callbacks(execute=True):
        answer = carry_out(heading, asked)

    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["attachment"], told["section"]) == (str(file.pk), str(file.section_id))
    assert tables_with(NAME) == set()
    assert files_with(WORD, folder) == []
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [b"Sessions."]
    tomb = abroad.get(f"attachments/{file.pk}").json()
    assert tomb["name"] == ""
    assert tomb["sha256"] == hashlib.sha256(BYTES).hexdigest()
    assert tomb["purged"] == {"by": party(desk.serbia), "at": tomb["deleted_at"]}
    assert refusal(abroad.get(f"attachments/{file.pk}/content")) == (404, "not_found")
    assert items(abroad.get(f"sections/{file.section_id}/attachments")) == []
    assert abroad.get(f"attachments/{decoy.pk}").json()["purged"] is None
    assert verify().ok


def test_its_readers_are_told_and_the_ledger_holds_the_hash_alone(
    desk, drafting, heading, file, ledger
):
    carry_out(heading, ask_for(drafting, file))

    entries = ledger.new()
    assert [entry.kind for entry in entries] == [
        "purge.requested",
        "detail.erased",
        "attachment.purged",
        "purge.carried_out",
    ]
    assert entries[2].detail.payload == {
        "section": str(file.section_id),
        "sha256": file.sha256,
        "size": len(BYTES),
    }
    assert entries[3].detail.payload == {
        "section": str(file.section_id),
        "attachment": str(file.pk),
        "attachments": [str(file.pk)],
    }
    (told,) = entries[2].events.all()
    assert (told.type, told.object_id, told.narrow_scope_id) == ("attachment.purged", file.pk, None)
    assert entries[2].effective_scope_id == desk.document.effective_scope_id


def test_what_was_attached_at_home_is_purged_without_a_sign_to_others(
    desk, drafting, heading, abroad
):
    section = desk.section()
    private = AttachmentFactory(to=section, name=NAME, content=BYTES)

    assert carry_out(heading, ask_for(drafting, private)).status_code == 200

    told = Event.objects.get(type="attachment.purged")
    assert told.narrow_scope_id == section.effective_scope_id == desk.serbia.home_scope_id
    assert refusal(abroad.get(f"attachments/{private.pk}")) == (404, "not_found")


def test_the_name_of_a_deleted_file_is_purged_too(desk, drafting, heading, file):
    drafting.delete(f"attachments/{file.pk}", if_match="1")
    before = drafting.get(f"attachments/{file.pk}").json()["deleted_at"]

    assert carry_out(heading, ask_for(drafting, file)).status_code == 200

    assert tables_with(NAME) == set()
    assert drafting.get(f"attachments/{file.pk}").json()["deleted_at"] == before


def test_a_file_of_a_document_is_its_owners_to_purge_whoever_attached_it(
    desk, drafting, heading, abroad
):
    theirs = AttachmentFactory(to=desk.document, delegation=desk.albania, name=NAME, content=BYTES)

    assert refusal(ask_for(abroad, theirs)) == (403, "not_keeper")
    told = carry_out(heading, ask_for(drafting, theirs)).json()

    assert (told["section"], told["document"]) == (None, str(desk.document.pk))
    assert tables_with(NAME) == set()


def test_it_takes_two_persons_of_the_seat(desk, drafting, heading, reading, confirming, file):
    asked = ask_for(heading, file)

    assert refusal(carry_out(heading, asked)) == (403, "two_persons")
    assert refusal(carry_out(drafting, asked)) == (403, "head_required")
    assert refusal(ask_for(reading, file)) == (403, "drafter_required")
    assert Attachment.objects.get().purged_at is None
    assert carry_out(confirming, asked).status_code == 200


def test_a_hidden_file_is_an_unknown_one(desk, drafting, abroad, outside):
    private = AttachmentFactory(to=desk.section(), name=NAME, content=BYTES)
    unknown = drafting.post("purges", {"attachment": str(uuid4()), "reason": REASON})

    assert refusal(unknown) == invalid(("/attachment", "unknown"))
    assert alike(unknown, ask_for(abroad, private), ask_for(outside, private))


def test_it_is_purged_once(desk, drafting, heading, file):
    first, second = ask_for(drafting, file), ask_for(drafting, file)
    carry_out(heading, first)

    assert refusal(carry_out(heading, second)) == (409, "purged")
    assert refusal(ask_for(drafting, file)) == (409, "purged")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"Said:\nThe  complaint of Ana\n{WORD} was heard.".encode()),
        ("a.csv", f"\ufeffwhat;when\n{PASSAGE};today\n".encode()),
        (
            "a.docx",
            docx({"word/document2.xml": f"<w:t>The complaint of A</w:t><w:t>na {WORD} was heard."
                  "</w:t>".encode()}),
        ),
        ("a.odt", opendocument("text", {"styles.xml": f"<p>{PASSAGE}</p>".encode()})),
    ],
    ids=["text", "CSV", "DOCX in two runs", "OpenDocument"],
)  # fmt: skip
def test_a_file_that_holds_the_purged_passage_goes_with_it(
    desk, drafting, heading, section, folder, name, content, django_capture_on_commit_callbacks
):
    held = AttachmentFactory(to=section, name=name, content=content)
    decoy = AttachmentFactory(to=section, name="b.txt", content=b"The complaint of Ana was heard.")

    with django_capture_on_commit_callbacks(execute=True):
        carry_out(heading, ask(drafting, section))

    assert traces() == set()
    held.refresh_from_db()
    decoy.refresh_from_db()
    assert (held.purged_by_id, decoy.purged_by_id) == (desk.serbia.pk, None)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [decoy.stored_as[3:]]


def test_a_file_that_the_storage_has_lost_keeps_no_purge_from_being_carried_out(
    desk, drafting, heading, section
):
    lost = AttachmentFactory(to=section, content=PASSAGE.encode())
    storing.remove_now(lost.stored_as)

    assert carry_out(heading, ask(drafting, section)).status_code == 200
    assert traces() == set()


def test_a_passage_in_a_files_name_leaves_the_name(desk, drafting, heading, section):
    named = AttachmentFactory(to=section, name=f"1 {PASSAGE}.txt", content=b"Nothing of her.")

    carry_out(heading, ask(drafting, section))

    named.refresh_from_db()
    assert (named.name, named.purged_at) == ("1 .txt", None)
    assert traces() == set()


def test_a_removal_that_fails_is_tried_again_until_the_bytes_are_gone(
    desk, drafting, heading, file, folder, monkeypatch, django_capture_on_commit_callbacks
):
    """The storage does not answer when the purge is carried out, nor at the job's first attempt."""
    asked = ask_for(drafting, file)
    storage = storing.attachment_storage()
    with monkeypatch.context() as broken:
        broken.setattr(type(storage), "delete", _out_of_order)
        with django_capture_on_commit_callbacks(execute=True):
            assert carry_out(heading, asked).status_code == 200
        assert len(files_with(WORD, folder)) == 1
        assert removals() == [{"name": file.stored_as}]
        with pytest.raises(OSError, match="out of order"):
            attachment_removal(name=file.stored_as)
    for attempts in (0, 1, 1000):
        again = Job(
            id=1, status="doing", queue="default", priority=0, lock=None, queueing_lock=None,
            task_name=storing.REMOVAL, attempts=attempts,
        )  # fmt: skip
        assert attachment_removal.get_retry_exception(OSError(), again) is not None

    attachment_removal(name=file.stored_as)
    attachment_removal(name=file.stored_as)

    assert files_with(WORD, folder) == []


def _out_of_order(self: Any, name: str) -> None:
    raise OSError("out of order")


def test_a_purge_that_is_rolled_back_keeps_the_file_and_asks_for_no_removal(
    desk, drafting, heading, file, folder, django_capture_on_commit_callbacks
):
    asked = ask_for(drafting, file)
    with django_capture_on_commit_callbacks(execute=True):
        answer = heading.post(f"purges/{asked.json()['id']}/carry-out", if_match="7")

    assert refusal(answer) == (412, "precondition_failed")
    assert len(files_with(WORD, folder)) == 1
    assert removals() == []


def test_whoever_may_not_carry_it_out_empties_no_file(desk, drafting, file):
    """Neither who asked nor another seat's head, whatever the services do."""
    asked = ask_for(drafting, file).json()["id"]
    other = AttachmentFactory(to=desk.document)
    for user in (desk.drafter, desk.albanian_head):
        with (
            pytest.raises(ProgrammingError, match="only another person"),
            acting(actor_of(user)),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT documents_purge_empty_files(%s, %s)", [asked, [file.pk]])
    with acting(actor_of(desk.head)), connection.cursor() as cursor:
        cursor.execute("SELECT documents_purge_empty_files(%s, %s)", [asked, [other.pk]])
        assert cursor.fetchone() == ([],)
    assert not Attachment.objects.exclude(purged_at=None).exists()
