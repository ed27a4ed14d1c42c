"""`record` writes one entry, with its details beside it, in the caller's transaction."""

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.db.transaction import atomic
from django.db.utils import IntegrityError, ProgrammingError

from platform_api.core.actor import ANONYMOUS
from platform_api.core.http.request_ids import bind_request_id, unbind_request_id
from platform_api.core.ids import new_id
from platform_api.core.transaction import acting
from platform_api.ledger.canonical import canonical_json
from platform_api.ledger.models import Detail, Entry, Event
from platform_api.ledger.services import EntrySpec, EventSpec, record, record_all
from tests.ledger.helpers import OTHER, PERSON, write

pytestmark = pytest.mark.django_db


def test_an_entry_holds_what_was_given() -> None:
    seat, owner, section = new_id(), new_id(), new_id()
    token = bind_request_id("req-1")
    try:
        written = write(
            OTHER,
            object_id=section,
            seat_id=seat,
            owner_seat_id=owner,
            effective_scope_id=12,
            details={"note": "Ж"},
        )
    finally:
        unbind_request_id(token)

    entry = Entry.objects.get(pk=written.pk)
    assert entry.kind == "section.revised"
    assert (entry.actor_id, entry.actor_kind) == (OTHER.user_id, "client")
    assert entry.client_id == "ministry-client"
    assert (entry.object_type, entry.object_id) == ("section", str(section))
    assert (entry.seat_id, entry.owner_seat_id, entry.effective_scope_id) == (seat, owner, 12)
    assert entry.request_id == "req-1"
    detail = Detail.objects.get(pk=entry.pk)
    assert detail.payload == {"note": "Ж"}
    hashed = hashlib.sha256(bytes(detail.salt) + '{"note":"Ж"}'.encode()).digest()
    assert bytes(entry.details_hash or b"") == hashed
    assert (written.at, written.xid) == (entry.at, entry.xid)


def test_two_entries_with_the_same_details_have_different_hashes() -> None:
    first, second = write(details={"vote": "yes"}), write(details={"vote": "yes"})
    assert first.details_hash != second.details_hash


def test_an_entry_without_details_has_no_hash_and_no_row_beside_it() -> None:
    entry = write(ANONYMOUS, details=None)
    assert entry.details_hash is None
    assert entry.actor_id is None
    assert not Detail.objects.filter(pk=entry.pk).exists()
    assert entry.request_id == ""


def test_clock_and_transaction_are_the_databases_whatever_is_given() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (id, at, xid, kind, actor_kind, client_id, request_id,"
            " object_type, object_id) VALUES (%s, '2001-01-01', '5', 'a.b', 'system', '', '',"
            " 'x', '1') RETURNING at > '2020-01-01', xid = pg_current_xact_id()",
            [new_id()],
        )
        assert cursor.fetchone() == (True, True)


def test_a_kind_without_dots_is_refused() -> None:
    with pytest.raises(IntegrityError), atomic():
        write(kind="Revised")


def test_details_without_a_plain_form_are_a_programming_error() -> None:
    with pytest.raises(TypeError, match="object"):
        write(details={"x": object()})


def test_what_the_database_cannot_hold_is_replaced() -> None:
    entry = write(object_id="a\0b\ud800", details={"x": "nul \0 and \udfff"})
    assert Entry.objects.get(pk=entry.pk).object_id == "a\ufffdb\ufffd"
    assert Detail.objects.get(pk=entry.pk).payload == {"x": "nul \ufffd and \ufffd"}


def test_only_the_erasing_function_writes_that_something_was_erased() -> None:
    with pytest.raises(ProgrammingError, match=r"detail\.erased"), atomic():
        write(kind="detail.erased")


def test_an_entry_without_details_gets_none_later() -> None:
    entry = write(details=None)
    with pytest.raises(ProgrammingError, match="never later"), atomic():
        Detail.objects.create(entry=entry, salt=bytes(32), payload={})


