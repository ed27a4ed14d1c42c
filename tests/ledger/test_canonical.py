"""What is hashed: the database and Python agree, and details come back as they were."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_api.ledger.canonical import (
    EntryColumns,
    canonical_json,
    entry_bytes,
    entry_hash,
    microseconds,
    plain,
    storable,
)

pytestmark = [pytest.mark.django_db, pytest.mark.properties]
in_one_transaction = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
ENTRIES = st.builds(
    EntryColumns,
    id=st.uuids(),
    at=st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2200),
    kind=TEXT,
    actor_id=st.none() | st.uuids(),
    actor_kind=TEXT,
    seat_id=st.none() | st.uuids(),
    client_id=TEXT,
    request_id=TEXT,
    object_type=TEXT,
    object_id=TEXT,
    owner_seat_id=st.none() | st.uuids(),
    effective_scope_id=st.none() | st.integers(-(2**31), 2**31 - 1),
    details_hash=st.none() | st.binary(max_size=40),
)
DETAILS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.uuids()
    | st.datetimes(timezones=st.just(UTC))
    | st.dates()
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=5).filter(
                lambda key: "\0" not in key and "\ufffd" not in key
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(entry=ENTRIES)
@in_one_transaction
def test_the_database_hashes_an_entry_as_python_does(entry: EntryColumns) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_entry_hash(ROW(%s, %s, '1', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            "::ledger_entry)",
            entry,
        )
        assert cursor.fetchone()[0] == entry_hash(entry)


@given(first=ENTRIES, second=ENTRIES)
@settings(max_examples=200)
def test_different_entries_have_different_bytes(first: EntryColumns, second: EntryColumns) -> None:
    assert (first == second) == (entry_bytes(first) == entry_bytes(second))


def test_moving_a_letter_to_the_next_column_changes_the_bytes() -> None:
    blank = EntryColumns(
        UUID(int=0), datetime(2026, 1, 1, tzinfo=UTC), "", None, "", None, "", "", "", "", None,
        None, None,
    )  # fmt: skip
    variants = [
        blank,
        blank._replace(object_type="ab", object_id="c"),
        blank._replace(object_type="a", object_id="bc"),
        blank._replace(details_hash=b""),
        blank._replace(seat_id=UUID(int=0)),
        blank._replace(owner_seat_id=UUID(int=0)),
    ]
    assert len({entry_bytes(variant) for variant in variants}) == len(variants)


@given(value=DETAILS)
@in_one_transaction
def test_details_come_back_from_the_database_as_the_same_bytes(value: Any) -> None:
    written = canonical_json(plain(value))
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s::jsonb)::text", [written.decode()])
        assert canonical_json(json.loads(cursor.fetchone()[0])) == written


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.10"), "1.10"),
        (0.1, "0.1"),
        (2**53, "9007199254740992"),
        (-(2**53) + 1, -(2**53) + 1),
        (Colour.RED, "red"),
        (date(2026, 2, 1), "2026-02-01"),
        (datetime(2026, 2, 1, 12, tzinfo=UTC), "2026-02-01T12:00:00Z"),
        (timedelta(minutes=1), "60.0 s"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\x01\xff", "01ff"),
        ({3, 1}, [1, 3]),
        ((1, "a"), [1, "a"]),
        ({UUID(int=0): True}, {"00000000-0000-0000-0000-000000000000": True}),
    ],
)
def test_the_plain_form_of_a_value(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def test_two_keys_that_become_one_are_refused() -> None:
    with pytest.raises(ValueError, match="two keys"):
        plain({1: "a", "1": "b"})


def test_a_number_too_long_to_write_out_is_kept_as_hexadecimal() -> None:
    assert plain(1 << 20_000) == hex(1 << 20_000)


def test_storable_keeps_ordinary_text() -> None:
    assert storable("Приручник 😀 \u007f") == "Приручник 😀 \u007f"


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_microseconds_are_exact(moment: datetime) -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert epoch + timedelta(microseconds=microseconds(moment)) == moment
