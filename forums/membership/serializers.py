"""Shapes of forums, seats, offices and delegates."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.serializers import StrictSerializer

from .models import ROLE_CHOICES, DecisionRule, Delegation, Office, SeatStatus


def _texts(help_text: str) -> serializers.DictField:
    return serializers.DictField(child=serializers.CharField(), help_text=help_text)


class SeatReference(serializers.Serializer[Any]):
    """A delegation and the country or organisation that holds the seat."""

    id = serializers.UUIDField(help_text="The delegation.")
    country = serializers.SerializerMethodField(help_text="ISO 3166-1 alpha-2 code.")
    organisation = serializers.SerializerMethodField(help_text="The organisation's key.")

    def get_country(self, seat: Any) -> str | None:
        return seat.country.code if seat.country else None

    def get_organisation(self, seat: Any) -> str | None:
        return seat.organisation.key if seat.organisation else None


class ForumSummary(serializers.Serializer[Any]):
    """A forum in a list."""

    id = serializers.UUIDField()
    slug = serializers.CharField(help_text="Its acronym, by which addresses name it.")
    names = _texts("Names by BCP 47 tag.")
    working_languages = serializers.ListField(
        child=serializers.CharField(), help_text="BCP 47 tags."
    )


class ForumDetail(ForumSummary):
    """A forum with its rules of procedure."""

    mandate = _texts("Its mandate by BCP 47 tag.")
    decision_rule = serializers.ChoiceField(choices=DecisionRule.choices)
    silence_hours = serializers.IntegerField(help_text="How long silence lasts, in hours.")
    number_pattern = serializers.CharField(help_text="How its decisions are numbered.")
    four_eyes = serializers.BooleanField(
        help_text="Whoever releases a text wrote nothing of it since the last release."
    )


class DelegationDetail(serializers.Serializer[Any]):
    """A seat of a country or an organisation in a forum, or its home seat."""

    id = serializers.UUIDField()
    forum = serializers.SlugRelatedField[Any](
        slug_field="slug", read_only=True, allow_null=True, help_text="Null for a home seat."
    )
    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text="ISO 3166-1 alpha-2 code."
    )
    organisation = serializers.SlugRelatedField[Any](
        slug_field="key", read_only=True, allow_null=True
    )
    names = serializers.SerializerMethodField(
        help_text="The party's names by BCP 47 tag; a designation goes before them."
    )
    represented_by = serializers.SlugRelatedField[Any](
        slug_field="key",
        read_only=True,
        allow_null=True,
        help_text="The body through which a country takes its seat.",
    )
    status = serializers.ChoiceField(choices=SeatStatus.choices)
    voting = serializers.BooleanField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(
        allow_null=True, help_text="The first day (UTC) on which the seat no longer stands."
    )
    designation = serializers.CharField(help_text="How this forum names the seat; empty: as usual.")
    designation_footnote = serializers.CharField(help_text="Printed wherever the name is.")
    time_zone = serializers.CharField(help_text="IANA name.")

    def get_names(self, seat: Delegation) -> dict[str, str]:
        return dict(seat.party.names)


class DelegationFilter(StrictSerializer):
    """Filters of the list of a forum's seats."""

    status = serializers.ChoiceField(choices=SeatStatus.choices, required=False)
    voting = serializers.BooleanField(required=False)


class OfficeDetail(serializers.Serializer[Any]):
    """A time in which a seat or an organisation holds an office of a forum."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Office.Kind.choices)
    delegation = serializers.UUIDField(
        source="delegation_id", allow_null=True, help_text="Null where the holder has no seat."
    )
    country = serializers.SerializerMethodField(help_text="ISO 3166-1 alpha-2 code.")
    organisation = serializers.SerializerMethodField(help_text="The organisation's key.")
    since = serializers.DateField()
    until = serializers.DateField(
        allow_null=True, help_text="The first day on which the holder no longer holds it."
    )

    def get_country(self, office: Office) -> str | None:
        seat = office.delegation
        return seat.country.code if seat and seat.country else None

    def get_organisation(self, office: Office) -> str | None:
        seat = office.delegation
        holder = office.organisation or (seat.organisation if seat else None)
        return holder.key if holder else None


class OfficeFilter(StrictSerializer):
    """Filters of the list of a forum's offices."""

    kind = serializers.ChoiceField(choices=Office.Kind.choices, required=False)


class PersonDetail(serializers.Serializer[Any]):
    """A person of one's own seat."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()


class DelegateDetail(serializers.Serializer[Any]):
    """A person who acts for a seat in a role, for a time."""

    id = serializers.UUIDField()
    delegation = serializers.UUIDField(source="delegation_id")
    user = PersonDetail()
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(
        allow_null=True, help_text="The first instant at which it no longer holds."
    )
    guest = serializers.BooleanField(help_text="A reader from outside, for a year at most.")


class DelegateFilter(StrictSerializer):
    """Filters of the list of a seat's delegates."""

    role = serializers.ChoiceField(choices=ROLE_CHOICES, required=False)
    live = serializers.BooleanField(required=False, help_text="Whether it holds now.")
    guest = serializers.BooleanField(required=False)


class DelegateCreate(StrictSerializer):
    """A person who is to act for a seat."""

    user = serializers.EmailField(
        help_text="Address of a person who acts for nobody yet, or for the same country or "
        "organisation. Every other address is unknown here."
    )
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    valid_from = serializers.DateTimeField(required=False, help_text="Now, by default.")
    valid_until = serializers.DateTimeField(
        required=False, allow_null=True, help_text="A guest needs one, within a year."
    )
    guest = serializers.BooleanField(required=False, help_text="For readers only.")
