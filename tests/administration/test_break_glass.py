"""Break-glass: one object, one operator, fifteen minutes, and its owner knows at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from forums.breakglass.kinds import opened_types
from forums.breakglass.models import LASTS, Opening
from platform_api.core.actor import ANONYMOUS
from platform_api.core.clock import database_now
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from platform_api.ledger.models import Detail, Entry
from platform_api.notifications.models import Notification
from tests.api import ApiClient
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    OperatorFactory,
    ProjectFactory,
    SectionFactory,
    delegate,
    token_for,
)

from .sessions import signed_in

URL = "/admin/break-glass/"
REASON = "Court order 12/2026, asked for by Serbia's head"


@pytest.fixture
def operator(db):
    return OperatorFactory()


@pytest.fixture
def session(operator):
    return signed_in(operator)


@pytest.fixture
def draft(table):
    """A private draft of Serbia."""
    document = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    return SectionFactory(document=document, title="Hidden chapter", body="The hidden text")


def open_it(session, obj, kind="section", reason=REASON):
    return session.post(URL, {"type": kind, "id": str(obj.pk), "reason": reason})


def told(kind):
    return {
        (row.user_id, row.object_type, row.object_id)
        for row in Notification.objects.filter(kind=kind)
    }


def kinds_since(before):
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))[before:]


def test_an_operator_reads_the_object_and_its_owners_people_are_told(
    session, operator, draft, table
):
    head = delegate(table.serbia, "head").user
    manager = delegate(table.serbia, "access_manager").user
    for bystander in ("reader", "drafter"):
        delegate(table.serbia, bystander)
    delegate(table.albania, "head")
    before = Entry.objects.count()

    opened = open_it(session, draft)
    page = session.get(opened.url).content.decode()

    assert "Hidden chapter" in page
    assert "The hidden text" in page
    assert REASON.replace("'", "&#x27;") in page
    assert told("breakglass.opened") == {
        (person.pk, "section", draft.pk) for person in (head, manager)
    }
    entries = list(Entry.objects.order_by("id"))[before:]
    assert [entry.kind for entry in entries] == ["breakglass.opened", "breakglass.viewed"]
    for entry in entries:
        assert entry.actor_id == operator.pk
        assert entry.owner_seat_id == table.serbia.pk
        assert (entry.object_type, entry.object_id) == ("section", str(draft.pk))
    assert Detail.objects.get(entry=entries[0]).payload["reason"] == REASON


def test_every_look_is_recorded(session, draft):
    url = open_it(session, draft).url
    before = Entry.objects.count()

    for _ in range(3):
        session.get(url)

    assert kinds_since(before) == ["breakglass.viewed"] * 3


def test_it_lasts_fifteen_minutes(session, draft):
    url = open_it(session, draft).url
    opening = Opening.objects.get()
    assert opening.until - opening.opened_at == timedelta(minutes=15)
    past = database_now() - timedelta(seconds=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE forums_opening SET opened_at = %s, until = %s", [past - LASTS, past])
    before = Entry.objects.count()

    answer = session.get(url)

    assert answer.status_code == 403
    assert b"hidden text" not in answer.content
    assert kinds_since(before) == []


def test_what_was_closed_stays_closed(session, draft):
    url = open_it(session, draft).url
    before = Entry.objects.count()

    assert session.post(url).status_code == 302
    assert session.get(url).status_code == 403
    assert session.post(url).status_code == 403
    assert kinds_since(before) == ["breakglass.closed"]


@pytest.mark.parametrize("reason", ["", "   ", "because", " " * 20])
def test_without_a_reason_nothing_opens(session, draft, reason):
    before = Entry.objects.count()

    answer = open_it(session, draft, reason=reason)

    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()
    assert Opening.objects.count() == 0
    assert kinds_since(before) == []


def test_what_is_not_there_or_of_another_type_does_not_open(session, draft):
    missing = session.post(URL, {"type": "section", "id": str(uuid4()), "reason": REASON})
    mistaken = session.post(URL, {"type": "document", "id": str(draft.pk), "reason": REASON})
    unknown = session.post(URL, {"type": "user", "id": str(draft.pk), "reason": REASON})

    assert "There is no such object" in missing.content.decode()
    assert "There is no such object" in mistaken.content.decode()
    assert "not one of the available choices" in unknown.content.decode()
    assert Opening.objects.count() == 0


def test_another_operator_does_not_look_through_it(session, draft):
    url = open_it(session, draft).url
    other = signed_in(OperatorFactory())

    assert other.get(url).status_code == 404
    assert other.post(url).status_code == 404
    assert str(draft.pk) in other.get(URL).content.decode()
    assert session.get(url).status_code == 200


def test_somebody_who_is_no_operator_any_more_does_not_look(session, operator, draft, table):
    url = open_it(session, draft).url
    delegate(table.albania, "head", user=operator)
    type(operator).objects.filter(pk=operator.pk).update(is_operator=False)

    assert session.get(url).status_code == 403


@pytest.mark.parametrize("role", ["head", "access_manager"])
def test_heads_and_managers_open_nothing_and_read_of_their_own_seat_alone(
    session, draft, table, role
):
    url = open_it(session, draft).url
    own = signed_in(delegate(table.serbia, role).user)
    foreign = signed_in(delegate(table.albania, role).user)

    for client in (own, foreign):
        assert open_it(client, draft).status_code == 403
        assert client.get(url).status_code == 403
    assert Opening.objects.count() == 1
    shown = own.get(URL).content.decode()
    assert str(draft.pk) in shown
    assert "Court order" in shown
    assert "Hidden chapter" not in shown
    assert str(draft.pk) not in foreign.get(URL).content.decode()


def test_the_api_gives_the_operator_nothing_more(session, operator, draft):
    session.get(open_it(session, draft).url)
    api = ApiClient(token_for(operator))

    assert api.get(f"/api/v1/sections/{draft.pk}").status_code == 404
    assert api.get(f"/api/v1/documents/{draft.document_id}").status_code == 404


def test_of_what_is_common_to_a_forum_its_secretariat_is_told(session, table):
    secretary = delegate(table.albania, "head").user
    delegate(table.serbia, "head")
    OfficeFactory(forum=table.forum, holder=table.albania, kind="secretariat")
    common = DocumentFactory(delegation=table.albania, drafting_group=[table.serbia], common=True)
    section = SectionFactory(document=common, delegation=table.albania, common=True)

    open_it(session, common, "document")
    open_it(session, section)

    assert told("breakglass.opened") == {
        (secretary.pk, "document", common.pk),
        (secretary.pk, "section", section.pk),
    }


def test_types_of_every_app_can_be_opened(session, table):
    assert {"document", "section", "project", "practice", "meeting"} <= set(opened_types())
    project = ProjectFactory(delegation=table.serbia)

    assert session.get(open_it(session, project, "project").url).status_code == 200


# -- the database holds it too --------------------------------------------------------------------


def run(actor, statement, values=()):
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def refused(actor, statement, values=()):
    with pytest.raises(DatabaseError), transaction.atomic():
        run(actor, statement, values)
    return True


_INSERT = """
INSERT INTO forums_opening (id, operator_id, object_type, object_table, object_id,
    owner_seat_id, reason, opened_at, until)
