"""The manifest of a version: what its text is, and the hashes that bind it. Pure.

A manifest is a mapping of JSON values: the document's kind, titles and working language, the
version's kind and label, who made it, and its sections in reading order, each with its number,
its text and the chain hash of the revision it is pinned to. A section's ``sha256`` covers its own
members, the manifest's covers the head and the hashes of all sections in their order: whoever
reads a version can recompute both from the answer alone. Ids are not covered; the chain hash says
which revision it is.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

_SECTION = b"rcp version section 1\n"
_MANIFEST = b"rcp version manifest 1\n"

SECTION_MEMBERS = (
    "number",
    "depth",
    "title",
    "language",
    "state",
    "owner",
    "body",
    "chain_hash",
)
"""What a section's hash covers."""

HEAD_MEMBERS = (
    "document_kind",
    "titles",
    "working_language",
    "kind",
    "label",
    "made_by",
)
"""What the manifest's hash covers besides its sections."""


def canonical(value: Any) -> bytes:
    """JSON without spaces, members sorted by code point, UTF-8, nothing escaped needlessly."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def section_sha256(section: Mapping[str, Any]) -> str:
    """The hash of one section of a manifest, in hex."""
    covered = {name: section[name] for name in SECTION_MEMBERS}
    return hashlib.sha256(_SECTION + canonical(covered)).hexdigest()


def manifest_sha256(manifest: Mapping[str, Any]) -> str:
    """The hash of a whole manifest, in hex, over the hashes that its sections carry."""
    covered = {name: manifest[name] for name in HEAD_MEMBERS}
    covered["sections"] = [section["sha256"] for section in manifest["sections"]]
    return hashlib.sha256(_MANIFEST + canonical(covered)).hexdigest()


def is_purged(section: Mapping[str, Any]) -> bool:
    """Whether its title and text were removed; its hash still stands for what they were."""
    return "purged" in section and not section["title"] and not section["body"]


def is_head_purged(manifest: Mapping[str, Any]) -> bool:
    """Whether its titles or its label were removed; the ledger says which hash it has since."""
    return "purged" in manifest and not (manifest["titles"] and manifest["label"])


def first_difference(sections: Sequence[Mapping[str, Any]]) -> int | None:
    """The index of the first section that is not what its hash says; None if all are."""
    for index, section in enumerate(sections):
        if not is_purged(section) and section_sha256(section) != section["sha256"]:
            return index
    return None
