"""Shapes of organisations."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .models import OrganisationKind


class IdentifierDetail(serializers.Serializer[Any]):
    """An identifier of an organisation in a scheme."""

    scheme = serializers.CharField()
    value = serializers.CharField()


class OrganisationDetail(serializers.Serializer[Any]):
    """A ministry, armed force, international organisation or donor."""

    key = serializers.CharField(help_text="Its stable name.")
    kind = serializers.ChoiceField(choices=OrganisationKind.choices)
    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text="ISO 3166-1 alpha-2 code."
    )
    parent = serializers.SlugRelatedField[Any](  # type: ignore[assignment]  # a declared field
        slug_field="key", read_only=True, allow_null=True
    )
    names = serializers.DictField(child=serializers.CharField(), help_text="Names by BCP 47 tag.")
    acronym = serializers.CharField()
    identifiers = IdentifierDetail(many=True)
    aliases = serializers.SlugRelatedField[Any](slug_field="name", read_only=True, many=True)


class OrganisationFilter(StrictSerializer):
    """Filters of the list of organisations."""

    kind = serializers.ChoiceField(choices=OrganisationKind.choices, required=False)
    country = serializers.RegexField(
        r"\A[A-Z]{2}\Z",
        required=False,
        source="country__code",
        help_text="ISO 3166-1 alpha-2 code.",
    )
