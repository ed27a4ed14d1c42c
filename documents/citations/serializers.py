"""Shapes of citations."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.membership.serializers import SeatReference
from platform_api.core.http.serializers import StrictSerializer


class CitedInstrument(serializers.Serializer[Any]):
    """An instrument as far as the reader sees it."""

    id = serializers.UUIDField()
    identifier = serializers.CharField(help_text="As cited; may be empty.")
    titles = serializers.DictField(child=serializers.CharField(), help_text="Titles by BCP 47 tag.")
    url = serializers.URLField(help_text="Where the instrument is shown.")


class CitationDetail(serializers.Serializer[Any]):
    """A section cites a provision of an instrument."""

    id = serializers.UUIDField()
    section = serializers.UUIDField(source="section_id")
    instrument = serializers.SerializerMethodField(
        help_text="Null where you see none: it may be hidden from you, or be there no longer."
    )
    provision = serializers.CharField(
        help_text="An eId of Akoma Ntoso; empty for the whole instrument."
    )
    as_of = serializers.DateField(
        allow_null=True, help_text="The day as of which it is cited; null for as it stands."
    )
    delegation = SeatReference(help_text="The seat that cited it.")
    cited_at = serializers.SerializerMethodField(
        help_text="When readers had it first: at the section's release where it came from home."
    )

    @extend_schema_field(CitedInstrument(allow_null=True))
    def get_instrument(self, citation: Any) -> Any:
        found = self.context["view"].cited.get(citation.instrument)
        return None if found is None else CitedInstrument(found).data

    def get_cited_at(self, citation: Any) -> datetime:
        released: datetime | None = citation.section.released_at
        at: datetime = citation.created_at
        return max(at, released) if released else at


class CitationCreate(StrictSerializer):
    """What is cited."""

    instrument = serializers.UUIDField(help_text="An instrument that you see.")
    provision = serializers.RegexField(
        r"^(?:[A-Za-z][A-Za-z0-9_.-]*)?$",
        max_length=200,
        allow_blank=True,
        default="",
        help_text="An eId of Akoma Ntoso, such as `art_12__para_3`; none for the whole.",
    )
    as_of = serializers.DateField(required=False, allow_null=True)
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")
