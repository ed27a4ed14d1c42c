"""The second wall: with the application's own filter switched off nothing of Serbia's shows."""

from typing import Any

import pytest
from django.db.models.functions import Now

from forums.funding.models import (
    Budget,
    ParticipatingOrganisation,
    Project,
    ProjectGrant,
    RecipientShare,
    Transaction,
)
from forums.funding.services import project_open_everywhere
from forums.granting.services import grant_give
from platform_api.core.actor import ANONYMOUS, Level
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.factories import BudgetFactory, actor_at, delegate

WALLED = [Project, ParticipatingOrganisation, RecipientShare, Budget, Transaction, ProjectGrant]


def rows(user: Any, model: Any) -> set[Any]:
    """What the database shows a person of a table that nobody filters."""
    with acting(actor_of(user) if user else ANONYMOUS):
        return set(model.objects.values_list("pk", flat=True))


def test_the_database_shows_each_caller_what_the_application_would(purse: Any) -> None:
    of_serbia = purse.transaction(recipient_country="RS")
    BudgetFactory(project=purse.project)
    manager = delegate(purse.serbia, "access_manager").user

    for user in (purse.drafter, purse.bosnian, purse.serbian, purse.stranger, manager):
        actor = actor_of(user)
        for model in (Project, ParticipatingOrganisation, RecipientShare, Budget, Transaction):
            expected = set(model.objects.visible_to(actor).values_list("pk", flat=True))
            assert rows(user, model) == expected, (user, model)
    assert of_serbia.pk in rows(purse.serbian, Transaction)
    assert of_serbia.pk not in rows(purse.bosnian, Transaction)
    assert purse.national.pk not in rows(purse.serbian, Transaction)
    assert rows(manager, Project) == set()


@pytest.mark.parametrize("model", WALLED)
def test_without_rights_there_is_nothing(purse: Any, model: Any) -> None:
    assert rows(None, model) == set()


def test_a_grant_for_all_countries_opens_each_of_them_to_its_holder_alone_while_it_lasts(
    purse: Any,
) -> None:
    of_serbia = purse.transaction(recipient_country="RS")
    head = actor_at(purse.secretariat, "head")
    for holder in (purse.bosnia, purse.decoy.owner_delegation):
        with acting(head):
            grant_give(actor=head, obj=purse.project, holder=holder, level=Level.MANAGE)
    with acting(head):
        project_open_everywhere(actor=head, project=purse.project, holder=purse.bosnia)
    wide = ProjectGrant.objects.filter(all_countries=True)

    assert of_serbia.pk in rows(purse.bosnian, Transaction)
    assert of_serbia.pk not in rows(purse.stranger, Transaction)

    # A level without sight opens nothing.
    drafting = ProjectGrant.objects.filter(
        group__in=actor_of(purse.stranger).groups, permission__codename="draft_project"
    )
    assert drafting.update(all_countries=True) == 1
    assert of_serbia.pk not in rows(purse.stranger, Transaction)

    assert wide.update(expires_at=Now()) == 2
    assert of_serbia.pk not in rows(purse.bosnian, Transaction)
