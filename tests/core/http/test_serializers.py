"""Input is what it declares, to the letter."""

from typing import Any

import pytest

from platform_api.core.errors import FieldError
from platform_api.core.http.serializers import TEXTUAL, field_errors

from . import kit


def errors(data: Any, **options: Any) -> list[FieldError]:
    serializer = kit.ThingInput(data=data, **options)
    serializer.is_valid()
    return field_errors(serializer.errors)


def test_texts_keep_their_spaces() -> None:
    serializer = kit.ThingInput(data={"title": " a ", "labels": [" b "], "titles": {"en": " c "}})

    assert serializer.is_valid()
    assert serializer.validated_data == {
        "title": " a ",
        "labels": [" b "],
        "titles": {"en": " c "},
    }


STRING = "A string is expected."
WHOLE = "A whole number is expected."
CHOICE = "true or false is expected."
DECIMAL = 'A decimal number as a string is expected, such as "12.50".'
TIME = "A time with its zone is expected, such as 2025-03-01T09:30:00Z (RFC 3339)."


@pytest.mark.parametrize(
    ("member", "value", "pointer", "detail"),
    [
        ("title", 5, "/title", STRING),
        ("title", True, "/title", STRING),
        ("title", ["a"], "/title", STRING),
        ("rank", "5", "/rank", WHOLE),
        ("rank", True, "/rank", WHOLE),
        ("rank", 5.5, "/rank", WHOLE),
        ("urgent", "true", "/urgent", CHOICE),
        ("urgent", 1, "/urgent", CHOICE),
        ("amount", 12.5, "/amount", STRING),
        ("amount", "1e3", "/amount", DECIMAL),
        ("amount", "NaN", "/amount", DECIMAL),
        ("amount", "١٢", "/amount", DECIMAL),
        ("due", 1700000000, "/due", STRING),
        ("due", "2025-03-01T09:30:00", "/due", TIME),
        ("due", "2025-03-01", "/due", TIME),
        ("labels", ["a", 5], "/labels/1", STRING),
        ("titles", {"en": 5}, "/titles/en", STRING),
        ("parts", [{"name": "a"}, {"name": 5}], "/parts/1/name", STRING),
    ],
)
def test_a_value_of_another_type_is_not_converted(
    member: str, value: Any, pointer: str, detail: str
) -> None:
    assert errors({"title": "a", member: value}) == [FieldError(pointer, "invalid_type", detail)]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("rank", 5.0),
        ("amount", "12.50"),
        ("due", "2025-03-01T09:30:00.5+01:00"),
        ("urgent", False),
        ("labels", []),
    ],
)
def test_a_value_of_its_type_is_taken(member: str, value: Any) -> None:
    assert errors({"title": "a", member: value}) == []


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"title": "a\x00"}, "/title"),
        ({"title": "\ud800"}, "/title"),
        ({"title": "a", "labels": ["b", "\udfff"]}, "/labels/1"),
        ({"title": "a", "titles": {"\x00": "b"}}, "/titles"),
    ],
)
def test_text_that_can_not_be_stored(data: Any, pointer: str) -> None:
    assert [(e.pointer, e.code) for e in errors(data)] == [(pointer, "unstorable_text")]


def test_unknown_members_are_told_at_every_depth() -> None:
    data = {"title": "a", "x/y~z": 1, "parts": [{"name": "a", "size": 1}]}

    assert [(e.pointer, e.code) for e in errors(data)] == [
        ("/parts/0/size", "unknown_field"),
        ("/x~1y~0z", "unknown_field"),
    ]


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_object(data: Any) -> None:
    assert [e.pointer for e in errors(data)] == [""]


def test_values_that_come_as_text_are_read_as_such() -> None:
    serializer = kit.ThingInput(
        data={"title": "a", "rank": "5", "urgent": "true"}, context={TEXTUAL: True}
    )

    assert serializer.is_valid()
    assert serializer.validated_data == {"title": "a", "rank": 5, "urgent": True}


def test_a_null_is_told_by_the_field() -> None:
    assert [(e.pointer, e.code) for e in errors({"title": None})] == [("/title", "null")]


def test_a_patch_may_leave_members_out() -> None:
    assert errors({"rank": 1}, partial=True) == []
