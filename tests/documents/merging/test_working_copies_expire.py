"""The job that takes away working copies which nobody took up again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from documents.merging import tasks
from documents.merging.keeping import working_copies_expire
from documents.merging.models import WorkingCopy
from documents.merging.tasks import expire_working_copies
from platform_api.core.clock import database_now
from platform_api.identity.actors import actor_of, system_actor
from platform_api.ledger.models import Event
from tests.documents.support import Ledger, items

from .test_sections_merge import NEGATED, SHORTER, TEXT, merge, revise

YEAR = timedelta(days=365)


@pytest.fixture
def kept(desk: Any, drafting: Any, abroad: Any) -> list[WorkingCopy]:
    """Three copies of Serbia's drafter, each for a section that Albania has changed."""
    copies = []
    for _ in range(3):
        rule = desk.section(common=True, body=TEXT)
        revise(abroad, rule, body=SHORTER)
        told = merge(drafting, rule, rule.head, body=NEGATED).json()
        copies.append(WorkingCopy.objects.get(pk=told["working_copy"]))
    return copies


def age(copy: WorkingCopy, by: timedelta) -> None:
    """Let a copy have been changed so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_workingcopy SET updated_at = %s WHERE id = %s",
            [database_now() - by, copy.pk],
        )


def left() -> set[Any]:
    return set(WorkingCopy.objects.values_list("pk", flat=True))


def test_it_goes_when_its_time_is_over_and_not_a_minute_before(kept):
    over, almost, young = kept
    age(over, YEAR)
    age(almost, YEAR - timedelta(minutes=1))

    assert expire_working_copies() == 1
    assert left() == {almost.pk, young.pk}

    age(almost, YEAR)
    assert expire_working_copies() == 1
    assert left() == {young.pk}
    assert expire_working_copies() == 0


def test_the_setting_says_how_long(kept, settings):
    settings.WORKING_COPIES_KEPT_DAYS = 30
    age(kept[0], timedelta(days=30))
    age(kept[1], timedelta(days=29))

    assert expire_working_copies() == 1
    assert left() == {kept[1].pk, kept[2].pk}


def test_a_change_begins_its_time_anew(desk, drafting, kept):
    copy = kept[0]
    age(copy, YEAR)

    told = merge(drafting, copy.section, copy.base_id, body=f"{NEGATED} Never.").json()

    assert told["working_copy"] == str(copy.pk)
    assert expire_working_copies() == 0
    shown = drafting.get(f"working-copies/{copy.pk}").json()
    assert shown["kept_until"] > shown["updated_at"]


def test_its_delegation_is_told_and_nobody_else(desk, drafting, abroad, kept):
    copy = kept[0]
    age(copy, YEAR)
    ledger = Ledger()

    expire_working_copies()

    (entry,) = ledger.new()
    assert (entry.kind, entry.object_type, entry.object_id) == (
        "working_copy.expired",
        "working_copy",
        str(copy.pk),
    )
    assert (entry.actor_kind, entry.owner_seat_id) == ("system", desk.serbia.pk)
    assert entry.effective_scope_id == desk.serbia.home_scope_id
    assert entry.detail.payload == {"section": str(copy.section_id), "base": str(copy.base_id)}
    told = Event.objects.get(type="working_copy.expired")
    assert told.narrow_scope_id == desk.serbia.home_scope_id
    assert items(drafting.get("working-copies")) == [str(each.pk) for each in (kept[2], kept[1])]
    assert items(abroad.get("working-copies")) == []


def test_many_go_in_batches(kept, monkeypatch):
    monkeypatch.setattr(tasks, "_BATCH", 2)
    for copy in kept:
        age(copy, YEAR)

    assert expire_working_copies() == 3
    assert left() == set()


def test_nobody_but_the_workers_own_actor_takes_any(desk, kept):
    for copy in kept:
        age(copy, YEAR)
    for actor in (actor_of(desk.drafter), actor_of(desk.head), system_actor("mailer")):
        assert working_copies_expire(actor=actor, at_most=9) == 0

    assert len(left()) == 3
