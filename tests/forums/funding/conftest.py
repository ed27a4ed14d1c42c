"""A project of a secretariat for four countries, and what none of them may be mixed up with."""

from dataclasses import dataclass
from typing import Any

import pytest

from forums.funding.models import Project, Transaction
from forums.membership.models import Delegation, Forum
from forums.organisations.models import Organisation
from platform_api.identity.models import User
from tests.api import ApiClient, api
from tests.factories import (
    ForumFactory,
    OrganisationFactory,
    ParticipatingOrganisationFactory,
    ProjectFactory,
    TransactionFactory,
    actor_at,
    delegate,
    seat,
)
from tests.laying import laid


@dataclass(frozen=True)
class Purse:
    """A project that Norway and Slovakia pay, the secretariat's, and the callers around it.

    national: what Bosnia alone sees beside the owner.
    decoy: a project of Montenegro's seat in the other forum, with the same identifier and money.
    """

    forum: Forum
    secretariat: Delegation
    bosnia: Delegation
    serbia: Delegation
    norway: Organisation
    slovakia: Organisation
    seesac: Organisation
    project: Project
    national: Transaction
    decoy: Project
    drafter: User
    bosnian: User
    serbian: User
    stranger: User

    def transaction(self, **given: Any) -> Transaction:
        """A transaction of the project."""
        return TransactionFactory(project=self.project, **given)


@laid
def purse() -> Purse:
    """Everything above."""
    forum, other = ForumFactory(slug="wb"), ForumFactory(slug="other")
    seesac, norway, slovakia = (
        OrganisationFactory(key=key) for key in ("undp-seesac", "gov-no", "gov-sk")
    )
    secretariat, bosnia, serbia = seat(forum, seesac), seat(forum, "BA"), seat(forum, "RS")
    montenegro = seat(other, "ME")
    project = ProjectFactory(
        delegation=secretariat,
        identifier="XM-1",
        shares={"BA": "33.3333", "ME": "16.6667", "RS": "33.3333"},
    )
    for organisation, role in ((norway, "1"), (slovakia, "1"), (seesac, "4")):
        ParticipatingOrganisationFactory(project=project, organisation=organisation, role=role)
    TransactionFactory(project=project, provider=norway, amount="100.00")
    TransactionFactory(project=project, provider=norway, type="11", amount="250", currency="NOK")
    TransactionFactory(project=project, provider=seesac, type="4", amount="-0.05")
    TransactionFactory(project=project, type="9", amount="1")
    national = TransactionFactory(
        project=project, provider=seesac, type="3", amount="7", recipient_country="BA"
    )
    decoy = ProjectFactory(delegation=montenegro, identifier="XM-1", shares={"BA": "100"})
    TransactionFactory(project=decoy, provider=norway, amount="9999")
    TransactionFactory(project=decoy, provider=norway, amount="8888", recipient_country="BA")
    return Purse(
        forum=forum,
        secretariat=secretariat,
        bosnia=bosnia,
        serbia=serbia,
        norway=norway,
        slovakia=slovakia,
        seesac=seesac,
        project=project,
        national=national,
        decoy=decoy,
        drafter=User.objects.get(pk=actor_at(secretariat).user_id),
        bosnian=delegate(bosnia, "reader").user,
        serbian=delegate(serbia, "reader").user,
        stranger=delegate(montenegro, "head").user,
    )


@pytest.fixture
def owning(purse: Purse) -> ApiClient:
    """The owner's drafter."""
    return api(purse.drafter)


@pytest.fixture
def bosnian(purse: Purse) -> ApiClient:
    """A reader of Bosnia's seat."""
    return api(purse.bosnian)


@pytest.fixture
def serbian(purse: Purse) -> ApiClient:
    """A reader of Serbia's seat."""
    return api(purse.serbian)


@pytest.fixture
def outside(purse: Purse) -> ApiClient:
    """The head of a seat of the other forum."""
    return api(purse.stranger)
