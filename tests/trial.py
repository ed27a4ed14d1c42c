"""A trial instance of its own, as ``make run`` starts one."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .folders import quick_folder

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Trial:
    """A running instance. environment: what commands of the README are run with."""

    base_url: str
    demo: Path
    environment: dict[str, str]


@pytest.fixture(scope="session")
def trial() -> Iterator[Trial]:
    """The platform under its supervisor, on a free port and with data of its own."""
    var = Path(tempfile.mkdtemp(prefix="rcp-trial-", dir=quick_folder()))
    port = _free_port()
    clean = {name: value for name, value in os.environ.items() if name in _KEPT}
    log = var / "supervisor.txt"
    with log.open("wb") as output:
        supervisor = subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port),
             "--var", str(var)],
            cwd=ROOT,
            env=clean,
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait_until_ready(supervisor, log)
        yield Trial(f"http://127.0.0.1:{port}", var / "demo.json", clean)
    finally:
        supervisor.send_signal(signal.SIGINT)
        supervisor.wait(timeout=120)
        shutil.rmtree(var, ignore_errors=True)


_KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER", "XDG_RUNTIME_DIR"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(supervisor: "subprocess.Popen[bytes]", log: Path) -> None:
    """Follow what the supervisor prints until it says that everything runs."""
    while supervisor.poll() is None:
        if "Ctrl-C stops everything" in log.read_text(encoding="utf-8"):
            return
        try:
            supervisor.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError(f"the trial did not start:\n{log.read_text(encoding='utf-8')}")
