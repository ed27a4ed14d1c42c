"""Where the bytes of attachments are: in a storage, under random names, outside of any web root.

The name a file was sent with is never part of a path. A file is there before its row is, and gone
after. A removal is written down in the transaction that asks for it, as a job that is tried again
until it succeeds; a file that a process leaves behind when it dies while it attaches it has no
row, and the worker removes it, too.
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
from procrastinate.contrib.django import app

from platform_api.core.transaction import on_rollback

KEPT_HOURS = 24
"""How long a file may be without a row: far longer than any request takes."""

REMOVAL = "documents.attachment_removal"
"""The job that removes one file, by its name in the storage."""

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
    """Remove a file once it is certain that nothing refers to it any more: at once, and by a job
    of the same transaction where that fails."""
    app.configure_task(REMOVAL).defer(name=name)
    transaction.on_commit(lambda: _remove(name))


def remove_now(name: str) -> None:
    """Remove a file, whether it is still there or not. Raises what the storage raises."""
    attachment_storage().delete(name)


def remove_orphans() -> int:
    """Remove files that belong to no attachment and are older than ``KEPT_HOURS``; how many."""
    removed = 0
    for name in orphans(older_than=timedelta(hours=KEPT_HOURS)):
        _remove(name)
        removed += 1
    return removed


def orphans(*, older_than: timedelta) -> Iterator[str]:
    """The files that belong to no attachment, but for those that are being attached just now."""
    storage, oldest = attachment_storage(), timezone.now() - older_than
    for folder in _listed(storage, ""):
        names = [f"{folder}/{each}" for each in _listed(storage, folder, files=True)]
        yield from _unknown(
            [
                name
                for name in names
                if _NAME.fullmatch(name) and storage.get_modified_time(name) < oldest
            ]
        )


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
    """Remove a file; one that can't be removed now is removed later."""
    try:
        remove_now(name)
    except Exception:
        _logger.exception("an attachment's file could not be removed")
