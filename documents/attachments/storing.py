"""Where the bytes of attachments are: in a storage, under random names, outside of any web root.

The name a file was sent with is never part of a path. A file is there before its row is, and gone
after: what a process that dies leaves behind is a file without a row, which the worker removes.
"""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from secrets import token_hex

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.utils import timezone

from platform_api.core.transaction import on_rollback

KEPT_HOURS = 24
"""How long a file may be without a row: far longer than any request takes."""

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")
_logger = logging.getLogger(__name__)


def attachment_storage() -> Storage:
    """The storage that the setting names."""
    return storages["attachments"]


def store(file: "File[bytes]") -> str:
    """Put a file into the storage, by pieces; its name there. Undone with the transaction."""
    token = token_hex(32)
    name = f"{token[:2]}/{token[2:]}"
    on_rollback(lambda: _remove(name))
    file.seek(0)
    stored = attachment_storage().save(name, File(file, name=name))
    if stored != name:
        _remove(stored)
        raise OSError("the storage holds a file of this name")
    return name


def remove_after_commit(name: str) -> None:
    """Remove a file once it is certain that nothing refers to it any more."""
    transaction.on_commit(lambda: _remove(name))


def remove_orphans() -> int:
    """Remove files that belong to no attachment and are older than ``KEPT_HOURS``; how many."""
    storage, oldest = attachment_storage(), timezone.now() - timedelta(hours=KEPT_HOURS)
    removed = 0
    for folder in _listed(storage, ""):
        names = [f"{folder}/{each}" for each in _listed(storage, folder, files=True)]
        old = [
            name
            for name in names
            if _NAME.fullmatch(name) and storage.get_modified_time(name) < oldest
        ]
        for name in _unknown(old):
            _remove(name)
            removed += 1
    return removed


def _listed(storage: Storage, folder: str, *, files: bool = False) -> Iterator[str]:
    try:
        folders, found = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from found if files else folders


def _unknown(names: list[str]) -> list[str]:
    """Those of some names that no attachment has, asked of the database past row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_attachments_unknown(%s)", [names])
        found: list[str] = cursor.fetchone()[0]
    return found


def _remove(name: str) -> None:
    """Remove a file; one that can't be removed now is an orphan, and is removed later."""
    try:
        attachment_storage().delete(name)
    except Exception:
        _logger.exception("an attachment's file could not be removed")
