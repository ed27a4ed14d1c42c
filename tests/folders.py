"""Where the tests keep database clusters."""

import os
import re
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_PLENTY = 6 * 2**30
"""Bytes that have to be free for clusters to be kept in memory; they take 2 GB at most."""


def quick_folder() -> Path:
    """A file system in memory where there is plenty of it, else the one for temporary files.

    A copy of a database is a thousand small files. ``TMPDIR`` names another folder.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return Path(tempfile.gettempdir())
    free = min(shutil.disk_usage(_MEMORY).free, _available_memory())
    return _MEMORY if free >= _PLENTY else Path(tempfile.gettempdir())


def _available_memory() -> int:
    found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    return int(found.group(1)) * 1024 if found else 0
