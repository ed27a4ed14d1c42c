"""What access that is given, ended or runs out does to the change feed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from documents.texts import services
from documents.texts.models import SectionGrant
from platform_api.core.actor import Actor, ActorKind
from platform_api.core.clock import database_now
from platform_api.core.transaction import acting
from platform_api.events.services import ended_grants_tell
from platform_api.events.tasks import tell_ended_grants
from platform_api.identity.actors import actor_of, system_actor
from platform_api.ledger.models import Entry, Event
from tests.api import api
from tests.documents.desk import Desk
from tests.events.support import everything, now
from tests.factories import SectionFactory, delegate, grant
from tests.ledger.helpers import in_threads
from tests.postgres import ClonedDatabase

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

Sharing = Callable[..., None]


def revise(desk: Desk, section: Any, body: str) -> None:
    section.refresh_from_db()
    actor = actor_of(desk.drafter)
    services.section_revise(actor=actor, section=section, if_match=section.etag_revision, body=body)


def past(grants: Any) -> None:
    """Put the end of grants into the past, as time would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_sectiongrant SET expires_at = now() - interval '1 second'"
            " WHERE content_object_id = %s",
            [grants.pk],
        )


def test_gained_and_ended_access_is_told_to_the_holder_alone(
    committed: Desk, sharing: Sharing
) -> None:
    section = committed.section(released=True)
    inside, outside = api(committed.albanian), api(committed.stranger)
    begin = {client: now(client) for client in (inside, outside)}
    head = actor_of(committed.head)

    sharing(head, section, committed.montenegro)
    gained = [("grant.given", str(section.pk)), ("access.gained", str(section.pk))]
    assert everything(outside, begin[outside]) == gained
    sharing(head, section, committed.montenegro, end=True)
    assert everything(outside, begin[outside]) == [
        *gained,
        ("grant.ended", str(section.pk)),
        ("access.ended", str(section.pk)),
    ]
    # Albania sees the section, and is not told with whom it is shared.
    assert everything(inside, begin[inside]) == []


def test_a_cursor_from_before_the_end_of_a_grant_shows_nothing_of_the_object_afterwards(
    committed: Desk, sharing: Sharing
) -> None:
    section = committed.section(released=True)
    outside, head = api(committed.stranger), actor_of(committed.head)
    begin = now(outside)
    sharing(head, section, committed.montenegro)
    revise(committed, section, "While it is shared.")
    gained = [("grant.given", str(section.pk)), ("access.gained", str(section.pk))]
    assert everything(outside, begin) == [*gained, ("section.revised", str(section.pk))]

    sharing(head, section, committed.montenegro, end=True)
    revise(committed, section, "Afterwards.")
    assert everything(outside, begin) == [
        *gained,
        ("grant.ended", str(section.pk)),
        ("access.ended", str(section.pk)),
    ]


def test_a_shared_draft_stays_narrowed_to_its_owner(committed: Desk, sharing: Sharing) -> None:
    section = committed.section()
    outside = api(committed.stranger)
    begin = now(outside)
    sharing(actor_of(committed.head), section, committed.montenegro)
    revise(committed, section, "At home.")
    assert everything(outside, begin) == [
        ("grant.given", str(section.pk)),
        ("access.gained", str(section.pk)),
    ]


def test_a_grant_that_runs_out_is_told_once(committed: Desk, sharing: Sharing) -> None:
    section, other = committed.section(released=True), committed.section(released=True)
    outside, head = api(committed.stranger), actor_of(committed.head)
    until = database_now() + timedelta(hours=1)
    sharing(head, section, committed.montenegro, until=until)
    sharing(head, other, committed.montenegro, until=until)
    begin = now(outside)
    assert tell_ended_grants() == 0

    past(section)
    assert tell_ended_grants() == 1
    assert tell_ended_grants() == 0
    assert everything(outside, begin) == [("access.ended", str(section.pk))]
    entry = Entry.objects.get(kind="grant.expired")
    assert (entry.actor_kind, entry.object_id) == ("system", str(section.pk))

    # Given anew it is told anew.
    sharing(head, section, committed.montenegro, until=until)
    past(section)
    assert tell_ended_grants() == 1


