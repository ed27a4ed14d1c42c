"""Shares of a practice: the country named reads, others do not, and at its end it does not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.ledger.models import Entry
from policies.practices.models import Practice, PracticeDraft, PracticeGrant, PracticeVersion
from tests.api import api, assert_hidden_as_absent, codes, refused, rfc3339
from tests.factories import (
    CountryFactory,
    PracticeFactory,
    actor_at,
    delegate,
    seat,
    share,
)

NO_VERSION = "practice-versions/01900000-0000-7000-8000-00000000dead"
ABSENT = "practices/01900000-0000-7000-8000-00000000dead"


@pytest.fixture
def practice(region):
    """A practice of Montenegro, published to its owner alone, with an unpublished edit."""
    made = PracticeFactory(delegation=region.montenegro, published="owner")
    with writing():
        PracticeDraft.objects.filter(practice=made).update(title="Not published", revision=2)
    return made


def path(practice, tail=""):
    return f"practices/{practice.pk}{tail}"


def version(practice):
    return f"practice-versions/{practice.published_version_id}"


def ids(client):
    return [item["id"] for item in client.get("practices").json()["items"]]


def end_now(practice):
    """The hour comes at which every share of a practice ends."""
    PracticeGrant.objects.filter(content_object=practice, expires_at__isnull=False).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


def test_the_country_it_is_shared_with_reads_what_is_published(
    practice, head, macedonian, croatian
):
    until = timezone.now() + timedelta(days=30)
    answer = head.post(
        path(practice, "/shares"),
        {"country": "MK", "until": rfc3339(until), "reason": "For its own programme."},
    )

    assert answer.status_code == 201
    assert answer.json() == {
        "country": "MK",
        "organisation": None,
        "delegation": None,
        "level": "view",
        "until": rfc3339(until),
        "reason": "For its own programme.",
        "since": answer.json()["since"],
    }
    assert head.get(path(practice, "/shares")).json()["items"] == [answer.json()]
    assert ids(macedonian) == [str(practice.pk)]
    assert macedonian.get(path(practice)).json()["title"] == "Gender Coach Programme"
    assert macedonian.get(version(practice)).status_code == 200
    assert b"Not published" not in macedonian.get(path(practice)).content
    assert_hidden_as_absent(macedonian, path(practice, "/draft"), ABSENT + "/draft")
    for tail in ("", "/versions", "/draft", "/shares", "/lineage"):
        assert_hidden_as_absent(croatian, path(practice, tail), ABSENT + tail)
    assert_hidden_as_absent(croatian, version(practice), NO_VERSION)
    assert ids(croatian) == []


def test_at_its_end_nobody_reads_it_and_no_job_has_run(
    practice, region, head, macedonian, croatian
):
    before = [macedonian.get("practices").content, croatian.get("practices").content]
    share(practice, region.macedonia.country, timezone.now() + timedelta(days=30))
    assert ids(macedonian) == [str(practice.pk)]

    end_now(practice)

    for client in (macedonian, croatian):
        for tail in ("", "/versions", "/adaptations", "/lineage"):
            assert_hidden_as_absent(client, path(practice, tail), ABSENT + tail)
        assert_hidden_as_absent(client, version(practice), NO_VERSION)
    assert [macedonian.get("practices").content, croatian.get("practices").content] == before
    assert macedonian.get("practices", {"state": "published"}).json()["items"] == []
    assert head.get(path(practice, "/shares")).json()["items"] == []
    assert head.get(path(practice)).status_code == 200


def test_a_share_that_is_ended_ends_at_once(practice, region, head, macedonian):
    share(practice, region.macedonia.country)

    answer = head.post(path(practice, "/shares/end"), {"country": "MK", "reason": "Done."})

    assert (answer.status_code, answer.content) == (204, b"")
    assert_hidden_as_absent(macedonian, path(practice), ABSENT)
    again = head.post(path(practice, "/shares/end"), {"country": "MK"})
    assert refused(again) == (409, "not_shared")
    kinds = list(
        Entry.objects.filter(object_id=str(practice.pk))
        .order_by("id")
        .values_list("kind", flat=True)
    )
    assert [kind for kind in kinds if kind.startswith("grant.")][-2:] == [
        "grant.given",
        "grant.ended",
    ]
    assert kinds[-1] == "access.ended"


def test_a_country_reads_by_all_its_seats_and_a_delegation_alone(practice, region, head):
    macedonia_elsewhere = seat(region.other, "MK")
    here = api(delegate(region.macedonia, "reader"))
    there = api(delegate(macedonia_elsewhere, "reader"))
    serbian = api(delegate(region.serbia, "reader"))

    head.post(path(practice, "/shares"), {"delegation": str(region.macedonia.pk)})
    assert (ids(here), ids(there), ids(serbian)) == ([str(practice.pk)], [], [])
    head.post(path(practice, "/shares"), {"country": "MK"})
    assert (ids(here), ids(there), ids(serbian)) == ([str(practice.pk)], [str(practice.pk)], [])

    listed = head.get(path(practice, "/shares")).json()["items"]
    assert [(item["country"], item["delegation"]) for item in listed] == [
        ("MK", None),
        (None, str(region.macedonia.pk)),
    ]


def test_sharing_again_changes_the_end(practice, region, head, macedonian):
    share(practice, region.macedonia.country, timezone.now() + timedelta(days=30))

    answer = head.post(path(practice, "/shares"), {"country": "MK"})

    assert answer.json()["until"] is None
    assert len(head.get(path(practice, "/shares")).json()["items"]) == 1


def test_only_the_owners_head_shares(practice, region, drafter, reader, macedonian):
    share(practice, region.macedonia.country)
    body = {"country": "RS"}

    for tail in ("/shares", "/shares/end"):
        assert refused(drafter.post(path(practice, tail), body)) == (403, "head_required")
        # Who was given a sight of it passes none on.
        assert refused(macedonian.post(path(practice, tail), body)) == (403, "not_owner")
    assert refused(macedonian.get(path(practice, "/shares"))) == (403, "not_owner")
    assert reader.get(path(practice, "/shares")).status_code == 200


def test_what_is_not_published_is_not_shared(region, head):
    draft = PracticeFactory(delegation=region.montenegro)

    answer = head.post(path(draft, "/shares"), {"country": "MK"})

    assert refused(answer) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, ("", "one_holder")),
        ({"country": "MK", "organisation": "rcc"}, ("", "one_holder")),
        ({"country": "QQ"}, ("/country", "unknown")),
        ({"organisation": "nobody"}, ("/organisation", "unknown")),
        ({"delegation": "01900000-0000-7000-8000-00000000dead"}, ("/delegation", "unknown")),
        ({"country": "MK", "level": "draft"}, ("/level", "invalid_choice")),
        ({"country": "MK", "until": "2020-01-01T00:00:00Z"}, ("/until", "in_the_past")),
        ({"country": "MK", "until": "2099-01-01"}, ("/until", "invalid_type")),
    ],
)
def test_a_share_names_one_holder_and_a_later_end(practice, head, body, error):
    assert codes(head.post(path(practice, "/shares"), body)) == [error]


def test_neither_the_owner_nor_a_country_without_seats_takes_a_share(practice, region, head):
    CountryFactory(code="SE")

    own = head.post(path(practice, "/shares"), {"delegation": str(region.montenegro.pk)})
    seatless = head.post(path(practice, "/shares"), {"country": "SE"})
    hidden = head.post(path(practice, "/shares"), {"delegation": str(region.croatia.pk)})

    assert codes(own) == [("/delegation", "owner")]
    assert codes(seatless) == [("", "not_seated")]
    assert codes(hidden) == [("/delegation", "unknown")]
    own_end = head.post(path(practice, "/shares/end"), {"delegation": str(region.montenegro.pk)})
    assert codes(own_end) == [("/delegation", "owner")]


def test_the_database_hides_what_the_application_would_show(practice, region):
    """Row-level security alone: every row is asked for, without the application's own filter."""
    share(practice, region.macedonia.country, timezone.now() + timedelta(days=1))
    tables = (Practice, PracticeVersion, PracticeDraft, PracticeGrant)

    def rows(delegation):
        with acting(actor_at(delegation, "head")):
            return [model.objects.count() for model in tables]

    assert rows(region.montenegro) == [1, 1, 1, 2]
    assert rows(region.macedonia) == [1, 1, 0, 1]
    assert rows(region.croatia) == [0, 0, 0, 0]
    end_now(practice)
    assert rows(region.macedonia)[:3] == [0, 0, 0]


def test_a_published_version_cannot_be_changed(practice):
    with pytest.raises(Exception, match="only ever added"), connection.cursor() as cursor:
        cursor.execute("UPDATE policies_practiceversion SET title = 'x'")
