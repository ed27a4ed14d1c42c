"""Serbia's document and practice in a forum with a secretariat, and decoys in another forum."""

from dataclasses import dataclass
from typing import Any

import pytest

from documents.texts.models import Document, Section
from forums.membership.models import Delegation, Office
from platform_api.identity.models import User
from tests.api import ApiClient, api
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    OrganisationFactory,
    SectionFactory,
    delegate,
    seat,
)
from tests.fixtures import Table

TITLE = "Serbia's national plan"


@dataclass(frozen=True)
class Registry:
    """Who is there. manager, albanian, secretary, foreign: access managers of their seats."""

    table: Table
    croatia: Delegation
    secretariat: Delegation
    document: Document
    draft: Section
    decoy: Document
    manager: ApiClient
    albanian: ApiClient
    croatian: ApiClient
    secretary: ApiClient
    foreign: ApiClient
    reader: ApiClient
    people: dict[str, User]

    @property
    def object(self) -> str:
        return f"document:{self.document.pk}"

    def give(self, **given: Any) -> Any:
        body = {"object": self.object, **(given or {"delegation": str(self.croatia.pk)})}
        return self.manager.post("access/grants", body)


@pytest.fixture
def desk(table: Table) -> Registry:
    """Serbia's document is drafted with Albania; Croatia sits there and sees nothing of it."""
    croatia = seat(table.forum, "HR")
    secretariat = seat(
        table.forum, OrganisationFactory(key="racviac"), status="partner", voting=False
    )
    OfficeFactory(forum=table.forum, holder=secretariat, kind=Office.Kind.SECRETARIAT)
    document = DocumentFactory(
        delegation=table.serbia, drafting_group=[table.albania], titles={"en": TITLE}
    )
    people = {
        name: delegate(of, "access_manager").user
        for name, of in (
            ("manager", table.serbia),
            ("albanian", table.albania),
            ("croatian", croatia),
            ("secretary", secretariat),
            ("foreign", table.montenegro),
        )
    }
    people["reader"] = delegate(croatia, "reader").user
    return Registry(
        table=table,
        croatia=croatia,
        secretariat=secretariat,
        document=document,
        draft=SectionFactory(document=document, title="A secret draft"),
        decoy=DocumentFactory(delegation=table.montenegro, titles={"en": "A decoy"}),
        people=people,
        **{name: api(user) for name, user in people.items()},
    )
