"""The three database roles and what each may do: the ground the second wall stands on.

``rcp_owner`` migrates and owns the schema; ``rcp_runtime`` serves requests and can neither own,
nor bypass row-level security; ``rcp_policy`` cannot log in, bypasses row-level security, and owns
nothing but the policy functions and maintaining trigger functions (SECURITY DEFINER).

One list of statements is run by ``manage.py db_bootstrap --run`` and by the supervisor, and
printed for psql by ``--print``; it can be repeated at any time.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from .urls import database_from_url

OWNER = "rcp_owner"
RUNTIME = "rcp_runtime"
POLICY = "rcp_policy"
DATABASE = "rcp"

_PASSWORDS = {OWNER: "owner_password", RUNTIME: "runtime_password"}


@dataclass(frozen=True)
class Statement:
    """One SQL statement of the bootstrap.

    Attributes:
        text: the SQL; ``{database}`` stands for the database's name and ``{password}`` for a
            password literal.
        where: the database it runs in: ``"any"`` one, or the ``"platform"``'s own.
        unless: a query; when it returns a row, the statement is skipped.
        password: the name of the password it needs, if any.
    """

    text: str
    where: Literal["any", "platform"]
    unless: str = ""
    password: str = ""


def statements() -> Iterator[Statement]:
    """Every statement of the bootstrap, in order."""
    for role in (OWNER, RUNTIME, POLICY):
        yield Statement(
            f"CREATE ROLE {role}",
            "any",
            unless=f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'",  # noqa: S608 - a constant
        )
    plain = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
    for role, password in _PASSWORDS.items():
        yield Statement(
            f"ALTER ROLE {role} LOGIN {plain} NOBYPASSRLS PASSWORD {{password}}",
            "any",
            password=password,
        )
    yield Statement(f"ALTER ROLE {POLICY} NOLOGIN {plain} BYPASSRLS PASSWORD NULL", "any")
    # SET lets the owner hand functions over; without INHERIT it bypasses nothing by itself.
    yield Statement(f"GRANT {POLICY} TO {OWNER} WITH ADMIN FALSE, INHERIT FALSE, SET TRUE", "any")
    # A client that dies inside a transaction must not hold its row locks for ever.
    yield Statement(f"ALTER ROLE {RUNTIME} SET idle_in_transaction_session_timeout = '60s'", "any")
    yield Statement(
        f"CREATE DATABASE {{database}} OWNER {OWNER}",
        "any",
        unless="SELECT 1 FROM pg_database WHERE datname = {database_literal}",
    )
    yield Statement(f"ALTER DATABASE {{database}} OWNER TO {OWNER}", "any")
    yield Statement("REVOKE ALL ON DATABASE {database} FROM PUBLIC", "any")
    yield Statement(f"GRANT CONNECT ON DATABASE {{database}} TO {RUNTIME}", "any")
    yield from (Statement(text, "platform") for text in _IN_DATABASE)


_ROW_PRIVILEGES = "SELECT, INSERT, UPDATE, DELETE"
_DEFAULTS = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}"
_IN_DATABASE = (
    f"ALTER SCHEMA public OWNER TO {OWNER}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA public TO {RUNTIME}",
    # CREATE is what PostgreSQL asks of the new owner of a function.
    f"GRANT USAGE, CREATE ON SCHEMA public TO {POLICY}",
    f"{_DEFAULTS} IN SCHEMA public GRANT {_ROW_PRIVILEGES} ON TABLES TO {RUNTIME}, {POLICY}",
    f"{_DEFAULTS} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {RUNTIME}, {POLICY}",
    # For the whole role: a revocation within one schema cannot undo the built-in grant to PUBLIC.
    f"{_DEFAULTS} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {POLICY} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
)


def bootstrap(
    superuser_url: str,
    *,
    owner_password: str,
    runtime_password: str,
    database: str = DATABASE,
) -> None:
    """Make the roles and the database, or bring them back to what this module says.

    ``superuser_url`` names any database of the server. Only verifiers of the passwords are sent,
    so that no server log can hold them.

    Raises:
        psycopg.Error: the server refuses or does not answer.
        ValueError: ``superuser_url`` is not a database URL.
    """
    database_from_url(superuser_url)  # a clear refusal before the driver's own
    passwords = {
        _PASSWORDS[OWNER]: (OWNER, owner_password),
        _PASSWORDS[RUNTIME]: (RUNTIME, runtime_password),
    }
    steps = list(statements())
    for where in ("any", "platform"):
        parameters = conninfo_to_dict(superuser_url)
        if where == "platform":
            parameters["dbname"] = database
        with psycopg.connect(**parameters, autocommit=True) as connection:  # type: ignore[arg-type]  # conninfo values are untyped
            connection.execute("SET client_min_messages = warning")
            for step in steps:
                if step.where != where:
                    continue
                names: dict[str, sql.Composable] = {
                    "database": sql.Identifier(database),
                    "database_literal": sql.Literal(database),
                }
                if step.password:
                    role, password = passwords[step.password]
                    verifier = connection.pgconn.encrypt_password(
                        password.encode(), role.encode(), b"scram-sha-256"
                    )
                    names["password"] = sql.Literal(verifier.decode())
                if step.unless and connection.execute(_compose(step.unless, names)).fetchone():
                    continue
                connection.execute(_compose(step.text, names))


def script() -> str:
    """The same statements for psql, with passwords as the variables of the head comment."""
    lines = [
        "-- Roles and database of the platform; written by `manage.py db_bootstrap --print`.",
        "-- Run as a superuser, as often as you like:",
        f"--   psql -v database={DATABASE} -v owner_password=… -v runtime_password=… -f roles.sql",
        "\\set ON_ERROR_STOP on",
        "SET client_min_messages = warning;",
    ]
    connected = False
    for step in statements():
        if step.where == "platform" and not connected:
            lines += ['\\connect :"database"', "SET client_min_messages = warning;"]
            connected = True
        if step.unless:
            # psql has no IF over SQL: \gexec runs what the query returns, here one row or none.
            quoted = step.text.replace("'", "''").replace("{database}", "%I")
            unless = step.unless.replace("{database_literal}", ":'database'")
            arguments = ", :'database'" if "%I" in quoted else ""
            lines.append(
                f"SELECT format('{quoted}'{arguments}) WHERE NOT EXISTS ({unless}) \\gexec"
            )
        else:
            text = step.text.replace("{database}", ':"database"')
            lines.append(text.replace("{password}", f":'{step.password}'") + ";")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """``manage.py db_bootstrap``: print the role SQL, or run it. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="manage.py db_bootstrap", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--print", action="store_true", help="print the SQL for psql (default)")
    choice.add_argument(
        "--run",
        action="store_true",
        help="run it as DATABASE_SUPERUSER_URL; the names and passwords of the roles are taken "
        "from DATABASE_OWNER_URL and DATABASE_URL",
    )
    options = parser.parse_args(arguments)
    if not options.run:
        sys.stdout.write(script())
        return 0
    try:
        superuser_url = _required("DATABASE_SUPERUSER_URL")
        owner = database_from_url(_required("DATABASE_OWNER_URL"))
        runtime = database_from_url(_required("DATABASE_URL"))
        for found, expected in ((owner["USER"], OWNER), (runtime["USER"], RUNTIME)):
            if found != expected:
                raise ValueError(f"The role must be {expected}, not {found}.")
        if owner["NAME"] != runtime["NAME"]:
            raise ValueError("DATABASE_OWNER_URL and DATABASE_URL name different databases.")
        bootstrap(
            superuser_url,
            owner_password=owner["PASSWORD"],
            runtime_password=runtime["PASSWORD"],
            database=owner["NAME"],
        )
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except psycopg.Error as error:
        sys.stderr.write(f"The database refused: {str(error).strip()}\n")
        return 1
    sys.stdout.write(
        f"Roles {OWNER}, {RUNTIME}, {POLICY} and database {owner['NAME']} are ready.\n"
    )
    return 0


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        path = os.environ.get(f"{name}_FILE", "")
        if path:
            try:
                with open(path, encoding="utf-8") as file:
                    value = file.read().strip()
            except OSError as error:
                raise ValueError(f"{name}_FILE cannot be read: {error}.") from error
    if not value:
        raise ValueError(f"{name} must be set.")
    return value


def _compose(text: str, names: dict[str, sql.Composable]) -> sql.Composed:
    return sql.SQL(text).format(**names)
