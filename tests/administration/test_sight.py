"""What does this person see: what the page tells, and to whom."""

from datetime import timedelta
from html import unescape

import pytest

from forums.membership.models import Delegate
from platform_api.core.clock import database_now
from platform_api.core.service import writing
from tests.factories import DocumentFactory, OperatorFactory, SectionFactory, delegate, grant

from .sessions import signed_in

URL = "/admin/sight/"


@pytest.fixture
def person(table):
    return delegate(table.albania, "reader").user


@pytest.fixture
def manager(table):
    """A session of Albania's access manager."""
    return signed_in(delegate(table.albania, "access_manager").user)


@pytest.fixture
def papers(table):
    """Albania's own; Serbia's, granted to Albania; Serbia's, hidden."""
    own = DocumentFactory(delegation=table.albania, titles={"en": "Albania's own"})
    granted = DocumentFactory(delegation=table.serbia, titles={"en": "Serbia's granted"})
    hidden = DocumentFactory(delegation=table.serbia, titles={"en": "Serbia's hidden"})
    grant(granted, table.albania, expires_at=database_now() + timedelta(days=400))
    return own, granted, hidden


def page(session, person, **more):
    answer = session.get(URL, {"person": person.pk, **more})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def count(text, kind):
    return text.split(f'type={kind}">', 1)[1].split("<td>", 1)[1].split("<", 1)[0]


def test_a_manager_learns_what_its_delegate_sees_and_by_which_way(manager, person, papers, table):
    own, granted, hidden = papers
    SectionFactory(document=own, released=True)

    text = page(manager, person, type="document")

    assert (count(text, "document"), count(text, "section"), count(text, "project")) == (
        "2", "1", "0",
    )  # fmt: skip
    assert str(own.pk) in text
    assert str(granted.pk) in text
    assert str(hidden.pk) not in text
    assert "grant to AL in seemic: read until" in text
    assert "reader scope: " in text


def test_titles_are_told_of_the_own_seats_objects_only(manager, person, papers):
    text = page(manager, person, type="document")

    assert "Albania's own" in text
    assert "Serbia's granted" not in text


def test_an_operator_asks_about_anybody_and_reads_no_title(person, papers, table):
    session = signed_in(OperatorFactory())

    text = page(session, person, type="document")

    assert count(text, "document") == "2"
    assert str(papers[1].pk) in text
    for title in ("Albania's own", "Serbia's granted", "Serbia's hidden"):
        assert title not in text


def test_what_is_reached_through_a_parent_says_so(manager, person, papers):
    section = SectionFactory(document=papers[0], released=True)

    text = page(manager, person, type="section")

    assert str(section.pk) in text
    assert f"through document {papers[0].pk}" in text


def test_a_manager_asks_about_its_own_delegates_only(manager, papers, table):
    foreign = delegate(table.serbia, "reader").user

    text = page(manager, foreign, type="document")

    assert "Select a valid choice" in text
    assert "Objects seen" not in text
    assert foreign.name not in text


def test_asking_about_oneself_shows_that_a_manager_reads_nothing(table, papers):
    user = delegate(table.albania, "access_manager").user
    session = signed_in(user)

    assert count(page(session, user), "document") == "0"


def test_a_delegate_whose_time_has_ended_is_asked_about_no_more(manager, table, papers):
    appointed = delegate(table.albania, "drafter")
    assert count(page(manager, appointed.user), "document") == "2"

    now = database_now()
    with writing():
        Delegate.objects.filter(pk=appointed.pk).update(
            valid_from=now - timedelta(days=2), valid_until=now - timedelta(days=1)
        )

    assert "Select a valid choice" in page(manager, appointed.user)
