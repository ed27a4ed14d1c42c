"""``manage.py serve``: a whole trial instance under one process.

Checks, then secrets, embedded PostgreSQL, roles, migrations, the scenario, the API server, the
ledger's sealer and the worker; restarts what dies; stops everything in order. No child outlives
this process, however it ends (``processes.start_child``).
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from . import roles
from .announcement import announcement, get
from .children import Service, StopSignals, how_it_ended
from .instance import (
    CannotStart,
    Instance,
    VarFolder,
    bound_socket,
    checked_port,
    embedded_passwords,
    external_database,
)
from .postgres import EmbeddedPostgres, PostgresError
from .processes import end_group, last_lines, start_child
from .trial_secrets import TrialSecrets

PROJECT = Path(__file__).resolve().parents[2]
READY_LIMIT = 90.0
"""Seconds within which the API must report itself ready after its start."""

_LOG_LIMIT = 10 * 1024 * 1024


class Failed(Exception):
    """A step did not succeed; the message tells which, and shows the end of its log."""


class Stopped(Exception):
    """A signal asked to stop while something was being started."""


class Supervisor:
    """Starts, watches and stops one instance.

    Args:
        instance: its address and folder.
        listener: the API's socket, already bound.
        say: prints one line to the operator.
    """

    def __init__(
        self, instance: Instance, listener: socket.socket, say: Callable[[str], None]
    ) -> None:
        self.instance = instance
        self.signals = StopSignals()
        self._listener = listener
        self._say = say
        self._secrets = TrialSecrets(instance.var.path)
        self._environment = instance.environment(os.environ, self._secrets)
        self._external = external_database(os.environ)
        self._postgres: EmbeddedPostgres | None = None
        self._services: list[Service] = []

    def run(self) -> int:
        """Serve until a signal says stop; returns the exit code.

        Raises:
            Failed: a step of the start did not succeed; everything was stopped again.
        """
        self.signals.install()
        try:
            self._start()
            self._say(announcement(self.instance))
            while not self.signals.asked:
                self._watch()
                self.signals.pause(0.25)
        except Stopped:
            pass
        finally:
            self._stop()
        return 0

    def _start(self) -> None:
        for log_file in self.instance.var.logs.glob("*.log"):
            if log_file.stat().st_size > _LOG_LIMIT:
                log_file.replace(log_file.with_suffix(".log.1"))
        if self._external:
            self._say("Database: the server that DATABASE_URL names.")
        else:
            with self._step("Starting the embedded PostgreSQL"):
                self._start_postgres()
        with self._step("Migrating the database"):
            self._run("migrate", "migrate", "--no-input", role="owner")
        with self._step("Loading the scenario"):
            self._run("scenario", "load_scenario", "--demo", str(self.instance.var.demo))
        with self._step("Starting the API, the sealer and the worker"):
            self._services = list(self._make_services())
            for service in self._services:
                service.start()
            self._await_ready()

    def _start_postgres(self) -> None:
        var = self.instance.var
        passwords = embedded_passwords(self._secrets)
        self._postgres = EmbeddedPostgres(
            var.cluster,
            password=self._secrets.get("postgres_password"),
            log_file=var.logs / "postgres.log",
            say=self._say,
        )
        try:
            self._postgres.start(cancelled=lambda: self.signals.asked)
            roles.bootstrap(
                self._postgres.superuser_url(),
                owner_password=passwords[roles.OWNER],
                runtime_password=passwords[roles.RUNTIME],
            )
        except PostgresError as error:
            if self.signals.asked:
                raise Stopped from error
            raise Failed(str(error)) from error
        except psycopg.Error as error:
            raise Failed(f"The database roles could not be made: {error}") from error
        for name, role in (("DATABASE_URL", roles.RUNTIME), ("DATABASE_OWNER_URL", roles.OWNER)):
            self._environment[name] = self._postgres.url(
                user=role, password=passwords[role], name=roles.DATABASE
            )

    def _run(self, log_name: str, *arguments: str, role: str = "") -> None:
        """Run a management command to its end."""
        log_file = self.instance.var.logs / f"{log_name}.log"
        with log_file.open("ab") as log:
            process = start_child(
                [*_manage(), *arguments],
                log=log,
                env=self._environment | ({"DATABASE_ROLE": role} if role else {}),
                cwd=PROJECT,
                death_signal=signal.SIGKILL,
            )
            while process.poll() is None and not self.signals.asked:
                time.sleep(0.02)
            if self.signals.asked:
                self._end(process)
                raise Stopped
        if process.returncode != 0:
            raise Failed(
                f"`manage.py {arguments[0]}` failed ({how_it_ended(process.returncode)}). The last "
                f"lines of {log_file}:\n{last_lines(log_file)}"
            )

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            end_group(process, signal.SIGKILL)
            process.wait()

    def _make_services(self) -> Iterator[Service]:
        logs = self.instance.var.logs
        descriptor = self._listener.fileno()
        yield Service(
            "The API",
            [
                *(sys.executable, "-W", "ignore", "-m", "gunicorn", "platform_api.wsgi"),
                *("--config", "python:platform_api.ops.gunicorn_conf", "--no-control-socket"),
                *("--bind", f"fd://{descriptor}"),
            ],
            logs / "api.log",
            {"DATABASE_POOL": "1"} | self._environment,
            PROJECT,
            grace=15.0,
            death_signal=signal.SIGTERM,  # its master ends the workers
            pass_fds=[descriptor],
        )
        yield Service(
            "The sealer",
            [*_manage(), "ledger_sealer"],
            logs / "sealer.log",
            self._environment,
            PROJECT,
            grace=10.0,
        )
        yield Service(
            "The worker",
            [*_manage(), "worker"],
            logs / "worker.log",
            self._environment,
            PROJECT,
            grace=10.0,
        )

    def _await_ready(self) -> None:
        api = self._services[0]
        deadline = time.monotonic() + READY_LIMIT
        answer = "nothing"
        while time.monotonic() < deadline:
            if not api.running:
                raise Failed(
                    f"The API ended at its start. The last lines of {api.log_file}:\n"
                    f"{last_lines(api.log_file)}"
                )
            status, answer = get(self.instance.base_url, "/health/ready")
            if status == 200:
                return
            self.signals.pause(0.1)
            if self.signals.asked:
                raise Stopped
        raise Failed(
            f"The API was not ready within {READY_LIMIT:.0f} seconds; /health/ready answered "
            f"{answer}. The last lines of {api.log_file}:\n{last_lines(api.log_file)}"
        )

    def _watch(self) -> None:
        if self._postgres is not None and not self._postgres.running:
            self._say("PostgreSQL ended; starting it again.")
            try:
                self._postgres.start(cancelled=lambda: self.signals.asked)
                self._say("PostgreSQL is back.")
            except PostgresError as error:
                self._say(str(error))
                self.signals.pause(5.0)
        for service in self._services:
            service.watch(self._say)

    def _stop(self) -> None:
        if self.signals.asked:
            self._say("Stopping.")
        for service in self._services:
            service.stop(self.signals)
        self._listener.close()
        if self._postgres is not None:
            self._postgres.stop(limit=2.0 if self.signals.hurried else 30.0)
        if self.signals.asked:
            self._say("Stopped; the data is kept.")

    @contextmanager
    def _step(self, title: str) -> Iterator[None]:
        if self.signals.asked:
            raise Stopped
        began = time.monotonic()
        self._say(f"{title} …")
        yield
        self._say(f"{title}: done ({time.monotonic() - began:.1f} s)")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of ``manage.py serve``; returns the exit code.

    0 after a clean stop, 1 when a step of the start failed, 2 when a precondition does not hold.
    """
    parser = argparse.ArgumentParser(prog="manage.py serve", description=__doc__)
    parser.add_argument("--port", default="8000", help="TCP port of the API (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--var", type=Path, help="folder for database, logs, mail and secrets (var/)"
    )
    options = parser.parse_args(arguments)
    folder = options.var or Path(os.environ.get("VAR_DIR") or PROJECT / "var")
    try:
        port = checked_port(options.port)
        external_database(os.environ)
        var = VarFolder(folder.absolute())
        var.prepare()
        with var.lock(), bound_socket(options.host, port) as listener:
            return Supervisor(Instance(options.host, port, var), listener, _print).run()
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ValueError as error:  # a damaged secrets.json
        sys.stderr.write(f"{error}\n")
        return 2
    except Failed as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _print(line: str) -> None:
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:  # whoever read our output has gone; serving goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _manage() -> list[str | Path]:
    return [sys.executable, "-W", "ignore", PROJECT / "manage.py"]
