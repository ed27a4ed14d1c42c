"""The service ``office_assign``: an office is held by one at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg
import pytest
from django.db import connection

from forums.membership.models import Office
from forums.membership.services import office_assign
from platform_api.core.errors import Conflict, Forbidden, Invalid
from platform_api.core.ids import new_id
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.factories import ForumFactory, OfficeFactory, delegate, operator, seat
from tests.fixtures import Table
from tests.postgres import ClonedDatabase

START, MIDDLE, END = date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)

_INSERT = """
INSERT INTO forums_office (id, created_at, forum_id, kind, delegation_id, since, until)
VALUES (%s, now(), %s, %s, %s, %s, %s)
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until"),
    [(START, END), (MIDDLE, None), (date(2020, 1, 1), date(2024, 1, 2)), (date(2020, 1, 1), None)],
)
def test_an_overlapping_time_is_refused(table: Table, since: date, until: date | None):
    OfficeFactory(holder=table.serbia, since=START, until=END)

    with pytest.raises(Conflict) as refusal:
        OfficeFactory(holder=table.albania, since=since, until=until)

    assert refusal.value.code == "office_taken"
    assert Office.objects.count() == 1


@pytest.mark.django_db
def test_the_last_day_of_one_is_the_first_of_the_next(table: Table):
    OfficeFactory(holder=table.serbia, since=START, until=MIDDLE)
    OfficeFactory(holder=table.albania, since=MIDDLE, until=END)
    OfficeFactory(holder=table.serbia, since=END)

    assert Office.objects.count() == 3


@pytest.mark.django_db
def test_the_other_office_and_the_other_forum_do_not_matter(table: Table):
    OfficeFactory(holder=table.serbia, kind="chair")
    OfficeFactory(holder=table.albania, kind="secretariat")
    OfficeFactory(holder=table.montenegro, kind="chair")

    assert Office.objects.count() == 3


@pytest.mark.django_db
def test_an_end_before_the_start_and_a_seat_of_another_forum_are_refused(table: Table):
    with pytest.raises(Invalid) as dates:
        OfficeFactory(holder=table.serbia, since=END, until=START)
    with pytest.raises(Invalid) as elsewhere:
        OfficeFactory(forum=table.forum, holder=table.montenegro)

    assert dates.value.errors[0].code == "before_since"
    assert elsewhere.value.errors[0].code == "not_of_the_forum"


@pytest.mark.django_db
def test_only_an_operator_gives_an_office(table: Table):
    head = actor_of(delegate(table.serbia, "head").user)

    with pytest.raises(Forbidden) as refusal:
        office_assign(actor=head, forum=table.forum, kind="chair", holder=table.serbia, since=START)

    assert refusal.value.code == "operator_required"


@pytest.mark.concurrency
def test_of_two_transactions_at_a_time_one_gets_the_office(cloned_db: ClonedDatabase):
    forum = ForumFactory(slug="seemic")
    seats = [seat(forum, "RS"), seat(forum, "AL")]
    actor = operator()
    ready = Barrier(2, timeout=20)

    def assign(holder: object) -> str:
        try:
            with acting(actor):
                ready.wait()
                office_assign(
                    actor=actor, forum=forum, kind="chair", holder=holder, since=START, until=END
                )
            return "assigned"
        except Conflict as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(assign, seats))

    assert outcomes == ["assigned", "office_taken"]
    assert Office.objects.count() == 1


@pytest.mark.concurrency
def test_the_database_itself_refuses_the_second_of_two(cloned_db: ClonedDatabase):
    forum = ForumFactory(slug="seemic")
    serbia, albania = seat(forum, "RS"), seat(forum, "AL")

    def row(holder: object, since: date) -> list[object]:
        return [new_id(), forum.pk, "chair", holder.pk, since, END]

    with cloned_db.connect("superuser") as first, cloned_db.connect("superuser") as second:
        first.execute(_INSERT, row(serbia, START))
        second.execute("SET lock_timeout = '200ms'")
        second.commit()
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(_INSERT, row(albania, MIDDLE))
        second.rollback()
        first.commit()
        with pytest.raises(psycopg.errors.ExclusionViolation):
            second.execute(_INSERT, row(albania, MIDDLE))
        second.rollback()

    assert Office.objects.get().delegation_id == serbia.pk
