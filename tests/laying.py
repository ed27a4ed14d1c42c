"""What many tests begin with is laid once: each such beginning has a database of its own.

A pytest plugin. ``@laid`` makes a fixture of a function that lays rows and returns what it laid;
its parameters are other laid fixtures. A worker lays it the first time that a test asks, commits
it in a copy of the template (or of the database of what it stands on), and keeps that database.
Each test then works on the database that holds all it asks for, gets a copy of what was returned,
and what it does is rolled back.

Committed rather than held in a long transaction, which would make all tests see one ``now()`` and
keep the ledgers of all databases of the server from being sealed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest

from .postgres import ClonedDatabase, DatabaseServer

KEPT = 12
"""Databases that a worker keeps; the one that was not entered for longest is dropped first."""

Lay = Callable[..., Any]
Layers = tuple[Lay, ...]


@dataclass
class Ground:
    """A database and what was laid in it, by the function that laid it."""

    database: ClonedDatabase
    laid: dict[Lay, Any]


class Grounds:
    """The databases of this worker; one of them is entered at a time.

    keep: all of them, for who cannot lay anew.
    """

    def __init__(
        self, server: DatabaseServer, worker: str, blocker: Any, *, keep: bool = False
    ) -> None:
        self._server, self._blocker, self._keep = server, blocker, keep
        self._prefix = f"{server.prefix}_{worker}"
        self._made = 0
        self._grounds: dict[Layers, Ground] = {}
        self._entered: Layers | None = None
        self._inside = ExitStack()

    @property
    def laid(self) -> dict[Lay, Any]:
        """What was laid in the database that is entered; not to be changed."""
        assert self._entered is not None
        return self._grounds[self._entered].laid

    def enter(self, layers: Layers) -> None:
        """Let Django's ``default`` connection be one to the database with these layers."""
        if layers == self._entered:
            return
        self._leave()
        ground = self._ground(layers)
        self._inside.enter_context(ground.database.as_role("superuser"))
        self._entered = layers

    def drop(self) -> None:
        """Drop all databases."""
        self._leave()
        for ground in self._grounds.values():
            self._server.drop(ground.database.name)

    def _leave(self) -> None:
        self._inside.close()
        self._entered = None

    def _ground(self, layers: Layers) -> Ground:
        ground = self._grounds.pop(layers, None) or self._lay(layers)
        self._grounds[layers] = ground
        if len(self._grounds) > KEPT and not self._keep:
            oldest = self._grounds.pop(next(iter(self._grounds)))
            self._server.drop(oldest.database.name)
        return ground

    def _lay(self, layers: Layers) -> Ground:
        below = self._ground(layers[:-1]) if layers else None
        self._made += 1
        database = ClonedDatabase(f"{self._prefix}_ground_{self._made}", self._server)
        self._server.clone(database.name, below.database.name if below else "")
        laid = deepcopy(below.laid) if below else {}
        if layers:
            *_, lay = layers
            named = {each.__name__: value for each, value in laid.items()}
            with self._blocker.unblock(), database.as_role("superuser"):
                laid[lay] = lay(**{name: named[name] for name in inspect.signature(lay).parameters})
        return Ground(database, laid)


def laid(lay: Lay) -> Any:
    """A fixture that gives each test what ``lay`` laid once."""

    def fixture(ground: dict[Lay, Any], **_: Any) -> Any:
        return ground[lay]

    parameters = ["ground", *inspect.signature(lay).parameters]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    fixture.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, kind) for name in parameters]
    )
    fixture.__doc__, fixture.__module__ = lay.__doc__, lay.__module__
    fixture.__lays__ = lay  # type: ignore[attr-defined]
    return pytest.fixture(name=lay.__name__)(fixture)


def layers_of(item: Any) -> Layers:
    """What a test stands on, each layer above those that it is laid on."""
    definitions = item._fixtureinfo.name2fixturedefs
    layers: list[Lay] = []

    def add(name: str) -> None:
        lay = getattr(definitions[name][-1].func, "__lays__", None) if name in definitions else None
        if lay is not None and lay not in layers:
            for parent in inspect.signature(lay).parameters:
                add(parent)
            layers.append(lay)

    for name in sorted(item.fixturenames):
        add(name)
    return tuple(layers)


@pytest.fixture(scope="session")
def grounds(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    postgres_server: DatabaseServer,
) -> Iterator[Grounds]:
    """The databases of this worker."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    keep = request.config.pluginmanager.hasplugin("mutants")
    opened = Grounds(postgres_server, worker, django_db_blocker, keep=keep)
    yield opened
    opened.drop()


@pytest.fixture
def django_db_setup(request: pytest.FixtureRequest, grounds: Grounds) -> None:
    """Enter the database that holds what the test asks for (in place of pytest-django's)."""
    grounds.enter(layers_of(request.node))


@pytest.fixture
def ground(db: None, grounds: Grounds) -> dict[Lay, Any]:
    """A copy of all that was laid for the test."""
    return deepcopy(grounds.laid)
