"""Values as JSON."""

from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy

from platform_api.core.actor import Role
from platform_api.core.http.renderers import JSONRenderer, negotiate, render_json

ZAGREB = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2025, 3, 1, 9, 30, tzinfo=UTC), '"2025-03-01T09:30:00Z"'),
        (datetime(2025, 3, 1, 10, 30, 0, 5, tzinfo=ZAGREB), '"2025-03-01T09:30:00.000005Z"'),
        (date(2025, 3, 1), '"2025-03-01"'),
        (time(9, 30), '"09:30:00"'),
        (Decimal("12.50"), '"12.50"'),
        (Decimal("1E+3"), '"1000"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (gettext_lazy("Not found"), '"Not found"'),
        (Role.HEAD, '"head"'),
        ({Role.HEAD: 1, UUID(int=1): 2}, '{"head":1,"00000000-0000-0000-0000-000000000001":2}'),
        (MappingProxyType({"a": OrderedDict(b=1)}), '{"a":{"b":1}}'),
        ({"ž": "đ"}, '{"ž":"đ"}'),
        (frozenset({"b", "a"}), '["a","b"]'),
        ((1, None, True), "[1,null,true]"),
    ],
)
def test_a_value_as_json(value: Any, text: str) -> None:
    assert render_json(value).decode() == text


@pytest.mark.parametrize("value", [datetime(2025, 3, 1), object(), {"a": b"x"}, "\ud800"])  # noqa: DTZ001 - a naive time is the case
def test_a_value_without_json(value: Any) -> None:
    with pytest.raises(TypeError):
        render_json(value)


def test_the_renderer_of_drf() -> None:
    assert JSONRenderer().render({"a": 1}) == b'{"a":1}'
    assert JSONRenderer().render(None) == b""


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("a/*;q=0.2, a/c;q=0.1", "a/b"), ("a/c, a/b", "a/b"), ("a/c;q=1.0, a/b;q=x", "a/c")],
)
def test_the_offer_that_is_liked_best(accept: str, media_type: str) -> None:
    assert negotiate(accept, ["a/b", "a/c"]) == media_type
