"""GET and POST /purges, GET /purges/{id}, POST /purges/{id}/carry-out and /withdraw."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from documents.purging.models import Purge
from documents.texts.models import Revision
from platform_api.core.actor import Level
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.models import Detail, Entry, IdempotentAnswer
from platform_api.ledger.verification import verify
from platform_api.notifications.mails import hand_over
from platform_api.notifications.models import Notification
from tests.api import api
from tests.documents.support import alike, invalid, items, party, refusal, unknown_id
from tests.factories import (
    DocumentVersionFactory,
    SectionFactory,
    delegate,
    grant,
    release,
    service_client,
)

from .traces import files_with, tables_with

WORD = "Маријановић"
PASSAGE = f"The complaint of Ana {WORD} was heard."
REASON = "Names of people who were never asked."


@pytest.fixture
def section(desk, drafting) -> Any:
    """A released section whose name stood in it at home and in public, among what stays."""
    made = desk.section(title="Complaints", body="An outline.")
    path = f"sections/{made.pk}"
    text = f"Before.\n\nThe complaint of Ana\n{WORD} was heard.\n\nAfter."
    drafting.patch(path, {"body": text, "note": f"About {WORD}."}, if_match="h1")
    made.refresh_from_db()
    release(made)
    drafting.patch(path, {"title": "Complaints heard"}, if_match="1")
    return made


@pytest.fixture
def confirming(desk) -> Any:
    """Another head of Serbia's seat than ``heading``."""
    return api(delegate(desk.serbia, "head"))


def traces() -> set[str]:
    """The tables that hold the word, as it was written or as the search folds it."""
    return tables_with(WORD, "marijanovic")


def ask(client: Any, section: Any, **given: Any) -> Any:
    wanted = {"passage": PASSAGE} if "revision" not in given else {}
    body = {"section": str(section.pk), "reason": REASON, **wanted, **given}
    return client.post("purges", body, headers={"Idempotency-Key": str(uuid4())})


def carry_out(client: Any, asked: Any) -> Any:
    return client.post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)


def chain(section: Any, *, at_home: bool) -> list[Revision]:
    return list(Revision.objects.filter(section=section, at_home=at_home).order_by("number"))


def test_a_request_is_kept_for_the_seat_and_changes_nothing(desk, drafting, heading, section):
    before = drafting.get(f"sections/{section.pk}").json()

    answer = ask(drafting, section)

    assert answer.status_code == 201
    told = answer.json()
    made = Purge.objects.get()
    assert told == {
        "id": str(made.pk),
        "section": str(section.pk),
        "delegation": party(desk.serbia),
        "passage": PASSAGE,
        "revision": None,
        "reason": REASON,
        "state": "requested",
        "created_at": told["created_at"],
        "decided_at": None,
        "abilities": {"carry_out": False, "withdraw": True},
    }
    assert answer.headers["Location"].endswith(f"/api/v1/purges/{made.pk}")
    assert heading.get(f"purges/{made.pk}").json()["abilities"] == {
        "carry_out": True,
        "withdraw": True,
    }
    assert items(heading.get("purges")) == [str(made.pk)]
    assert drafting.get(f"sections/{section.pk}").json() == before
    told_head = heading.get("me/notifications").json()["items"]
    assert [one["kind"] for one in told_head] == ["purge.requested"]


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


def test_the_present_text_goes_on_without_it_in_a_new_revision(desk, drafting, heading, section):
    carry_out(heading, ask(drafting, section))

    shown = drafting.get(f"sections/{section.pk}")
    assert shown.json()["body"] == "Before.\n\n\n\nAfter."
    assert shown.json()["title"] == "Complaints heard"
    assert shown.headers["ETag"].startswith('"3')
    last = chain(section, at_home=False)[-1]
    assert (last.number, last.body, last.purged_at) == (3, "Before.\n\n\n\nAfter.", None)


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


