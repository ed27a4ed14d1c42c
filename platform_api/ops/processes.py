"""Child processes that cannot outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
# Loaded here and not in the child: between fork and exec nothing may import or take a lock.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def bind_life_to_parent(death_signal: int, *, parent: int | None = None) -> Callable[[], None]:
    """Make the function that a child runs before exec, so that it dies with its parent.

    ``parent`` is the process that must still be the child's parent then; by default this one.

    Linux delivers ``death_signal`` when the *thread* that started the child ends, even by
    ``kill -9``; so start children from a thread that lives as long as they should. On other
    systems the function does nothing.
    """
    expected = os.getpid() if parent is None else parent

    def in_child() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
            if os.getppid() != expected:  # it died before the call above took effect
                os._exit(1)

    return in_child


def start_child(
    command: Sequence[str | Path],
    *,
    log: IO[bytes],
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    death_signal: int = signal.SIGTERM,
    user: tuple[int, int] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start ``command`` in a process group of its own, its output going to ``log``.

    The group keeps the terminal's Ctrl-C away from it: its starter decides when it stops.
    ``user`` is a (uid, gid) to change to.
    """
    return subprocess.Popen(
        [os.fspath(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=cwd,
        process_group=0,
        pass_fds=pass_fds,
        # Takes no lock and imports nothing, so that other threads do no harm.
        preexec_fn=bind_life_to_parent(death_signal),  # noqa: PLW1509 - see above
        user=user[0] if user else None,
        group=user[1] if user else None,
        extra_groups=[] if user else None,
    )


def end_group(child: subprocess.Popen[bytes], signal_number: int) -> None:
    """Send a signal to everything in a child's process group that still runs."""
    try:
        os.killpg(child.pid, signal_number)
    except (ProcessLookupError, PermissionError):
        # Gone, or (macOS) a group of nothing but zombies.
        return


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log file, indented, for a message about a failed start."""
    try:
        with path.open("rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(0, log.tell() - 16_384))
            lines = log.read().decode("utf-8", "replace").splitlines()[-count:]
    except OSError:
        return "  (no log)"
    return "\n".join(f"  {line}" for line in lines) or "  (the log is empty)"
