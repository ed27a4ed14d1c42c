"""Shapes of comments and of the passages they are about."""

from typing import Any

from django.db import models
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.structure.following import Place
from forums.membership.serializers import SeatReference
from platform_api.core.http import conf
from platform_api.core.http.serializers import StrictSerializer

from .anchors import MAX_QUOTE
from .models import Anchor, Comment, CommentAudience, CommentState
from .placing import anchor_at

MAX_BODY = 20_000
"""The longest comment, in code points."""
MAX_CONTEXT = 500
"""The longest prefix or suffix that is taken, in code points."""
MAX_REQUEST = 12 * (MAX_BODY + MAX_QUOTE + 2 * MAX_CONTEXT) + 65_536
"""Bytes of a request with such texts: JSON may escape every character, as many clients do."""

_RING = "Who reads it, of those who read the section."


class SelectorType(models.TextChoices):
    """The kinds of selectors of the W3C Web Annotation Data Model that anchors speak."""

    WORDS = "TextQuoteSelector"
    POSITION = "TextPositionSelector"


class AnchorStanding(models.TextChoices):
    PLACED = "placed"
    ORPHANED = "orphaned"


@extend_schema_field(
    {
        "type": "array",
        "description": "Selectors of the W3C Web Annotation Data Model: of the passage's words "
        "(`TextQuoteSelector`: `exact`, `prefix`, `suffix`) and, unless it is lost, of its place "
        "(`TextPositionSelector`: `start`, `end`).",
        "items": {
            "type": "object",
            "properties": {
                "type": {"type": "string"},
                "exact": {"type": "string"},
                "prefix": {"type": "string", "description": "What stands before it."},
                "suffix": {"type": "string", "description": "What stands behind it."},
                "start": {"type": "integer"},
                "end": {"type": "integer", "description": "The first behind it."},
            },
            "required": ["type"],
        },
    }
)
class AnchorSelectors(serializers.ListField):
    """Selectors; the type of one says which members it has."""

    child = serializers.DictField()


class AnchorTarget(serializers.Serializer[Any]):
    """A target of the W3C Web Annotation Data Model."""

    source = serializers.URLField(  # type: ignore[assignment]  # a member
        help_text="The section where it stands now, which is another one where it was split off or "
        "joined; its `body` is what is counted in."
    )
    selector = AnchorSelectors()


class CommentAnchor(serializers.Serializer[Any]):
    """The passage a comment is about. Positions are Unicode code points."""

    revision = serializers.UUIDField(
        allow_null=True, help_text="That it was set in; null where you do not read that."
    )
    quote = serializers.CharField(help_text="The passage as it was.")
    standing = serializers.ChoiceField(
        choices=AnchorStanding.choices,
        help_text="`orphaned` when too little of the passage is left for it to have a place.",
    )
    target = AnchorTarget(help_text="Where it stands now; when orphaned, what it was.")


class CommentDetail(serializers.Serializer[Any]):
    """A comment on a section, or a reply."""

    id = serializers.UUIDField()
    section = serializers.UUIDField(source="section_id")
    thread = serializers.UUIDField(
        source="thread_id", allow_null=True, help_text="The first comment; null for that itself."
    )
    delegation = SeatReference(help_text="The seat it was written for.")
    audience = serializers.ChoiceField(choices=CommentAudience.choices, help_text=_RING)
    body = serializers.CharField(help_text="CommonMark; empty when it was deleted.")
    state = serializers.SerializerMethodField(help_text="Of its thread.")
    posted_at = serializers.DateTimeField(help_text="When its present audience was let read it.")
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.SerializerMethodField(help_text="Of its thread.")
    resolved_by = serializers.SerializerMethodField(help_text="Of its thread.")
    anchor = serializers.SerializerMethodField(help_text="Null for the whole section.")

    class Meta:
        model = Comment

    @extend_schema_field(serializers.ChoiceField(choices=CommentState.choices))
    def get_state(self, comment: Comment) -> str:
        return _first(comment).state

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_resolved_at(self, comment: Comment) -> Any:
        at = _first(comment).resolved_at
        return serializers.DateTimeField().to_representation(at) if at else None

    @extend_schema_field(SeatReference(allow_null=True))
    def get_resolved_by(self, comment: Comment) -> Any:
        seat = _first(comment).resolved_by
        return SeatReference(seat).data if seat else None

    @extend_schema_field(CommentAnchor(allow_null=True))
    def get_anchor(self, comment: Comment) -> Any:
        anchor = comment.anchor
        if anchor is None:
            return None
        places = self.context["view"].places
        place = places.of(comment)
        section = place.section.pk if place else comment.section_id
        return {
            "revision": str(anchor.revision) if anchor.revision in places.known else None,
            "quote": anchor.quote,
            "standing": (AnchorStanding.PLACED if place else AnchorStanding.ORPHANED).value,
            "target": {
                "source": conf.text("PUBLIC_URL").rstrip("/")
                + reverse("section", kwargs={"id": section}),
                "selector": _selectors(anchor, place),
            },
        }


