"""Identifiers: UUIDv7 (RFC 9562) where the time of making may be told, random where not."""

from uuid import UUID, uuid4

import uuid_utils.compat


def new_id() -> UUID:
    """A time-ordered identifier."""
    return uuid_utils.compat.uuid7()


def new_private_id() -> UUID:
    """A random identifier, for rows whose time of making must not be told."""
    return uuid4()
