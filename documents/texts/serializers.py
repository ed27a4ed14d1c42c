"""Shapes of documents, sections and revisions."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.languages import LanguageTag, Line, Multilingual, Prose
from platform_api.core.http.serializers import StrictSerializer

from .acts import RevisionAct
from .content import MAX_BODY
from .models import (
    Document,
    DocumentKind,
    DocumentState,
    Section,
    SectionState,
)

MAX_REQUEST = 12 * MAX_BODY + 65_536
"""Bytes of a request with such a body: JSON may escape every character, as many clients do."""

_TITLES = serializers.CharField(max_length=500)


class DocumentSummary(serializers.ModelSerializer[Document]):
    """A document in a list."""

    forum = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    titles = serializers.DictField(child=_TITLES, help_text="Titles by BCP 47 tag.")
    owner_delegation = SeatReference(
        allow_null=True, help_text="Null for a document common to its forum."
    )
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    state = serializers.ChoiceField(choices=DocumentState.choices)

    class Meta:
        model = Document
        fields = [
            "id",
            "forum",
            "kind",
            "state",
            "titles",
            "working_language",
            "owner_delegation",
            "created_at",
        ]


class DocumentDetail(DocumentSummary):
    """A document with who writes it."""

    penholder = serializers.SlugRelatedField[Any](slug_field="key", read_only=True, allow_null=True)
    drafting_group = serializers.SerializerMethodField()
    superseded_by = serializers.UUIDField(
        source="superseded_by_seen",
        allow_null=True,
        read_only=True,
        help_text="The document in its place; null also where that is out of your sight.",
    )

    class Meta(DocumentSummary.Meta):
        fields = [*DocumentSummary.Meta.fields, "penholder", "drafting_group", "superseded_by"]

    @extend_schema_field(SeatReference(many=True))
    def get_drafting_group(self, document: Document) -> Any:
        seats = [member.delegation for member in document.documentdelegation_set.all()]
        seats.sort(key=lambda seat: (seat.country.code if seat.country else "~", str(seat.pk)))
        return SeatReference(seats, many=True).data


class DocumentCreate(StrictSerializer):
    """A new document."""

    forum = serializers.SlugField(help_text="The forum's slug.")
    delegation = serializers.UUIDField(help_text="Your seat; part of the drafting group.")
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    titles = Multilingual()
    working_language = LanguageTag()
    drafting_group = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=100
    )
    penholder = serializers.SlugField(required=False, allow_null=True)
    common = serializers.BooleanField(
        default=False, help_text="The forum's own document; its secretariat's to say."
    )


class DocumentFilter(StrictSerializer):
    """Filters of the list of documents."""

    forum = serializers.SlugField(required=False, source="forum__slug", help_text="Forum slug.")
    kind = serializers.ChoiceField(choices=DocumentKind.choices, required=False)
    state = serializers.ChoiceField(choices=DocumentState.choices, required=False)


class DocumentRevise(StrictSerializer):
    """Changes to a document; a title of null is taken out."""

    titles = Multilingual(removable=True)


class SectionSummary(serializers.ModelSerializer[Section]):
    """A section in the tree of its document, without its text."""

    number = serializers.SerializerMethodField(
        help_text="Computed over released sections; null while a section is at home."
    )
    parent = serializers.SerializerMethodField(  # type: ignore[assignment]  # a member
        help_text="The section above; null for a chapter, and where it is out of your sight."
    )
    depth = serializers.SerializerMethodField(help_text="0 for a chapter.")
    state = serializers.ChoiceField(choices=SectionState.choices)
    owner_delegation = SeatReference(allow_null=True, help_text="Null for a common section.")
    deleted_at = serializers.DateTimeField(
        allow_null=True, help_text="Null while the section stands; it can be restored."
    )

    class Meta:
        model = Section
        fields = [
            "id",
            "document",
            "parent",
            "number",
            "depth",
            "title",
            "language",
            "state",
            "owner_delegation",
            "updated_at",
            "deleted_at",
        ]

    def get_number(self, section: Section) -> str | None:
        return self.context["view"].places[section.pk].number

    def get_parent(self, section: Section) -> UUID | None:
        return self.context["view"].places[section.pk].parent

    def get_depth(self, section: Section) -> int:
        return self.context["view"].places[section.pk].depth


class SectionFilter(StrictSerializer):
    """What the tree shows."""

    deleted = serializers.BooleanField(
        default=False, help_text="Show the tombstones of deleted sections at their places, too."
    )


class SectionDetail(SectionSummary):
    """A section with its text (CommonMark with tables and footnotes)."""

    head = serializers.UUIDField(
        help_text="Its present revision: what a merge of a change to this text names as `base`."
    )

    class Meta(SectionSummary.Meta):
        fields = [
            *SectionSummary.Meta.fields,
            "body",
            "head",
            "released_at",
            "single_person_release",
        ]


_NOT_CLASSIFIED = (
    "Why what looks like a mark of classified information is none; a head's to say. It is kept "
    "in the ledger, and the text may keep the mark."
)


class SectionCreate(StrictSerializer):
    """A new section."""

    title = Line(max_length=500)
    body = Prose(max_length=MAX_BODY, allow_blank=True, default="")
    language = LanguageTag()
    parent = serializers.UUIDField(  # type: ignore[assignment]  # a member, not DRF's attribute
        required=False, allow_null=True, help_text="The section above; none for a chapter."
    )
    after = serializers.UUIDField(
        required=False, allow_null=True, help_text="The sibling before it; the last by default."
    )
    common = serializers.BooleanField(
        default=False, help_text="Read by the drafting group at once, and everybody's to revise."
    )
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")
    note = Prose(max_length=500, allow_blank=True, default="")
    not_classified = Prose(max_length=500, required=False, help_text=_NOT_CLASSIFIED)


class SectionRevise(StrictSerializer):
    """Changes to a section; what is absent stays."""

    title = Line(max_length=500, required=False)
    body = Prose(max_length=MAX_BODY, allow_blank=True, required=False)
    language = LanguageTag(required=False)
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")
    note = Prose(
        max_length=500, allow_blank=True, default="", help_text="Why; kept with the revision."
    )
    not_classified = Prose(max_length=500, required=False, help_text=_NOT_CLASSIFIED)


class SectionRelease(StrictSerializer):
    """What to release."""

    include_descendants = serializers.BooleanField(
        default=False, help_text="Release the private sections below it as well."
    )


class PurgedContent(serializers.Serializer[Any]):
    """That the content of a revision was removed: by which seat, and when."""

    by = SeatReference(source="purged_by")
    at = serializers.DateTimeField(source="purged_at")


class RevisionSummary(serializers.Serializer[Any]):
    """A revision of a section, without its text."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    at_home = serializers.BooleanField(help_text="Made before the release; seen by its owner only.")
    created_at = serializers.DateTimeField()
    delegation = SeatReference()
    note = serializers.CharField()
    act = serializers.ChoiceField(
        choices=RevisionAct.choices,
        help_text="What it was made by; `moved`, `deleted` and `restored` change no word.",
    )
    title = serializers.CharField()
    language = serializers.CharField()
    worked_on = serializers.UUIDField(
        source="worked_on_id",
        allow_null=True,
        help_text="Of a merge: the revision that its author worked on while others wrote.",
    )
    content_sha256 = serializers.SerializerMethodField()
    home_commitment = serializers.SerializerMethodField(
        help_text="In the first public revision: binds the chain at home, and tells nothing of it."
    )
    chain_hash = serializers.SerializerMethodField()
    purged = serializers.SerializerMethodField(
        help_text="Who removed its content and when, which leaves the hashes; null for the others."
    )

    @extend_schema_field(PurgedContent(allow_null=True))
    def get_purged(self, revision: Any) -> Any:
        return PurgedContent(revision).data if revision.purged_at else None

    def get_content_sha256(self, revision: Any) -> str:
        return bytes(revision.content_sha256).hex()

    def get_home_commitment(self, revision: Any) -> str | None:
        return bytes(revision.home_commitment).hex() if revision.home_commitment else None

    def get_chain_hash(self, revision: Any) -> str:
        return bytes(revision.chain_hash).hex()


class RevisionDetail(RevisionSummary):
    """A revision with its text."""

    section = serializers.UUIDField(source="section_id")
    body = serializers.CharField()
