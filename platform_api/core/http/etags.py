"""Entity tags and preconditions (RFC 9110, sections 8.8.3 and 13).

The tag of a resource is ``"<revision>.<digest of this caller's answer>"``: If-Match is about
the revision, If-None-Match about the whole.
"""

import hashlib
import re

from platform_api.core.errors import FieldError, Invalid, PreconditionRequired

_TAG = re.compile(r'[ \t]*(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,|$)')
_DIGEST_LENGTH = 32


def etag_of(revision: str, body: bytes) -> str:
    """The strong tag of an answer; without a revision it is the digest alone."""
    digest = hashlib.sha256(body).hexdigest()[:_DIGEST_LENGTH]
    return f'"{revision}.{digest}"' if revision else f'"{digest}"'


def revision_tag(revision: str) -> str:
    """The tag that items of lists carry: the revision, with its quotes."""
    return f'"{revision}"'


def if_match_revisions(header: str) -> tuple[str, ...]:
    """The revisions that an If-Match header names, in its order.

    A ``W/`` put on by a proxy is tolerated. Raises PreconditionRequired for ``*``, which names
    none, and Invalid for what is not a list of entity tags.
    """
    if header.strip() == "*":
        raise PreconditionRequired("If-Match: * names no revision. Send the ETag that was read.")
    tags = _tags(header)
    if not tags or not all(tags):
        raise Invalid(
            [FieldError("", "malformed_if_match", "If-Match is not a list of entity tags.")]
        )
    return tuple(tag.partition(".")[0] for tag in tags)


def none_match_holds(header: str, etag: str) -> bool:
    """Whether If-None-Match lets the answer through, by weak comparison.

    A header that is not a list of entity tags says nothing, so the answer is sent.
    """
    if header.strip() == "*":
        return False
    return etag.strip('"') not in (_tags(header) or ())


def _tags(header: str) -> tuple[str, ...] | None:
    found: list[str] = []
    position = 0
    while position < len(header):
        match = _TAG.match(header, position)
        if match is None:
            return None
        found.append(match.group(1))
        position = match.end()
    return tuple(found)
