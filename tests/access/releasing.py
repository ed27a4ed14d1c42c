"""Releasing many sections at once in the access tests."""

from typing import Any


def bodies(private: Any) -> dict[str, Any]:
    """A body that is right in every respect, by route and method: a section at home of Serbia's
    national document, which its head has read."""
    named = {"id": str(private.pk), "revision": private.etag_revision}
    return {"document-sections-release POST": lambda: {"sections": [named]}}


OF_EACH = frozenset({"document-sections-release POST"})
"""Routes that are decided on each object that the body names."""

ROWS = {
    # Who may not release it is told so at the section.
    "document-sections-release POST": """
who                     object                 sends    answer
Serbia head             document: national     good     200
Serbia head             document: national     bad      400 invalid
Serbia head, author     document: national     good     400 invalid
Serbia drafter          document: national     good     400 invalid
Serbia reader           document: national     good     400 invalid
Albania head            document: national     good     400 invalid
granted manage, head    document: national     good     400 invalid
Serbia head             document: public       good     400 invalid
reading client          document: national     good     403 insufficient_scope
Bulgaria head           document: national     good     404 not_found
Bulgaria head           document: national     bad      404 not_found
Serbia head             document: decoy        good     404 not_found
Serbia access_manager   document: national     good     404 not_found
Serbia head             absent                 good     404 not_found
nobody                  document: national     good     401 not_authenticated
""",
}
