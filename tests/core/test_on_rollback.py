"""What was done outside the database is undone when its transaction does not commit."""

import pytest

from platform_api.core.actor import ANONYMOUS
from platform_api.core.transaction import acting, on_rollback

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """What a test breaks a transaction with."""


def test_nothing_is_undone_of_what_commits() -> None:
    undone: list[str] = []
    with acting(ANONYMOUS):
        on_rollback(lambda: undone.append("file"))

    assert undone == []


def test_an_error_undoes_the_last_first_and_goes_on() -> None:
    undone: list[str] = []

    def write() -> None:
        with acting(ANONYMOUS):
            on_rollback(lambda: undone.append("first"))
            on_rollback(lambda: undone.append("second"))
            raise Broken

    with pytest.raises(Broken):
        write()
    assert undone == ["second", "first"]


def test_an_inner_block_is_undone_alone_or_with_the_one_around_it() -> None:
    undone: list[str] = []

    def inner(name: str, error: type[Exception] | None) -> None:
        with acting(ANONYMOUS):
            on_rollback(lambda: undone.append(name))
            if error:
                raise error

    def outer() -> None:
        with acting(ANONYMOUS):
            on_rollback(lambda: undone.append("outer"))
            inner("kept so far", None)
            with pytest.raises(Broken):
                inner("broken", Broken)
            assert undone == ["broken"]
            raise KeyError

    with pytest.raises(KeyError):
        outer()
    assert undone == ["broken", "kept so far", "outer"]


def test_outside_of_any_block_there_is_nothing_to_roll_back() -> None:
    with pytest.raises(RuntimeError):
        on_rollback(lambda: None)
