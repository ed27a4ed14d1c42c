"""What a trial instance needs before anything starts: address, folder, environment.

Every refusal here is one sentence for the person who typed the command.
"""

from __future__ import annotations

import errno
import fcntl
import getpass
import os
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .roles import OWNER, RUNTIME
from .trial_secrets import TrialSecrets
from .urls import database_from_url

# Gunicorn keeps the queue of a socket that listens already.
_BACKLOG = 2048


class CannotStart(Exception):
    """A precondition does not hold; the message is one clear sentence."""


def checked_port(text: str) -> int:
    """Read a TCP port number.

    Raises:
        CannotStart: it is not a whole number from 1 to 65535.
    """
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise CannotStart(f"PORT must be a whole number from 1 to 65535, not {text!r}.")
    return int(text)


def bound_socket(host: str, port: int) -> socket.socket:
    """Take the address for the API server, which gets the socket handed down.

    Holding it from here on means that nobody can take it between this check and the start.

    Raises:
        CannotStart: the address is taken, forbidden or not this machine's.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind)
    except OSError as error:
        raise CannotStart(f"The host {host!r} cannot be resolved ({error}).") from error
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
        # Without listening, a second socket could be bound to the address all the same.
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        if isinstance(error, PermissionError):
            reason = f"Port {port} needs more rights than this user has; choose one above 1023"
        elif error.errno == errno.EADDRINUSE:
            reason = f"Port {port} on {host} is in use by another program; choose a free one"
        else:
            raise CannotStart(f"{host}:{port} cannot be used here ({error.strerror}).") from error
        raise CannotStart(f"{reason}, for example `make run PORT={_other(port)}`.") from error
    return bound


@dataclass(frozen=True)
class VarFolder:
    """The folder that holds everything an instance keeps: database, secrets, logs, mail."""

    path: Path

    @property
    def logs(self) -> Path:
        """Where each child writes a log of its own."""
        return self.path / "log"

    @property
    def mail(self) -> Path:
        """Where the trial's outgoing mail lands."""
        return self.path / "mail"

    @property
    def demo(self) -> Path:
        """The demo credentials, for people and scripts (mode 0600)."""
        return self.path / "demo.json"

    @property
    def cluster(self) -> Path:
        """The embedded database's data folder."""
        return self.path / "postgres" / "data"

    def prepare(self) -> None:
        """Make the folders.

        Raises:
            CannotStart: something of it cannot be written.
        """
        try:
            for folder in (self.path, self.logs, self.mail, self.cluster.parent):
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder):
                    pass
            for private in (self.logs, self.mail):
                private.chmod(0o700)
        except OSError as error:
            raise CannotStart(
                f"The folder {self.path} cannot be written by user {_user_name()} "
                f"({error.strerror}); name another one with --var."
            ) from error

    def lock(self) -> IO[str]:
        """Claim the folder for this process; closing the returned file gives it up.

        Raises:
            CannotStart: another instance holds it.
        """
        file = (self.path / "supervisor.lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise CannotStart(
                f"Another instance (process {holder}) already runs on {self.path}; stop it, or "
                "give this one a folder of its own with --var."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        return file


def external_database(environment: Mapping[str, str]) -> bool:
    """Whether the environment names a server of the operator's, instead of the embedded one.

    Raises:
        CannotStart: only one of the two URLs is given, or one is malformed.
    """
    given = {name: environment.get(name, "") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    if not any(given.values()):
        return False
    for name, url in given.items():
        if not url:
            other = next(other for other in given if other != name)
            raise CannotStart(
                f"{other} is set but {name} is not: set both (the runtime role's and the owner "
                "role's), or neither to use the embedded database."
            )
        try:
            database_from_url(url)
        except ValueError as error:
            raise CannotStart(f"{name} is not usable: {error}") from error
    return True


@dataclass(frozen=True)
class Instance:
    """One trial instance: where it is reached and where it keeps its things."""

    host: str
    port: int
    var: VarFolder

    @property
    def base_url(self) -> str:
        """The address to type; a wildcard host is shown as the loopback one."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}"

    def environment(self, inherited: Mapping[str, str], secrets: TrialSecrets) -> dict[str, str]:
        """The environment of every child, but for the database URLs."""
        hosts = ["localhost", "127.0.0.1", "[::1]"]
        own = self.base_url.removeprefix("http://").rpartition(":")[0]
        hosts += [own] if own not in hosts else []
        defaults = {
            "SECRET_KEY": secrets.get("secret_key"),
            "ALLOWED_HOSTS": ",".join(hosts),
            "PUBLIC_URL": self.base_url,
        }
        fixed = {
            "TRIAL": "1",
            "VAR_DIR": str(self.var.path),
            "DJANGO_SETTINGS_MODULE": "platform_api.settings",
            "PYTHONUNBUFFERED": "1",
        }
        return defaults | dict(inherited) | fixed


def embedded_passwords(secrets: TrialSecrets) -> dict[str, str]:
    """The passwords of the roles that log in to the embedded database, by role."""
    return {OWNER: secrets.get("owner_password"), RUNTIME: secrets.get("runtime_password")}


def _other(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8001


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without an entry, as in some containers
        return str(os.getuid())
