"""What consultation opens to the forum and what a reopening takes back, by every way of reading."""

from typing import Any

import pytest
from django.db import connection

from documents.texts.models import Document
from forums.marking.services import object_mark
from platform_api.core.feed import PermissionFeed
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import RoleGroup
from platform_api.ledger.models import Event
from platform_api.notifications.models import Notification
from tests.api import api
from tests.factories import actor_at, delegate, grant, release, seat

WORD = "quarrelsome"


@pytest.fixture
def sitting(desk: Any) -> Any:
    """A reader of Bosnia's seat, which is of the forum and not of the drafting group."""
    return delegate(seat(desk.forum, "BA"), "reader").user


def move(desk: Any, verb: str, body: Any = None) -> Any:
    path = f"documents/{desk.document.pk}"
    client = api(desk.head)
    answer = client.post(f"{path}/{verb}", body, if_match=client.get(path))
    assert answer.status_code == 200, answer.content
    return answer


def seen(user: Any, desk: Any) -> set[str]:
    """What a person sees of the document, which every way of asking has to tell alike."""
    client = api(user)
    path = f"documents/{desk.document.pk}"
    listed = {each["id"] for each in client.get("documents").json()["items"]}
    has_document = client.get(path).status_code == 200
    assert (str(desk.document.pk) in listed) is has_document
    tree = client.get(f"{path}/sections")
    titles = {each["title"] for each in tree.json()["items"]} if has_document else set()
    hits = client.get("search", {"q": WORD}).json()["items"]
    found = {hit["title"] for hit in hits if hit["type"] == "section"}
    assert found == {title for title in titles if WORD in title}
    actor = actor_of(user)
    with acting(actor), connection.cursor() as cursor:
        feed = PermissionFeed(Document, actor, queryset=Document.objects.visible_to(actor))
        keys = {key for _, key in feed.fetch(after=None, before=None, limit=50)}
        assert (desk.document.pk in keys) is has_document
        cursor.execute(
            "SELECT title, EXISTS (SELECT FROM documents_revision r WHERE r.section_id = s.id)"
            " FROM documents_section s WHERE document_id = %s",
            [desk.document.pk],
        )
        walled = dict(cursor.fetchall())
    assert set(walled) == titles
    assert all(walled.values())
    return titles | ({"document"} if has_document else set())


def test_consultation_opens_what_is_released_to_the_forum_and_reopening_closes_it(desk, sitting):
    desk.section(released=True, title=f"{WORD} one")
    common = desk.section(common=True, title=f"{WORD} two")
    desk.section(title=f"{WORD} at home")
    version = api(desk.drafter).post(
        f"documents/{desk.document.pk}/versions", {"label": "First", "kind": "working"}
    )
    everything = {"document", f"{WORD} one", f"{WORD} two"}
    assert seen(sitting, desk) == set()
    assert seen(desk.albanian, desk) == everything

    move(desk, "consult")

    assert seen(sitting, desk) == everything
    assert seen(desk.albanian, desk) == everything
    assert seen(desk.drafter, desk) == everything | {f"{WORD} at home"}
    assert seen(desk.stranger, desk) == set()
    reader = api(sitting)
    assert reader.get(f"document-versions/{version.json()['id']}").status_code == 200
    assert reader.get(f"sections/{common.pk}/revisions").json()["items"]

    move(desk, "reopen", {"reason": "New facts."})

    assert seen(sitting, desk) == set()
    assert seen(desk.albanian, desk) == everything
    assert reader.get(f"document-versions/{version.json()['id']}").status_code == 404
    assert reader.get(f"sections/{common.pk}/revisions").status_code == 404


def test_what_is_released_in_consultation_is_read_by_the_forum_at_once(desk, sitting):
    move(desk, "consult")
    draft = desk.section(title=f"{WORD} draft")
    assert seen(sitting, desk) == {"document"}

    release(draft)

    assert seen(sitting, desk) == {"document", f"{WORD} draft"}
    told = Notification.objects.filter(kind="section.released", object_id=draft.pk)
    assert sitting in {each.user for each in told.select_related("user")}


def test_marks_keep_narrowing_in_consultation(desk, sitting):
    """A chapter for the drafting group stays there, one for two parties goes to these."""
    for title, marks in (
        ("amber", {"tlp": "amber", "releasable_to": None}),
        ("green", {"tlp": "green", "releasable_to": None}),
        ("strict", {"tlp": "amber_strict", "releasable_to": None}),
        ("named", {"tlp": None, "releasable_to": [sitting.delegates.get().delegation.country]}),
    ):
        section = desk.section(released=True, title=f"{WORD} {title}")
        head = actor_at(desk.serbia, "head")
        with acting(head):
            object_mark(actor=head, obj=section, **marks)
    own = {f"{WORD} {title}" for title in ("amber", "green", "strict", "named")} | {"document"}
    assert seen(desk.albanian, desk) == {"document", f"{WORD} amber", f"{WORD} green"}

    move(desk, "consult")

    assert seen(sitting, desk) == {"document", f"{WORD} green", f"{WORD} named"}
    assert seen(desk.albanian, desk) == {"document", f"{WORD} amber", f"{WORD} green"}
    assert seen(desk.drafter, desk) == own

    move(desk, "reopen", {"reason": "New facts."})

    assert seen(sitting, desk) == set()
    assert seen(desk.albanian, desk) == {"document", f"{WORD} amber", f"{WORD} green"}


