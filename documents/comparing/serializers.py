"""Shapes of comparisons."""

from enum import StrEnum
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.texts.wording.comparing import Change
from documents.versions.models import DocumentVersionKind
from forums.marking.models import TLP_CHOICES
from forums.marking.selectors import told_parties
from forums.marking.serializers import Parties
from platform_api.core.http.serializers import StrictSerializer

from .sections import SectionChange, word_count

PRESENT = "present"
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_CHANGES = [(change.value, change.value) for change in Change]


class ComparisonFormat(StrEnum):
    """In which form a comparison is answered."""

    JSON = "json"
    HTML = "html"


class _CompareQuery(StrictSerializer):
    """What is compared, and how it is shown."""

    what: ClassVar[str]
    earlier: ClassVar[str]

    to = serializers.RegexField(f"^(?:{PRESENT}|{_UUID})$", default=PRESENT)
    format = serializers.ChoiceField(
        choices=[(form.value, form.value) for form in ComparisonFormat],
        required=False,
        help_text="Comes before what `Accept` says, so that a link can name it.",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        # A keyword of Python.
        fields["from"] = serializers.UUIDField(
            required=False, help_text=f"The id of a {self.what}; {self.earlier}."
        )
        fields["to"].help_text = f"The id of a {self.what}, or `{PRESENT}` for the text of now."
        return fields


class DocumentCompareQuery(_CompareQuery):
    """Which two states of a document are compared."""

    what = "version"
    earlier = "by default the newest before `to`, and nothing where there is none"


class SectionCompareQuery(_CompareQuery):
    """Which two states of a section are compared."""

    what = "revision"
    earlier = "by default the one that `to` was made from, and nothing where you see none"


class ComparedStretch(serializers.Serializer[Any]):
    """Words that stand together and what became of them."""

    change = serializers.ChoiceField(choices=_CHANGES)
    text = serializers.CharField()


class ComparedTextBlock(serializers.Serializer[Any]):
    """A paragraph, heading, list item, row of a table, quotation or fenced passage."""

    change = serializers.ChoiceField(
        choices=_CHANGES, help_text="Of the whole; `kept` where only words differ, if any."
    )
    stretches = ComparedStretch(
        many=True,
        help_text="What was kept and removed is the earlier wording, what was kept and added the "
        "later. CommonMark.",
    )


class ComparedPassage(serializers.Serializer[Any]):
    """A section as it stands at one end."""

    number = serializers.CharField(allow_null=True)
    depth = serializers.IntegerField(help_text="0 for a chapter.")
    parent = serializers.UUIDField(  # type: ignore[assignment]  # a member
        allow_null=True, help_text="The section above; null for a chapter."
    )
    title = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47 tag.")


class ComparedText(serializers.Serializer[Any]):
    """What became of a text."""

    changes = serializers.ListField(
        child=serializers.ChoiceField(choices=[(each.value, each.value) for each in SectionChange])
    )
    title = ComparedStretch(many=True)
    blocks = ComparedTextBlock(many=True, help_text="None where the text is the same at both ends.")
    words_added = serializers.SerializerMethodField()
    words_removed = serializers.SerializerMethodField()
    coarse = serializers.BooleanField(
        help_text="Too long to be compared as finely as usual: more is shown as removed and added."
    )

    def get_words_added(self, compared: Any) -> int:
        return word_count(compared.blocks, Change.ADDED)

    def get_words_removed(self, compared: Any) -> int:
        return word_count(compared.blocks, Change.REMOVED)


class ComparedDocumentSection(ComparedText):
    """A section at both ends."""

    section = serializers.UUIDField()
    before = ComparedPassage(allow_null=True, help_text="Null where it was not there yet.")
    after = ComparedPassage(allow_null=True, help_text="Null where it is there no longer.")


class ComparisonMarks(serializers.Serializer[Any]):
    """The marks of what is shown, taken together: whoever hands it on keeps to them."""

    tlp = serializers.ChoiceField(choices=TLP_CHOICES, allow_null=True, help_text="The strictest.")
    releasable_to = serializers.SerializerMethodField(
        help_text="The parties that all lists name; null for no limit."
    )
    restricted = serializers.BooleanField()

    @extend_schema_field(Parties(allow_null=True))
    def get_releasable_to(self, marks: Any) -> Any:
        return told_parties(marks.releasable_to)


class ComparedVersion(serializers.Serializer[Any]):
    """One end: a version, or the present."""

    version = serializers.UUIDField(
        source="version.id", default=None, allow_null=True, help_text="Null for the present."
    )
    label = serializers.CharField(  # type: ignore[assignment]  # a member
        source="version.label", default=None, allow_null=True
    )
    kind = serializers.ChoiceField(
        choices=DocumentVersionKind.choices,
        source="version.kind",
        default=None,
        allow_null=True,
    )
    at = serializers.DateTimeField(
        allow_null=True,
        help_text="When the version was made, or something of the present text was last changed.",
    )


class DocumentComparison(serializers.Serializer[Any]):
    """Two states of a document, section by section in the reading order of the later."""

    document = serializers.UUIDField(source="document.id")
    before = ComparedVersion(allow_null=True, help_text="Null where it begins with nothing.")
    after = ComparedVersion()
    marking = ComparisonMarks(source="marks")
    sections = ComparedDocumentSection(many=True)

    class Meta:
        model = None


class ComparedRevision(serializers.Serializer[Any]):
    """One end: a revision, or the present."""

    revision = serializers.UUIDField(allow_null=True, help_text="Null for the present.")
    number = serializers.CharField(help_text="`7` for the seventh; `h7` for one made at home.")
    at = serializers.DateTimeField()


class SectionComparison(serializers.Serializer[Any]):
    """Two states of a section's text."""

    section = serializers.UUIDField(source="section.id")
    before = ComparedRevision(allow_null=True, help_text="Null where it begins with nothing.")
    after = ComparedRevision()
    marking = ComparisonMarks(source="marks")
    text = ComparedText(source="compared")

    class Meta:
        model = None
