"""A real PostgreSQL for the tests: one server a run, one database a worker, clones on demand.

A pytest plugin; ``tests/conftest.py`` loads it with ``pytest_plugins``. The controller of
pytest-xdist (or the only process) starts one embedded server while the workers collect, makes the
roles, and migrates a template database *as the owner role*, so that ownership and privileges are
those of production. Each worker works on a copy of the template, connected as a superuser: so
factories see everything, and what the application does under ``SET LOCAL ROLE rcp_runtime`` is
held by row-level security.

``TEST_DATABASE_URL`` (a superuser's) uses a server of yours instead: its three ``rcp_*`` roles get
the passwords of the run, and everything else that the run makes there is dropped at its end.

``TEST_POSTGRES_KEPT`` names a folder in which migrated clusters are kept, one for each state of
models and migrations, so that the next run of many short ones need not migrate.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import psycopg
import pytest
from psycopg import sql

from platform_api.ops.postgres import EmbeddedPostgres
from platform_api.ops.processes import end_group, last_lines, start_child
from platform_api.ops.roles import OWNER, RUNTIME, bootstrap
from platform_api.ops.urls import database_from_url, database_url

from .folders import quick_folder

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN = 300.0
"""Seconds a worker waits for the template; migrations are the larger part."""

Role = Literal["runtime", "owner", "superuser"]
_FOLDER_PREFIX = "rcp-test-"
_SCHEMA = {"models", "migrating", "rls", "sql", "roles", "fields", "grants"}
"""Modules that decide what a migrated database is, besides the migrations."""


@dataclass(frozen=True)
class DatabaseServer:
    """The server of this run, and how to get databases from it.

    Attributes:
        url: the superuser's, to the maintenance database.
        template: the migrated database that copies are made of.
        prefix: with which the names of all copies begin.
        passwords: of the roles that log in, by role.
    """

    url: str
    template: str
    prefix: str
    passwords: dict[str, str]

    def url_of(self, name: str, role: Role = "superuser") -> str:
        """The URL of a database of this server, for a role."""
        parts = database_from_url(self.url)
        user, password = parts["USER"], parts["PASSWORD"]
        if role != "superuser":
            user = {"runtime": RUNTIME, "owner": OWNER}[role]
            password = self.passwords[role]
        port = int(parts["PORT"]) if parts["PORT"] else None
        return database_url(user=user, password=password, name=name, host=parts["HOST"], port=port)

    def clone(self, name: str, of: str = "") -> None:
        """Make (or make anew) a database as a copy of the template, or ``of`` another database."""
        self.drop(name)
        made = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY"
        self._execute(made, name, of or self.template, OWNER)
        # Privileges on a database itself are not copied.
        self._execute("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
        self._execute("GRANT CONNECT ON DATABASE {} TO {}", name, RUNTIME)

    def drop(self, name: str) -> None:
        """Drop a database, ending whatever is connected to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET client_min_messages = warning")
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class _ServerThread(threading.Thread):
    """Starts the server, makes the template, and stops the server when asked.

    A thread that lives as long as the server, because the server dies with the thread that
    started it. What it has to tell stands in ``ready_file``.
    """

    def __init__(self, settings_module: str) -> None:
        super().__init__(name="postgres-for-tests", daemon=True)
        _remove_abandoned()
        prefix = f"{_FOLDER_PREFIX}{os.getpid()}-"
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=quick_folder()))
        self.ready_file = self.folder / "ready.json"
        self._settings_module = settings_module
        self._finished = threading.Event()

    def run(self) -> None:
        """Serve until ``finish``."""
        try:
            external = os.environ.get("TEST_DATABASE_URL", "")
            if external:
                self._serve(external, f"rcp_{secrets.token_hex(4)}", keep_server=True)
                return
            kept = _kept_cluster()
            if kept and not kept.exists():
                self._keep(kept)
            if kept:
                shutil.copytree(kept, self.folder / "data")
            with self._server() as server:
                self._serve(server.superuser_url(), "rcp", keep_server=False, migrated=bool(kept))
        except Exception as error:
            self._tell({"error": f"{type(error).__name__}: {error}"})

    def finish(self) -> None:
        """Stop the server and remove every trace of the run."""
        self._finished.set()
        if self.is_alive():
            self.join(60)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _server(self, folder: str = "data") -> Iterator[EmbeddedPostgres]:
        # Nobody else can open its socket; a kept cluster has to know its password again.
        server = EmbeddedPostgres(self.folder / folder, password="tests-alone", tuning="test")
        try:
            server.start(cancelled=self._finished.is_set)
            yield server
        finally:
            server.stop(limit=10)

    def _keep(self, kept: Path) -> None:
        """Migrate a cluster and keep it for later runs; of two at once the first one's stays."""
        with self._server("fresh") as server:
            url = server.superuser_url()
            passwords = {"owner": secrets.token_urlsafe(), "runtime": secrets.token_urlsafe()}
            self._migrate(self._bootstrapped(url, "rcp", passwords))
        kept.parent.mkdir(parents=True, exist_ok=True)
        scratch = kept.with_name(f"{kept.name}.{os.getpid()}")
        shutil.move(self.folder / "fresh", scratch)
        try:
            scratch.rename(kept)
        except OSError:
            shutil.rmtree(scratch)

    def _bootstrapped(self, url: str, prefix: str, passwords: dict[str, str]) -> DatabaseServer:
        server = DatabaseServer(url, f"template_{prefix}", prefix, passwords)
        bootstrap(
            url,
            owner_password=passwords["owner"],
            runtime_password=passwords["runtime"],
            database=server.template,
        )
        return server

    def _serve(self, url: str, prefix: str, *, keep_server: bool, migrated: bool = False) -> None:
        passwords = {"owner": secrets.token_urlsafe(), "runtime": secrets.token_urlsafe()}
        server = self._bootstrapped(url, prefix, passwords)
        try:
            if not migrated:
                self._migrate(server)
            self._tell(asdict(server))
            self._finished.wait()
        finally:
            if keep_server:
                with psycopg.connect(url, autocommit=True) as connection:
                    pattern = f"%{prefix}%"
                    query = "SELECT datname FROM pg_database WHERE datname LIKE %s"
                    names = connection.execute(query, [pattern]).fetchall()
                for (name,) in names:
                    server.drop(name)

    def _migrate(self, server: DatabaseServer) -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": self._settings_module,
            "DATABASE_ROLE": "owner",
            "DATABASE_OWNER_URL": server.url_of(server.template, "owner"),
            "DATABASE_URL": server.url_of(server.template, "runtime"),
        }
        log_file = self.folder / "migrate.log"
        with log_file.open("wb") as log:
            command = [sys.executable, "-W", "ignore", ROOT / "manage.py", "migrate", "--no-input"]
            process = start_child(
                [*command, "--verbosity=0"],
                log=log,
                env=environment,
                cwd=ROOT,
                death_signal=signal.SIGKILL,
            )
            while process.poll() is None:
                if self._finished.wait(0.05):
                    end_group(process, signal.SIGKILL)
                    process.wait()
        if process.returncode != 0:
            raise RuntimeError(f"the migrations failed:\n{last_lines(log_file, 40)}")

    def _tell(self, what: dict[str, Any]) -> None:
        fresh = self.ready_file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(what))
        fresh.replace(self.ready_file)


