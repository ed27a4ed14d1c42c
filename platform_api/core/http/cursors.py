"""Opaque cursors: a place in a list, sealed so that it tells nothing and can't be made up.

AES-256-GCM under a key derived from SECRET_KEY. The nonce is derived from what is sealed, so
one place always has one cursor and equal answers have equal ETags; a nonce could repeat only
with the whole message. A cursor belongs to one path and one set of query parameters. It
carries no rights: the page it leads to is decided anew.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from platform_api.core.errors import FieldError, Invalid

from .renderers import render_json

_VERSION = 1
_NONCE_BYTES = 12
_BLOCK = 64
"""Sealed texts are filled up to whole blocks, so that their length tells nothing either."""

Key = tuple[Any, ...]
"""The values of a page's order at one row; the last is its id."""

_DECODERS: Mapping[str, Callable[[str], Any]] = {
    "uuid": UUID,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Behind (``backward`` False) or in front of (True) the row with a key."""

    key: Key
    backward: bool = False


def seal(place: Place, binding: str) -> str:
    """The cursor of a place, for URLs."""
    content = render_json([_VERSION, place.backward, [_encoded(value) for value in place.key]])
    padded = content.ljust(-(-len(content) // _BLOCK) * _BLOCK)
    cipher_key, nonce_key = _keys(settings.SECRET_KEY)
    bound = binding.encode()
    nonce = hmac.digest(nonce_key, hashlib.sha256(bound).digest() + padded, "sha256")
    nonce = nonce[:_NONCE_BYTES]
    sealed = nonce + AESGCM(cipher_key).encrypt(nonce, padded, bound)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def unseal(cursor: str, binding: str) -> Place:
    """The place of a cursor; raises Invalid where it was not made here for this list."""
    try:
        sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        version, backward, key = orjson.loads(_opened(sealed, binding.encode()))
        if version == _VERSION:
            return Place(tuple(_decoded(value) for value in key), backward)
    except (InvalidTag, ValueError, TypeError, KeyError):
        pass
    raise Invalid([FieldError("?cursor", "invalid_cursor", "The cursor does not belong here.")])


def _opened(sealed: bytes, bound: bytes) -> bytes:
    nonce, encrypted = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    if len(nonce) < _NONCE_BYTES:
        raise ValueError("too short")
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_keys(secret)[0]).decrypt(nonce, encrypted, bound)
        except InvalidTag:
            continue
    raise InvalidTag


@lru_cache(maxsize=8)
def _keys(secret: str) -> tuple[bytes, bytes]:
    purposes = (b"platform cursor cipher", b"platform cursor nonce")
    cipher_key, nonce_key = (hmac.digest(secret.encode(), p, "sha256") for p in purposes)
    return cipher_key, nonce_key


def _encoded(value: Any) -> Any:
    if isinstance(value, UUID):
        return ["uuid", str(value)]
    if isinstance(value, datetime):
        return ["time", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        kind, text = value
        return _DECODERS[kind](text)
    return value
