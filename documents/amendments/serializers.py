"""Shapes of amendments, their proposals and their conflicts."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.merging.composing import SectionPart
from documents.merging.serializers import MAX_RESOLUTIONS, Resolution
from documents.texts.content import MAX_BODY
from documents.texts.wording.comparing import Change, Stretch, compare, compare_words
from documents.texts.wording.merged import ConflictKind
from forums.membership.serializers import SeatReference
from platform_api.core.http.languages import Line
from platform_api.core.http.serializers import StrictSerializer

from .models import Amendment, AmendmentState
from .selectors import needs_rebase

MAX_REASON = 5_000
_SEAT = "Your seat, if you have several."


class AmendmentSummary(serializers.Serializer[Any]):
    """An amendment without its wording."""

    id = serializers.UUIDField()
    section = serializers.UUIDField(source="section_id")
    number = serializers.IntegerField(
        allow_null=True, help_text="Given within the section at submission; null for a draft."
    )
    state = serializers.ChoiceField(choices=AmendmentState.choices)
    proponent = SeatReference()
    cosponsors = serializers.SerializerMethodField()
    base = serializers.UUIDField(
        source="base_id", help_text="The revision of the section that it is worded on."
    )
    title = serializers.CharField(help_text="The title that it proposes.")
    needs_rebase = serializers.SerializerMethodField(
        help_text="Whether it clashes with what became of the section since its base."
    )
    updated_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = SeatReference(
        allow_null=True, help_text="Null until it is decided, and where it was overtaken."
    )

    @extend_schema_field(SeatReference(many=True))
    def get_cosponsors(self, amendment: Amendment) -> Any:
        seats = [each.delegation for each in amendment.cosponsors.all()]
        seats.sort(key=lambda seat: (seat.country.code if seat.country else "~", str(seat.pk)))
        return SeatReference(seats, many=True).data

    def get_needs_rebase(self, amendment: Amendment) -> bool:
        return needs_rebase(amendment)


class ChangedStretch(serializers.Serializer[Any]):
    """A stretch of a text and what becomes of it."""

    change = serializers.ChoiceField(choices=[each.value for each in Change])
    text = serializers.CharField()


class ChangedBlock(serializers.Serializer[Any]):
    """A block of the text that an amendment changes."""

    change = serializers.ChoiceField(
        choices=[each.value for each in Change],
        help_text="Of the whole block; `kept` where only words of it change.",
    )
    stretches = ChangedStretch(many=True)


class AmendmentChanges(serializers.Serializer[Any]):
    """What an amendment changes of its base."""

    title = ChangedStretch(many=True, help_text="Empty where it keeps the title.")
    body = ChangedBlock(many=True)


class AcceptedWording(serializers.Serializer[Any]):
    """What was accepted in place of what was proposed."""

    title = serializers.CharField(source="accepted_title")
    body = serializers.CharField(source="accepted_body")


class AmendmentDetail(AmendmentSummary):
    """An amendment with its wording and what became of it."""

    language = serializers.CharField(source="base.language")
    body = serializers.CharField(help_text="The whole body that it proposes.")
    changes = serializers.SerializerMethodField()
    justification = serializers.CharField()
    reason = serializers.CharField(help_text="Why it was decided so, or withdrawn.")
    accepted_wording = serializers.SerializerMethodField()
    accepted_revision = serializers.UUIDField(
        source="accepted_revision_id",
        allow_null=True,
        help_text="The revision of the section that says it.",
    )
    overtaken_by = serializers.UUIDField(source="overtaken_by_id", allow_null=True)

    @extend_schema_field(AmendmentChanges)
    def get_changes(self, amendment: Amendment) -> Any:
        before = amendment.base
        title: Sequence[Stretch] = ()
        if before.title != amendment.title:
            title = list(compare_words(before.title, amendment.title))
        blocks = [block for block in compare(before.body, amendment.body) if block.is_changed]
        return AmendmentChanges({"title": title, "body": blocks}).data

    @extend_schema_field(AcceptedWording(allow_null=True))
    def get_accepted_wording(self, amendment: Amendment) -> Any:
        return AcceptedWording(amendment).data if amendment.accepted_title else None


class AmendmentFilter(StrictSerializer):
    """Filters of the list of amendments."""

    state = serializers.ChoiceField(choices=AmendmentState.choices, required=False)


class AmendmentCreate(StrictSerializer):
    """A new amendment; what is absent stays as it is in the base."""

    base = serializers.UUIDField(help_text="The revision that it is worded on.")
    title = Line(max_length=500, required=False)
    body = serializers.CharField(max_length=MAX_BODY, allow_blank=True, required=False)
    justification = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")
    delegation = serializers.UUIDField(required=False, help_text=_SEAT)


class AmendmentRevise(StrictSerializer):
    """Changes to a draft; what is absent stays."""

    title = Line(max_length=500, required=False)
    body = serializers.CharField(max_length=MAX_BODY, allow_blank=True, required=False)
    justification = serializers.CharField(max_length=MAX_REASON, allow_blank=True, required=False)


class AmendmentSupport(StrictSerializer):
    """Who co-sponsors, or does no longer."""

    delegation = serializers.UUIDField(required=False, help_text=_SEAT)


class AmendmentWithdraw(StrictSerializer):
    """Why an amendment is withdrawn."""

    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")


class AmendmentReject(StrictSerializer):
    """Why an amendment is rejected."""

    reason = serializers.CharField(max_length=MAX_REASON)


class AmendmentRebase(StrictSerializer):
    """How what is contested is settled; nothing where nothing is."""

    resolutions = Resolution(many=True, default=(), max_length=MAX_RESOLUTIONS)  # type: ignore[call-arg]  # of the list

    def validate_resolutions(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({each["id"] for each in given}) < len(given):
            raise serializers.ValidationError("A contested unit is settled once.", code="repeated")
        return given


class AmendmentAccept(AmendmentRebase):
    """How what is contested is settled, and why the amendment is accepted."""

    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")


class AmendmentAcceptAsModified(StrictSerializer):
    """The wording that is accepted in place of what is proposed."""

    base = serializers.UUIDField(help_text="The revision of the section that it is worded on.")
    title = Line(max_length=500, required=False)
    body = serializers.CharField(max_length=MAX_BODY, allow_blank=True)
    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")


class AmendmentProposalDetail(serializers.Serializer[Any]):
    """A wording that an amendment proposed at some time."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    at_home = serializers.BooleanField(
        help_text="Worded before it was submitted; seen by its proponent only."
    )
    base = serializers.UUIDField(source="base_id")
    title = serializers.CharField()
    body = serializers.CharField()
    created_at = serializers.DateTimeField()


class ClashingUnit(serializers.Serializer[Any]):
    """A title, block or sentence that two amendments change differently.

    Texts of more than 1,000 characters are cut.
    """

    part = serializers.ChoiceField(choices=[each.value for each in SectionPart])
    kind = serializers.ChoiceField(choices=[each.value for each in ConflictKind])
    base = serializers.CharField()
    one = serializers.CharField()
    other = serializers.CharField()


class AmendmentClash(serializers.Serializer[Any]):
    """Two amendments of which not both can be accepted as they are."""

    one = serializers.UUIDField(help_text="The amendment with the lower number.")
    other = serializers.UUIDField()
    units = ClashingUnit(many=True, help_text="The first 20.")
    units_count = serializers.IntegerField()


class AmendmentConflicts(serializers.Serializer[Any]):
    """Which open amendments to a section clash with each other."""

    clashes = AmendmentClash(many=True)
    needs_rebase = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Those that clash with the present text. They are compared only with the "
        "amendments on their own base.",
    )
    compared = serializers.IntegerField(help_text="How many were compared, by their numbers.")
    complete = serializers.BooleanField(
        help_text="Whether all open amendments were compared with each other."
    )

    class Meta:
        model = None
