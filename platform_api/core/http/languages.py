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


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]")
"""Control characters, and those that force a direction on what follows: a reader sees another
text than a program does. Tabs and ends of lines are not among them."""
_BREAKS = re.compile("[\n\r\u2028\u2029]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_END_OF_ISOLATE = "\u2069"


def _check_text(text: str) -> None:
    if not text.strip():
        raise serializers.ValidationError("This is blank.", "blank")
    if _BREAKS.search(text):
        raise serializers.ValidationError("One line is expected.", "line_break")


def _check_seen(text: str) -> None:
    """Refuse what is not seen and changes how the rest is seen."""
    if _UNSEEN.search(text) or not all(map(_is_balanced, _BREAKS.split(text))):
        raise serializers.ValidationError(
            "Text may hold no control characters and force no direction beyond its line.",
            "control_character",
        )


def _is_balanced(line: str) -> bool:
    """Whether each isolate of direction (UAX 9) that a line begins ends in it."""
    depth = 0
    for character in _ISOLATES.findall(line):
        depth += -1 if character == _END_OF_ISOLATE else 1
        if depth < 0:
            return False
    return depth == 0


class LanguageTag(serializers.CharField):
    """A BCP 47 language tag."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "BCP 47 tag, such as en, cnr or sr-Cyrl.")
        super().__init__(max_length=35, validators=[_check_tag], **kwargs)


class Line(serializers.CharField):
    """A text of one line that says something: a title or name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[_check_text, _check_seen], **kwargs)


class Prose(serializers.CharField):
    """A text of many lines, Markdown or plain."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[_check_seen], **kwargs)


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
