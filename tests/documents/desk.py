"""A document of Serbia that Albania drafts too, and what neither may be mixed up with."""

from dataclasses import dataclass
from typing import Any

from documents.texts.models import Document, Section
from forums.membership.models import Delegation, Forum
from platform_api.identity.models import User
from tests.factories import DocumentFactory, ForumFactory, SectionFactory, delegate, seat
from tests.laying import laid


@dataclass(frozen=True)
class Desk:
    """The shared document, the callers around it, and the decoys that must stay out of sight.

    other: a document of Albania alone. foreign: one of the other forum, Montenegro's.
    drafter, head, reader: of Serbia's seat. stranger: the head of Montenegro's seat.
    """

    forum: Forum
    serbia: Delegation
    albania: Delegation
    montenegro: Delegation
    document: Document
    other: Document
    foreign: Document
    drafter: User
    head: User
    reader: User
    albanian: User
    albanian_head: User
    stranger: User

    def section(self, **given: Any) -> Section:
        """A section of the shared document, Serbia's and by its drafter unless told otherwise."""
        given.setdefault("document", self.document)
        if given.setdefault("delegation", self.serbia) == self.serbia:
            given.setdefault("author", self.drafter)
        return SectionFactory(**given)


def lay_desk() -> Desk:
    """A new desk, with a private and a common section in each decoy."""
    forum, decoy = ForumFactory(slug="seemic"), ForumFactory(slug="other")
    serbia, albania, montenegro = seat(forum, "RS"), seat(forum, "AL"), seat(decoy, "ME")
    people = {role: delegate(serbia, role).user for role in ("drafter", "head", "reader")}
    other, foreign = DocumentFactory(delegation=albania), DocumentFactory(delegation=montenegro)
    for document in (other, foreign):
        SectionFactory(document=document)
        SectionFactory(document=document, common=True)
    return Desk(
        forum=forum,
        serbia=serbia,
        albania=albania,
        montenegro=montenegro,
        document=DocumentFactory(
            delegation=serbia,
            drafting_group=[albania],
            titles={"en": "Joint manual", "sr-Cyrl": "Заједнички приручник"},
        ),
        other=other,
        foreign=foreign,
        albanian=albania.delegates.get(role="drafter").user,
        albanian_head=delegate(albania, "head").user,
        stranger=delegate(montenegro, "head").user,
        **people,
    )


@laid
def desk() -> Desk:
    """A desk that is laid once."""
    return lay_desk()
