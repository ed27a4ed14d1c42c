"""POST /documents/{id}/sections/release: many sections at once, all or none."""

from typing import Any

import pytest

from documents.texts.models import ReleaseCommitment, Revision, Section
from platform_api.core.actor import Level
from platform_api.core.service import writing
from platform_api.ledger.models import Event
from platform_api.notifications.models import Notification
from tests.api import api
from tests.api import queries_of as statements_of
from tests.documents.support import (
    REQUEST,
    alike,
    entry,
    invalid,
    moment,
    party,
    refusal,
    release_commitment,
    unknown_id,
    verify_chain,
)
from tests.factories import SectionFactory, delegate, grant, service_client


def read(*sections: Any) -> dict[str, Any]:
    """The body that names sections as they are."""
    rows = [Section.objects.get(pk=section.pk) for section in sections]
    return {"sections": [{"id": str(row.pk), "revision": row.etag_revision} for row in rows]}


def send(client: Any, document: Any, *sections: Any, **options: Any) -> Any:
    return client.post(f"documents/{document.pk}/sections/release", read(*sections), **options)


def at_home(*sections: Any) -> bool:
    """Whether all of these are as they were before any release."""
    rows = Section.objects.filter(pk__in=[each.pk for each in sections])
    homely = rows.filter(state="private_drafting", inherits=False, released_at=None)
    commitments = ReleaseCommitment.objects.filter(home_revision__section__in=rows)
    return homely.count() == len(sections) and not commitments.exists()


def test_the_head_releases_many_as_if_each_were_released_alone(desk, heading, abroad, ledger):
    chapter = desk.section(title="Terms", body="Quarterly.")
    below = desk.section(title="Of reports", parent=chapter)
    beside = desk.section(title="Scope")
    stays = desk.section(title="Not yet")
    ledger.new()

    answer = send(heading, desk.document, below, beside, chapter, headers=REQUEST)

    assert answer.status_code == 200
    rows = {row.pk: row for row in Section.objects.filter(document=desk.document)}
    places = [(chapter, None, "1", 0), (below, chapter, "1.1", 1), (beside, None, "2", 0)]
    assert answer.json() == {
        "items": [
            {
                "id": str(one.pk),
                "document": str(desk.document.pk),
                "parent": parent and str(parent.pk),
                "number": number,
                "depth": depth,
                "title": one.title,
                "language": "en",
                "state": "released",
                "owner_delegation": party(desk.serbia),
                "updated_at": moment(rows[one.pk].released_at),
                "deleted_at": None,
                "etag": '"1"',
            }
            for one, parent, number, depth in places
        ],
        "next": None,
        "previous": None,
    }
    tree = abroad.get(f"documents/{desk.document.pk}/sections").json()["items"]
    assert [one["title"] for one in tree] == ["Terms", "Of reports", "Scope"]
    assert at_home(stays)
    told = ledger.new()
    events = Event.objects.filter(entry__in=told).order_by("entry_id")
    assert [(event.type, event.object_id) for event in events] == [
        ("section.released", one.pk) for one in (below, beside, chapter)
    ]
    assert [
        (row.kind, row.seat_id, row.owner_seat_id, row.object_id, row.detail.payload)
        for row in told
    ] == [
        (
            "section.released",
            desk.serbia.pk,
            desk.serbia.pk,
            str(one.pk),
            {"revision": "1", "single_person": False},
        )
        for one in (below, beside, chapter)
    ]
    assert {row.effective_scope_id for row in told} == {desk.document.effective_scope_id}


def test_one_of_them_is_recorded_like_one_alone(desk, heading, ledger):
    one = desk.section()
    ledger.new()

    send(heading, desk.document, one, headers=REQUEST)

    assert ledger.told() == [
        entry(
            "section.released",
            desk.head,
            one,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={"revision": "1", "single_person": False},
        )
    ]


