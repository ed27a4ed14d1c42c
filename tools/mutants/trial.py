"""A pytest plugin that breaks one thing after the other and runs tests until one notices.

``-p tools.mutants.trial`` with the mutants in the file that ``MUTANTS_FILE`` names, a line each;
outcomes go to the file descriptor ``MUTANTS_OUTCOMES`` as they come. One process tries many
mutants, since imports, a server and the world of tests/access cost more than a test does; what is
broken is mended after each.

A test that fails tells only something if it passes again once all is mended; the first time that a
test fails, it is asked that, too.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.postgres import DatabaseServer, PostgresPlugin, told_by

from .mutant import Mutant, Outcome
from .patching import broken_source
from .rules import broken_rule

_LOCK_SECONDS = 20


class Trial:
    """Runs the collected tests against each of the mutants."""

    def __init__(self, mutants: Sequence[Mutant], outcomes: int) -> None:
        self._mutants = mutants
        self._outcomes = outcomes
        self._failed = False
        self._green: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed, in whichever of its phases."""
        self._failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try the mutants one by one."""
        server = _server(session.config)
        self._warm_up(session)
        for mutant in self._mutants:
            begun = time.monotonic()
            asked, noticed_by = self._try(session, mutant, server)
            outcome = Outcome(mutant.digest, noticed_by, asked, time.monotonic() - begun)
            os.write(self._outcomes, f"{outcome.dumps()}\n".encode())
        return True

    def _warm_up(self, session: pytest.Session) -> None:
        """Build what lasts the session while nothing is broken."""
        for fixture in ("world_database", "db"):
            for item in session.items:
                if fixture in getattr(item, "fixturenames", ()):
                    if not self._passes(item):
                        raise pytest.UsageError(f"{item.nodeid} fails with nothing broken")
                    break

    def _try(
        self, session: pytest.Session, mutant: Mutant, server: DatabaseServer
    ) -> tuple[int, str]:
        """How many tests were asked, and which of them noticed."""
        asked, noticed = 0, None
        with _broken(server, mutant):
            for item in _in_order(session.items, mutant.likely):
                asked += 1
                if not self._passes(item):
                    noticed = item
                    break
        if noticed is None:
            return asked, ""
        if noticed.nodeid not in self._green:
            if not self._passes(noticed):
                raise pytest.UsageError(f"{noticed.nodeid} fails without “{mutant.name}”, too")
            self._green.add(noticed.nodeid)
        return asked, noticed.nodeid

    def _passes(self, item: pytest.Item) -> bool:
        self._failed = False
        # With the session as the next item all but the session's fixtures are torn down.
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.session)
        return not self._failed


@contextmanager
def _broken(server: DatabaseServer, mutant: Mutant) -> Iterator[None]:
    if mutant.path:
        with broken_source(mutant.path, mutant.old, mutant.new):
            yield
    elif mutant.rule:
        with broken_rule(mutant.rule):
            yield
    else:
        _everywhere(server, mutant.sql)
        try:
            yield
        finally:
            _everywhere(server, mutant.undo)


def _everywhere(server: DatabaseServer, statement: str) -> None:
    """Run SQL in every database of the server that is the template or a copy of it."""
    with psycopg.connect(server.url) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)",
            [server.template, server.prefix],
        ).fetchall()
    for (name,) in names:
        with psycopg.connect(server.url_of(name)) as connection:
            connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
            connection.execute(statement)


def _in_order(items: Sequence[pytest.Item], tests: Sequence[str]) -> list[pytest.Item]:
    """The items of the tests, in their order; each once, exhaustive ones only where named."""
    chosen: dict[str, pytest.Item] = {}
    for test in tests:
        named = ".py" in test
        found = [
            item
            for item in items
            if _is_of(item.nodeid, test) and (named or not item.get_closest_marker("slow"))
        ]
        if not found:
            raise pytest.UsageError(f"there is no test {test}")
        for item in found:
            chosen.setdefault(item.nodeid, item)
    return list(chosen.values())


def _is_of(nodeid: str, test: str) -> bool:
    if "[" in test:
        return nodeid.startswith(test)
    return nodeid.startswith(test) and nodeid[len(test) : len(test) + 1] in {"", "/", ":", "["}


def _server(config: pytest.Config) -> DatabaseServer:
    plugin = config.pluginmanager.get_plugin("rcp-postgres")
    assert isinstance(plugin, PostgresPlugin)
    return told_by(plugin.ready_file())


def pytest_configure(config: pytest.Config) -> None:
    """Take over the loop of tests."""
    lines = Path(os.environ["MUTANTS_FILE"]).read_text(encoding="utf-8").splitlines()
    trial = Trial([Mutant.loads(line) for line in lines], int(os.environ["MUTANTS_OUTCOMES"]))
    config.pluginmanager.register(trial, "mutants")
