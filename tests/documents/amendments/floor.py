"""A section that three delegations draft around, and who sits there."""

from dataclasses import dataclass
from functools import cached_property

from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from platform_api.identity.models import User
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.factories import DocumentFactory, SectionFactory, delegate, seat

from .support import BODY


@dataclass(frozen=True)
class Floor:
    """A document of Serbia's with a released section of its own and a common one; both say BODY.

    Albania and North Macedonia draft it, too; Montenegro sits in the forum and does not.
    """

    desk: Desk
    document: Document
    section: Section
    common: Section
    macedonia: Delegation
    montenegro: Delegation
    people: dict[str, User]

    @cached_property
    def serbian(self) -> ApiClient:
        """Serbia's drafter, who decides on amendments to its chapter."""
        return api(self.desk.drafter)

    @cached_property
    def serbian_head(self) -> ApiClient:
        return api(self.desk.head)

    @cached_property
    def albanian(self) -> ApiClient:
        """Albania's drafter, who words its amendments."""
        return api(self.desk.albanian)

    @cached_property
    def albanian_head(self) -> ApiClient:
        """Albania's head, who submits them."""
        return api(self.desk.albanian_head)

    @cached_property
    def macedonian(self) -> ApiClient:
        return api(self.people["macedonian"])

    @cached_property
    def macedonian_head(self) -> ApiClient:
        return api(self.people["macedonian head"])

    @cached_property
    def montenegrin_head(self) -> ApiClient:
        return api(self.people["montenegrin head"])


def lay_floor(desk: Desk) -> Floor:
    """A new floor beside a desk, whose other texts are decoys here."""
    macedonia, montenegro = seat(desk.forum, "MK"), seat(desk.forum, "ME")
    document = DocumentFactory(delegation=desk.serbia, drafting_group=[desk.albania, macedonia])
    words = {"document": document, "title": "Complaints", "body": BODY, "author": desk.drafter}
    return Floor(
        desk=desk,
        document=document,
        section=SectionFactory(released=True, **words),
        common=SectionFactory(common=True, **words),
        macedonia=macedonia,
        montenegro=montenegro,
        people={
            "macedonian": delegate(macedonia, "drafter").user,
            "macedonian head": delegate(macedonia, "head").user,
            "montenegrin head": delegate(montenegro, "head").user,
        },
    )
