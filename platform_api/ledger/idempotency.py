"""Kept answers in the database: implements ``core.http.idempotency.IdempotencyStore``."""

import hashlib
import json
import struct
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from platform_api.core.errors import Conflict, FieldError, Invalid, Refusal
from platform_api.core.http.idempotency import StoredAnswer

LIFETIME_HOURS = 24
_LONGEST_KEY = 255

_LOCK = "SELECT pg_try_advisory_xact_lock(%s)"
_FIND = """
SELECT request_sha256, status, headers, body, resource_type, resource_id, secret
FROM ledger_idempotentanswer
WHERE caller = %s AND key = %s
    AND made_at > clock_timestamp() - make_interval(hours => %s)
"""
_KEEP = """
INSERT INTO ledger_idempotentanswer (
    caller, key, request_sha256, status, headers, body, resource_type, resource_id, secret, made_at
) VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, clock_timestamp())
ON CONFLICT (caller, key) DO UPDATE SET
    request_sha256 = excluded.request_sha256, status = excluded.status,
    headers = excluded.headers, body = excluded.body,
    resource_type = excluded.resource_type, resource_id = excluded.resource_id,
    secret = excluded.secret, made_at = excluded.made_at
"""
_FORGET = """
DELETE FROM ledger_idempotentanswer WHERE id IN (
    SELECT id FROM ledger_idempotentanswer
    WHERE made_at <= clock_timestamp() - make_interval(hours => %s) LIMIT %s
)
"""
_EMPTY = """
UPDATE ledger_idempotentanswer SET secret = true, headers = '{}', body = ''
WHERE NOT secret AND (
    (resource_type, resource_id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
    OR (%s <> '' AND strpos(
        regexp_replace(encode(body, 'escape'), %s, ' ', 'g'),
        regexp_replace(encode(convert_to(%s, 'UTF8'), 'escape'), %s, ' ', 'g')) > 0))
"""
_BLANKS_IN_JSON = r"(\\\\[nrtf]|\\\\u000b|[ \t\n\r\f\v])+"
"""White space of a text within JSON within ``encode(…, 'escape')``, which doubles backslashes."""


class DatabaseIdempotencyStore:
    """Answers by caller and key, for 24 hours by the database's clock.

    The key is held by an advisory lock until the request's transaction ends, so an answer
    and the change it reports are there together or not at all.
    """

    def claim(self, *, caller: str, key: str, request_sha256: bytes) -> StoredAnswer | None:
        """Lock the key until the transaction ends; the kept answer if there is one.

        Raises Invalid for a key that is not 1 to 255 visible ASCII characters; Conflict
        ``request_in_progress`` when another transaction holds the key; Refusal 422
        ``idempotency_key_reused`` when it was used for another request; Conflict
        ``secret_already_shown`` when the answer held a secret.
        """
        _require_valid(key)
        _require_transaction()
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [_lock_number(caller, key)])
            if not cursor.fetchone()[0]:
                raise Conflict(
                    "A request with this Idempotency-Key is still being carried out.",
                    code="request_in_progress",
                    headers={"Retry-After": "1"},
                )
            cursor.execute(_FIND, [caller, key, LIFETIME_HOURS])
            row = cursor.fetchone()
        if row is None:
            return None
        kept_sha256, status, headers, body, resource_type, resource_id, secret = row
        if bytes(kept_sha256) != request_sha256:
            raise _KeyReused("This Idempotency-Key was used for another request.")
        if secret:
            raise Conflict(
                "The request was carried out. Its answer held a secret, which is shown once.",
                code="secret_already_shown",
            )
        return StoredAnswer(
            status=status,
            headers=json.loads(headers),
            body=bytes(body),
            resource=(resource_type, resource_id) if resource_type else None,
            secret=False,
        )

    def keep(self, *, caller: str, key: str, request_sha256: bytes, answer: StoredAnswer) -> None:
        """Store the answer under a key that ``claim`` locked in this transaction.

        Of an answer with a secret neither body nor headers are written.
        """
        _require_valid(key)
        _require_transaction()
        headers, body = ({}, b"") if answer.secret else (answer.headers, answer.body)
        values: list[Any] = [
            caller,
            key,
            request_sha256,
            answer.status,
            json.dumps(headers),
            body,
            *(answer.resource or ("", "")),
            answer.secret,
        ]
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, values)


class _KeyReused(Refusal):
    status = 422
    slug = "idempotency-key-reused"
    code = "idempotency_key_reused"


def forget_answers(*, resources: Sequence[tuple[str, str]], passage: str = "") -> None:
    """Empty the kept answers about resources, and those in which a passage stands.

    resources: type names and ids. passage: with single white space, empty for none.
    A repeated request is still not carried out twice: it is told that the answer is not kept.
    """
    _require_transaction()
    types, keys = [name for name, _ in resources], [key for _, key in resources]
    text = json.dumps(passage, ensure_ascii=False)[1:-1]
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, [types, keys, text, _BLANKS_IN_JSON, text, _BLANKS_IN_JSON])


def forget_old_answers(*, at_most: int = 5000) -> int:
    """Remove answers older than 24 hours, which no claim finds any more; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [LIFETIME_HOURS, at_most])
        return int(cursor.rowcount)


def _lock_number(caller: str, key: str) -> int:
    # NUL is in neither, so that no two pairs give the same bytes.
    text = f"rcp.ledger.idempotency\0{caller}\0{key}"
    number: int = struct.unpack(">q", hashlib.sha256(text.encode()).digest()[:8])[0]
    return number


def _require_valid(key: str) -> None:
    if not (1 <= len(key) <= _LONGEST_KEY and all("!" <= character <= "~" for character in key)):
        detail = "Idempotency-Key must be 1 to 255 visible ASCII characters."
        raise Invalid([FieldError("Idempotency-Key", "invalid_idempotency_key", detail)])


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("an idempotency key was used outside a transaction")