def test_each_public_chain_begins_with_a_commitment_of_its_own(desk, drafting, heading, abroad):
    drafts = [desk.section(title="Same", body="Same.") for _ in range(2)]
    drafting.patch(f"sections/{drafts[0].pk}", {"body": "Other."}, if_match="h1")
    send(heading, desk.document, *drafts)

    for draft in drafts:
        *home, public = Revision.objects.filter(section=draft).order_by("id")
        kept = ReleaseCommitment.objects.get(revision=public)
        assert kept.home_revision_id == home[-1].pk
        link = verify_chain([drafting.get(f"revisions/{row.pk}").json() for row in home])
        shown = abroad.get(f"revisions/{public.pk}").json()
        commitment = release_commitment(bytes(kept.salt), link)
        assert shown["home_commitment"] == commitment.hex()
        verify_chain([shown], before=commitment)
        assert abroad.get(f"sections/{draft.pk}/verify").json()["intact"] is True


def test_marks_narrow_each_of_them(desk, heading, abroad):
    """A restricted chapter stays with its owner, and so does what is below it."""
    chapter, open_one = desk.section(), desk.section()
    below = desk.section(parent=chapter)
    named = {"type": "section", "id": str(chapter.pk)}
    assert heading.post("access/restrict", {"object": named}).status_code == 200

    assert send(heading, desk.document, chapter, below, open_one).status_code == 200

    seen = [abroad.get(f"sections/{one.pk}").status_code for one in (chapter, below, open_one)]
    assert seen == [404, 404, 200]
    released = Section.objects.filter(pk__in=[chapter.pk, below.pk], state="released")
    assert set(released.values_list("inherits", "effective_scope")) == {
        (False, desk.serbia.home_scope_id)
    }


def test_whoever_reads_them_from_now_on_is_notified_once(desk, heading):
    reader = delegate(desk.albania, "reader").user
    drafts = [desk.section() for _ in range(3)]

    send(heading, desk.document, *drafts)

    told = Notification.objects.filter(user=reader, kind="section.released")
    assert [row.object_id for row in told] == [drafts[0].pk]
    assert not Notification.objects.filter(user__in=[desk.head, desk.stranger]).exists()


def test_every_section_that_stands_in_the_way_is_named_by_its_place(
    desk, drafting, heading, ledger
):
    fine, stale, own = desk.section(), desk.section(), desk.section(author=desk.head)
    released, hidden = desk.section(released=True), desk.section(delegation=desk.albania)
    alone = desk.section(parent=desk.section())
    common = desk.section(common=True)
    abroad = desk.section(delegation=desk.albania, released=True)
    elsewhere = desk.other.sections.first()
    named = [fine, stale, own, released, hidden, alone, common, abroad, elsewhere]
    body = read(*named)
    drafting.patch(f"sections/{stale.pk}", {"body": "Slipped in."}, if_match="h1")
    body["sections"].append({"id": str(unknown_id()), "revision": "h1"})
    ledger.new()

    answer = heading.post(f"documents/{desk.document.pk}/sections/release", body)

    assert refusal(answer) == invalid(
        ("/sections/1", "precondition_failed"),
        ("/sections/2", "four_eyes"),
        ("/sections/3", "wrong_state"),
        ("/sections/4", "unknown"),
        ("/sections/5", "parent_not_released"),
        ("/sections/6", "wrong_state"),
        ("/sections/7", "not_owner"),
        ("/sections/8", "unknown"),
        ("/sections/9", "unknown"),
    )
    assert at_home(fine, stale, own, alone)
    assert ledger.new() == []


def test_what_is_hidden_and_what_is_absent_are_alike(desk, heading):
    hidden = desk.section(delegation=desk.albania)
    path = f"documents/{desk.document.pk}/sections/release"

    answers = [
        heading.post(path, {"sections": [{"id": str(key), "revision": "h1"}]})
        for key in (hidden.pk, unknown_id(), desk.other.sections.first().pk)
    ]

    assert refusal(answers[0]) == invalid(("/sections/0", "unknown"))
    assert alike(*answers)


def test_another_head_releases_what_this_one_wrote_of(desk, heading):
    own, other = desk.section(author=desk.head), desk.section()
    second = api(delegate(desk.serbia, "head"))

    assert refusal(send(heading, desk.document, own, other)) == invalid(
        ("/sections/0", "four_eyes")
    )
    assert at_home(own, other)
    assert send(second, desk.document, own, other).status_code == 200


