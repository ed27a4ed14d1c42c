"""The operating-system user of the embedded server, for when the platform is started as root.

PostgreSQL refuses to run as root, so root lends it a system user of its own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SYSTEM_USER = "rcp-postgres"


class SystemUserError(RuntimeError):
    """The server's user cannot be made; the message is one sentence for the operator."""


@dataclass(frozen=True)
class SystemUser:
    """A user and group that the server runs as."""

    name: str
    uid: int
    gid: int

    @property
    def ids(self) -> tuple[int, int]:
        """(uid, gid), as a child process is started with."""
        return self.uid, self.gid


def system_user() -> tuple[SystemUser, bool]:
    """Find or make the system user; the second value says whether it was made just now.

    Raises:
        SystemUserError: it does not exist and cannot be made.
    """
    found = _lookup()
    if found:
        return found, False
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    options = "--system --user-group --no-create-home --home-dir /nonexistent"
    command = [useradd, *options.split(), "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        reason = result.stderr.strip()
    except OSError as error:
        reason = str(error)
    deadline = time.monotonic() + 5
    while not (found := _lookup()):  # a second start may be making it at this moment
        if time.monotonic() > deadline:
            raise SystemUserError(
                "PostgreSQL does not run as root and the system user "
                f"{SYSTEM_USER} could not be made ({reason}): start as an ordinary user instead."
            )
        time.sleep(0.1)
    return found, True


def open_path(path: Path, user: SystemUser) -> list[Path]:
    """Give ``user`` passage (o+x) to ``path`` where an ancestor denies it; return those opened.

    Passage lets it reach a name it knows; it does not let anybody list or read the folder.
    """
    opened = []
    for folder in reversed(path.resolve().parents):
        status = folder.stat()
        if status.st_uid == user.uid:
            needed = stat.S_IXUSR
        elif status.st_gid == user.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not status.st_mode & needed:
            folder.chmod(stat.S_IMODE(status.st_mode) | needed)
            opened.append(folder)
    return opened


def open_tree(path: Path) -> bool:
    """Let every user read ``path`` and what is in it; returns whether that changed anything.

    For installed files that a strict umask closed.
    """
    changed = False
    for folder, _, files in os.walk(path):
        for place in (folder, *(os.path.join(folder, name) for name in files)):
            mode = stat.S_IMODE(os.lstat(place).st_mode)
            wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
            if mode != wanted and not os.path.islink(place):
                os.chmod(place, wanted)
                changed = True
    return changed


def own_tree(path: Path, user: SystemUser) -> None:
    """Hand a folder and what is in it to ``user``, unless it is theirs already."""
    if path.stat().st_uid == user.uid:
        return
    for folder, _, files in os.walk(path):
        os.chown(folder, *user.ids)
        for name in files:
            os.chown(os.path.join(folder, name), *user.ids, follow_symlinks=False)


def private_folder(path: Path, user: SystemUser | None) -> Path:
    """Make ``path`` a 0700 folder of ``user`` (or of the caller), also under a shared parent.

    Under a folder that everybody may write to, somebody else may have taken the name: then a
    folder with a random name is made beside it instead.
    """
    uid, gid = user.ids if user else (os.getuid(), os.getgid())
    try:
        path.mkdir(mode=0o700)
        os.chown(path, uid, gid)
    except FileExistsError:
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (uid, os.getuid()):
            path = Path(tempfile.mkdtemp(prefix=f"{path.name}-", dir=path.parent))
        os.chown(path, uid, gid)
    path.chmod(0o700)
    return path


def _lookup() -> SystemUser | None:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