@pytest.mark.parametrize("details", [None, {"a": 1}])
@pytest.mark.parametrize("events", [[], [EventSpec("section.revised"), EventSpec("x.y")]])
def test_one_statement_writes_entry_details_and_events(
    django_assert_num_queries: object, details: object, events: object
) -> None:
    with acting(PERSON), django_assert_num_queries(1):  # type: ignore[operator]  # a fixture
        entry = record(
            kind="section.revised",
            actor=PERSON,
            object_type="section",
            object_id=new_id(),
            details=details,  # type: ignore[arg-type]  # parametrised
            events=events,  # type: ignore[arg-type]  # parametrised
        )
    assert Detail.objects.filter(pk=entry.pk).exists() is bool(details)
    assert Event.objects.filter(entry=entry).count() == len(events)  # type: ignore[arg-type]


def test_events_keep_their_order_and_are_about_the_entrys_object_unless_told_otherwise() -> None:
    section, other = new_id(), new_id()
    entry = write(
        object_id=section,
        events=[
            EventSpec("section.revised", narrow_scope_id=7),
            EventSpec("access.gained", "document", other, audience_group_id=8),
        ],
    )
    rows = Event.objects.filter(entry=entry).order_by("ordinal")
    assert list(rows.values_list("ordinal", "type", "object_type", "object_id")) == [
        (1, "section.revised", "section", section),
        (2, "access.gained", "document", other),
    ]
    assert list(rows.values_list("narrow_scope_id", "audience_group_id")) == [(7, None), (None, 8)]
    assert len(set(rows.values_list("id", flat=True))) == 2
    assert {pk.version for pk in rows.values_list("id", flat=True)} == {4}


@pytest.mark.parametrize(
    "wrong",
    [EventSpec("Revised"), EventSpec("a.b", narrow_scope_id=1, audience_group_id=1)],
)
def test_an_event_that_makes_no_sense_is_refused(wrong: EventSpec) -> None:
    with pytest.raises(IntegrityError), atomic():
        write(events=[wrong])


def test_an_event_about_something_without_a_uuid_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="UUID"):
        write(object_id="1", events=[EventSpec("a.b")])


@pytest.mark.slow
def test_an_entry_of_a_batch_has_as_many_events_as_there_are_to_tell() -> None:
    """Ten thousand grants are told to five audiences each."""
    entry = write(events=[EventSpec("grant.given")] * 50_000)

    ordinals = Event.objects.filter(entry=entry).order_by("ordinal")
    assert list(ordinals.values_list("ordinal", flat=True)) == list(range(1, 50_001))


def test_many_entries_are_one_statement_with_the_details_and_events_of_each(
    django_assert_num_queries: Any,
) -> None:
    objects = [new_id() for _ in range(3)]
    with acting(PERSON), django_assert_num_queries(1):
        written = record_all(
            PERSON,
            [
                EntrySpec(
                    kind="section.released",
                    object_type="section",
                    object_id=key,
                    details={"place": place} if place else None,
                    events=[EventSpec("section.released")] * place,
                )
                for place, key in enumerate(objects)
            ],
        )

    rows = Entry.objects.filter(pk__in=[entry.pk for entry in written]).order_by("id")
    assert [row.object_id for row in rows] == [str(key) for key in objects]
    details = Detail.objects.filter(entry__in=written).order_by("entry")
    assert [(row.pk, row.payload) for row in details] == [
        (written[place].pk, {"place": place}) for place in (1, 2)
    ]
    events = Event.objects.filter(entry__in=written).order_by("entry", "ordinal")
    assert [(event.entry_id, event.ordinal, event.object_id) for event in events] == [
        (written[1].pk, 1, objects[1]),
        (written[2].pk, 1, objects[2]),
        (written[2].pk, 2, objects[2]),
    ]


def test_nothing_that_happened_is_no_entry() -> None:
    before = Entry.objects.count()

    assert record_all(PERSON, []) == []
    assert Entry.objects.count() == before


def test_canonical_json_is_sorted_and_without_spaces() -> None:
    assert canonical_json({"b": [1, None], "a": "é\n"}) == '{"a":"é\\n","b":[1,null]}'.encode()