def test_a_forum_may_allow_single_person_release_which_is_marked(desk, heading, ledger):
    with writing():
        type(desk.forum).objects.filter(pk=desk.forum.pk).update(four_eyes=False)
    alone, reviewed = desk.section(author=desk.head), desk.section()
    ledger.new()

    assert send(heading, desk.document, alone, reviewed).status_code == 200

    assert [one["details"]["single_person"] for one in ledger.told()] == [True, False]
    marked = Section.objects.filter(single_person_release=True)
    assert list(marked.values_list("pk", flat=True)) == [alone.pk]


@pytest.mark.parametrize("role", ["drafter", "reader"])
def test_below_the_head_nobody_releases(desk, role):
    draft = desk.section()

    answer = send(api(delegate(desk.serbia, role)), desk.document, draft)

    assert refusal(answer) == invalid(("/sections/0", "head_required"))
    assert at_home(draft)


def test_a_grant_never_releases(desk):
    draft = desk.section()
    grant(draft, desk.albania, Level.MANAGE)

    answer = send(api(desk.albanian_head), desk.document, draft)

    assert refusal(answer) == invalid(("/sections/0", "not_owner"))
    assert at_home(draft)


def test_a_document_that_is_not_seen_answers_as_none(desk, heading, outside):
    draft = desk.section()
    unknown = outside.post(f"documents/{unknown_id()}/sections/release", read(draft))

    assert refusal(unknown) == (404, "not_found")
    assert alike(unknown, send(outside, desk.document, draft))
    assert alike(unknown, send(heading, desk.foreign, draft))
    assert at_home(draft)


def test_a_text_that_is_not_written_any_more_takes_nothing_in(desk, heading):
    draft = desk.section()
    with writing():
        rows = type(desk.document).objects.filter(pk=desk.document.pk)
        rows.update(state="final_draft", circulated=True)

    answer = send(heading, desk.document, draft)

    assert refusal(answer) == (409, "text_fixed")
    assert at_home(draft)


@pytest.mark.parametrize(
    ("sections", "error"),
    [
        ([], ("/sections", "min_length")),
        ([{"id": "x", "revision": "h1"}], ("/sections/0/id", "invalid")),
        ([{"id": None}], ("/sections/0/id", "null")),
        ([{"id": str(unknown_id()), "revision": '"h1"'}], ("/sections/0/revision", "invalid")),
        ([{"id": str(unknown_id()), "revision": "h1"}] * 2, ("/sections", "duplicate")),
        ([{"id": str(unknown_id()), "revision": "h1"}] * 201, ("/sections", "max_length")),
    ],
    ids=str,
)
def test_a_body_of_another_shape_is_refused(desk, heading, sections, error):
    answer = heading.post(f"documents/{desk.document.pk}/sections/release", {"sections": sections})

    assert answer.status_code == 400
    assert error in refusal(answer)


def test_sent_again_with_its_key_the_answer_is_the_first_one(desk, heading, ledger):
    draft = desk.section()
    body, path = read(draft), f"documents/{desk.document.pk}/sections/release"
    ledger.new()

    first, again = (heading.post(path, body, key="release-many") for _ in range(2))

    assert (first.status_code, again.content) == (200, first.content)
    assert [one.kind for one in ledger.new()] == ["section.released"]


def test_a_service_client_of_the_head_releases_within_its_scopes(desk):
    draft = desk.section()
    narrow = service_client(desk.serbia, "head", scopes=["documents:read"])
    able = service_client(desk.serbia, "head")

    assert refusal(send(api(narrow), desk.document, draft)) == (403, "insufficient_scope")
    assert send(api(able), desk.document, draft).status_code == 200


@pytest.mark.slow
def test_thirty_cost_as_many_statements_as_two(desk, heading):
    chapter = desk.section(released=True)
    few, many = (
        [
            SectionFactory(document=desk.document, author=desk.drafter, parent=chapter)
            for _ in range(n)
        ]
        for n in (2, 30)
    )
    bodies = [read(*few), read(*many)]
    path = f"documents/{desk.document.pk}/sections/release"

    costs = [statements_of(lambda body=body: heading.post(path, body)) for body in bodies]

    released = Section.objects.filter(document=desk.document, state="released")
    assert released.count() == 1 + len(few) + len(many)
    assert costs[0] == costs[1]
