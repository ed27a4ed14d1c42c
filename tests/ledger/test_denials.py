"""Denials: the first is an entry, repetitions within the hour are counted."""

import pytest
from django.db import connection

from platform_api.core.actor import ANONYMOUS
from platform_api.core.ids import new_id
from platform_api.core.registry import registry
from platform_api.ledger.denials import finish_denial_counts, record_denial
from platform_api.ledger.models import DenialCount, Detail, Entry
from tests.ledger.helpers import OTHER, PERSON, in_threads
from tests.postgres import ClonedDatabase

SECTION = new_id()


def deny(reason: str = "four_eyes") -> None:
    record_denial(PERSON, "release", "section", SECTION, reason)


def time_passes(*, minutes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_denialcount SET first_at = first_at - make_interval(mins => %s),"
            " last_at = last_at - make_interval(mins => %s)",
            [minutes, minutes],
        )


def an_hour_passes() -> None:
    time_passes(minutes=60)


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind=kind).order_by("id"))


@pytest.mark.django_db
def test_the_first_denial_is_an_entry() -> None:
    deny()
    (entry,) = entries("access.denied")
    assert (entry.object_type, entry.object_id) == ("section", str(SECTION))
    assert entry.actor_id == PERSON.user_id
    assert Detail.objects.get(pk=entry.pk).payload == {"action": "release", "reason": "four_eyes"}
    count = DenialCount.objects.get()
    assert (count.repeats, count.entry_id) == (0, entry.pk)


@pytest.mark.django_db
def test_repetitions_are_counted() -> None:
    for _ in range(4):
        deny()
    time_passes(minutes=59)
    deny()
    assert finish_denial_counts() == 0
    assert len(entries("access.denied")) == 1
    assert DenialCount.objects.get().repeats == 4


@pytest.mark.django_db
def test_another_actor_action_object_or_reason_is_another_denial() -> None:
    deny()
    record_denial(OTHER, "release", "section", SECTION, "four_eyes")
    record_denial(ANONYMOUS, "release", "section", SECTION, "four_eyes")
    record_denial(PERSON, "revise", "section", SECTION, "four_eyes")
    record_denial(PERSON, "release", "document", SECTION, "four_eyes")
    record_denial(PERSON, "release", "section", new_id(), "four_eyes")
    deny("under_silence")
    assert len(entries("access.denied")) == 7
    assert not DenialCount.objects.exclude(repeats=0).exists()


@pytest.mark.django_db
def test_after_an_hour_the_count_becomes_an_entry_and_a_new_hour_begins() -> None:
    for _ in range(3):
        deny()
    (first,) = entries("access.denied")
    an_hour_passes()
    deny()

    assert len(entries("access.denied")) == 2
    (repeated,) = entries("access.denied.repeated")
    told = Detail.objects.get(pk=repeated.pk).payload
    assert (told["repeats"], told["entry"], told["reason"]) == (2, str(first.pk), "four_eyes")
    assert told["first_at"] < told["last_at"]
    count = DenialCount.objects.get()
    assert (count.repeats, count.entry_id) == (0, entries("access.denied")[1].pk)


@pytest.mark.django_db
def test_finished_counts_become_entries_of_the_same_actor() -> None:
    deny()
    deny()
    deny("under_silence")
    assert finish_denial_counts() == 0
    an_hour_passes()
    record_denial(OTHER, "release", "section", SECTION, "four_eyes")

    assert finish_denial_counts() == 2

    (repeated,) = entries("access.denied.repeated")
    assert (repeated.actor_id, repeated.actor_kind) == (PERSON.user_id, "person")
    assert Detail.objects.get(pk=repeated.pk).payload["repeats"] == 1
    assert DenialCount.objects.get().actor_id == OTHER.user_id


@pytest.mark.django_db
def test_what_is_too_long_is_cut() -> None:
    record_denial(PERSON, "a" * 500, "section\0", "b" * 500, "c" * 500)
    count = DenialCount.objects.get()
    assert (len(count.action), len(count.object_id), len(count.reason)) == (100, 200, 100)
    assert entries("access.denied")[0].object_type == "section\ufffd"


@pytest.mark.concurrency
def test_concurrent_first_denials_are_one_entry(cloned_db: ClonedDatabase) -> None:
    with cloned_db.as_role("runtime"):
        in_threads([deny] * 40, at_once=8)
    assert len(entries("access.denied")) == 1
    assert DenialCount.objects.get().repeats == 39


@pytest.mark.django_db
def test_it_is_the_platforms_denial_recorder() -> None:
    assert registry.denial_recorder is record_denial
