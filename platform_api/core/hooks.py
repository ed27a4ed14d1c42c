"""Typed in-transaction subscribers: how a lower slice lets an upper one take part.

``section_revised: Hook[SectionRevised] = Hook("documents.section_revised")`` stands beside
the service that fires it; an upper slice subscribes in ``AppConfig.ready()``. Subscribers run
by ``order`` inside the caller's transaction; one that raises undoes everything.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Hook(Generic[T]):
    """A named point in a service, fired with one value of type T."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._subscribers: dict[int, Callable[[T], None]] = {}

    def subscribe(self, subscriber: Callable[[T], None], *, order: int) -> None:
        """Add a subscriber; two with the same order are a programming error."""
        if order in self._subscribers:
            raise ValueError(f"{self.name}: order {order} is taken")
        self._subscribers[order] = subscriber

    def fire(self, value: T) -> None:
        for order in sorted(self._subscribers):
            self._subscribers[order](value)
