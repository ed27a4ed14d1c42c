"""Shapes that the slices of policies share."""

import re
from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .audience import Audience

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
"""A BCP 47 tag such as ``sr-Cyrl``, by its shape."""


class OwnerSeat(serializers.Serializer[Any]):
    """The seat that keeps something, and its country or organisation."""

    id = serializers.UUIDField(source="owner_delegation_id", help_text="The delegation.")
    country = serializers.SlugRelatedField[Any](
        source="owner_country",
        slug_field="code",
        read_only=True,
        allow_null=True,
        help_text="ISO 3166-1 alpha-2 code.",
    )
    organisation = serializers.SlugRelatedField[Any](
        source="owner_organisation", slug_field="key", read_only=True, allow_null=True
    )


class AudienceMembers(serializers.Serializer[Any]):
    """What an answer says of who reads it."""

    owner_delegation = OwnerSeat(source="*", help_text="The seat that keeps it.")
    audience = serializers.ChoiceField(choices=Audience.choices)
    forum = serializers.SlugRelatedField[Any](
        slug_field="slug",
        read_only=True,
        allow_null=True,
        help_text="The forum of the audience; null for other audiences, and to who is not in it.",
    )


class AudienceChoice(StrictSerializer):
    """Who is to read it."""

    audience = serializers.ChoiceField(choices=Audience.choices)
    forum = serializers.SlugField(
        required=False,
        allow_null=True,
        help_text="Slug of a forum in which the owner sits; the owner's own by default.",
    )


class CountryCode(serializers.CharField):
    """An ISO 3166-1 alpha-2 code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "ISO 3166-1 alpha-2 code.")
        super().__init__(min_length=2, max_length=2, **kwargs)


def language_tag(tag: str) -> None:
    """Raise ValidationError for what is no BCP 47 tag by its shape."""
    if not LANGUAGE_TAG.fullmatch(tag):
        raise serializers.ValidationError(
            "A BCP 47 tag such as sr-Cyrl is expected.", code="invalid_tag"
        )


def tagged(texts: dict[str, Any]) -> dict[str, Any]:
    """Texts by language. Raises ValidationError at each key that is no tag."""
    errors = {}
    for tag in texts:
        try:
            language_tag(tag)
        except serializers.ValidationError as error:
            errors[tag] = error.detail
    if errors:
        raise serializers.ValidationError(errors)
    return texts
