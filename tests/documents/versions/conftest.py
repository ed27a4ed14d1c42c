"""A common text of a working group, and a forum next door to which it is shown."""

from dataclasses import dataclass

import pytest

from documents.texts.models import Document, Section
from documents.versions.models import DocumentVersion
from forums.meetings.models import AgendaItem, Meeting
from forums.membership.models import Delegation, Forum
from platform_api.identity.models import User
from tests.api import ApiClient, api
from tests.documents.support import Ledger
from tests.factories import (
    AgendaItemFactory,
    DocumentFactory,
    DocumentVersionFactory,
    ForumFactory,
    MeetingFactory,
    OfficeFactory,
    OrganisationFactory,
    SectionFactory,
    delegate,
    seat,
)
from tests.laying import laid


@dataclass(frozen=True)
class Table:
    """Two forums and a decoy, with the texts that are shown from one to the other.

    working: Serbia and Albania draft, SEESAC keeps the secretariat. seemic: Croatia, Bulgaria and
    SEESAC meet. Montenegro sits in a third forum.
    document: common, with a released section of Serbia and one at home. secret: Serbia's own.
    """

    working: Forum
    seemic: Forum
    serbia: Delegation
    albania: Delegation
    seesac: Delegation
    seesac_abroad: Delegation
    croatia: Delegation
    bulgaria: Delegation
    document: Document
    secret: Document
    introduction: Section
    chapter: Section
    private: Section
    version: DocumentVersion
    meeting: Meeting
    point: AgendaItem
    secretary: User
    croat: User
    montenegrin: User


@laid
def table() -> Table:
    working, seemic = ForumFactory(slug="working"), ForumFactory(slug="seemic")
    undp = OrganisationFactory(key="undp-seesac")
    serbia, albania = seat(working, "RS"), seat(working, "AL")
    seesac = seat(working, undp, status="partner", voting=False)
    seesac_abroad = seat(seemic, undp, status="observer", voting=False)
    croatia, bulgaria = seat(seemic, "HR"), seat(seemic, "BG")
    OfficeFactory(holder=seesac, kind="secretariat")
    document = DocumentFactory(
        delegation=seesac,
        drafting_group=[serbia, albania],
        common=True,
        penholder=undp,
        titles={"en": "Regional Manual"},
    )
    introduction = SectionFactory(
        document=document, delegation=seesac, common=True, title="Introduction", body="Why.\n"
    )
    chapter = SectionFactory(
        document=document, delegation=serbia, released=True, title="Serbia", body="Закон.\n"
    )
    private = SectionFactory(document=document, delegation=albania, title="Albania", body="Home.")
    secretary = seesac.delegates.get(role="drafter").user
    delegate(seesac_abroad, "drafter", user=secretary)
    meeting = MeetingFactory(delegation=seesac_abroad, titles={"en": "Seminar"}, mode="online")
    return Table(
        working=working,
        seemic=seemic,
        serbia=serbia,
        albania=albania,
        seesac=seesac,
        seesac_abroad=seesac_abroad,
        croatia=croatia,
        bulgaria=bulgaria,
        document=document,
        secret=DocumentFactory(delegation=serbia),
        introduction=introduction,
        chapter=chapter,
        private=private,
        version=DocumentVersionFactory(document=document, label="Draft for the seminar"),
        meeting=meeting,
        point=AgendaItemFactory(meeting=meeting, titles={"en": "The draft Manual"}),
        secretary=secretary,
        croat=delegate(croatia, "reader").user,
        montenegrin=delegate(seat(ForumFactory(slug="other"), "ME"), "head").user,
    )


@pytest.fixture
def keeping(table: Table) -> ApiClient:
    """The secretariat's drafter, who sits in both forums."""
    return api(table.secretary)


@pytest.fixture
def croat(table: Table) -> ApiClient:
    """Croatia's reader in the forum next door."""
    return api(table.croat)


@pytest.fixture
def serb(table: Table) -> ApiClient:
    """Serbia's drafter, of the drafting group."""
    return api(table.serbia.delegates.get(role="drafter"))


@pytest.fixture
def outside(table: Table) -> ApiClient:
    """A head of a third forum."""
    return api(table.montenegrin)


@pytest.fixture
def ledger(table: Table) -> Ledger:
    """What the ledger has gained since the table was laid."""
    return Ledger()
