"""``manage.py serve``: refusals in one sentence, and no process that outlives it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from platform_api.ops.urls import database_url
from tests.ops.processes import living_under

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 150


class Served:
    """A supervisor in a process of its own, over one folder."""

    def __init__(self, var: Path, *options: str, **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.output = var.with_name(f"output-{time.monotonic_ns()}")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-W", "ignore", ROOT / "manage.py", "serve"),
                    *(options or ("--port", str(self.port), "--var", var)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=clean_environment() | environment,
                cwd=ROOT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """Everything printed so far."""
        return self.output.read_text()

    def ready(self) -> "Served":
        """Wait until the instance is announced."""
        return self.wait_for("Ctrl-C stops everything")

    def wait_for(self, words: str, limit: float = START_LIMIT) -> "Served":
        """Wait until the supervisor has said something."""
        deadline = time.monotonic() + limit
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)
        return self

    def end(self, signal_number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(signal_number)
        return self.process.wait(60)

    def status(self, path: str) -> int:
        """The status of a GET."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def superuser(self) -> psycopg.Connection:
        """A connection to the instance's database as the superuser."""
        password = json.loads((self.var / "secrets.json").read_text())["postgres_password"]
        host = str(self.var / "postgres" / "run")
        return psycopg.connect(
            database_url(user="postgres", password=password, name="rcp", host=host),
            autocommit=True,
        )


@pytest.fixture
def serve(folder):
    started = []

    def start(*options: str, **environment: str) -> Served:
        served = Served(folder / "var", *options, **environment)
        started.append(served)
        return served

    yield start
    for served in started:
        if served.process.poll() is None:
            served.end(signal.SIGTERM)
    assert_nothing_left(folder)


def clean_environment() -> dict[str, str]:
    """The environment without what the tests put in for themselves."""
    ours = {"TRIAL", "SECRET_KEY", "VAR_DIR", "DJANGO_SETTINGS_MODULE", "PUBLIC_URL"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith(("DATABASE_", "PYTEST_"))
    }


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def assert_nothing_left(folder: Path) -> None:
    deadline = time.monotonic() + 15
    while living_under(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert living_under(folder) == []


def assert_refused(served: Served, sentence: str) -> None:
    assert served.process.wait(30) == 2, served.said
    assert sentence in served.said
    assert served.said.count("\n") == 1, served.said


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "8000.5", "", "８０"])
def test_a_wrong_port_is_refused(serve, port):
    assert_refused(serve(f"--port={port}"), "PORT must be a whole number from 1 to 65535")


def test_an_occupied_port_is_refused(serve, folder):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        served = serve("--port", str(port), "--var", folder / "var")
        assert_refused(served, f"Port {port} on 127.0.0.1 is in use by another program")


def test_a_host_that_is_not_ours_is_refused(serve, folder):
    served = serve("--host", "192.0.2.1", "--port", "8000", "--var", folder / "var")
    assert_refused(served, "192.0.2.1:8000 cannot be used here")


def test_a_folder_that_cannot_be_written_is_refused(serve, folder):
    (folder / "file").touch()
    served = serve("--port", str(free_port()), "--var", folder / "file" / "var")
    assert_refused(served, f"The folder {folder}/file/var cannot be written")


@pytest.mark.skipif(os.getuid() == 0, reason="root writes to read-only folders")
def test_a_read_only_folder_is_refused(serve, folder):
    closed = folder / "read-only"
    closed.mkdir(mode=0o500)
    served = serve("--port", str(free_port()), "--var", closed)
    assert_refused(served, f"The folder {closed} cannot be written")


@pytest.mark.parametrize(
    ("given", "missing"),
    [("DATABASE_URL", "DATABASE_OWNER_URL"), ("DATABASE_OWNER_URL", "DATABASE_URL")],
)
def test_half_a_database_is_refused(serve, given, missing):
    served = serve(**{given: "postgresql://u:p@127.0.0.1/rcp"})
    assert_refused(served, f"{given} is set but {missing} is not")


def test_a_malformed_database_url_is_refused(serve):
    served = serve(DATABASE_URL="mysql://u:p@h/d", DATABASE_OWNER_URL="postgresql://u:p@h/d")
    assert_refused(served, "DATABASE_URL is not usable: A database URL looks like")


@pytest.mark.slow
def test_an_instance_serves_stops_on_ctrl_c_and_keeps_its_data(serve, folder):
    first = serve().ready()
    assert first.status("/health/ready") == 200
    with first.superuser() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS id")
    demo = (first.var / "demo.json").read_text()
    assert (first.var / "demo.json").stat().st_mode & 0o777 == 0o600
    assert (first.var / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert (first.var / "mail").is_dir()

    assert_refused(serve(), "Another instance (process")
    assert first.status("/health/ready") == 200

    assert first.end(signal.SIGINT) == 0
    assert_nothing_left(folder)
    with pytest.raises(ConnectionRefusedError):
        first.status("/health/ready")

    second = serve().ready()
    with second.superuser() as connection:
        assert connection.execute("SELECT id FROM kept").fetchall() == [(1,)]
    told = [json.loads(text) for text in (demo, (second.var / "demo.json").read_text())]
    assert told[0]["clients"] == told[1]["clients"]
    assert second.end(signal.SIGTERM) == 0
    assert_nothing_left(folder)


@pytest.mark.slow
def test_what_dies_is_started_again_and_nothing_outlives_a_killed_supervisor(serve, folder):
    served = serve().ready()
    masters = [int(line) for line in children(served.process.pid, "gunicorn")]
    os.kill(masters[0], signal.SIGKILL)
    served.wait_for("The API ended (signal 9)", limit=20)
    assert served.status("/health/ready") == 200  # the socket kept the request waiting
    assert children(served.process.pid, "gunicorn") != [str(masters[0])]

    os.kill(int(children(served.process.pid, "manage.py worker")[0]), signal.SIGKILL)
    served.wait_for("The worker ended (signal 9)", limit=20)

    os.kill(int(children(served.process.pid, "bin/postgres")[0]), signal.SIGKILL)
    served.wait_for("PostgreSQL is back", limit=30)
    deadline = time.monotonic() + 30
    while served.status("/health/ready") != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)

    served.end(signal.SIGKILL)
    assert_nothing_left(folder)


@pytest.mark.slow
def test_ctrl_c_during_the_start_stops_it(serve, folder):
    served = serve().wait_for("Migrating the database …")
    assert served.end(signal.SIGINT) == 0
    assert_nothing_left(folder)


def children(pid: int, words: str) -> list[str]:
    """The children of a process whose command line has these words."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        child
        for child in listed
        if words in Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    ]
