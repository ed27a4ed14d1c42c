"""Shapes of a search and of what it finds."""

import re
from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import CommaSeparated, StrictSerializer
from platform_api.core.registry import registry

from .query import LONGEST, MOST_WORDS, Query, TooManyWords, understand

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class SearchQuery(StrictSerializer):
    """What is looked for, and where."""

    q = serializers.CharField(
        max_length=LONGEST,
        help_text=f'Words that are all wanted, at most {MOST_WORDS}; `"two words"` side by side; '
        "`-word` for texts without it. Cyrillic and Latin, and letters with and without marks, "
        "are alike, and so are the forms of a word.",
    )
    type = CommaSeparated(
        child=serializers.CharField(max_length=64),
        required=False,
        min_length=1,
        max_length=50,
        help_text="Types of objects, separated by commas: `document`, `section` and others.",
    )
    lang = serializers.CharField(
        required=False,
        max_length=35,
        help_text="A BCP 47 tag: texts in this language; `sr` finds `sr-Cyrl` and `sr-Latn`.",
    )

    def validate_type(self, names: list[str]) -> list[str]:
        unknown = set(names) - set(registry.search_sources)
        if unknown:
            known = ", ".join(sorted(registry.search_sources))
            raise serializers.ValidationError(f"Types are: {known}.", code="invalid_choice")
        return names

    def validate_lang(self, tag: str) -> str:
        if not _TAG.fullmatch(tag):
            raise serializers.ValidationError("This is no language tag.", code="invalid_tag")
        return tag

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            understood: Query = understand(attrs["q"], attrs.get("lang", ""))
        except TooManyWords:
            raise serializers.ValidationError(
                {
                    "q": serializers.ErrorDetail(
                        f"At most {MOST_WORDS} words.", code="too_many_words"
                    )
                }
            ) from None
        return {**attrs, "understood": understood}


class SearchHighlight(serializers.Serializer[Any]):
    """The passage of a text where it was met, as plain text."""

    text = serializers.CharField(help_text="Show it as text; it may hold anything. `…` marks cuts.")
    ranges = serializers.ListField(
        child=serializers.ListField(
            child=serializers.IntegerField(min_value=0), min_length=2, max_length=2
        ),
        help_text="`[start, end]` of each match in `text`, counted in Unicode code points; the end "
        "is not part of it.",
    )


class SearchHit(serializers.Serializer[Any]):
    """An object that was found, with the language that met the search best."""

    type = serializers.CharField(help_text="The type of the object, such as `section`.")
    id = serializers.UUIDField(help_text="The object.")
    title = serializers.CharField(
        help_text="Its title in `language`; of a comment, that of its section."
    )
    language = serializers.CharField(
        help_text="BCP 47 tag of the text that was met; `und` where its author named none."
    )
    highlight = SearchHighlight()
    url = serializers.URLField(help_text="Where the object is.")
