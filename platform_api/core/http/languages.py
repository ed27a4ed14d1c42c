"""Members that hold a language, or a text in several."""

import re
from typing import Any

from rest_framework import serializers

_TAG = re.compile(r"[a-z]{2,8}(-[A-Za-z]{4})?(-([A-Z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*")
"""language[-Script][-REGION][-variant…] of BCP 47 in its recommended capitals (RFC 5646, 2.1.1)."""


def _check_tag(tag: str) -> None:
    if not _TAG.fullmatch(tag):
        raise serializers.ValidationError(
            "A BCP 47 language tag is expected, such as en, cnr or sr-Cyrl.", "invalid_language"
        )


def _check_text(text: str) -> None:
    if not text.strip():
        raise serializers.ValidationError("This is blank.", "blank")


class LanguageTag(serializers.CharField):
    """A BCP 47 language tag."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "BCP 47 tag, such as en, cnr or sr-Cyrl.")
        super().__init__(max_length=35, validators=[_check_tag], **kwargs)


class Line(serializers.CharField):
    """A text of one line that says something: a title or name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[_check_text], **kwargs)


class Multilingual(serializers.DictField):
    """A line in several languages, by BCP 47 tag; null takes one out where that is allowed."""

    def __init__(self, *, max_length: int = 500, removable: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("allow_empty", False)
        super().__init__(child=Line(max_length=max_length, allow_null=removable), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        for tag in data if isinstance(data, dict) else ():
            try:
                _check_tag(tag)
            except serializers.ValidationError as error:
                raise serializers.ValidationError({tag: error.detail}) from None
        return super().to_internal_value(data)
