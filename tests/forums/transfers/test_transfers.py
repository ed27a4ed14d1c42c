"""Objects change hands by an offer and its acceptance, and by nothing else."""

from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from documents.texts.models import Document, Revision, Section
from documents.versions.models import DocumentVersion
from forums.funding.models import Project
from platform_api.core.service import writing
from platform_api.ledger.models import Entry
from platform_api.notifications.models import Notification
from policies.practices.models import Practice, PracticeDraft
from tests.api import api, refused
from tests.factories import (
    DocumentVersionFactory,
    MeetingFactory,
    PracticeFactory,
    ProjectFactory,
    SectionFactory,
    TransactionFactory,
    delegate,
    grant,
)
from tests.forums.marking.conftest import Table, named, table

__all__ = ["table"]


def _offer(table: Table, obj: Any, to: str = "albania", who: str = "serbia") -> Any:
    body = {"object": named(obj), "to": str(getattr(table, to).pk), "reason": "New duties."}
    return table.heads[who].post("access/transfers", body)


def _take(table: Table, offered: Any, who: str = "albania", act: str = "accept") -> Any:
    assert offered.status_code == 201, offered.content
    path = f"access/transfers/{offered.json()['id']}"
    return table.heads[who].post(f"{path}/{act}", if_match=table.heads[who].get(path))


def test_a_document_is_offered_taken_and_seen_by_both_in_the_ledger(table: Table) -> None:
    version = DocumentVersionFactory(document=table.document)
    grant(table.document, table.croatia)
    offered = _offer(table, table.document)
    assert Document.objects.get(pk=table.document.pk).owner_delegation_id == table.serbia.pk

    taken = _take(table, offered)

    assert taken.status_code == 200, taken.content
    body = taken.json()
    assert (body["object"], body["state"], body["reason"]) == (
        named(table.document),
        "accepted",
        "New duties.",
    )
    assert (body["giver"]["country"], body["receiver"]["country"]) == ("RS", "AL")
    assert Document.objects.get(pk=table.document.pk).owner_delegation_id == table.albania.pk
    assert DocumentVersion.objects.get(pk=version.pk).owner_delegation_id == table.albania.pk
    for who in ("serbia", "albania", "bosnia", "croatia"):
        assert table.heads[who].get(f"documents/{table.document.pk}").status_code == 200, who
    titles = {"titles": {"en": "Hers now"}}
    for who, status in (("albania", 200), ("serbia", 403)):
        shown = table.heads[who].get(f"documents/{table.document.pk}")
        path = f"documents/{table.document.pk}"
        assert table.heads[who].patch(path, titles, if_match=shown).status_code == status
    entries = Entry.objects.filter(object_type="transfer").order_by("id")
    assert [(row.kind, row.seat_id, row.owner_seat_id) for row in entries] == [
        ("transfer.offered", table.serbia.pk, table.albania.pk),
        ("transfer.accepted", table.albania.pk, table.serbia.pk),
    ]
    told = Notification.objects.get(kind="transfer.offered")
    assert str(told.object_id) == body["id"]


def test_a_chapter_goes_with_what_is_below_it_and_its_home_chain_stays(table: Table) -> None:
    chapter = SectionFactory(document=table.document, delegation=table.serbia, released=True)
    part = SectionFactory(
        document=table.document, delegation=table.serbia, parent=chapter, released=True
    )
    at_home = Revision.objects.get(section=chapter, at_home=True)

    taken = _take(table, _offer(table, chapter))

    assert taken.status_code == 200, taken.content
    for section in Section.objects.filter(pk__in=[chapter.pk, part.pk]):
        assert section.owner_delegation_id == table.albania.pk
        assert (section.inherits, section.effective_scope_id) == (True, None)
    revisions = {
        who: {
            row["id"]
            for row in table.heads[who].get(f"sections/{chapter.pk}/revisions").json()["items"]
        }
        for who in ("serbia", "albania")
    }
    assert str(at_home.pk) in revisions["serbia"]
    assert str(at_home.pk) not in revisions["albania"]
    assert revisions["albania"] == revisions["serbia"] - {str(at_home.pk)}


