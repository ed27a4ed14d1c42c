"""What the OpenAPI document says of comparisons, with an example of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.versions.examples import OPERATIONS as VERSIONS
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_VERSION: Json = next(iter(VERSIONS["document_versions_retrieve"].response.values()))
_SECTION: Json = _VERSION["sections"][0]
_REVISION: Json = next(iter(TEXTS["revisions_retrieve"].response.values()))
_UNMARKED: Json = {"tlp": None, "releasable_to": None, "restricted": False}
_PASSAGE: Json = {
    "number": "1",
    "depth": 0,
    "parent": None,
    "title": "Introduction",
    "language": "en",
}
_TEXT: Json = {
    "changes": ["changed"],
    "title": [{"change": "kept", "text": "Introduction"}],
    "blocks": [
        {
            "change": "kept",
            "stretches": [
                {"change": "kept", "text": "This Manual is written jointly by "},
                {"change": "added", "text": "the "},
                {"change": "kept", "text": "four Ministries of Defence."},
            ],
        },
        {
            "change": "added",
            "stretches": [{"change": "added", "text": "It is reviewed every two years."}],
        },
    ],
    "words_added": 7,
    "words_removed": 0,
    "coarse": False,
}
_PAGE = '<!doctype html>\n<html lang="en" dir="ltr">…</html>\n'
_PAGES = (
    "As a page (`text/html`, or `format=html`) it is a redline to read, print or send on: without "
    "script and without anything from elsewhere, added words underlined, removed ones struck "
    "through, characters that are not seen shown by their numbers, the marks on every printed page."
)

OPERATIONS: dict[str, OperationDoc] = {
    "documents_compare": OperationDoc(
        summary="Compare two versions of a document",
        description="What became of each section between a version, and another one or what is "
        "released now: added, removed, moved, renamed, its text or its language changed; and of "
        "its text by blocks and words. A section that you do not see now is at neither end, and "
        "what is still at home with a delegation is at neither end for anybody, its own people "
        f"included, so that a comparison can be handed on within its marks. {_PAGES}",
        response={
            "A version and the present": {
                "document": _VERSION["document"],
                "before": {
                    "version": _VERSION["id"],
                    "label": _VERSION["label"],
                    "kind": _VERSION["kind"],
                    "at": _VERSION["created_at"],
                },
                "after": {
                    "version": None,
                    "label": None,
                    "kind": None,
                    "at": "2026-04-02T08:15:00Z",
                },
                "marking": _UNMARKED
                | {
                    "tlp": "amber",
                    "releasable_to": {
                        "countries": ["BA", "ME", "MK", "RS"],
                        "organisations": ["undp-seesac"],
                    },
                },
                "sections": [
                    {
                        "section": _SECTION["section"],
                        "before": _PASSAGE,
                        "after": _PASSAGE,
                        **_TEXT,
                    }
                ],
            },
            "A redline": _PAGE,
        },
    ),
    "sections_compare": OperationDoc(
        summary="Compare two revisions of a section",
        description="What became of a section's text between a revision, and another one or the "
        "present text, by blocks and words. Revisions made at home are compared by who sees them: "
        f"their owner. {_PAGES}",
        response={
            "A revision and the present": {
                "section": _REVISION["section"],
                "before": {
                    "revision": _REVISION["id"],
                    "number": "1",
                    "at": _REVISION["created_at"],
                },
                "after": {"revision": None, "number": "2", "at": "2026-04-02T08:15:00Z"},
                "marking": _UNMARKED,
                "text": _TEXT,
            },
            "A redline": _PAGE,
        },
    ),
}
