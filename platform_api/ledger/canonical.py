"""The bytes that are hashed, and the hashes; pure, so that an outsider can do the same.

An entry's bytes are a tag and then every column in ``ENTRY_COLUMNS`` order, each as its
length (4 bytes, big-endian, signed) and its bytes; a null is the length -1 and nothing.
Numbers are 8 bytes big-endian signed, a time is microseconds since 1970-01-01 UTC, a UUID
its 16 bytes, text UTF-8. The database's ``ledger_entry_hash`` does the same in SQL.
"""

import hashlib
import json
import re
import struct
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

GENESIS = bytes(32)
"""The chain hash before the first seal."""

ENTRY_TAG = b"rcp.ledger.entry.1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_EXACT = 2**53 - 1
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")


class EntryColumns(NamedTuple):
    """What an entry's hash covers: every column but ``xid``, which means nothing elsewhere."""

    id: UUID
    at: datetime
    kind: str
    actor_id: UUID | None
    actor_kind: str
    seat_id: UUID | None
    client_id: str
    request_id: str
    object_type: str
    object_id: str
    owner_seat_id: UUID | None
    effective_scope_id: int | None
    details_hash: bytes | None


ENTRY_COLUMNS = EntryColumns._fields


def microseconds(moment: datetime) -> int:
    """A time as whole microseconds since 1970-01-01 UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _encoded(value: object) -> bytes:
    match value:
        case UUID():
            return value.bytes
        case str():
            return value.encode()
        case bytes():
            return value
        case datetime():
            return struct.pack(">q", microseconds(value))
        case int():
            return struct.pack(">q", value)
    raise TypeError(f"no encoding for {type(value).__name__}")


def entry_bytes(columns: EntryColumns) -> bytes:
    """The unambiguous bytes of an entry."""
    parts = [ENTRY_TAG]
    for value in columns:
        if value is None:
            parts.append(struct.pack(">i", -1))
        else:
            encoded = _encoded(value)
            parts.append(struct.pack(">i", len(encoded)) + encoded)
    return b"".join(parts)


def entry_hash(columns: EntryColumns) -> bytes:
    """SHA-256 of an entry's bytes."""
    return hashlib.sha256(entry_bytes(columns)).digest()


def chain_hash(previous: bytes, entry: bytes, *, position: int, sealed_at: datetime) -> bytes:
    """SHA-256 over the previous chain hash, the entry hash, and the seal's own two columns."""
    own = struct.pack(">qq", position, microseconds(sealed_at))
    return hashlib.sha256(previous + entry + own).digest()


def canonical_json(value: Any) -> bytes:
    """JSON without spaces, members sorted by code point, UTF-8, nothing escaped needlessly."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def details_hash(salt: bytes, payload: Any) -> bytes:
    """SHA-256 of the salt and the canonical JSON of the details.

    The salt keeps a guessable value (a name, a yes or no) from being confirmed by its hash
    once the details are erased.
    """
    return hashlib.sha256(salt + canonical_json(payload)).digest()


def plain(value: Any) -> Any:
    """A value as JSON that PostgreSQL's jsonb gives back unchanged.

    Fractions and numbers beyond 2**53 become text, for jsonb writes them in another form.
    NUL and lone surrogates, which the database cannot hold, become U+FFFD.

    Raises TypeError for a type without a plain form, ValueError for two equal keys.
    """
    match value:
        case None | bool():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return storable(value)
        case int():
            return int(value) if abs(value) <= _LARGEST_EXACT else _int_text(value)
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case Mapping():
            members = {storable(str(plain(key))): plain(item) for key, item in value.items()}
            if len(members) != len(value):
                raise ValueError("two keys of the details are the same as text")
            return members
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=canonical_json)
        case timedelta():
            return f"{value.total_seconds()!r} s"
    if isinstance(value, UUID | Decimal | float):
        return str(value)
    raise TypeError(f"details cannot hold a {type(value).__name__}")


def storable(text: str) -> str:
    """Text that a PostgreSQL UTF-8 database can hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def _int_text(value: int) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to write out more than 4,300 digits
        return hex(value)
