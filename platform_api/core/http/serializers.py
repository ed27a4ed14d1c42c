"""The base of input shapes: what is not declared is refused, and nothing is bent to fit."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from platform_api.core.errors import FieldError

from .body import UNSTORABLE
from .problems import pointer

TEXTUAL = "textual"
"""Context flag: every value comes as text (query parameters, form parts)."""

_NON_FIELD = "non_field_errors"
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

_STRING_FIELDS = (
    serializers.CharField,
    serializers.UUIDField,
    serializers.DateTimeField,
    serializers.DateField,
    serializers.DecimalField,
)


class StrictSerializer(serializers.Serializer[Any]):
    """Input that is exactly what it declares.

    A member that is not declared, or may only be read, is an error. Texts keep their outer
    spaces and hold no NUL or unpaired surrogate. A JSON value of another type is not converted:
    a number is no text, a text no number; decimals are strings, times carry a zone (RFC 3339).
    Nested serializers do the same when they derive from this class.
    """

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            _keep_spaces(field)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        errors: dict[str, Any] = {}
        for name in data:
            if name not in self.fields:
                errors[name] = [ErrorDetail("There is no such member.", "unknown_field")]
            elif self.fields[name].read_only:
                errors[name] = [ErrorDetail("This member can't be set.", "read_only")]
        for name, field in self.fields.items():
            if name in data and name not in errors:
                found = self._type_errors(field, data[name])
                if found:
                    errors[name] = found
        if not errors:
            return super().to_internal_value(data)
        try:
            super().to_internal_value({k: v for k, v in data.items() if k not in errors})
        except ValidationError as other:
            others: Mapping[str, Any] = other.detail if isinstance(other.detail, dict) else {}
            errors = {**others, **errors}
        raise ValidationError(errors)

    def _type_errors(self, field: serializers.Field[Any, Any, Any, Any], value: Any) -> Any:
        if isinstance(value, str):
            if UNSTORABLE.search(value):
                return [_TEXT_ERROR]
        elif value is None:
            return None
        if isinstance(field, serializers.ListField) and isinstance(value, list):
            each = {i: self._type_errors(field.child, item) for i, item in enumerate(value)}
            return {i: errors for i, errors in each.items() if errors}
        if isinstance(field, serializers.DictField) and isinstance(value, dict):
            if any(UNSTORABLE.search(str(name)) for name in value):
                return [_TEXT_ERROR]
            each = {n: self._type_errors(field.child, item) for n, item in value.items()}
            return {name: errors for name, errors in each.items() if errors}
        message = None if self.context.get(TEXTUAL) else _mistyped(field, value)
        message = message or _misformed(field, value)
        return [ErrorDetail(message, "invalid_type")] if message else None


_TEXT_ERROR = ErrorDetail("Text may hold no NUL and no unpaired surrogate.", "unstorable_text")


def _keep_spaces(field: serializers.Field[Any, Any, Any, Any]) -> None:
    if isinstance(field, serializers.CharField):
        field.trim_whitespace = False
    elif isinstance(field, serializers.ListField | serializers.DictField):
        _keep_spaces(field.child)


def _mistyped(field: serializers.Field[Any, Any, Any, Any], value: Any) -> str | None:
    """What is wrong with a JSON value's type, None where nothing is."""
    if isinstance(field, _STRING_FIELDS) and not isinstance(value, str):
        return "A string is expected."
    if isinstance(field, serializers.BooleanField) and not isinstance(value, bool):
        return "true or false is expected."
    if isinstance(field, serializers.IntegerField) and (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not value.is_integer())
    ):
        return "A whole number is expected."
    if isinstance(field, serializers.FloatField) and (
        isinstance(value, bool) or not isinstance(value, int | float)
    ):
        return "A number is expected."
    if type(field) is serializers.ChoiceField:
        texts = all(isinstance(choice, str) for choice in field.choices)
        if texts and not isinstance(value, str):
            return "A string is expected."
    return None


def _misformed(field: serializers.Field[Any, Any, Any, Any], value: Any) -> str | None:
    """What is wrong with a text's form, where the field itself would take more forms."""
    if not isinstance(value, str):
        return None
    if isinstance(field, serializers.DecimalField) and not _DECIMAL.fullmatch(value):
        return 'A decimal number as a string is expected, such as "12.50".'
    if isinstance(field, serializers.DateTimeField) and not _TIME.fullmatch(value):
        return "A time with its zone is expected, such as 2025-03-01T09:30:00Z (RFC 3339)."
    if isinstance(field, serializers.DateField) and not _DATE.fullmatch(value):
        return "A date is expected, such as 2025-03-01."
    return None


class CommaSeparated(serializers.ListField):
    """A query parameter that lists values, separated by commas."""

    def to_internal_value(self, data: Any) -> list[Any]:
        return super().to_internal_value(data.split(",") if isinstance(data, str) else data)


def field_errors(detail: Any, prefix: str = "") -> list[FieldError]:
    """The errors of a DRF ValidationError, flat, with JSON pointers.

    prefix: ``?`` names query parameters instead.
    """
    return [
        FieldError(f"{prefix}{path[0]}" if prefix and path else pointer(*path), code, text)
        for path, code, text in _flat(detail, ())
    ]


def _flat(detail: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, path if name == _NON_FIELD else (*path, str(name)))
    elif isinstance(detail, list | tuple):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list | tuple)
            yield from _flat(inner, (*path, str(index)) if nested else path)
    else:
        yield path, getattr(detail, "code", None) or "invalid", str(detail)
