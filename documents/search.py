"""How documents and sections are found by their texts."""

from collections.abc import Iterator

from documents.texts.models import Document, Section
from platform_api.core.registry import SearchSource, SearchText, registry


def _titles(document: Document) -> Iterator[SearchText]:
    for language, title in document.titles.items():
        yield SearchText(language, title)


def _text(section: Section) -> Iterator[SearchText]:
    if section.deleted_at is None:
        yield SearchText(section.language, section.title, section.body)


def register() -> None:
    """Tell the search of this app's sources."""
    registry.make_searchable(SearchSource(model=Document, texts=_titles, route="document"))
    registry.make_searchable(SearchSource(model=Section, texts=_text, route="section"))
