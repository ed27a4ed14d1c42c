"""How documents, sections, comments and amendments are found by their texts."""

from collections.abc import Iterator

from documents.amendments.models import Amendment
from documents.comments.models import Comment
from documents.texts.models import Document, Section
from platform_api.core.registry import SearchSource, SearchText, registry

UNDETERMINED = "und"
"""The language of what its author named none of (BCP 47, from ISO 639-2)."""


def _titles(document: Document) -> Iterator[SearchText]:
    for language, title in document.titles.items():
        yield SearchText(language, title)


def _text(section: Section) -> Iterator[SearchText]:
    if section.deleted_at is None:
        yield SearchText(section.language, section.title, section.body)


def _said(comment: Comment) -> Iterator[SearchText]:
    if comment.deleted_at is None:
        yield SearchText(UNDETERMINED, "", comment.body)


def _proposed(amendment: Amendment) -> Iterator[SearchText]:
    """What it would have the section say, why, and what was decided."""
    parts = (
        amendment.body,
        amendment.justification,
        amendment.reason,
        amendment.accepted_title,
        amendment.accepted_body,
    )
    body = "\n\n".join(part for part in parts if part)
    yield SearchText(amendment.base.language, amendment.title, body)


def register() -> None:
    """Tell the search of this app's sources."""
    registry.make_searchable(SearchSource(model=Document, texts=_titles, route="document"))
    registry.make_searchable(SearchSource(model=Section, texts=_text, route="section"))
    registry.make_searchable(
        SearchSource(
            model=Comment,
            texts=_said,
            route="comment",
            related=("section",),
            heading=lambda comment: str(comment.section.title),
        )
    )
    registry.make_searchable(
        SearchSource(model=Amendment, texts=_proposed, route="amendment", related=("base",))
    )