def test_the_ledger_says_what_was_done_and_nothing_of_the_text(
    desk, drafting, heading, section, ledger
):
    asked = ask(drafting, section)
    carry_out(heading, asked)

    kinds = [entry.kind for entry in ledger.new()]
    assert kinds == [
        "purge.requested",
        "section.revised",
        "detail.erased",
        "revision.purged",
        "revision.purged",
        "revision.purged",
        "purge.carried_out",
    ]
    erased = Entry.objects.get(kind="detail.erased")
    assert Detail.objects.get(entry=erased).payload == {"reason": f"Purge {asked.json()['id']}."}


def test_others_learn_of_the_tombstones_alone(desk, drafting, heading, abroad, outside, section):
    """The request, its reason and what was purged at home are the seat's own affair."""
    draft = desk.section(body=PASSAGE)
    feeds = [abroad.get("events").json(), outside.get("events").json()]
    listed = [client.get("purges") for client in (abroad, outside)]
    hidden = ask(drafting, draft)
    drafting.patch(f"sections/{draft.pk}", {"body": "x"}, if_match="h1")
    carry_out(heading, hidden)

    assert [client.get("events").json()["items"] for client in (abroad, outside)] == [
        feed["items"] for feed in feeds
    ]
    for client in (abroad, outside):
        path = f"purges/{hidden.json()['id']}"
        for answer in (client.get(path), client.post(f"{path}/carry-out", if_match=hidden)):
            assert refusal(answer) == (404, "not_found")
        assert alike(listed[0], client.get("purges"))
    assert items(listed[0]) == []


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


# -- two persons, and whose


def test_whoever_asked_does_not_carry_it_out(desk, heading, confirming, section):
    asked = ask(heading, section)

    assert refusal(carry_out(heading, asked)) == (403, "two_persons")
    assert traces()
    assert carry_out(confirming, asked).status_code == 200
    assert traces() == set()


def test_a_drafter_asks_and_a_head_carries_out(desk, drafting, reading, section):
    asked = ask(drafting, section)
    other = api(delegate(desk.serbia, "drafter"))

    assert refusal(ask(reading, section)) == (403, "drafter_required")
    assert refusal(carry_out(other, asked)) == (403, "head_required")


def test_service_clients_are_no_persons(desk, drafting, section):
    client = api(service_client(desk.serbia, "head"))

    assert refusal(ask(client, section)) == (403, "person_required")
    assert refusal(carry_out(client, ask(drafting, section))) == (403, "person_required")


def test_who_reads_or_drafts_another_seats_section_does_not_purge_it(desk, abroad, section):
    grant(section, desk.albania, Level.MANAGE)

    assert refusal(ask(abroad, section)) == (403, "not_keeper")


def test_a_common_section_is_its_documents_owners(desk, drafting, heading, abroad):
    common = desk.section(common=True, delegation=desk.albania, body=PASSAGE)

    assert refusal(ask(abroad, common)) == (403, "not_keeper")
    assert carry_out(heading, ask(drafting, common)).status_code == 200
    assert traces() == set()


def test_a_hidden_section_is_an_unknown_one(desk, abroad, section):
    draft = desk.section(body=PASSAGE)
    unknown = abroad.post(
        "purges", {"section": str(unknown_id()), "passage": PASSAGE, "reason": REASON}
    )

    assert refusal(unknown) == invalid(("/section", "unknown"))
    assert alike(unknown, ask(abroad, draft))


