"""Shapes of countries and content languages."""

from typing import Any

from rest_framework import serializers

_NAMES_HELP = "Names by BCP 47 tag."


class CountryAliasDetail(serializers.Serializer[Any]):
    """Another or a former name of a country."""

    name = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47 tag; empty where it is not of one language.")
    valid_until = serializers.DateField(
        allow_null=True, help_text="The first day on which a former name no longer held."
    )


class CountryDetail(serializers.Serializer[Any]):
    """A country."""

    code = serializers.CharField(help_text="ISO 3166-1 alpha-2 code.")
    alpha3 = serializers.CharField(help_text="ISO 3166-1 alpha-3 code.")
    names = serializers.DictField(child=serializers.CharField(), help_text=_NAMES_HELP)
    user_assigned = serializers.BooleanField(
        help_text="The codes are user-assigned ones, outside the standard."
    )
    aliases = CountryAliasDetail(many=True)


class LanguageDetail(serializers.Serializer[Any]):
    """A language and script that texts are written in."""

    tag = serializers.CharField(help_text="BCP 47 tag.")
    names = serializers.DictField(child=serializers.CharField(), help_text=_NAMES_HELP)
    script = serializers.CharField(help_text="ISO 15924 code.")
    alphabet = serializers.ListField(
        child=serializers.CharField(), help_text="Its letters in sorting order."
    )
