"""What the supervisor watches over, and the signals that end it."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .processes import end_group, start_child

# Seconds: the longest pause before a restart, and the life after which pauses begin anew.
_LONGEST_PAUSE = 30.0
_STEADY = 60.0


class StopSignals:
    """Notes SIGINT, SIGTERM and SIGHUP; a second one means: without grace.

    Attributes:
        count: how many arrived.
    """

    def __init__(self) -> None:
        self.count = 0

    @property
    def asked(self) -> bool:
        """Whether to stop."""
        return self.count > 0

    @property
    def hurried(self) -> bool:
        """Whether to stop at once."""
        return self.count > 1

    def install(self) -> None:
        """Take over the signals, also where a background shell had them ignored."""
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
            signal.signal(signal.SIGHUP, self._note)

    def _note(self, number: int, frame: object) -> None:
        self.count += 1

    def pause(self, seconds: float) -> None:
        """Sleep, but not past a signal that asks to stop."""
        deadline = time.monotonic() + seconds
        while not self.asked and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.05))


@dataclass
class Service:
    """A child that should always run: restarted with growing pauses when it dies.

    Attributes:
        folder: where it works.
        grace: seconds it gets to end by itself when asked.
        death_signal: what it receives when the supervisor is killed.
    """

    name: str
    command: Sequence[str | Path]
    log_file: Path
    environment: Mapping[str, str]
    folder: Path
    grace: float
    death_signal: int = signal.SIGKILL
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _pause: float = 1.0
    _due: float = field(default=0.0)

    def start(self) -> None:
        """Start the child."""
        with self.log_file.open("ab") as log:
            self.process = start_child(
                self.command,
                log=log,
                env=self.environment,
                cwd=self.folder,
                death_signal=self.death_signal,
                pass_fds=self.pass_fds,
            )
        self._started = time.monotonic()
        self._due = 0.0

    @property
    def running(self) -> bool:
        """Whether the child is alive."""
        return self.process is not None and self.process.poll() is None

    def watch(self, say: Callable[[str], None]) -> None:
        """Note a death, and start again when the pause is over."""
        if self.process is None or self.running:
            return
        now = time.monotonic()
        if not self._due:
            end_group(self.process, signal.SIGKILL)  # children of a killed child
            if now - self._started > _STEADY:
                self._pause = 1.0
            self._due = now + self._pause
            say(
                f"{self.name} ended ({how_it_ended(self.process.returncode)}); starting it again "
                f"in {self._pause:.0f} s. Its log: {self.log_file}"
            )
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        elif now >= self._due:
            self.start()

    def stop(self, signals: StopSignals) -> None:
        """Ask the child to end; after its grace, or a second Ctrl-C, end its whole group."""
        if self.process is None:
            return
        if self.running:
            self.process.terminate()
        deadline = time.monotonic() + self.grace
        while self.running and time.monotonic() < deadline and not signals.hurried:
            time.sleep(0.02)
        end_group(self.process, signal.SIGKILL)
        self.process.wait()


def how_it_ended(code: int) -> str:
    """An exit code in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"