def test_a_restricted_part_of_a_chapter_is_the_new_owners_alone(table: Table) -> None:
    chapter = SectionFactory(document=table.document, delegation=table.serbia, released=True)
    part, below = (
        SectionFactory(
            document=table.document, delegation=table.serbia, parent=chapter, released=True
        )
        for _ in range(2)
    )
    with writing():
        Section.objects.filter(pk=below.pk).update(parent=part)
    serbia, albania = table.heads["serbia"], table.heads["albania"]
    narrowed = serbia.post("access/restrict", {"object": named(part)})
    assert narrowed.status_code == 200, narrowed.content
    paths = [f"sections/{section.pk}" for section in (part, below)]
    assert [albania.get(path).status_code for path in paths] == [404, 404]

    taken = _take(table, _offer(table, chapter))

    assert taken.status_code == 200, taken.content
    assert [serbia.get(path).status_code for path in paths] == [404, 404]
    assert [albania.get(path).status_code for path in paths] == [200, 200]
    assert albania.post("access/unrestrict", {"object": named(part)}).status_code == 200
    assert [serbia.get(path).status_code for path in paths] == [200, 200]


def test_a_tombstone_at_home_neither_holds_a_chapter_up_nor_goes_along(table: Table) -> None:
    chapter = SectionFactory(document=table.document, delegation=table.serbia, released=True)
    draft = SectionFactory(document=table.document, delegation=table.serbia, parent=chapter)
    offered = _offer(table, chapter)
    refused_yet = _take(table, offered)
    serbia, albania = table.heads["serbia"], table.heads["albania"]
    assert serbia.delete(f"sections/{draft.pk}", if_match="h1").status_code == 200

    taken = _take(table, offered)

    assert refused(refused_yet) == (409, "at_home")
    assert taken.status_code == 200, taken.content
    assert Section.objects.get(pk=draft.pk).owner_delegation_id == table.serbia.pk
    assert serbia.get(f"sections/{draft.pk}").json()["body"] == draft.body
    assert albania.get(f"sections/{draft.pk}").status_code == 404
    restored = serbia.post(f"sections/{draft.pk}/restore", {}, if_match="h2")
    assert refused(restored) == (403, "not_owner")


def test_a_tombstone_is_not_offered(table: Table) -> None:
    chapter = SectionFactory(document=table.document, delegation=table.serbia, released=True)
    assert table.heads["serbia"].delete(f"sections/{chapter.pk}", if_match="1").status_code == 200

    assert refused(_offer(table, chapter)) == (403, "deleted")


def test_a_practice_the_receiver_never_saw_becomes_its_own_with_the_draft(table: Table) -> None:
    practice = PracticeFactory(delegation=table.serbia, published="owner")
    path = f"practices/{practice.pk}"
    assert table.heads["croatia"].get(path).status_code == 404

    offered = table.heads["serbia"].post(
        "access/transfers",
        {"object": named(practice), "to": str(table.croatia.pk), "reason": "Theirs."},
    )
    # A seat of another forum is not named by who does not see it.
    assert offered.status_code == 400
    assert _take(table, _offer(table, practice)).status_code == 200

    after = Practice.objects.get(pk=practice.pk)
    assert after.owner_delegation_id == table.albania.pk
    assert after.owner_country_id == table.albania.country_id
    assert after.effective_scope_id == table.albania.home_scope_id
    draft = PracticeDraft.objects.get(practice=practice)
    assert draft.effective_scope_id == table.albania.home_scope_id
    statuses = {who: client.get(path).status_code for who, client in table.heads.items()}
    # What was granted stays: the giver's own sight of it among the rest.
    assert {who for who, status in statuses.items() if status == 200} == {"serbia", "albania"}


def test_a_project_goes_with_its_transactions_and_a_meeting_with_its_agenda(table: Table) -> None:
    project = ProjectFactory(delegation=table.serbia)
    paid = TransactionFactory(project=project)
    meeting = MeetingFactory(delegation=table.serbia)
    for obj in (project, meeting):
        assert _take(table, _offer(table, obj)).status_code == 200
        assert type(obj)._default_manager.get(pk=obj.pk).owner_delegation_id == table.albania.pk
    paid.refresh_from_db()
    assert paid.owner_delegation_id == table.albania.pk


