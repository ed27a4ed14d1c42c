"""What acts on a section need of its document: that its text is still written."""

from typing import Any

from django.db import connection

from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict
from platform_api.core.registry import Premise

from .models import DRAFTED_IN, Document, SectionState


def text_open(_: Actor, section: Any) -> Conflict | None:
    """The refusal (``text_fixed``) of what changes a text that is final, or has ended."""
    if _is_written(section):
        return None
    return Conflict(
        "The document's text is not written any more.",
        code="text_fixed",
        extensions={"allowed": sorted(DRAFTED_IN)},
    )


def text_open_beyond_home(actor: Actor, section: Any) -> Conflict | None:
    """As ``text_open``; at home everybody drafts on."""
    if section.state == SectionState.PRIVATE_DRAFTING:
        return None
    return text_open(actor, section)


PREMISES: dict[str, Premise] = {
    "text_open": text_open,
    "text_open_beyond_home": text_open_beyond_home,
}


def _is_written(section: Any) -> bool:
    """Whether a document is in a state in which its text is written; also asked by whoever was
    granted a section without its document. Takes no lock."""
    try:
        return section.document.state in DRAFTED_IN
    except Document.DoesNotExist:
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_text_is_written(%s)", [section.document_id])
        return bool(cursor.fetchone()[0])