def test_a_document_marked_for_its_drafting_group_opens_to_nobody_else(desk, sitting):
    """A chapter with the same mark is no narrower than it: it stays part of every version."""
    section = desk.section(released=True, title=f"{WORD} chapter")
    head = actor_at(desk.serbia, "head")
    with acting(head):
        object_mark(actor=head, obj=desk.document, tlp="amber", releasable_to=None)
        object_mark(actor=head, obj=section, tlp="amber", releasable_to=None)

    move(desk, "consult")

    assert seen(sitting, desk) == set()
    assert seen(desk.albanian, desk) == {"document", f"{WORD} chapter"}
    version = api(desk.drafter).post(
        f"documents/{desk.document.pk}/versions", {"label": "First", "kind": "working"}
    )
    assert [each["title"] for each in version.json()["sections"]] == [f"{WORD} chapter"]


def test_taking_a_mark_away_in_consultation_gives_the_forum_s_ring(desk, sitting):
    head = actor_at(desk.serbia, "head")
    with acting(head):
        object_mark(actor=head, obj=desk.document, tlp="amber", releasable_to=None)
    move(desk, "consult")
    assert seen(sitting, desk) == set()

    with acting(head):
        object_mark(actor=head, obj=desk.document, tlp=None, releasable_to=None)

    assert seen(sitting, desk) == {"document"}


@pytest.mark.parametrize(("verb", "circulated"), [("withdraw", False), ("withdraw", True)])
def test_what_is_withdrawn_keeps_the_ring_that_it_had(desk, sitting, verb, circulated):
    desk.section(released=True, title=f"{WORD} one")
    if circulated:
        move(desk, "consult")

    move(desk, verb, {"reason": "Overtaken."})

    assert seen(sitting, desk) == ({"document", f"{WORD} one"} if circulated else set())
    assert seen(desk.albanian, desk) == {"document", f"{WORD} one"}


def test_who_newly_reads_is_notified_once_and_who_read_before_is_not(desk, sitting):
    granted = delegate(seat(desk.forum, "MK"), "reader").user
    grant(desk.document, granted.delegates.get().delegation)

    move(desk, "consult")

    told = Notification.objects.filter(object_id=desk.document.pk)
    assert [(each.user_id, each.kind) for each in told] == [
        (sitting.pk, "document.consultation_opened")
    ]


def test_who_reads_no_more_is_told_that_access_has_ended(desk, sitting):
    granted = seat(desk.forum, "MK")
    grant(desk.document, granted)
    move(desk, "consult")

    move(desk, "reopen", {"reason": "New facts."})

    ended = Event.objects.filter(type="access.ended", object_id=desk.document.pk)
    groups = ended.values_list("audience_group_id", flat=True)
    holders = set(RoleGroup.objects.filter(group__in=groups).values_list("holder_id", flat=True))
    assert sitting.delegates.get().delegation_id in holders
    assert not holders & {desk.serbia.pk, desk.albania.pk, granted.pk}


def test_drafting_at_home_changes_nothing_for_who_reads_in_consultation(desk, sitting):
    """Not a byte of any answer to the forum or to the drafting group, and no tag."""
    shared = desk.section(released=True, title=f"{WORD} one")
    move(desk, "consult")
    path = f"documents/{desk.document.pk}"
    paths = (
        path,
        "documents",
        f"{path}/sections",
        f"{path}/versions",
        f"sections/{shared.pk}",
        f"sections/{shared.pk}/revisions",
        f"sections/{shared.pk}/brackets",
        f"sections/{shared.pk}/bracketed-text",
        f"search?q={WORD}",
        "me/notifications",
    )

    def told() -> list[Any]:
        answers = [api(user).get(each) for user in (sitting, desk.albanian) for each in paths]
        assert {answer.status_code for answer in answers} == {200}
        return [(answer.headers.get("ETag"), answer.content) for answer in answers]

    before = told()
    draft = desk.section(title=f"{WORD} at home", parent=shared)
    drafter, head = api(desk.drafter), api(desk.head)
    changed = drafter.patch(f"sections/{draft.pk}", {"body": "Second words."}, if_match="h1")
    refused = [
        head.post(f"sections/{draft.pk}/agree", if_match="h2"),
        head.post(f"{path}/finalise", if_match="2"),
        drafter.post(f"sections/{draft.pk}/brackets", {"start": 0}),
    ]

    assert changed.status_code == 200
    assert [answer.status_code for answer in refused] == [409, 409, 400]
    assert told() == before