def _first(comment: Comment) -> Comment:
    return comment.thread or comment


def _selectors(anchor: Anchor, place: Place | None) -> list[dict[str, Any]]:
    """What finds the passage: its words and its place now, or when it is lost its words then."""
    if place is None:
        return [_words(anchor)]
    position = {"type": SelectorType.POSITION.value, "start": place.start, "end": place.end}
    if place.end - place.start > MAX_QUOTE:  # somebody wrote much in the midst of it
        return [position]
    there = Anchor(anchor.revision, place.start, place.end, "", "", "")
    return [_words(anchor_at(there, place.text)), position]


def _words(anchor: Anchor) -> dict[str, Any]:
    return {
        "type": SelectorType.WORDS.value,
        "exact": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }


class AnchorGiven(StrictSerializer):
    """A passage, by its place (`start` and `end`) or by its words (`exact`), or by both."""

    revision = serializers.UUIDField(
        required=False, help_text="Of the section; the present text by default."
    )
    start = serializers.IntegerField(
        required=False, min_value=0, help_text="The first Unicode code point, from 0."
    )
    end = serializers.IntegerField(required=False, min_value=0, help_text="The first behind it.")
    exact = serializers.CharField(
        required=False, max_length=MAX_QUOTE, help_text="The passage itself."
    )
    prefix = serializers.CharField(
        required=False, max_length=MAX_CONTEXT, allow_blank=True, help_text="Right before it."
    )
    suffix = serializers.CharField(
        required=False, max_length=MAX_CONTEXT, allow_blank=True, help_text="Right behind it."
    )


class CommentCreate(StrictSerializer):
    """A comment, or a reply in a thread."""

    body = serializers.CharField(max_length=MAX_BODY, help_text="CommonMark.")
    audience = serializers.ChoiceField(
        choices=CommentAudience.choices,
        required=False,
        help_text=f"{_RING} Your own delegation by default; of a reply that of its thread.",
    )
    thread = serializers.UUIDField(required=False, help_text="The first comment, to reply to it.")
    anchor = AnchorGiven(required=False, help_text="The whole section by default.")
    delegation = serializers.UUIDField(required=False, help_text="Your seat, if you have several.")


class CommentRevise(StrictSerializer):
    """Changes to a comment; what is absent stays. An anchor is changed as a whole."""

    body = serializers.CharField(max_length=MAX_BODY, required=False)
    anchor = AnchorGiven(required=False, allow_null=True, help_text="Null for the whole section.")


class CommentPromote(StrictSerializer):
    """Who is to read a comment from now on."""

    audience = serializers.ChoiceField(
        choices=CommentAudience.choices, help_text="A wider one than it has."
    )
    replies = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=100,
        help_text="Replies of your seat that go with it; no other does.",
    )


class CommentFilter(StrictSerializer):
    """Filters of the list of comments."""

    state = serializers.ChoiceField(
        choices=CommentState.choices, required=False, help_text="Of the thread."
    )
    audience = serializers.ChoiceField(choices=CommentAudience.choices, required=False)
    thread = serializers.UUIDField(
        required=False, help_text="The first comment of a thread: that and its replies."
    )
