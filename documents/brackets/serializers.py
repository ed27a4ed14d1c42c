"""Shapes of brackets."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.texts.content import MAX_BODY
from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer

from .models import Bracket, BracketState
from .selectors import passage_of

MAX_ALTERNATIVE = 20_000
"""The longest wording, in characters."""
_SEAT = "Your seat in the drafting group, if you have several."


class Passage(serializers.Serializer[Any]):
    """Characters of a section's present body, [start, end)."""

    section = serializers.UUIDField(
        help_text="The one that has the bracket now: another one than it was put in, where the "
        "text was split off or joined."
    )
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()


class BracketAlternativeDetail(serializers.Serializer[Any]):
    """A wording with those who stand by it."""

    id = serializers.UUIDField()
    standing = serializers.SerializerMethodField(help_text="The passage as it stands.")
    text = serializers.SerializerMethodField(help_text="Empty where it strikes the passage out.")
    proposed_by = SeatReference(source="delegation", allow_null=True)
    proponents = serializers.SerializerMethodField()

    def get_standing(self, alternative: Any) -> bool:
        return alternative.position == 0

    def get_text(self, alternative: Any) -> str:
        if alternative.position:
            return str(alternative.text)
        return passage_of(alternative.bracket)

    @extend_schema_field(SeatReference(many=True))
    def get_proponents(self, alternative: Any) -> Any:
        seats = [each.delegation for each in alternative.proponents.all()]
        return SeatReference(seats, many=True).data


class BracketDetail(serializers.ModelSerializer[Bracket]):
    """A disagreed passage with its wordings."""

    revision = serializers.UUIDField(
        source="base_id", help_text="The revision whose body start and end are characters of."
    )
    quote = serializers.SerializerMethodField(help_text="The passage as it was put in brackets.")
    state = serializers.ChoiceField(choices=BracketState.choices)
    place = serializers.SerializerMethodField(
        help_text="Where an open bracket stands now; null where too little of it is left, and "
        "once it is closed."
    )
    orphaned = serializers.SerializerMethodField(
        help_text="It is open and too little of its passage is left to say where it stands."
    )
    put_by = SeatReference(source="delegation")
    alternatives = BracketAlternativeDetail(many=True)
    chosen = serializers.UUIDField(source="chosen_id", allow_null=True)

    class Meta:
        model = Bracket
        fields = [
            "id",
            "section",
            "revision",
            "start",
            "end",
            "quote",
            "state",
            "place",
            "orphaned",
            "put_by",
            "note",
            "alternatives",
            "chosen",
            "created_at",
            "closed_at",
        ]

    def get_quote(self, bracket: Bracket) -> str:
        return passage_of(bracket)

    @extend_schema_field(Passage(allow_null=True))
    def get_place(self, bracket: Bracket) -> Any:
        place = self.context["view"].places[bracket.pk]
        if place is None:
            return None
        return {
            "section": str(place.section.pk),
            "start": place.start,
            "end": place.end,
            "text": place.words,
        }

    def get_orphaned(self, bracket: Bracket) -> bool:
        place = self.context["view"].places[bracket.pk]
        return bracket.state == BracketState.OPEN and place is None


class BracketFilter(StrictSerializer):
    """Filters of the list of brackets."""

    state = serializers.ChoiceField(choices=BracketState.choices, required=False)


class BracketPut(StrictSerializer):
    """A passage of the section's body, and what might stand there instead."""

    revision = serializers.UUIDField(help_text="The revision that start and end are of.")
    start = serializers.IntegerField(min_value=0, help_text="In characters.")
    end = serializers.IntegerField(min_value=1, help_text="In characters, behind the last one.")
    alternatives = serializers.ListField(
        child=serializers.CharField(max_length=MAX_ALTERNATIVE, allow_blank=True),
        min_length=1,
        max_length=20,
        help_text="Wordings; an empty one strikes the passage out. You stand by the first.",
    )
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    delegation = serializers.UUIDField(required=False, help_text=_SEAT)


class BracketWord(StrictSerializer):
    """One more wording."""

    text = serializers.CharField(
        max_length=MAX_ALTERNATIVE, allow_blank=True, help_text="Empty to strike the passage out."
    )
    delegation = serializers.UUIDField(required=False, help_text=_SEAT)


class BracketSupport(StrictSerializer):
    """The wording to stand by."""

    alternative = serializers.UUIDField()
    delegation = serializers.UUIDField(required=False, help_text=_SEAT)


class BracketUnsupport(StrictSerializer):
    """For whom."""

    delegation = serializers.UUIDField(required=False, help_text=_SEAT)


class BracketResolve(StrictSerializer):
    """The wording that is agreed on."""

    alternative = serializers.UUIDField()
    section_revision = serializers.CharField(
        max_length=20, help_text="The section's revision, the part of its ETag before the dot."
    )
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")


class BracketedText(serializers.Serializer[Any]):
    """A section's text with its open brackets in it, for people to read."""

    section = serializers.UUIDField()
    section_revision = serializers.CharField(
        help_text="The section's revision that the text is of."
    )
    text = serializers.CharField(
        max_length=10 * MAX_BODY,
        help_text="Plain text: the wordings of a passage stand in square brackets, the standing "
        "one first, parted by `|`, each behind the codes of those who stand by it.",
    )
    brackets = serializers.ListField(child=serializers.UUIDField(), help_text="The open brackets.")
    orphaned = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Those of them whose passage is lost, which are not in the text.",
    )

    class Meta:
        model = None