def test_what_ended_before_its_time_is_not_told_again(committed: Desk, sharing: Sharing) -> None:
    section, head = committed.section(released=True), actor_of(committed.head)
    until = database_now() + timedelta(hours=1)
    for change in ({"end": True}, {"until": None}):
        sharing(head, section, committed.montenegro, until=until)
        sharing(head, section, committed.montenegro, **change)
        past(section) if change.get("end") else None
        assert tell_ended_grants() == 0
    assert SectionGrant.objects.filter(content_object=section, expires_at=None).exists()


def test_workers_at_the_same_time_tell_each_end_once(
    committed: Desk, cloned_db: ClonedDatabase
) -> None:
    system_actor("grants")
    sections = [SectionFactory(document=committed.document) for _ in range(40)]
    for section in sections:
        grant(section, committed.montenegro, expires_at=database_now() - timedelta(seconds=1))
    with cloned_db.as_role("runtime"):
        told = in_threads([tell_ended_grants] * 4, at_once=4)
    assert sum(told) == 40
    ended = Event.objects.filter(type="access.ended").values_list("object_id", flat=True)
    assert sorted(ended) == sorted(section.pk for section in sections)


def test_a_job_that_fails_leaves_the_ends_to_the_next(committed: Desk) -> None:
    section = committed.section(released=True)
    grant(section, committed.montenegro, expires_at=database_now() - timedelta(seconds=1))
    actor = system_actor("grants")
    with pytest.raises(ZeroDivisionError), acting(actor):
        assert ended_grants_tell(actor=actor, at_most=10) == 1 / 0
    assert tell_ended_grants() == 1


def test_only_the_one_system_actor_may_take_them(
    committed: Desk, cloned_db: ClonedDatabase
) -> None:
    section = committed.section(released=True)
    grant(section, committed.montenegro, expires_at=database_now() - timedelta(seconds=1))
    nobody = Actor(kind=ActorKind.ANONYMOUS)
    for actor in (actor_of(committed.head), system_actor("mailer"), nobody):
        assert ended_grants_tell(actor=actor, at_most=10) == 0
    with (
        cloned_db.connect("runtime", autocommit=True) as bare,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        bare.execute("SELECT FROM events_grantend")
    assert tell_ended_grants() == 1


def test_the_rows_to_look_at_are_those_that_are_due(committed: Desk) -> None:
    """The queue holds grants with an end alone, and an index leads to the due ones."""
    section = committed.section(released=True)
    grant(section, committed.montenegro)
    grant(section, committed.albania, expires_at=database_now() + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_type, object_id FROM events_grantend")
        assert cursor.fetchall() == [("section", section.pk)]
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT FROM events_grantend WHERE ends_at <= now()")
        assert "events_grantend_due" in str(cursor.fetchall())


def test_every_grant_table_is_watched(committed: Desk) -> None:
    from platform_api.core.registry import registry

    tables = {
        protection.grants._meta.db_table for protection in registry.protections if protection.grants
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'events_grant_end'"
        )
        assert {name for (name,) in cursor.fetchall()} == tables


def test_the_wall_holds_without_the_applications_filter(committed: Desk, sharing: Sharing) -> None:
    """Narrowed events and those for a group, read by a bare query."""
    section = committed.section()
    sharing(actor_of(committed.head), section, committed.montenegro)

    def read_by(user: Any) -> set[str]:
        with acting(actor_of(user)):
            rows = Event.objects.filter(object_id=section.pk)
            return set(rows.values_list("type", flat=True))

    assert read_by(committed.drafter) == {"section.created", "grant.given"}
    assert read_by(committed.albanian) == set()
    assert read_by(committed.stranger) == {"grant.given", "access.gained"}
    assert read_by(delegate(committed.albania, "reader").user) == set()


def test_without_an_actor_no_event_is_read(committed: Desk, cloned_db: ClonedDatabase) -> None:
    with cloned_db.connect("runtime", autocommit=True) as bare:
        assert bare.execute("SELECT count(*) FROM ledger_event").fetchone() == (0,)
