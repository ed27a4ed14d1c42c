"""GET /api/v1/forums/{slug}/delegations"""

from datetime import date

import pytest

from platform_api.identity.models import User
from tests.api import ApiClient, api, assert_hidden_as_absent, codes, queries_of, refused
from tests.factories import OrganisationFactory, seat
from tests.fixtures import Table

pytestmark = pytest.mark.django_db

PATH = "forums/seemic/delegations"


def _shown(delegation: object, **changes: object) -> dict[str, object]:
    return {
        "id": str(delegation.pk),
        "forum": "seemic",
        "country": None,
        "organisation": None,
        "names": {},
        "represented_by": None,
        "status": "member",
        "voting": True,
        "since": None,
        "until": None,
        "designation": "",
        "designation_footnote": "",
        "time_zone": "UTC",
        "etag": '"1"',
    } | changes


def test_lists_the_seats_of_a_forum_with_those_that_ended(table: Table, reader: User):
    ministry = OrganisationFactory(key="xk-mod", kind="ministry_of_defence")
    kosovo = seat(
        table.forum,
        "XK",
        represented_by=ministry,
        since=date(2020, 1, 1),
        until=date(2024, 1, 1),
        designation="Kosovo*",
        designation_footnote="* Without prejudice to positions on status.",
        time_zone="Europe/Belgrade",
    )
    undp = seat(table.forum, OrganisationFactory(key="undp"), status="partner", voting=False)

    response = api(reader).get(PATH)

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            _shown(table.serbia, country="RS", names={"en": "Country RS"}),
            _shown(table.albania, country="AL", names={"en": "Country AL"}),
            _shown(
                kosovo,
                country="XK",
                names={"en": "Country XK"},
                represented_by="xk-mod",
                since="2020-01-01",
                until="2024-01-01",
                designation="Kosovo*",
                designation_footnote="* Without prejudice to positions on status.",
                time_zone="Europe/Belgrade",
            ),
            _shown(
                undp,
                organisation="undp",
                names={"en": "The undp"},
                status="partner",
                voting=False,
            ),
        ],
        "next": None,
        "previous": None,
    }


def test_filters_by_status_and_vote(table: Table, reader: User):
    observer = seat(table.forum, "GR", status="observer", voting=False)
    client = api(reader)

    def ids(query: dict[str, str]) -> list[str]:
        return [row["id"] for row in client.get(PATH, query).json()["items"]]

    assert ids({"status": "observer"}) == [str(observer.pk)]
    assert ids({"voting": "true"}) == [str(table.serbia.pk), str(table.albania.pk)]
    assert codes(client.get(PATH, {"status": "guest"})) == [("?status", "invalid_choice")]


def test_an_operator_sees_the_seats_of_every_forum(table: Table, operator_user: User):
    rows = api(operator_user).get("forums/other/delegations").json()["items"]

    assert [row["id"] for row in rows] == [str(table.montenegro.pk)]


def test_the_seats_of_a_forum_of_others_are_as_absent(table: Table, reader: User):
    assert_hidden_as_absent(
        api(reader), "/api/v1/forums/other/delegations", "/api/v1/forums/never/delegations"
    )


def test_needs_a_token_and_its_scope(reader: User, anonymous: ApiClient):
    assert refused(anonymous.get(PATH)) == (401, "not_authenticated")
    narrow = api(reader, scopes=["documents:read"])
    assert refused(narrow.get(PATH)) == (403, "insufficient_scope")


def test_takes_as_many_queries_for_many_seats_as_for_two(table: Table, reader: User):
    client = api(reader)
    for_two = queries_of(lambda: client.get(PATH))
    for code in ("BA", "HR", "MK", "SI"):
        seat(table.forum, code, represented_by=OrganisationFactory())
    seat(table.forum, OrganisationFactory())

    assert queries_of(lambda: client.get(PATH)) == for_two
