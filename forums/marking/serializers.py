"""Shapes of marks and of what ends by them."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.references import ObjectNamed, ObjectShown
from platform_api.core.http.serializers import StrictSerializer

from .models import TLP_CHOICES


class ReleasableTo(StrictSerializer):
    """The parties that an object may be released to, besides its owner's."""

    countries = serializers.ListField(
        child=serializers.CharField(max_length=2), max_length=200, default=list
    )
    organisations = serializers.ListField(
        child=serializers.SlugField(), max_length=200, default=list
    )


class MarkingSet(StrictSerializer):
    """The marks an object is to have, in place of those it has."""

    object = ObjectNamed()
    tlp = serializers.ChoiceField(
        choices=TLP_CHOICES, allow_null=True, help_text="A label of TLP 2.0; null for none."
    )
    releasable_to = ReleasableTo(allow_null=True, help_text="Null for no limit.")
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class Restriction(StrictSerializer):
    """Which object, and why."""

    object = ObjectNamed()
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class Parties(serializers.Serializer[Any]):
    """Countries by code and organisations by key; the owner's is always among them."""

    countries = serializers.ListField(child=serializers.CharField())
    organisations = serializers.ListField(child=serializers.CharField())


class NarrowedHolder(serializers.Serializer[Any]):
    """Who holds access: a country, an organisation or one delegation."""

    country = serializers.CharField(allow_null=True)
    organisation = serializers.CharField(allow_null=True)
    delegation = serializers.UUIDField(allow_null=True)


class EndedAccess(serializers.Serializer[Any]):
    """A grant that ends."""

    object = ObjectShown()
    holder = NarrowedHolder()


class ObjectMarks(serializers.Serializer[Any]):
    """The marks of an object."""

    object = ObjectShown()
    tlp = serializers.ChoiceField(choices=TLP_CHOICES, allow_null=True)
    releasable_to = Parties(allow_null=True, help_text="Null for no limit.")
    restricted = serializers.BooleanField(help_text="Read by its owner's seat and by grants alone.")


class ObjectNarrowed(ObjectMarks):
    """The marks of an object, and who loses by them."""

    ended = EndedAccess(many=True, help_text="Grants that end.")
    out_of_sight = NarrowedHolder(
        many=True, help_text="Who read it by its ring and now does by nothing, where it is known."
    )
