"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable


def until(condition: Callable[[], bool], *, within: float = 60) -> None:
    """Wait for a condition, as long as it takes; fail after a generous time, in seconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
