"""A section that three delegations draft around, and who sits there."""

from dataclasses import dataclass

import pytest

from documents.texts.models import Document, Section
from forums.membership.models import Delegation
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.factories import DocumentFactory, SectionFactory, delegate, seat

from .support import BODY


@dataclass(frozen=True)
class Floor:
    """Serbia's document with a released section of Serbia's and a common one, which both say
    BODY. Albania and North Macedonia draft it, too; Montenegro sits in the forum and does not.
    """

    document: Document
    section: Section
    common: Section
    macedonia: Delegation
    serbian: ApiClient
    serbian_head: ApiClient
    albanian: ApiClient
    albanian_head: ApiClient
    macedonian: ApiClient
    macedonian_head: ApiClient
    montenegrin_head: ApiClient


@pytest.fixture
def floor(desk: Desk) -> Floor:
    macedonia, montenegro = seat(desk.forum, "MK"), seat(desk.forum, "ME")
    document = DocumentFactory(delegation=desk.serbia, drafting_group=[desk.albania, macedonia])
    words = {"document": document, "title": "Complaints", "body": BODY, "author": desk.drafter}
    return Floor(
        document=document,
        section=SectionFactory(released=True, **words),
        common=SectionFactory(common=True, **words),
        macedonia=macedonia,
        serbian=api(desk.drafter),
        serbian_head=api(desk.head),
        albanian=api(desk.albanian),
        albanian_head=api(desk.albanian_head),
        macedonian=api(delegate(macedonia, "drafter")),
        macedonian_head=api(delegate(macedonia, "head")),
        montenegrin_head=api(delegate(montenegro, "head")),
    )
