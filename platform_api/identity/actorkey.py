"""Hands the actor key to the database after migrating."""

from typing import Any

from django.conf import settings
from django.db import connections

_BLOCK = 64


def pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer padded key of HMAC-SHA-256 (RFC 2104); the key is 64 bytes at most."""
    if not 32 <= len(key) <= _BLOCK:
        raise ValueError("ACTOR_KEY must have 32 to 64 bytes")
    block = key.ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def install_actor_key(*, using: str, **_: Any) -> None:
    """Write the key that this instance signs with; run by ``migrate``, as the owner."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if "identity_actorkey" not in connection.introspection.table_names(cursor):
            return
        cursor.execute(
            "INSERT INTO identity_actorkey (id, inner_pad, outer_pad) VALUES (1, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, "
            "outer_pad = excluded.outer_pad",
            list(pads(settings.ACTOR_KEY)),
        )
