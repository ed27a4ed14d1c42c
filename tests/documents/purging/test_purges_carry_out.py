"""POST /purges/{id}/carry-out: what leaves tables, files, the search and the present text."""

from django.db import connection, transaction

from platform_api.ledger.models import Detail, IdempotentAnswer
from platform_api.ledger.verification import verify
from platform_api.notifications.mails import hand_over
from platform_api.notifications.models import Notification
from tests.documents.support import invalid, refusal
from tests.factories import DocumentVersionFactory

from .asking import PASSAGE, REASON, WORD, ask, carry_out, chain, traces
from .traces import files_with, tables_with


def test_a_purged_passage_leaves_no_trace_in_any_table(desk, drafting, heading, abroad, section):
    version = DocumentVersionFactory(document=desk.document, label="For the seminar")
    kept = abroad.get(f"document-versions/{version.pk}").json()
    assert traces() == {
        "documents_section",
        "documents_revision",
        "documents_documentversion",
        "ledger_detail",
        "search_entry",
    }
    asked = ask(drafting, section)

    answer = carry_out(heading, asked)

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["passage"]) == ("carried_out", "")
    assert traces() == set()
    assert tables_with("Before.") == {"documents_section", "documents_revision"}
    assert kept["sha256"] == abroad.get(f"document-versions/{version.pk}").json()["sha256"]


def test_no_file_holds_it_either(desk, drafting, heading, section, settings, tmp_path):
    """Mails are the files that an instance writes beside its database: two went out about it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    head = Notification.objects.filter(user=desk.head)

    carry_out(heading, ask(drafting, section))

    (told,) = head
    hand_over(told)
    assert files_with("purge.requested", tmp_path)
    assert files_with(WORD, tmp_path) == files_with(REASON, tmp_path) == []


def test_the_search_finds_it_no_more_and_what_stays_still(desk, drafting, heading, section):
    def found(word: str) -> list[str]:
        return [hit["id"] for hit in drafting.get("search", {"q": word}).json()["items"]]

    assert found(WORD) == [str(section.pk)]

    carry_out(heading, ask(drafting, section))

    assert found(WORD) == []
    assert found("before") == [str(section.pk)]


def test_the_present_text_goes_on_without_it_in_a_new_revision(desk, drafting, heading, section):
    carry_out(heading, ask(drafting, section))

    shown = drafting.get(f"sections/{section.pk}")
    assert shown.json()["body"] == "Before.\n\n\n\nAfter."
    assert shown.json()["title"] == "Complaints heard"
    assert shown.headers["ETag"].startswith('"3')
    last = chain(section, at_home=False)[-1]
    assert (last.number, last.body, last.purged_at) == (3, "Before.\n\n\n\nAfter.", None)


def test_kept_answers_that_hold_it_are_emptied_and_not_carried_out_again(
    desk, drafting, heading, abroad
):
    path = f"documents/{desk.document.pk}/sections"
    body = {"title": "T", "body": f'"Said\n{WORD}" and so on.', "language": "en"}
    keyed = {"Idempotency-Key": "once"}
    made = drafting.post(path, body, headers=keyed)
    decoy = drafting.post(path, body | {"body": "Else."}, headers={"Idempotency-Key": "decoy"})
    section = type(desk.section()).objects.get(pk=made.json()["id"])
    assert "ledger_idempotentanswer" in traces()

    asked = ask(drafting, section, passage=f'"Said {WORD}" and')
    assert carry_out(heading, asked).status_code == 200

    assert "ledger_idempotentanswer" not in traces()
    again = drafting.post(path, body, headers=keyed)
    assert refusal(again) == (409, "secret_already_shown")
    kept = IdempotentAnswer.objects.get(key="decoy")
    assert bytes(kept.body) == decoy.content


def test_one_revision_is_purged_as_a_whole(desk, drafting, heading, section):
    first, second = chain(section, at_home=False)

    refused = ask(drafting, section, revision=str(second.pk))
    asked = ask(drafting, section, revision=str(first.pk))
    foreign = ask(drafting, desk.section(), revision=str(first.pk))
    answer = carry_out(heading, asked)

    assert refusal(refused) == (409, "present_text")
    assert refusal(foreign) == invalid(("/revision", "unknown"))
    assert answer.json()["revision"] == str(first.pk)
    shown = drafting.get(f"sections/{section.pk}/verify").json()
    assert [each["revision"] for each in shown["purged"]] == [str(first.pk)]
    assert shown["intact"] is True
    second.refresh_from_db()
    assert WORD in second.body
    assert refusal(ask(drafting, section, revision=str(first.pk))) == (409, "purged")


def test_the_note_of_a_purged_revision_leaves_the_ledger(desk, drafting, heading, section):
    noted = chain(section, at_home=True)[1]
    held = Detail.objects.filter(payload__note=f"About {WORD}.")
    others = Detail.objects.filter(entry__object_id=str(section.pk)).count()
    assert held.count() == 1

    carry_out(heading, ask(drafting, section, revision=str(noted.pk)))

    assert held.count() == 0
    assert Detail.objects.filter(entry__object_id=str(section.pk)).count() == others - 1
    assert verify().ok


def test_the_whole_title_is_given_another_first(desk, drafting, heading):
    section = desk.section(title=PASSAGE)
    asked = ask(drafting, section)

    assert refusal(carry_out(heading, asked)) == (409, "title_empty")

    drafting.patch(f"sections/{section.pk}", {"title": "Another"}, if_match="h1")
    assert carry_out(heading, asked).status_code == 200
    assert traces() == set()


def test_a_section_that_changed_hands_is_not_purged_by_its_giver(desk, drafting, heading, section):
    asked = ask(drafting, section)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE documents_section SET owner_delegation_id = %s WHERE id = %s",
            [desk.albania.pk, section.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert refusal(carry_out(heading, asked)) == (409, "gone")
    assert traces()


def test_words_written_after_the_request_go_too(desk, drafting, heading, section):
    asked = ask(drafting, section)
    etag = drafting.get(f"sections/{section.pk}")
    drafting.patch(f"sections/{section.pk}", {"body": f"Again: {PASSAGE} {PASSAGE}"}, if_match=etag)

    carry_out(heading, asked)

    assert traces() == set()
    assert drafting.get(f"sections/{section.pk}").json()["body"] == "Again:  "
