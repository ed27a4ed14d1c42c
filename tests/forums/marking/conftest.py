"""Serbia, Albania and Bosnia draft together; Montenegro sits beside them, Croatia elsewhere."""

from dataclasses import dataclass
from typing import Any

from documents.texts.models import Document
from forums.membership.models import Delegation, Forum
from tests.api import ApiClient, api
from tests.factories import DocumentFactory, ForumFactory, SectionFactory, delegate, seat
from tests.laying import laid


@dataclass(frozen=True)
class Table:
    """A document of Serbia's with a released section, and a decoy beside it that all keep."""

    forum: Forum
    serbia: Delegation
    albania: Delegation
    bosnia: Delegation
    montenegro: Delegation
    croatia: Delegation
    document: Document
    beside: Document
    heads: dict[str, ApiClient]

    def mark(self, obj: Any, who: str = "serbia", **marks: Any) -> Any:
        """Set the marks of an object; none but those that are given."""
        return self.heads[who].post("access/marking", marking(obj, **marks))


def named(obj: Any) -> dict[str, str]:
    """An object as bodies name it."""
    return {"type": type(obj).__name__.lower(), "id": str(obj.pk)}


def marking(obj: Any, **marks: Any) -> dict[str, Any]:
    """The body that sets marks."""
    given = {"tlp": None, "releasable_to": None, **marks}
    if isinstance(given["releasable_to"], list):
        given["releasable_to"] = {"countries": given["releasable_to"]}
    return {"object": named(obj), **given}


@laid
def table() -> Table:
    """All seats have a head; the section of the document is released."""
    forum, elsewhere = ForumFactory(slug="seemic"), ForumFactory(slug="other")
    codes = {"serbia": "RS", "albania": "AL", "bosnia": "BA", "montenegro": "ME"}
    seats = {name: seat(forum, code) for name, code in codes.items()}
    seats["croatia"] = seat(elsewhere, "HR")
    group = [seats["albania"], seats["bosnia"]]
    document = DocumentFactory(
        delegation=seats["serbia"], drafting_group=group, titles={"en": "Quarrelsome manual"}
    )
    SectionFactory(document=document, title="Quarrelsome chapter", released=True)
    return Table(
        forum=forum,
        document=document,
        beside=DocumentFactory(
            delegation=seats["serbia"], drafting_group=group, titles={"en": "Another manual"}
        ),
        heads={name: api(delegate(each, "head")) for name, each in seats.items()},
        **seats,
    )
