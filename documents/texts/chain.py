"""The hash chain of a section's revisions. Pure: bytes and strings in, digests out.

A revision's link covers its parent's link and the digest of its content, never the content
itself, so that content can be purged and the chain still verifies.
"""

import hashlib
import json

_CONTENT = b"rcp section content 1\n"
_LINK = b"rcp section link 1\n"
_MERGE = b"rcp section merge link 1\n"
_COMMITMENT = b"rcp release commitment 1\n"
GENESIS = bytes(32)
"""The parent link of the first revision of a chain that follows nothing."""


def content_digest(*, title: str, body: str, language: str) -> bytes:
    """SHA-256 of a revision's content in its one canonical form."""
    content = json.dumps(
        {"body": body, "language": language, "title": title},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return hashlib.sha256(_CONTENT + content.encode()).digest()


def link(parent_link: bytes, content: bytes, worked_on_link: bytes | None = None) -> bytes:
    """The chain hash of a revision, from its parent's (or a commitment) and its content.

    worked_on_link: of the second parent of a merge, the revision that its author worked on.
    """
    if worked_on_link is None:
        return hashlib.sha256(_LINK + parent_link + content).digest()
    return hashlib.sha256(_MERGE + parent_link + worked_on_link + content).digest()


def release_commitment(salt: bytes, home_link: bytes) -> bytes:
    """What a public chain begins with: it binds the home chain and tells nothing of it."""
    return hashlib.sha256(_COMMITMENT + salt + home_link).digest()
