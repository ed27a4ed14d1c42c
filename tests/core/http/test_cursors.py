"""Cursors tell nothing, can't be made up, and belong to one list."""

import base64
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_api.core.errors import Invalid
from platform_api.core.http.cursors import Place, seal, unseal

ID = UUID("01900000-0000-7000-8000-000000000001")
KEYS = [
    (datetime(2025, 3, 1, 9, 30, 0, 123456, tzinfo=UTC), ID),
    (date(2025, 3, 1), Decimal("12.500"), ID),
    ("ž\u0000\n", 2**62, -1.5, None, True, ID),
    (ID,),
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("backward", [False, True])
def test_a_place_comes_back_as_it_was(key: Any, backward: bool) -> None:
    place = Place(key, backward)

    assert unseal(seal(place, "list"), "list") == place


def test_a_time_keeps_its_instant() -> None:
    there = datetime(2025, 3, 1, 10, tzinfo=timezone(timedelta(hours=1)))

    assert unseal(seal(Place((there,)), "x"), "x").key == (datetime(2025, 3, 1, 9, tzinfo=UTC),)


def test_a_place_has_one_cursor_and_it_tells_nothing() -> None:
    place = Place(("secret title", ID))
    cursor = seal(place, "list")

    assert cursor == seal(place, "list")
    opened = base64.urlsafe_b64decode(cursor + "==")
    assert b"secret" not in opened
    assert len(cursor) == len(seal(Place(("another one", ID)), "list"))
    assert len({cursor, seal(place, "other"), seal(Place(place.key, True), "list")}) == 3


def test_a_cursor_of_another_list() -> None:
    with pytest.raises(Invalid):
        unseal(seal(Place((ID,)), "list"), "other list")


def test_every_changed_character_is_noticed() -> None:
    cursor = seal(Place((ID,)), "list")

    for index, character in enumerate(cursor[:-1]):
        changed = cursor[:index] + ("A" if character != "A" else "B") + cursor[index + 1 :]
        with pytest.raises(Invalid):
            unseal(changed, "list")


@given(st.text(max_size=300))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        unseal(text, "list")
    assert [(e.pointer, e.code) for e in caught.value.errors] == [("?cursor", "invalid_cursor")]


def test_cursors_outlive_a_change_of_the_secret_key(settings: Any) -> None:
    cursor = seal(Place((ID,)), "list")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "quite another key"

    assert unseal(cursor, "list") == Place((ID,))
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Invalid):
        unseal(cursor, "list")
