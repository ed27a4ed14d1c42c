"""Shapes of meeting series, meetings, organisers and agendas."""

from typing import Any
from zoneinfo import available_timezones

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.languages import Multilingual
from platform_api.core.http.partial_dates import PartialDateField
from platform_api.core.http.serializers import StrictSerializer

from .models import AgendaItemKind, Meeting, MeetingKind, MeetingMode, MeetingState, OrganiserRole

_DATE_HELP = "EDTF: YYYY, YYYY-MM or YYYY-MM-DD; null where it is not known."


def _texts(help_text: str) -> serializers.DictField:
    return serializers.DictField(child=serializers.CharField(), help_text=help_text)


class MeetingSeriesDetail(serializers.Serializer[Any]):
    """Meetings that follow each other under one name."""

    id = serializers.UUIDField()
    forum = serializers.SlugRelatedField[Any](
        slug_field="slug", read_only=True, allow_null=True, help_text="Null for a home seat's."
    )
    owner_delegation = SeatReference(allow_null=True, help_text="Null for the forum's own series.")
    names = _texts("Names by BCP 47 tag.")
    created_at = serializers.DateTimeField()


class MeetingSeriesCreate(StrictSerializer):
    """A new series."""

    delegation = serializers.UUIDField(help_text="Your seat, which keeps the series.")
    names = Multilingual(help_text="Names by BCP 47 tag.")
    common = serializers.BooleanField(
        default=False, help_text="The forum's own series; its secretariat's to say."
    )


class MeetingSummary(serializers.Serializer[Any]):
    """A meeting in a list."""

    id = serializers.UUIDField()
    forum = serializers.SlugRelatedField[Any](
        slug_field="slug",
        read_only=True,
        allow_null=True,
        help_text="Null for a home seat's meeting.",
    )
    owner_delegation = SeatReference(
        allow_null=True,
        help_text="The seat that keeps it; null for the forum's own.",
    )
    series = serializers.UUIDField(source="seen_series", allow_null=True)
    sequence = serializers.IntegerField(allow_null=True, help_text="Its place in the series.")
    kind = serializers.ChoiceField(choices=MeetingKind.choices)
    mode = serializers.ChoiceField(choices=MeetingMode.choices)
    state = serializers.ChoiceField(choices=MeetingState.choices)
    titles = _texts("Titles by BCP 47 tag.")
    place = serializers.CharField()
    time_zone = serializers.CharField(help_text="IANA name.")
    begins = serializers.CharField(allow_null=True, help_text=_DATE_HELP)
    ends = serializers.CharField(allow_null=True, help_text=_DATE_HELP)
    duration_days = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()


class MeetingDetail(MeetingSummary):
    """A meeting."""

    continuation_of = serializers.UUIDField(
        source="seen_continuation_of", allow_null=True, help_text="The meeting that it continues."
    )
    participating_seats = serializers.SerializerMethodField(
        help_text="The delegations that take part; empty for all seats of the forum."
    )
    reported_participants = serializers.IntegerField(
        allow_null=True,
        help_text="As the source reports it, where participants are not recorded one by one; "
        "never added up with what is recorded.",
    )
    reported_countries = serializers.IntegerField(allow_null=True, help_text="Likewise.")
    reported_source = serializers.CharField(help_text="Who reports the figures.")

    @extend_schema_field(SeatReference(many=True))
    def get_participating_seats(self, meeting: Meeting) -> Any:
        seats = [row.delegation for row in vars(meeting)["named_seats"]]
        seats.sort(key=lambda seat: (seat.country.code if seat.country else "~", str(seat.pk)))
        return SeatReference(seats, many=True).data


class _MeetingFacts(StrictSerializer):
    """What may be told of a meeting, now or later."""

    place = serializers.CharField(max_length=200, allow_blank=True, required=False)
    time_zone = serializers.CharField(max_length=60, required=False, help_text="IANA name.")
    begins = PartialDateField(required=False, allow_null=True, help_text=_DATE_HELP)
    ends = PartialDateField(required=False, allow_null=True, help_text=_DATE_HELP)
    duration_days = serializers.IntegerField(
        min_value=1, max_value=366, required=False, allow_null=True
    )
    reported_participants = serializers.IntegerField(
        min_value=0, max_value=1_000_000, required=False, allow_null=True
    )
    reported_countries = serializers.IntegerField(
        min_value=0, max_value=300, required=False, allow_null=True
    )
    reported_source = serializers.CharField(
        max_length=500,
        allow_blank=True,
        required=False,
        help_text="Who reports the figures; needed with them.",
    )

    def validate_time_zone(self, value: str) -> str:
        if value not in available_timezones():
            raise serializers.ValidationError("There is no such time zone.", "unknown")
        return value


