"""Comparing what the rows of attachments say with what the storage holds. For the owner's role."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from platform_api.core.transaction import LIFETIME_SECONDS
from platform_api.ledger.models import Entry

from .models import Attachment
from .storing import attachment_storage, orphans

PURGED = "attachment.purged"
"""The kind of the ledger entry without which a purged file is a fault."""

_AT_ONCE = 200
_CHUNK = 64 * 1024


class FileFault(StrEnum):
    """What is not as it should be."""

    MISSING = "missing"
    CHANGED = "changed"
    ORPHAN = "orphan"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class Finding:
    """One file that was looked at. name: the attachment's id; of an orphan the file's name.

    fault: None where all is as it should be.
    """

    name: str
    fault: FileFault | None = None
    purged: bool = False


def findings() -> Iterator[Finding]:
    """Every attachment that is not merely deleted, and then every file that belongs to none.

    A file is no orphan as long as the request that brings it may still run.
    """
    rows = Attachment.objects.order_by("id")
    for row in rows.exclude(stored_as=None).iterator(_AT_ONCE):
        yield Finding(str(row.pk), _fault_of(row))
    told = Entry.objects.filter(object_type="attachment", kind=PURGED)
    for row in rows.exclude(purged_at=None).iterator(_AT_ONCE):
        recorded = told.filter(object_id=str(row.pk)).exists()
        yield Finding(str(row.pk), None if recorded else FileFault.UNRECORDED, purged=True)
    for name in orphans(older_than=timedelta(seconds=LIFETIME_SECONDS)):
        yield Finding(name, FileFault.ORPHAN)


def _fault_of(row: Attachment) -> FileFault | None:
    assert row.stored_as is not None
    digest = hashlib.sha256()
    try:
        with attachment_storage().open(row.stored_as) as file:
            for chunk in file.chunks(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return FileFault.MISSING
    return None if digest.hexdigest() == row.sha256 else FileFault.CHANGED