class PostgresPlugin:
    """Holds the server thread of the controlling process."""

    def __init__(self, config: pytest.Config) -> None:
        self._settings_module = os.environ.get("DJANGO_SETTINGS_MODULE") or str(
            config.getini("DJANGO_SETTINGS_MODULE")
        )
        self._thread: _ServerThread | None = None

    def ready_file(self) -> Path:
        """The file that will tell where the server is; starts the server the first time."""
        if self._thread is None:
            self._thread = _ServerThread(self._settings_module)
            self._thread.start()
        return self._thread.ready_file

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a pytest-xdist worker where to look."""
        node.workerinput["postgres_ready_file"] = str(self.ready_file())

    def pytest_unconfigure(self) -> None:
        """The run is over, however it ended."""
        if self._thread is not None:
            self._thread.finish()
            self._thread = None


def pytest_configure(config: pytest.Config) -> None:
    """Register the controller's part, in the controller only."""
    if hasattr(config, "workerinput"):
        return
    config.pluginmanager.register(PostgresPlugin(config), "rcp-postgres")
    # pytest cleans up after Ctrl-C but not after a plain kill: make the second like the first.
    if (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    ):
        signal.signal(signal.SIGTERM, _interrupt)


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> DatabaseServer:
    """The PostgreSQL server of this run, with the migrated template in it."""
    config = request.config
    worker_input = getattr(config, "workerinput", None)
    if worker_input is not None:
        ready_file = Path(worker_input["postgres_ready_file"])
    else:
        plugin = config.pluginmanager.get_plugin("rcp-postgres")
        assert isinstance(plugin, PostgresPlugin)
        ready_file = plugin.ready_file()
    return told_by(ready_file)


