"""Calls of the API from many threads, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, connections

T = TypeVar("T")

LONGEST_WAIT = 60.0
"""Seconds after which a test that hangs is given up; nothing waits this long when all is well."""


def closing(call: Callable[[], T]) -> T:
    """The result of a call in a thread, whose connections end with it."""
    try:
        return call()
    finally:
        connections.close_all()


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """The results of calls that all begin at the same moment, in their order."""
    start = threading.Barrier(len(calls), timeout=LONGEST_WAIT)

    def run(call: Callable[[], T]) -> T:
        start.wait()
        return closing(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(LONGEST_WAIT) for future in [pool.submit(run, c) for c in calls]]


class Held:
    """A call that stands still in its transaction, after its write and before its commit."""

    def __init__(self, future: "Future[Any]", go_on: threading.Event) -> None:
        self._future = future
        self._go_on = go_on

    @property
    def is_open(self) -> bool:
        """Whether it still stands there."""
        return not self._go_on.is_set() and not self._future.done()

    def finish(self) -> Any:
        """Let it go on, and what it answered."""
        self._go_on.set()
        return self._future.result(LONGEST_WAIT)


@contextmanager
def held(call: Callable[[], Any]) -> Iterator[Held]:
    """Make a call in a thread and hold it where it has written its ledger entry."""
    written, go_on = threading.Event(), threading.Event()

    def hold(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        result = execute(sql, *given)
        if "INSERT INTO ledger_entry" in sql:
            written.set()
            assert go_on.wait(LONGEST_WAIT)
        return result

    def run() -> Any:
        try:
            with connection.execute_wrapper(hold):
                return closing(call)
        finally:
            written.set()

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(run)
        try:
            assert written.wait(LONGEST_WAIT)
            yield Held(future, go_on)
        finally:
            go_on.set()
