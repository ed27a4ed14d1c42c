"""Serbia's document and practice in a forum with a secretariat, and decoys in another forum."""

from dataclasses import dataclass
from typing import Any

from documents.texts.models import Document, Section
from forums.membership.models import Delegation, Office
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Event
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
from tests.laying import laid

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
        """As a query names it."""
        return f"document:{self.document.pk}"

    @property
    def named(self) -> dict[str, str]:
        """As a body names it."""
        return {"type": "document", "id": str(self.document.pk)}

    def told(self, who: str, kind: str) -> set[str]:
        """The objects of the events of a type that somebody may read; the wall's word."""
        with acting(actor_of(self.people[who])):
            found = Event.objects.filter(type=kind).values_list("object_id", flat=True)
            return {str(each) for each in found}

    def give(self, **given: Any) -> Any:
        body = {"object": self.named, **(given or {"delegation": str(self.croatia.pk)})}
        return self.manager.post("access/grants", body)


@laid
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
