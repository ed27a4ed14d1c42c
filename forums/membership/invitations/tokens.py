"""The secrets of invitations: made here, mailed, and kept as hashes only."""

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """256 random bits in characters that a link may have."""
    return secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> bytes:
    """What is kept of a token; a random one needs neither salt nor stretching."""
    return hashlib.sha256(token.encode()).digest()
