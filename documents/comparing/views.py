"""Comparisons of documents and of sections, as data or as a page to read."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse

from documents.texts.models import Document, Revision, Section
from documents.versions.models import DocumentVersion
from forums.marking.selectors import marking_line
from platform_api.core.http.acts import JSON
from platform_api.core.http.answers import Answer
from platform_api.core.http.etags import etag_of
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from .page import Page, Side
from .selectors import (
    DocumentCompared,
    End,
    RevisionEnd,
    SectionCompared,
    document_compared,
    newest_version,
    revision_before,
    section_compared,
)
from .serializers import (
    PRESENT,
    ComparisonFormat,
    DocumentCompareQuery,
    DocumentComparison,
    SectionCompareQuery,
    SectionComparison,
)

HTML = "text/html"


class _Comparing(ResourceViewSet):
    """What both views share: which ends are named, and in which form the answer is wanted."""

    def named(self, name: str) -> UUID | None:
        """The id that a parameter gives; None for the present, and where it is absent."""
        given = self.query.get(name)
        return None if given in (None, PRESENT) else UUID(str(given))

    @property
    def as_page(self) -> bool:
        """Whether a page is wanted rather than data."""
        asked = self.query.get("format")
        return self.media_type == HTML if asked is None else asked == ComparisonFormat.HTML

    def data(self, compared: Any) -> Any:
        """An answer as data, whatever ``Accept`` would rather have."""
        self.media_type = JSON
        return compared

    def page_answer(self, page: Page) -> HttpResponse:
        """A page with the headers that keep it from doing anything but being read."""
        body = page.html().encode()
        headers = {
            "Content-Type": f"{HTML}; charset=utf-8",
            "Content-Security-Policy": page.policy,
            "ETag": etag_of("", body),
        }
        return Answer(body, 200, headers).response(self.request._request)


class DocumentComparisonViewSet(_Comparing):
    """What became of a document between two of its states."""

    model = Document
    representation = DocumentComparison
    acts: ClassVar[dict[str, Act]] = {
        "compare": Act(
            ability="view",
            token_scope="documents:read",
            query=DocumentCompareQuery,
            produces=(JSON, HTML),
        ),
    }

    def compare(self) -> Any:
        document: Document = self.object
        after = self._version("to")
        before = self._version("from")
        if before is None:
            before = newest_version(self.actor, document, after)
        compared = document_compared(self.actor, document, before, after)
        return self.page_answer(_document_page(compared)) if self.as_page else self.data(compared)

    def _version(self, name: str) -> DocumentVersion | None:
        key = self.named(name)
        if key is None:
            return None
        return referred(self.actor, f"?{name}", DocumentVersion, pk=key, document=self.object)


class SectionComparisonViewSet(_Comparing):
    """What became of a section between two of its states."""

    model = Section
    representation = SectionComparison
    acts: ClassVar[dict[str, Act]] = {
        "compare": Act(
            ability="view",
            token_scope="documents:read",
            query=SectionCompareQuery,
            produces=(JSON, HTML),
        ),
    }

    def compare(self) -> Any:
        section: Section = self.object
        after = self._revision("to")
        before = self._revision("from")
        if before is None:
            before = revision_before(self.actor, section, after)
        compared = section_compared(self.actor, section, before, after)
        return self.page_answer(_section_page(compared)) if self.as_page else self.data(compared)

    def _revision(self, name: str) -> Revision | None:
        key = self.named(name)
        if key is None:
            return None
        return referred(self.actor, f"?{name}", Revision, pk=key, section=self.object)


def _document_page(compared: DocumentCompared) -> Page:
    document = compared.document
    hashes = [
        f"{word}: version {end.version.pk}, SHA-256 {end.version.sha256}"
        for word, end in (("Earlier", compared.before), ("Later", compared.after))
        if end is not None and end.version is not None
    ]
    return Page(
        title=str(document),
        language=document.working_language,
        before=_side(compared.before),
        after=_side(compared.after),
        marking=marking_line(compared.marks),
        sections=compared.sections,
        facts=hashes,
    )


def _side(end: End | None) -> Side:
    if end is None:
        return Side("Nothing", None)
    return Side(end.version.label if end.version else "The text of now, last changed", end.at)


def _section_page(compared: SectionCompared) -> Page:
    return Page(
        title=compared.section.title,
        language=compared.section.language,
        before=_revision_side(compared.before),
        after=_revision_side(compared.after),
        marking=marking_line(compared.marks),
        sections=[compared.compared],
    )


def _revision_side(end: RevisionEnd | None) -> Side:
    return Side("Nothing", None) if end is None else Side(f"Revision {end.number}", end.at)