def told_by(ready_file: Path) -> DatabaseServer:
    """The server that a ready file tells of, once it does; ends the run when there is none."""
    deadline = time.monotonic() + READY_WITHIN
    while not ready_file.exists():
        if time.monotonic() > deadline:
            pytest.exit(f"The database for the tests was not ready in {READY_WITHIN:.0f} s.", 3)
        time.sleep(0.05)
    told = json.loads(ready_file.read_text())
    if "error" in told:
        pytest.exit(f"No database for the tests: {told['error']}", 3)
    return DatabaseServer(**told)


@contextmanager
def migrated_server(settings_module: str) -> Iterator[DatabaseServer]:
    """A server with a migrated template, for tools that are no test."""
    thread = _ServerThread(settings_module)
    thread.start()
    try:
        yield told_by(thread.ready_file)
    finally:
        thread.finish()


@dataclass(frozen=True)
class ClonedDatabase:
    """A database of one test's own, for real commits, threads and several connections."""

    name: str
    server: DatabaseServer

    def url(self, role: Role = "runtime") -> str:
        """Its URL for a role."""
        return self.server.url_of(self.name, role)

    def connect(self, role: Role = "runtime", **options: Any) -> psycopg.Connection:
        """A bare connection as a role; the caller closes it."""
        return psycopg.connect(self.url(role), **options)

    @contextmanager
    def as_role(self, role: Role) -> Iterator[None]:
        """Let Django's ``default`` connection log in as a role, in every thread."""
        with _default_database(self.url(role)):
            yield


@pytest.fixture
def cloned_db(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    postgres_server: DatabaseServer,
) -> Iterator[ClonedDatabase]:
    """A fresh copy of the template, to which ``DATABASES["default"]`` points during the test.

    Django logs in as the superuser there, as in other tests; ``as_role("runtime")`` changes that,
    and ``connect("runtime")`` gives a bare connection. Not to be combined with ``django_db``:
    nothing is rolled back, the database is dropped.
    """
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        request.fixturenames
    ):
        pytest.fail("cloned_db stands instead of django_db, db and transactional_db.")
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{postgres_server.prefix}_{worker}_clone_{secrets.token_hex(4)}"
    postgres_server.clone(name)
    clone = ClonedDatabase(name, postgres_server)
    try:
        with django_db_blocker.unblock(), clone.as_role("superuser"):
            yield clone
    finally:
        postgres_server.drop(name)


@contextmanager
def _default_database(url: str) -> Iterator[None]:
    """Point ``DATABASES["default"]`` elsewhere for a while, for this and all later threads."""
    from django.db import connections

    target = connections.settings["default"]
    before = dict(target)
    _forget_connection()
    # A pool would keep connections to the database that is left behind.
    options = {key: value for key, value in target["OPTIONS"].items() if key != "pool"}
    target.update({**database_from_url(url), "OPTIONS": options})
    try:
        yield
    finally:
        _forget_connection()
        target.clear()
        target.update(before)


def _forget_connection() -> None:
    from django.db import connections

    if hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        connections["default"].close()
        del connections["default"]


def _kept_cluster() -> Path | None:
    """Where the cluster of the present models and migrations is or ought to be kept, if at all."""
    folder = os.environ.get("TEST_POSTGRES_KEPT", "")
    if not folder:
        return None
    digest = hashlib.sha256()
    for app in ("platform_api", "forums", "documents", "policies"):
        for path in sorted((ROOT / app).rglob("*.py")):
            within = path.relative_to(ROOT)
            if "migrations" in within.parts or "models" in within.parts or path.stem in _SCHEMA:
                digest.update(f"{within}\0".encode() + path.read_bytes())
    return Path(folder) / digest.hexdigest()[:24]


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _remove_abandoned() -> None:
    """Remove the folders of runs that were killed; their servers died with them."""
    places = {quick_folder(), Path(tempfile.gettempdir())}
    for folder in (each for place in places for each in place.glob(f"{_FOLDER_PREFIX}*-*")):
        pid = folder.name.removeprefix(_FOLDER_PREFIX).partition("-")[0]
        if pid.isdecimal() and not _alive(int(pid)) and folder.stat().st_uid == os.getuid():
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
