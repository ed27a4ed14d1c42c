"""The grid of access: who sees which rows, and what a click does."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from platform_api.core.actor import Level
from platform_api.core.clock import database_now
from platform_api.ledger.models import Entry
from tests.api import ApiClient
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    OperatorFactory,
    delegate,
    grant,
    seat,
    token_for,
)

from .sessions import signed_in

GRID = "/admin/access/"


@pytest.fixture
def manager(table):
    """A session of Serbia's access manager."""
    return signed_in(delegate(table.serbia, "access_manager").user)


@pytest.fixture
def document(table):
    """Serbia's own, which Albania does not read."""
    return DocumentFactory(delegation=table.serbia, titles={"en": "Serbia's own paper"})


@pytest.fixture
def albanian(table):
    """A reader of Albania, over the API."""
    return ApiClient(token_for(delegate(table.albania, "reader").user))


def shown(session, forum="seemic", kind="document", **more):
    answer = session.get(GRID, {"forum": forum, "type": kind, **more})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def cell_of(page, obj, column):
    """The text of one cell, without tags."""
    found = re.search(rf'<td id="{obj.pk}-{column}">(.*?)</td>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def url(obj, column, kind="document", forum="seemic"):
    return f"{GRID}{kind}/{obj.pk}/{column}/?forum={forum}&type={kind}"


def give(session, obj, column, *, level="read", until="", reason="Asked for", holder="seat", **at):
    return session.post(
        url(obj, column, **at),
        {"holder": holder, "level": level, "until": until, "reason": reason, "give": "1"},
    )


def withdraw(session, obj, column, *, reason="No longer", holder="seat", **at):
    return session.post(
        url(obj, column, **at), {"holder": holder, "reason": reason, "withdraw": "1"}
    )


def sees(api, obj):
    return api.get(f"/api/v1/documents/{obj.pk}").status_code == 200


# -- what is shown --------------------------------------------------------------------------------


def test_a_manager_sees_its_seats_objects_and_the_seats_of_the_forum(manager, document, table):
    foreign = DocumentFactory(delegation=table.albania, titles={"en": "Albania's own"})

    page = shown(manager)

    assert "Serbia's own paper" in page
    assert 'title="Country AL"' in page
    assert 'title="Country RS"' in page
    assert "Country ME" not in page
    assert str(foreign.pk) not in page
    assert "Albania's own" not in page
    assert "no access" in cell_of(page, document, "country-AL")


def test_a_cell_tells_level_end_giver_and_reason(manager, document, table):
    until = database_now() + timedelta(days=30)
    grant(document, table.albania, Level.DRAFT, expires_at=until, reason="Joint chapter")

    text = cell_of(shown(manager), document, "country-AL")

    assert "draft" in text
    assert f"until {until:%Y-%m-%d}" in text
    assert "Joint chapter by Operator of the tests" in text
    assert "Joint chapter" not in cell_of(shown(manager), document, "country-RS")


def test_holders_without_a_column_stand_beside(manager, document, table):
    grant(document, table.montenegro)

    page = shown(manager)

    assert "ME in other" in page
    assert "no access" in cell_of(page, document, "country-AL")


def test_without_a_forum_every_country_has_a_column(manager, document, table):
    page = shown(manager, forum="")

    assert 'title="Country ME"' in page
    assert "Serbia's own paper" in page


def test_a_forum_that_is_not_ones_own_is_as_unknown_as_none(manager, document, table):
    DocumentFactory(delegation=table.montenegro, titles={"en": "Montenegro's own"})

    for forum in ("other", "nowhere"):
        page = shown(manager, forum=forum)
        assert "Montenegro's own" not in page
        assert f'value="{forum}"' not in page


def test_many_objects_come_in_pages(manager, table):
    made = [
        DocumentFactory(delegation=table.serbia, titles={"en": f"Paper number {n:02}."})
        for n in range(27)
    ]

    first = shown(manager)
    after = re.search(r"after=([0-9a-f-]{36})", first)[1]
    second = shown(manager, after=after)

    titles = re.findall(r"Paper number \d\d\.", first), re.findall(r"Paper number \d\d\.", second)
    assert [len(part) for part in titles] == [25, 2]
    assert titles[0] + titles[1] == [f"Paper number {n:02}." for n in reversed(range(len(made)))]
    assert "First page" in second
    assert "after=" not in second.split("platform-pages")[1]


def test_the_table_is_told_to_screen_readers(manager, document, table):
    page = shown(manager)

    assert re.search(r'<p id="grid-caption">Objects of the type document;', page)
    assert 'aria-labelledby="grid-caption"' in page
    assert page.count('<th scope="row">') == 1
    assert page.count('<th scope="col">') == 4
    assert '<span class="visually-hidden">Country AL: </span>' in page


# -- what a click does ----------------------------------------------------------------------------


def test_access_is_given_narrowed_and_withdrawn(manager, document, table, albanian):
    assert not sees(albanian, document)

    answer = give(manager, document, "country-AL", level="draft", reason="Joint chapter")
    assert answer.url == f"{GRID}?forum=seemic&type=document#{document.pk}-country-AL"
    assert sees(albanian, document)
    assert "draft" in cell_of(shown(manager), document, "country-AL")

    form = unescape(manager.get(url(document, "country-AL")).content.decode())
    assert '<option value="draft" selected' in form
    assert "Joint chapter" in form
    until = (database_now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert give(manager, document, "country-AL", until=until).status_code == 302
    text = cell_of(shown(manager), document, "country-AL")
    assert "read" in text
    assert "draft" not in text
    assert until[:10] in text
    assert sees(albanian, document)

    assert withdraw(manager, document, "country-AL").status_code == 302
    assert not sees(albanian, document)
    assert "no access" in cell_of(shown(manager), document, "country-AL")
    assert {"grant.given", "grant.ended"} <= set(Entry.objects.values_list("kind", flat=True))


def test_a_country_is_given_it_for_all_its_seats(manager, document, table):
    other = seat(table.decoy, "AL")
    reader = ApiClient(token_for(delegate(other, "reader").user))

    assert give(manager, document, "country-AL", holder="seat").status_code == 302
    assert not sees(reader, document)
    assert give(manager, document, "country-AL", holder="party").status_code == 302
    assert sees(reader, document)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"until": "2020-01-01T00:00"}, "lies in the past"),
        ({"until": "tomorrow"}, "Enter a valid date/time"),
        ({"reason": ""}, "This field is required"),
        ({"level": "own"}, "not one of the available choices"),
        ({"holder": "everybody"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_at_the_form_and_nothing_is_given(
    manager, document, table, albanian, given, told
):
    answer = give(manager, document, "country-AL", **given)

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not sees(albanian, document)


def test_nothing_is_withdrawn_where_nothing_is_held(manager, document):
    answer = withdraw(manager, document, "country-AL")

    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()


def test_the_owner_is_given_nothing_of_its_own(manager, document):
    answer = give(manager, document, "country-RS")

    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()


# -- who may not ----------------------------------------------------------------------------------


def test_the_manager_of_another_seat_reaches_no_cell(document, table, albanian):
    foreign = signed_in(delegate(table.albania, "access_manager").user)

    assert str(document.pk) not in shown(foreign)
    assert foreign.get(url(document, "country-AL")).status_code == 404
    assert give(foreign, document, "country-AL").status_code == 404
    assert withdraw(foreign, document, "country-AL").status_code == 404
    assert not sees(albanian, document)


def test_unknown_objects_columns_and_types_are_404(manager, document):
    missing = type("Missing", (), {"pk": uuid4()})

    assert manager.get(url(missing, "country-AL")).status_code == 404
    assert manager.get(url(document, "country-ME")).status_code == 404
    assert manager.get(url(document, "country-AL", kind="user")).status_code == 404


def test_an_operator_sees_that_grants_exist_and_nothing_more(document, table, albanian):
    ungranted = DocumentFactory(delegation=table.serbia, titles={"en": "Not granted"})
    grant(document, table.albania, reason="Secret reason")
    session = signed_in(OperatorFactory())

    page = shown(session)

    assert "read" in cell_of(page, document, "country-AL")
    assert "Serbia's own paper" not in page
    assert "Secret reason" not in page
    assert str(ungranted.pk) not in page
    assert "/country-AL/" not in page
    assert session.get(url(document, "country-AL")).status_code == 403
    assert give(session, document, "country-AL").status_code == 403
    assert withdraw(session, document, "country-AL").status_code == 403
    assert sees(albanian, document)


def test_the_secretariat_ends_access_to_a_national_object_and_cannot_give_it(
    document, table, albanian
):
    keeper = seat(table.forum, "BA")
    OfficeFactory(forum=table.forum, holder=keeper, kind="secretariat")
    secretary = signed_in(delegate(keeper, "access_manager").user)
    hidden = DocumentFactory(delegation=table.serbia, titles={"en": "Not granted"})
    grant(document, table.albania, reason="Secret reason")

    page = shown(secretary)
    assert "read" in cell_of(page, document, "country-AL")
    assert "of RS" in page
    for secret in ("Serbia's own paper", "Secret reason", "Not granted", str(hidden.pk)):
        assert secret not in page
    form = unescape(secretary.get(url(document, "country-AL")).content.decode())
    assert "Serbia's own paper" not in form
    assert 'name="level"' not in form
    assert 'name="give"' not in form

    assert give(secretary, document, "country-BA").status_code == 200
    assert "no access" in cell_of(shown(secretary), document, "country-BA")
    assert withdraw(secretary, document, "country-AL").status_code == 302
    assert not sees(albanian, document)


def test_the_secretariat_manages_what_is_common(table, albanian):
    keeper = seat(table.forum, "BA")
    OfficeFactory(forum=table.forum, holder=keeper, kind="secretariat")
    secretary = signed_in(delegate(keeper, "access_manager").user)
    common = DocumentFactory(delegation=keeper, common=True, titles={"en": "Common paper"})

    assert "Common paper" in shown(secretary)
    assert give(secretary, common, "country-AL").status_code == 302
    assert sees(albanian, common)
