"""Reads of practices with what an answer shows of them."""

from django.db.models import Prefetch, QuerySet

from platform_api.core.actor import Actor
from policies.audience import OWNER_PARTY
from policies.references import forum_seen_by

from .models import Practice, PracticeContent, PracticeDraft


def practices_seen(actor: Actor) -> QuerySet[Practice]:
    """The practices that an actor sees, each with its latest version, and the own with drafts."""
    return (
        Practice.objects.visible_to(actor)
        .select_related("country", "published_version", *OWNER_PARTY)
        .prefetch_related(
            forum_seen_by(actor),
            Prefetch("draft", queryset=PracticeDraft.objects.visible_to(actor)),
        )
    )


def shown_content(practice: Practice) -> PracticeContent | None:
    """The latest version; of an unpublished practice its draft, where the caller sees that."""
    draft: PracticeDraft | None = getattr(practice, "draft", None)
    return practice.published_version or draft


def shown_title(practice: Practice) -> str:
    """The title that a practice is listed by."""
    content = shown_content(practice)
    return content.title if content else ""
