"""Which types carry marks, and how theirs are compiled; filled in ``AppConfig.ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from .rings import Marks


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a mark reaches beyond its object. grants: ended ones, as (type, object, group)."""

    grants: tuple[tuple[str, UUID, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Markable:
    """A protected type that carries marks.

    settle: gives an object, saved or not, the scope that follows from its state and its marks.
    outer: the marks of what the object is part of.
    follow: brings what is part of a saved object to its new marks.
    refusal: why an object cannot be marked by itself, as a stable code; None: it can.
    scopes_fields: what ``settle`` writes.
    """

    model: type[Model]
    settle: Callable[[Any], None]
    outer: Callable[[Any], Marks] = lambda obj: Marks()
    follow: Callable[[Any], None] = lambda obj: None
    refusal: Callable[[Any], str | None] = lambda obj: None
    parts: tuple[str, ...] = ()
    written: tuple[str, ...] = ("effective_scope",)


_markables: dict[type[Model], Markable] = {}


def make_markable(markable: Markable) -> None:
    """Register a type that carries marks, once."""
    if markable.model in _markables:
        raise ValueError(f"{markable.model.__name__} is registered already")
    _markables[markable.model] = markable


def markable_of(model: type[Model]) -> Markable | None:
    """How a type is marked; None where it carries no marks."""
    return _markables.get(model)


def markables() -> Iterable[Markable]:
    """All of them."""
    return _markables.values()
