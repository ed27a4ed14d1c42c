"""Shapes of merges, their conflicts and working copies."""

from typing import Any

from rest_framework import serializers

from documents.texts.content import MAX_BODY
from documents.texts.serializers import SectionDetail, SectionRevise
from documents.texts.wording.comparing import Change
from documents.texts.wording.merged import ConflictKind, Side
from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer

from .composing import MergeChoice, SectionPart

MAX_RESOLUTIONS = 10_000


class Resolution(StrictSerializer):
    """How one contested unit is settled."""

    id = serializers.CharField(max_length=64, help_text="Of the contested unit.")
    choice = serializers.ChoiceField(choices=[each.value for each in MergeChoice])
    text = serializers.CharField(
        max_length=MAX_BODY,
        allow_blank=True,
        required=False,
        help_text="With `custom`: the wording; an empty one leaves nothing.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["choice"] == MergeChoice.CUSTOM) != ("text" in attrs):
            raise serializers.ValidationError(
                {"text": "A wording comes with the choice `custom`, and with no other."},
                code="required" if "text" not in attrs else "not_wanted",
            )
        return attrs


class SectionMerge(SectionRevise):
    """A change to a section as it was; what is absent stays as it was there."""

    base = serializers.UUIDField(
        required=False, help_text="The revision you worked on: the section's `head` as you read it."
    )
    working_copy = serializers.UUIDField(
        required=False,
        help_text="A working copy of yours for this section: what is absent is as it stands there. "
        "Once merged it is gone.",
    )
    head = serializers.UUIDField(
        required=False, help_text="With `resolutions`: the revision of theirs that you resolved."
    )
    resolutions = serializers.ListField(
        child=Resolution(), required=False, max_length=MAX_RESOLUTIONS
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        errors = {}
        if "base" not in attrs and "working_copy" not in attrs:
            errors["base"] = ["Name the revision you worked on, or a working copy."]
        if ("head" in attrs) != ("resolutions" in attrs):
            missing = "resolutions" if "head" in attrs else "head"
            errors[missing] = ["Resolutions name the revision of theirs that they settle."]
        ids = [each["id"] for each in attrs.get("resolutions", ())]
        if len(ids) != len(set(ids)):
            errors["resolutions"] = ["A contested unit is settled once."]
        if errors:
            raise serializers.ValidationError(errors, code="required")
        return attrs


class AutoMerged(serializers.Serializer[Any]):
    """A change that was merged by itself."""

    part = serializers.ChoiceField(choices=[each.value for each in SectionPart])
    side = serializers.ChoiceField(
        source="taken.side",
        choices=[each.value for each in Side],
        help_text="Whose it was; `both` where both made the same.",
    )
    base = serializers.CharField(source="taken.base", help_text="What stood there.")
    text = serializers.CharField(source="taken.text", help_text="What stands there now.")


class MergedSection(SectionDetail):
    """The section after a merge, with what was merged by itself, to look at."""

    auto_merged = AutoMerged(many=True)

    class Meta(SectionDetail.Meta):
        fields = [*SectionDetail.Meta.fields, "auto_merged"]


class WordStretch(serializers.Serializer[Any]):
    """A stretch of a wording and what became of it."""

    change = serializers.ChoiceField(choices=[each.value for each in Change])
    text = serializers.CharField()


class WordDiff(serializers.Serializer[Any]):
    """What either side changed, in words."""

    yours = WordStretch(many=True)
    theirs = WordStretch(many=True)


class ContestedUnit(serializers.Serializer[Any]):
    """A unit that both sides changed, each in its own way: a line, a block or a sentence."""

    id = serializers.CharField(help_text="What a resolution names.")
    part = serializers.ChoiceField(choices=[each.value for each in SectionPart])
    kind = serializers.ChoiceField(choices=[each.value for each in ConflictKind])
    base = serializers.CharField()
    yours = serializers.CharField()
    theirs = serializers.CharField()
    word_diff = WordDiff()
    comments_affected = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Open threads that you read whose passage stands in it, now or in the base.",
    )
    amendments_affected = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Amendments that you read, not decided yet, that would change it.",
    )
    choices = serializers.ListField(
        child=serializers.ChoiceField(choices=[each.value for each in MergeChoice])
    )


class ContestedText(serializers.Serializer[Any]):
    """One side of a conflict."""

    title = serializers.CharField()
    body = serializers.CharField()
    language = serializers.CharField()


class ContestedRevision(ContestedText):
    """One side of a conflict that is a revision."""

    revision = serializers.UUIDField()


class ByWhom(serializers.Serializer[Any]):
    """Who wrote the present text."""

    delegation = SeatReference()
    at = serializers.DateTimeField()


class OfferedPiece(serializers.Serializer[Any]):
    """A stretch of the merged body, or the contested unit in its place; one of the two is null."""

    text = serializers.CharField(allow_null=True)
    conflict = serializers.CharField(allow_null=True, help_text="The unit's id.")


class MergeOffer(serializers.Serializer[Any]):
    """The section with everything that did not clash merged; null for a contested line."""

    title = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_null=True)
    body = OfferedPiece(many=True)


class EditConflictDetail(serializers.Serializer[Any]):
    """What a problem with the code `edit_conflict` tells besides: the conflict as data."""

    base = ContestedRevision()
    yours = ContestedText()
    theirs = ContestedRevision()
    theirs_by = ByWhom()
    conflicts = ContestedUnit(many=True)
    offer = MergeOffer()
    auto_merged = AutoMerged(many=True)
    working_copy = serializers.UUIDField(
        required=False, help_text="Your words, kept. It comes with `merged_too_long`, too."
    )


class WorkingCopySummary(serializers.Serializer[Any]):
    """Words that wait to be merged, without the text."""

    id = serializers.UUIDField()
    section = serializers.UUIDField(source="section_id")
    base = serializers.UUIDField(source="base_id", help_text="The revision they were written on.")
    delegation = SeatReference()
    title = serializers.CharField()
    language = serializers.CharField()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    kept_until = serializers.DateTimeField(
        help_text="It is taken away then, unless it is merged, changed or discarded before."
    )


class WorkingCopyDetail(WorkingCopySummary):
    """Words that wait to be merged."""

    body = serializers.CharField()