def test_marks_go_along_and_a_receiver_outside_them_is_refused(table: Table) -> None:
    practice = PracticeFactory(delegation=table.serbia, published="forum")
    offered = _offer(table, practice, "bosnia")
    table.mark(practice, releasable_to=["AL"])
    assert refused(_offer(table, practice, "montenegro")) == (409, "not_releasable")
    assert refused(_take(table, offered, "bosnia")) == (409, "not_releasable")
    assert _take(table, offered, "serbia", "withdraw").json()["state"] == "withdrawn"

    assert _take(table, _offer(table, practice)).status_code == 200

    path = f"practices/{practice.pk}"
    seen = {who for who, client in table.heads.items() if client.get(path).status_code == 200}
    assert seen == {"serbia", "albania"}


def test_each_side_decides_its_own_and_only_once(table: Table) -> None:
    offered = _offer(table, table.document)
    path = f"access/transfers/{offered.json()['id']}"
    serbia, albania = table.heads["serbia"], table.heads["albania"]
    assert refused(serbia.post(f"{path}/accept", if_match=offered)) == (403, "not_receiver")
    assert refused(albania.post(f"{path}/withdraw", if_match=offered)) == (403, "not_giver")
    drafter = api(delegate(table.albania, "drafter"))
    assert refused(drafter.post(f"{path}/accept", if_match=offered)) == (403, "head_required")
    assert table.heads["bosnia"].get(path).status_code == 404
    assert refused(_offer(table, table.document, "bosnia")) == (409, "already_offered")

    declined = albania.post(f"{path}/decline", if_match=offered)

    assert declined.json()["state"] == "declined"
    assert Document.objects.get(pk=table.document.pk).owner_delegation_id == table.serbia.pk
    assert refused(albania.post(f"{path}/accept", if_match=declined)) == (409, "wrong_state")
    assert refused(albania.post(f"{path}/accept", if_match=offered)) == (412, "precondition_failed")
    for client in (serbia, albania):
        assert [row["state"] for row in client.get("access/transfers").json()["items"]] == [
            "declined"
        ]


def test_what_cannot_be_offered(table: Table) -> None:
    private = SectionFactory(document=table.document, delegation=table.serbia)
    chapter = SectionFactory(document=table.document, delegation=table.serbia, released=True)
    part = SectionFactory(
        document=table.document, delegation=table.serbia, parent=chapter, released=True
    )
    common = SectionFactory(document=table.document, delegation=table.serbia, common=True)
    project = ProjectFactory(delegation=table.serbia, identifier="one")
    assert refused(_offer(table, private)) == (409, "at_home")
    assert refused(_offer(table, part)) == (409, "part_of_a_chapter")
    assert refused(_offer(table, common)) == (409, "no_owner")
    assert refused(_offer(table, table.document, "montenegro")) == (409, "not_drafting_group")
    assert _offer(table, table.document, "serbia").status_code == 400
    assert refused(_offer(table, table.document, "bosnia", "albania")) == (403, "not_owner")

    SectionFactory(document=table.document, delegation=table.serbia, parent=chapter)
    assert refused(_take(table, _offer(table, chapter))) == (409, "at_home")
    ProjectFactory(delegation=table.albania, identifier="one")
    assert refused(_take(table, _offer(table, project))) == (409, "identifier_taken")


@pytest.mark.parametrize("model", [Document, Section, Project, Practice])
def test_the_database_lets_no_owner_change_by_any_other_way(model: Any, table: Table) -> None:
    ProjectFactory(delegation=table.serbia)
    PracticeFactory(delegation=table.serbia)
    rows = model.objects.filter(owner_delegation=table.serbia)
    assert rows.exists()
    with (
        pytest.raises((InternalError, ProgrammingError), match="only by a transfer"),
        transaction.atomic(),
        writing(),
    ):
        rows.update(owner_delegation=table.albania)