VALUES (
    %s, %s, 'section', %s, %s, NULL, 'no reason', now(), now() + %s * interval '1 minute')
"""


def test_the_database_gives_the_row_to_the_live_operator_of_the_opening_alone(
    session, operator, draft, table
):
    open_it(session, draft)
    opening = Opening.objects.get()
    question = ("SELECT forums_opening_row(%s)->>'title'", [opening.pk])
    owner = actor_of(delegate(table.serbia, "head").user)

    assert run(actor_of(operator), *question) == [("Hidden chapter",)]
    assert run(actor_of(OperatorFactory()), *question) == [(None,)]
    assert run(owner, *question) == [(None,)]

    open_it(session, draft.document, "document")
    second = Opening.objects.exclude(pk=opening.pk).get()
    assert run(actor_of(operator), *question) == [("Hidden chapter",)]
    of_second = ("SELECT forums_opening_row(%s)->>'id'", [second.pk])
    assert run(actor_of(operator), *of_second) == [(str(draft.document_id),)]

    User.objects.filter(pk=operator.pk).update(is_operator=False)
    assert run(actor_of(operator), *question) == [(None,)]


def test_the_database_refuses_openings_that_are_not_the_callers_or_too_long(operator, draft, table):
    given = ["documents_section", draft.pk]
    caller = actor_of(operator)
    head = delegate(table.serbia, "head").user

    assert refused(caller, _INSERT, [uuid4(), OperatorFactory().pk, *given, 15])
    assert refused(actor_of(head), _INSERT, [uuid4(), head.pk, *given, 15])
    assert refused(caller, _INSERT, [uuid4(), operator.pk, *given, 16])
    assert run(caller, _INSERT, [uuid4(), operator.pk, *given, 15]) == 1
    assert refused(caller, "UPDATE forums_opening SET until = until + interval '1 minute'")
    assert refused(caller, "DELETE FROM forums_opening")
    assert refused(caller, "SELECT forums_walled_row('documents_section', %s)", [draft.pk])


def test_the_database_shows_an_opening_to_operators_and_the_owners_seat_and_lets_its_own_close_it(
    session, operator, draft, table
):
    open_it(session, draft)
    another = actor_of(OperatorFactory())
    owner, albanian, stranger = (
        actor_of(delegate(seat, "head").user)
        for seat in (table.serbia, table.albania, table.montenegro)
    )
    how_many, close = (
        "SELECT count(*) FROM forums_opening",
        "UPDATE forums_opening SET closed_at = now()",
    )

    for caller in (actor_of(operator), another, owner):
        assert run(caller, how_many) == [(1,)]
    for caller in (albanian, stranger, ANONYMOUS):
        assert run(caller, how_many) == [(0,)]
    for caller in (another, owner, stranger):
        assert run(caller, close) == 0
    assert run(actor_of(operator), close) == 1


def test_an_opening_reads_no_table_that_stands_outside_the_walls(operator):
    key = uuid4()
    run(actor_of(operator), _INSERT, [key, operator.pk, "identity_user", operator.pk, 15])

    assert run(actor_of(operator), "SELECT forums_opening_row(%s)", [key]) == [(None,)]


def test_only_operators_learn_where_an_object_belongs(operator, draft, table):
    place = "SELECT owner FROM forums_opening_place('documents_section', %s, 'document_id')"
    owner = actor_of(delegate(table.serbia, "access_manager").user)

    assert run(actor_of(operator), place, [draft.pk]) == [(table.serbia.pk,)]
    assert run(owner, place, [draft.pk]) == []


def test_the_page_of_an_opening_is_named_by_its_id(session, draft):
    url = open_it(session, draft).url

    assert url == reverse("admin:opening", args=[Opening.objects.get().pk])