class MeetingCreate(_MeetingFacts):
    """A new meeting."""

    delegation = serializers.UUIDField(help_text="Your seat, which keeps the meeting.")
    titles = Multilingual(help_text="Titles by BCP 47 tag.")
    kind = serializers.ChoiceField(choices=MeetingKind.choices)
    mode = serializers.ChoiceField(choices=MeetingMode.choices)
    series = serializers.UUIDField(required=False, allow_null=True)
    sequence = serializers.IntegerField(
        min_value=1, max_value=10_000, required=False, help_text="The next by default."
    )
    continuation_of = serializers.UUIDField(required=False, allow_null=True)
    participating_seats = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=200,
        default=list,
        help_text="The delegations that take part; all seats of the forum by default.",
    )
    common = serializers.BooleanField(
        default=False, help_text="The forum's own meeting; its secretariat's to say."
    )


class MeetingRevise(_MeetingFacts):
    """Changes to a meeting; a title of null is taken out."""

    titles = Multilingual(removable=True, required=False)
    kind = serializers.ChoiceField(choices=MeetingKind.choices, required=False)
    mode = serializers.ChoiceField(choices=MeetingMode.choices, required=False)


class MeetingFilter(StrictSerializer):
    """Filters of the list of meetings."""

    forum = serializers.SlugField(required=False, source="forum__slug", help_text="Forum slug.")
    series = serializers.UUIDField(required=False, source="series_id")
    state = serializers.ChoiceField(choices=MeetingState.choices, required=False)


class MeetingOrganiserSummary(serializers.Serializer[Any]):
    """Who organises, hosts or pays for a meeting."""

    id = serializers.UUIDField()
    organisation = serializers.SlugRelatedField[Any](
        slug_field="key", read_only=True, allow_null=True, help_text="The organisation's key."
    )
    delegation = SeatReference(allow_null=True, help_text="Where a seat organises.")
    role = serializers.ChoiceField(choices=OrganiserRole.choices)


class MeetingOrganiserDetail(MeetingOrganiserSummary):
    """Who organises, hosts or pays for a meeting."""


class MeetingOrganiserCreate(StrictSerializer):
    """An organiser: an organisation or a delegation."""

    organisation = serializers.SlugField(required=False, help_text="The organisation's key.")
    delegation = serializers.UUIDField(required=False)
    role = serializers.ChoiceField(choices=OrganiserRole.choices)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("organisation" in attrs) == ("delegation" in attrs):
            raise serializers.ValidationError(
                "Name an organisation or a delegation.", "one_party_expected"
            )
        return attrs


class AgendaItemDetail(serializers.Serializer[Any]):
    """A point of a meeting's agenda."""

    id = serializers.UUIDField()
    meeting = serializers.UUIDField(source="meeting_id")
    position = serializers.IntegerField(help_text="From 1.")
    kind = serializers.ChoiceField(choices=AgendaItemKind.choices)
    titles = _texts("Titles by BCP 47 tag.")


class AgendaItemCreate(StrictSerializer):
    """A new point of the agenda."""

    titles = Multilingual(help_text="Titles by BCP 47 tag.")
    kind = serializers.ChoiceField(choices=AgendaItemKind.choices)
    position = serializers.IntegerField(
        min_value=1, max_value=1000, required=False, help_text="At the end by default."
    )


class AgendaItemRevise(StrictSerializer):
    """Changes to a point of the agenda; a title of null is taken out."""

    titles = Multilingual(removable=True, required=False)
    kind = serializers.ChoiceField(choices=AgendaItemKind.choices, required=False)
    position = serializers.IntegerField(min_value=1, max_value=1000, required=False)
