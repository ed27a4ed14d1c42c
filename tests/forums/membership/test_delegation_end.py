"""The service ``delegation_end``: a seat ends, with what came with it and nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from documents.texts.models import Document
from forums.membership.models import Delegation
from forums.membership.services import delegate_add, delegation_end
from platform_api.core.actor import Role
from platform_api.core.errors import Conflict, Forbidden, Invalid, PreconditionFailed
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from tests.api import api, refused
from tests.factories import (
    DocumentFactory,
    ForumFactory,
    OfficeFactory,
    SectionFactory,
    UserFactory,
    delegate,
    grant,
    operator,
    seat,
    service_client,
)
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def _today() -> date:
    return timezone.now().date()


def _end(delegation: Delegation, until: date, if_match: str | None = None) -> Delegation:
    return delegation_end(
        actor=operator(),
        delegation=delegation,
        until=until,
        if_match=if_match or delegation.etag_revision,
    )


def _documents_of(user: User) -> set[Document]:
    actor = actor_of(user)
    with acting(actor):
        return set(Document.objects.visible_to(actor))


def test_its_people_and_clients_have_nothing_at_the_next_request(table: Table, reader: User):
    person, client = api(reader), api(service_client(table.serbia, "drafter"))
    others = api(delegate(table.albania, "reader"))
    for caller in (person, client, others):
        assert caller.get("forums/seemic").status_code == 200

    ended = _end(table.serbia, _today())

    for caller in (person, client):
        assert refused(caller.get("forums/seemic")) == (404, "not_found")
        assert refused(caller.get(f"delegations/{table.serbia.pk}")) == (404, "not_found")
        assert caller.get("me").json()["seats"] == []
    shown = others.get(f"delegations/{table.serbia.pk}").json()
    assert shown["until"] == ended.until.isoformat()
    assert (ended.revision, table.serbia.revision) == (2, 1)
    assert Entry.objects.filter(kind="delegation.ended", object_id=str(ended.pk)).count() == 1


def test_it_holds_until_its_day(table: Table, reader: User):
    _end(table.serbia, _today() + timedelta(days=1))

    assert api(reader).get("forums/seemic").status_code == 200


def test_the_country_loses_what_came_with_the_seat_and_keeps_what_was_granted_to_it(
    table: Table, reader: User
):
    second = seat(ForumFactory(slug="second"), table.serbia.country)
    colleague = delegate(second, "reader").user
    group_document = DocumentFactory(delegation=table.albania, drafting_group=[table.serbia])
    granted = DocumentFactory(delegation=table.albania)
    grant(granted, table.serbia.country)
    section = SectionFactory(document=group_document, delegation=table.albania, released=True)
    leaving = api(reader)
    for document in (group_document, granted):
        assert leaving.get(f"documents/{document.pk}").status_code == 200
    assert leaving.get(f"sections/{section.pk}").status_code == 200
    assert _documents_of(colleague) == {granted}

    _end(table.serbia, _today())

    for document in (group_document, granted):
        assert leaving.get(f"documents/{document.pk}").status_code == 404
    assert leaving.get(f"sections/{section.pk}").status_code == 404
    assert leaving.get("documents").json()["items"] == []
    assert _documents_of(colleague) == {granted}
    assert api(colleague).get("forums/second").status_code == 200


def test_a_grant_to_the_ended_seat_itself_is_read_by_nobody(table: Table, reader: User):
    document = DocumentFactory(delegation=table.albania)
    grant(document, table.serbia)
    second = seat(ForumFactory(), table.serbia.country)
    assert api(reader).get(f"documents/{document.pk}").status_code == 200

    _end(table.serbia, _today())

    assert api(reader).get(f"documents/{document.pk}").status_code == 404
    assert api(delegate(second, "head")).get(f"documents/{document.pk}").status_code == 404


def test_an_ended_secretariat_may_do_nothing_in_its_office(table: Table):
    OfficeFactory(holder=table.serbia, kind="secretariat")
    document = DocumentFactory(delegation=table.serbia, common=True)
    drafter = delegate(table.serbia, "drafter").user
    path = f"documents/{document.pk}"
    body = {"titles": {"en": "Changed"}}
    assert api(drafter).patch(path, body, if_match="1").status_code == 200

    _end(table.serbia, _today())

    assert refused(api(drafter).patch(path, body, if_match="2")) == (404, "not_found")


def test_nobody_is_added_to_it_afterwards(table: Table):
    ended = _end(table.serbia, _today())

    with pytest.raises(Conflict) as refusal:
        delegate_add(actor=operator(), delegation=ended, user=UserFactory(), role=Role.HEAD)

    assert refusal.value.code == "seat_ended"


def test_only_an_operator_ends_a_seat(table: Table):
    for role in Role:
        actor = actor_of(delegate(table.serbia, role).user)
        with pytest.raises(Forbidden) as refusal, acting(actor):
            delegation_end(actor=actor, delegation=table.serbia, until=_today(), if_match="1")
        assert refusal.value.code == "operator_required"


def test_a_stale_revision_ends_nothing(table: Table, reader: User):
    with pytest.raises(PreconditionFailed) as refusal:
        _end(table.serbia, _today(), if_match="7")

    assert refusal.value.revision == "1"
    assert api(reader).get("forums/seemic").status_code == 200


def test_a_seat_does_not_end_before_it_began(table: Table):
    kosovo = seat(table.forum, "XK", since=date(2024, 5, 1))

    with pytest.raises(Invalid) as refusal:
        _end(kosovo, date(2024, 4, 30))

    assert [(e.pointer, e.code) for e in refusal.value.errors] == [("/until", "before_since")]
