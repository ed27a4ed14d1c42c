"""Shapes of instruments, their status events, and what holds on a day."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.partial_dates import PartialDateField
from platform_api.core.http.serializers import StrictSerializer
from policies.audience import Audience
from policies.shapes import AudienceMembers, CountryCode, tagged

from .models import LEGAL_STATUS_CHOICES, InstrumentKind

_FIRST_YEAR, _LAST_YEAR = 1800, 2200


class InstrumentTitle(StrictSerializer):
    """A title in one language."""

    title = serializers.CharField(max_length=1000)
    is_official = serializers.BooleanField(
        required=False, help_text="Whether the instrument itself bears it; false unless said."
    )


class InstrumentSummary(AudienceMembers):
    """An instrument in a list. What holds of it is asked for a day, at ``/status``."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=InstrumentKind.choices)
    country = serializers.SlugRelatedField[Any](
        slug_field="code",
        read_only=True,
        allow_null=True,
        help_text="Whose instrument it is; null for an international one.",
    )
    identifier = serializers.CharField(help_text="As cited; empty where there is none.")
    titles = serializers.DictField(child=InstrumentTitle(), help_text="By BCP 47 tag.")
    date_document = PartialDateField(allow_null=True)
    date_publication = PartialDateField(allow_null=True)
    date_applicability = PartialDateField(allow_null=True)
    period_begin = serializers.IntegerField(allow_null=True, help_text="First year of its period.")
    period_end = serializers.IntegerField(allow_null=True, help_text="Last year of its period.")
    created_at = serializers.DateTimeField()


class InstrumentDetail(InstrumentSummary):
    """An instrument."""


class _InstrumentFields(StrictSerializer):
    date_document = PartialDateField(required=False, allow_null=True)
    date_publication = PartialDateField(required=False, allow_null=True)
    date_applicability = PartialDateField(required=False, allow_null=True)
    period_begin = serializers.IntegerField(
        required=False, allow_null=True, min_value=_FIRST_YEAR, max_value=_LAST_YEAR
    )
    period_end = serializers.IntegerField(
        required=False, allow_null=True, min_value=_FIRST_YEAR, max_value=_LAST_YEAR
    )
    forum = serializers.SlugField(
        required=False,
        allow_null=True,
        help_text="Slug of a forum in which the owner sits; the owner's own by default.",
    )

    def validate_titles(self, titles: dict[str, Any]) -> dict[str, Any]:
        """Titles whose keys are language tags."""
        return tagged(titles)


class InstrumentCreate(_InstrumentFields):
    """A new instrument."""

    delegation = serializers.UUIDField(help_text="Your seat, which keeps it.")
    kind = serializers.ChoiceField(choices=InstrumentKind.choices)
    country = CountryCode(allow_null=True, help_text="Null for an international instrument.")
    identifier = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="ELI, gazette number, UN symbol."
    )
    titles = serializers.DictField(child=InstrumentTitle(), allow_empty=False)
    audience = serializers.ChoiceField(choices=Audience.choices, default=Audience.OWNER)


class InstrumentRevise(_InstrumentFields):
    """Changes to an instrument; what is absent stays, a title of null is taken out."""

    identifier = serializers.CharField(max_length=200, allow_blank=True, required=False)
    titles = serializers.DictField(
        child=InstrumentTitle(allow_null=True), allow_empty=False, required=False
    )
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)


class InstrumentFilter(StrictSerializer):
    """Filters of the list of instruments."""

    kind = serializers.ChoiceField(choices=InstrumentKind.choices, required=False)
    country = CountryCode(required=False, source="country__code")
    identifier = serializers.CharField(
        required=False, max_length=200, help_text="52/21 and 52/2021 are one."
    )


class LegalStatusEventSummary(serializers.Serializer[Any]):
    """Something that happened to an instrument in law."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=LEGAL_STATUS_CHOICES)
    country = serializers.SlugRelatedField[Any](
        slug_field="code",
        read_only=True,
        allow_null=True,
        help_text="The party of a convention; null for the instrument itself.",
    )
    effective_from = PartialDateField()
    decided_by = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a member, not DRF's attribute
    note = serializers.CharField()
    recorded_at = serializers.DateTimeField(help_text="When the platform learnt of it.")
    supersedes = serializers.UUIDField(source="supersedes_id", allow_null=True)
    superseded_by = serializers.SerializerMethodField(help_text="The event that corrects it.")

    def get_superseded_by(self, event: Any) -> str | None:
        correction = getattr(event, "superseded_by", None)
        return str(correction.pk) if correction else None


class LegalStatusEventDetail(LegalStatusEventSummary):
    """Something that happened to an instrument in law, as it was recorded."""


class LegalStatusEventCreate(StrictSerializer):
    """Something that happened, or a correction of what was recorded."""

    kind = serializers.ChoiceField(choices=LEGAL_STATUS_CHOICES)
    effective_from = PartialDateField()
    country = CountryCode(
        required=False, allow_null=True, help_text="The party, of a convention only."
    )
    decided_by = serializers.CharField(max_length=300, allow_blank=True, default="")
    source = serializers.CharField(  # type: ignore[assignment]  # a member, not DRF's attribute
        max_length=1000, allow_blank=True, default=""
    )
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    supersedes = serializers.UUIDField(
        required=False, allow_null=True, help_text="The event of this instrument that it corrects."
    )


class StatusQuery(StrictSerializer):
    """Of which day, and by the knowledge of which time."""

    on = serializers.DateField(required=False, help_text="Today by default.")
    recorded_by = serializers.DateTimeField(
        required=False, help_text="What was recorded later is left aside. Now by default."
    )


class LegalStanding(serializers.Serializer[Any]):
    """What holds on a day."""

    state = serializers.ChoiceField(
        choices=LEGAL_STATUS_CHOICES,
        allow_null=True,
        help_text="What the last event made it; null before any surely came.",
    )
    since = PartialDateField(allow_null=True)
    certain = serializers.BooleanField(
        help_text="False when a date known by year or month only leaves it open."
    )
    event = LegalStatusEventSummary(allow_null=True, help_text="The event that holds.")
    possible_events = LegalStatusEventSummary(
        many=True, help_text="Those that may or may not have come by that day."
    )


class PartyStanding(LegalStanding):
    """What holds on a day for one party of a convention."""

    country = serializers.CharField(help_text="ISO 3166-1 alpha-2 code.")


class InstrumentStatus(serializers.Serializer[Any]):
    """What holds of an instrument on a day."""

    instrument = serializers.UUIDField()
    on = serializers.DateField()
    recorded_by = serializers.DateTimeField(allow_null=True, help_text="As asked; null for now.")
    instrument_standing = LegalStanding()
    parties = PartyStanding(many=True, help_text="Of a convention, by country code.")

    class Meta:
        model = None