def test_the_database_itself_asks_for_the_second_person(desk, drafting, section):
    """Whatever the services do: neither the one who asked nor another seat's head gets through."""
    purge = ask(drafting, section).json()["id"]
    for user in (desk.drafter, desk.reader, desk.albanian_head, desk.stranger):
        with (
            pytest.raises(ProgrammingError, match="only another person"),
            acting(actor_of(user)),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT documents_purge_carry_out(%s)", [purge])
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(actor_of(desk.head)),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT FROM documents_purgedrow")
    assert traces()


# -- what may be asked for


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"passage": "nobody wrote this"}, [("/passage", "absent")]),
        ({"passage": "short"}, [("/passage", "min_length")]),
        ({"passage": "a" + " " * 40}, [("/passage", "min_length")]),
        ({"passage": "x" * 20_001}, [("/passage", "max_length")]),
        ({"reason": f"Since  the complaint\nof Ana {WORD} was heard."}, []),
        ({"reason": f"See: {PASSAGE}"}, [("/reason", "holds_passage")]),
        ({"reason": ""}, [("/reason", "blank")]),
        ({"revision": str(unknown_id())}, [("/revision", "unknown")]),
        ({"passage": PASSAGE, "revision": str(unknown_id())}, [("", "one_of")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_request_of_another_shape_is_refused(desk, drafting, section, given, errors):
    answer = ask(drafting, section, **given)

    if errors:
        assert refusal(answer) == invalid(*errors)
        assert not Purge.objects.exists()
    else:
        assert answer.status_code == 201


def test_words_that_only_others_wrote_on_the_section_cannot_be_probed_for(desk, drafting, section):
    """The answer is the same whether a hidden row holds them or nothing does."""
    SectionFactory(document=desk.other, body="Hidden words of Albania.")

    answers = [
        ask(drafting, section, passage=p) for p in ("Hidden words of Albania", "No such words")
    ]

    assert alike(*answers)


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


# -- deciding it


def test_a_withdrawn_purge_forgets_its_passage_and_removes_nothing(
    desk, drafting, heading, section
):
    asked = ask(drafting, section)
    path = f"purges/{asked.json()['id']}"

    answer = heading.post(f"{path}/withdraw", if_match=asked)

    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert answer.json()["passage"] == ""
    assert traces() == {"documents_section", "documents_revision", "ledger_detail", "search_entry"}
    for act in ("withdraw", "carry-out"):
        assert refusal(heading.post(f"{path}/{act}", if_match=answer)) == (409, "wrong_state")
        assert refusal(heading.post(f"{path}/{act}", if_match=asked)) == (
            412,
            "precondition_failed",
        )


def test_the_request_itself_holds_it_until_it_is_decided(desk, drafting, section):
    assert "documents_purge" not in traces()
    ask(drafting, section)
    assert "documents_purge" in traces()


def test_without_a_precondition_nothing_is_purged(desk, drafting, heading, section):
    path = f"purges/{ask(drafting, section).json()['id']}"

    for act in ("carry-out", "withdraw"):
        assert refusal(heading.post(f"{path}/{act}")) == (428, "precondition_required")
    assert Purge.objects.get().state == "requested"


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


# -- manage.py purges_list


def listed(**options: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("purges_list", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_what_a_restored_backup_has_to_lose_again_is_listed_without_its_words(
    desk, drafting, heading, section
):
    version = DocumentVersionFactory(document=desk.document)
    answer = carry_out(heading, ask(drafting, section))
    heading.post(f"purges/{ask(drafting, desk.section(body=PASSAGE)).json()['id']}/withdraw")

    (one,) = listed()

    gone = [chain(section, at_home=True)[1], *chain(section, at_home=False)[:2]]
    noted = Entry.objects.get(kind="detail.erased").object_id
    assert one == {
        "purge": answer.json()["id"],
        "section": str(section.pk),
        "by": str(desk.serbia.pk),
        "at": answer.json()["decided_at"],
        "rows": {
            "documents_documentversion": [str(version.pk)],
            "documents_revision": [str(row.pk) for row in gone],
            "ledger_detail": [noted],
        },
    }
    assert listed(since=Purge.objects.get(pk=one["purge"]).decided_at) == [one]
    assert listed(since=datetime.now(UTC) + timedelta(days=1)) == []


def test_the_list_is_the_owners(desk):
    with acting(actor_of(desk.head)), pytest.raises(CommandError, match="DATABASE_ROLE=owner"):
        listed()
