"""Services: the only writers.

A function marked ``@service`` takes keyword arguments only, ``actor`` among them. It joins
the transaction of the request, or opens one as that actor in a command or job. Protected
models refuse every write that is not made inside one.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar, cast

from django.db.models import Model, QuerySet

from .actor import Actor
from .errors import NotVisible, PreconditionFailed
from .transaction import acting, current_actor

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)

_writing: ContextVar[bool] = ContextVar("service_writing", default=False)


class WriteOutsideService(RuntimeError):
    """A protected model was written by something other than a service."""


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as a service."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = cast(Actor, kwargs["actor"])
        outer = current_actor()
        if outer is None:
            with acting(actor), writing():
                return function(*args, **kwargs)
        if outer.user_id != actor.user_id:
            raise WriteOutsideService(f"{function.__name__} was called for another actor")
        with writing():
            return function(*args, **kwargs)

    return run


@contextmanager
def writing() -> Iterator[None]:
    """Allow writes to protected models in a block (services and test factories)."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def require_service(what: str) -> None:
    """Raise WriteOutsideService unless a service is running."""
    if not _writing.get():
        raise WriteOutsideService(what)


def check_revision(current: str, if_match: str) -> None:
    """Raise PreconditionFailed unless the caller's revision is the current one."""
    if current != if_match:
        raise PreconditionFailed(current)


def locked_row(queryset: QuerySet[M], pk: object) -> M:
    """The row, locked until the transaction ends. Raises NotVisible when it is gone or walled."""
    row = queryset.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    return row
