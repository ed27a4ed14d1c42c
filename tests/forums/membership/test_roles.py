"""What a role gives and what it does not, as an actor and over HTTP."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from platform_api.core.actor import Role
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.api import api, refused
from tests.factories import (
    DocumentFactory,
    ForumFactory,
    SectionFactory,
    UserFactory,
    delegate,
    seat,
    service_client,
)
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "held"),
    [
        (Role.READER, {Role.READER}),
        (Role.DRAFTER, {Role.READER, Role.DRAFTER}),
        (Role.HEAD, {Role.READER, Role.DRAFTER, Role.HEAD}),
        (Role.ACCESS_MANAGER, {Role.ACCESS_MANAGER}),
    ],
)
def test_a_head_is_a_drafter_and_a_reader_and_an_access_manager_neither(
    table: Table, role: Role, held: set[Role]
):
    person = delegate(table.serbia, role).user
    client = service_client(table.serbia, role).user

    for user in (person, client):
        actor = actor_of(user)
        assert actor.seats == {table.serbia.pk: held}
        assert actor.parties == {table.serbia.country_id: held}


@pytest.mark.parametrize(
    ("role", "status"), [("reader", 200), ("drafter", 200), ("head", 200), ("access_manager", 404)]
)
def test_documents_are_for_readers_and_an_access_manager_is_none(
    table: Table, role: str, status: int
):
    document = DocumentFactory(delegation=table.serbia)
    section = SectionFactory(document=document)
    client = api(delegate(table.serbia, role))

    assert client.get(f"documents/{document.pk}").status_code == status
    assert client.get(f"sections/{section.pk}").status_code == status
    assert len(client.get("documents").json()["items"]) == (1 if status == 200 else 0)


def test_an_operator_sees_no_document(table: Table, operator_user: User):
    document = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    section = SectionFactory(document=document, released=True)
    client = api(operator_user)

    assert client.get("documents").json()["items"] == []
    for path in (f"documents/{document.pk}", f"sections/{section.pk}"):
        assert refused(client.get(path)) == (404, "not_found")
    assert refused(client.get(f"documents/{document.pk}/sections")) == (404, "not_found")


def test_a_role_outside_its_time_gives_nothing(table: Table):
    now = timezone.now()
    day = timedelta(days=1)
    before = delegate(table.serbia, "head", valid_from=now + day)
    after = delegate(table.serbia, "head", valid_from=now - 2 * day, valid_until=now - day)
    within = delegate(table.serbia, "head", valid_from=now - day, valid_until=now + day)

    assert refused(api(before).get("forums/seemic")) == (404, "not_found")
    assert refused(api(after).get("forums/seemic")) == (404, "not_found")
    assert api(within).get("forums/seemic").status_code == 200


def test_a_seat_outside_its_time_gives_nothing():
    forum = ForumFactory(slug="seemic")
    today = timezone.now().date()
    day = timedelta(days=1)
    coming = delegate(seat(forum, "RS", since=today + day), "head")
    ended = delegate(
        seat(forum, "AL", since=date(2000, 1, 1), until=today),
        "head",
        valid_from=timezone.now() - timedelta(days=9),
    )
    standing = delegate(seat(forum, "ME", since=today, until=today + day), "head")

    assert refused(api(coming).get("forums/seemic")) == (404, "not_found")
    assert refused(api(ended).get("forums/seemic")) == (404, "not_found")
    assert api(standing).get("forums/seemic").status_code == 200


def test_an_inactive_user_has_no_rights_and_no_token_of_it_is_good(table: Table):
    user = UserFactory()
    delegate(table.serbia, "head", user=user)
    client = api(user)
    assert client.get("forums/seemic").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert refused(client.get("forums/seemic")) == (401, "invalid_token")
    user.refresh_from_db()
    assert not actor_of(user).is_authenticated
