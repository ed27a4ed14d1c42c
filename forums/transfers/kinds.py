"""Which types change hands, and what goes along; filled in ``AppConfig.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from forums.membership.models import Delegation
from platform_api.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Transferable:
    """A type that carries marks and changes hands.

    refusal: why an object cannot be offered to a seat, as a stable code; None: it can.
    handed: what its new owner does beside, on the object that is its own already.
    """

    model: type[Model]
    refusal: Callable[[Any, Delegation], str | None] = lambda obj, receiver: None
    handed: Callable[[Actor, Any], None] = lambda actor, obj: None


_transferables: dict[type[Model], Transferable] = {}


def make_transferable(transferable: Transferable) -> None:
    """Register a type that changes hands, once."""
    if transferable.model in _transferables:
        raise ValueError(f"{transferable.model.__name__} is registered already")
    _transferables[transferable.model] = transferable


def transferable_of(model: type[Model]) -> Transferable | None:
    """How objects of a type change hands; None where they do not."""
    return _transferables.get(model)


def other_forum(obj: Any, receiver: Delegation) -> str | None:
    """What a forum's seats keep, or a home seat, goes to no seat elsewhere."""
    return None if obj.forum_id == receiver.forum_id else "other_forum"
