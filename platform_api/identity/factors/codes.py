"""Keys, codes and recovery codes of a second factor; nothing here writes.

Codes are those of RFC 6238 with SHA-1, six digits and 30 seconds, which every authenticator app
knows. A key is at rest encrypted under one that is derived from ``SECRET_KEY``; recovery codes
have 80 random bits, so a fast keyed hash protects them.
"""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

import segno
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings

STEP_SECONDS = 30
DIGITS = 6
KEY_BYTES = 20
RECOVERY_CODES = 10
ISSUER = "Regional Cooperation Platform"
_NONCE_BYTES = 12
_RECOVERY_BYTES = 10


def new_key() -> bytes:
    """The secret that an app shares with the platform."""
    return secrets.token_bytes(KEY_BYTES)


def sealed(key: bytes, factor_id: UUID) -> bytes:
    """A key as it is kept; it opens for the same factor only."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_derived("factor-key")).encrypt(nonce, key, factor_id.bytes)


def unsealed(stored: bytes, factor_id: UUID) -> bytes:
    """The key that was kept. Raises InvalidTag when it was changed or SECRET_KEY was."""
    nonce, kept = stored[:_NONCE_BYTES], stored[_NONCE_BYTES:]
    return AESGCM(_derived("factor-key")).decrypt(nonce, kept, factor_id.bytes)


def code_at(key: bytes, step: int) -> str:
    """The code of a time step (seconds since 1970, divided by 30)."""
    return _totp(key).generate(step * STEP_SECONDS).decode()


def matching_step(key: bytes, code: str, *, now: float, after: int) -> int | None:
    """The time step whose code this is: the present one, or one beside it for a clock that is
    off. Steps up to ``after`` are spent. None when it is of no such step."""
    present = int(now) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if step > after and hmac.compare_digest(code_at(key, step).encode(), code.encode()):
            return step
    return None


def typed(text: str) -> str:
    """A code as it was meant: without blanks and hyphens, in capitals."""
    return "".join(text.split()).replace("-", "").upper()


def key_text(key: bytes) -> str:
    """A key to be typed into an app: base 32 in groups of four."""
    text = base64.b32encode(key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def key_picture(key: bytes, account: str) -> str:
    """A QR code of the key for an app's camera, as SVG without styles or scripts."""
    uri = _totp(key).get_provisioning_uri(account, ISSUER)
    return str(segno.make(uri, error="m").svg_inline(border=4, light="#fff", omitsize=True))


def new_recovery_code() -> str:
    """Sixteen characters in groups of four."""
    text = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def recovery_hash(code: str, factor_id: UUID) -> bytes:
    """What is kept of a recovery code."""
    message = factor_id.bytes + typed(code).encode()
    return hmac.new(_derived("recovery-code"), message, hashlib.sha256).digest()


def _totp(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)  # noqa: S303 - RFC 6238


def _derived(purpose: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
