"""Shapes of practices, their drafts and versions."""

from typing import Any

from rest_framework import serializers

from platform_api.core.http.partial_dates import PartialDateField
from platform_api.core.http.serializers import StrictSerializer
from policies.shapes import AudienceChoice, AudienceMembers, CountryCode, language_tag

from .models import HIGHEST_EVIDENCE, CostBand, Practice, PracticeState
from .selectors import shown_content, shown_title
from .services import missing_of

_EVIDENCE = (
    "0 described, 1 monitored, 2 evaluated internally, 3 evaluated independently, 4 replicated."
)
_LANGUAGES = "BCP 47 tags of the languages of its materials; that of this text first."


class CostBandField(serializers.ChoiceField):
    """What it cost; an unknown one is kept as "" and shown as null."""

    def to_representation(self, value: Any) -> Any:
        return value or None


class _Texts(serializers.Serializer[Any]):
    title = serializers.CharField()
    summary = serializers.CharField()
    problem = serializers.CharField()
    context = serializers.CharField()  # type: ignore[assignment]  # a member, not DRF's attribute
    objectives = serializers.CharField()
    actions = serializers.CharField()
    implementing_entity = serializers.CharField()
    target_group = serializers.CharField()
    stakeholders = serializers.CharField()
    period_begin = PartialDateField(allow_null=True)
    period_end = PartialDateField(allow_null=True)
    cost_band = CostBandField(
        choices=CostBand.choices, allow_null=True, help_text="Null where it is not known."
    )
    results = serializers.CharField()
    evidence_level = serializers.IntegerField(allow_null=True, help_text=_EVIDENCE)
    success_factors = serializers.CharField()
    limiting_factors = serializers.CharField()
    lessons = serializers.CharField()
    transfer_conditions = serializers.CharField()
    sustainability = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField(), help_text=_LANGUAGES)


def _text(limit: int = 20_000) -> serializers.CharField:
    return serializers.CharField(max_length=limit, allow_blank=True, required=False)


class _TextsInput(StrictSerializer):
    title = _text(300)
    summary = _text(2000)
    problem = _text()
    context = _text()  # type: ignore[assignment]  # a member, not DRF's attribute
    objectives = _text()
    actions = _text()
    implementing_entity = _text(300)
    target_group = _text(1000)
    stakeholders = _text()
    period_begin = PartialDateField(required=False, allow_null=True)
    period_end = PartialDateField(required=False, allow_null=True)
    cost_band = serializers.ChoiceField(
        choices=CostBand.choices, required=False, allow_null=True, help_text="In euros, in all."
    )
    results = _text()
    evidence_level = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=HIGHEST_EVIDENCE,
        help_text=_EVIDENCE,
    )
    success_factors = _text()
    limiting_factors = _text()
    lessons = _text()
    transfer_conditions = _text()
    sustainability = _text()
    languages = serializers.ListField(
        child=serializers.CharField(max_length=35, validators=[language_tag]),
        required=False,
        max_length=50,
        help_text=_LANGUAGES,
    )


class PracticeSummary(AudienceMembers):
    """A practice in a list, by its latest version."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=PracticeState.choices)
    country = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text="Where it was carried out."
    )
    title = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()
    evidence_level = serializers.SerializerMethodField(help_text=_EVIDENCE)
    languages = serializers.SerializerMethodField(help_text=_LANGUAGES)
    version = serializers.IntegerField(
        source="published_version.number", allow_null=True, default=None
    )
    created_at = serializers.DateTimeField()

    class Meta:
        model = Practice

    def get_title(self, practice: Any) -> str:
        return shown_title(practice)

    def get_summary(self, practice: Any) -> str:
        content = shown_content(practice)
        return content.summary if content else ""

    def get_evidence_level(self, practice: Any) -> int | None:
        content = shown_content(practice)
        return content.evidence_level if content else None

    def get_languages(self, practice: Any) -> list[str]:
        content = shown_content(practice)
        return content.languages if content else []


class PracticeVersionSummary(serializers.Serializer[Any]):
    """A published version in a list."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    title = serializers.CharField()


class PublishedText(_Texts):
    """What was published of a practice; it never changes."""

    id = serializers.UUIDField()
    practice = serializers.UUIDField(source="practice_id")
    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()


class PracticeVersionDetail(PublishedText):
    """A published version of a practice."""


class PracticeDetail(PracticeSummary):
    """A practice with its latest version."""

    published_version = PublishedText(allow_null=True)


class PublishedPractice(PracticeDetail):
    """A practice as it has just been published."""


class PracticeDraftDetail(_Texts):
    """The text that the next version will have; its owner's alone."""

    practice = serializers.UUIDField(source="practice_id")
    updated_at = serializers.DateTimeField()
    missing = serializers.SerializerMethodField(help_text="What publishing still needs.")

    def get_missing(self, draft: Any) -> list[str]:
        return missing_of(draft)


class PracticeCreate(_TextsInput):
    """A new practice; it may be told piece by piece."""

    delegation = serializers.UUIDField(help_text="Your seat, which keeps it.")
    country = CountryCode(
        required=False, allow_null=True, help_text="Where it is carried out; yours by default."
    )
    title = serializers.CharField(max_length=300)


class PracticeDraftRevise(_TextsInput):
    """Changes to the draft; what is absent stays."""


class PracticePublish(AudienceChoice):
    """To whom to publish."""


class PracticeWithdraw(StrictSerializer):
    """Why it is taken back."""

    reason = serializers.CharField(max_length=500)


class PracticeFilter(StrictSerializer):
    """Filters of the list of practices."""

    state = serializers.ChoiceField(choices=PracticeState.choices, required=False)
    country = CountryCode(required=False, source="country__code")
    evidence_level = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=HIGHEST_EVIDENCE,
        source="published_version__evidence_level",
        help_text="Of the latest version. " + _EVIDENCE,
    )
