"""Database URLs: the one form in which connection settings enter the platform.

Imports neither Django nor a driver, because the settings module imports this one.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_SCHEMES = ("postgresql", "postgres")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_EXAMPLES = (
    "postgresql://user:password@host:5432/name or "
    "postgresql://user:password@/name?host=/socket/folder"
)


def database_from_url(url: str) -> dict[str, Any]:
    """Turn a database URL into the connection part of an entry of Django's ``DATABASES``.

    Two forms are understood: ``postgresql://user:pw@host:port/db`` and
    ``postgresql://user:pw@/db?host=/socket/dir`` (a Unix socket; ``port`` may follow as a second
    parameter). Every part is percent-decoded; what is absent is an empty string.

    Raises:
        ValueError: the URL has another form. The message never repeats the password.
    """
    if _BAD_ESCAPE.search(url):
        raise _refused("a '%' that is not followed by two hexadecimal digits")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise _refused("a malformed host or port") from error
    if parts.scheme not in _SCHEMES:
        raise _refused(f"the scheme {parts.scheme or 'nothing'!r}")
    if parts.fragment:
        raise _refused("a '#' fragment; write '#' in a password as %23")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in parts.path.removeprefix("/"):
        raise _refused("no database name" if not name else "more than one path segment")
    if not parts.username:
        raise _refused("no user name")
    host = unquote(parts.hostname or "")
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if key == "host" and not host and value.startswith("/"):
            host = value
        elif key == "port" and port is None and value.isdecimal() and 0 < int(value) < 65536:
            port = int(value)
        else:
            raise _refused(f"the parameter {key!r}, unknown, repeated or with a wrong value")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
    }


def database_url(*, user: str, password: str, name: str, host: str, port: int | None = None) -> str:
    """Write a URL that ``database_from_url`` reads back; ``host`` may be a socket's folder."""
    credentials = quote(user, safe="")
    if password:
        credentials += ":" + quote(password, safe="")
    if host.startswith("/"):
        parameters = {"host": host} | ({"port": str(port)} if port else {})
        return (
            f"postgresql://{credentials}@/{quote(name, safe='')}?{urlencode(parameters, safe='/')}"
        )
    shown = f"[{host}]" if ":" in host else host
    where = f"{shown}:{port}" if port else shown
    return f"postgresql://{credentials}@{where}/{quote(name, safe='')}"


def _refused(found: str) -> ValueError:
    return ValueError(f"A database URL looks like {_EXAMPLES}; this one has {found}.")
