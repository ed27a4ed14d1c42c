"""GET /api/v1/delegations/{id}/exposure and /countries/{code}/exposure"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from documents.texts.models import Document, DocumentGrant
from forums.membership.models import Delegation
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.api import ApiClient, api, codes, refused
from tests.factories import DocumentFactory, SectionFactory, delegate, grant, seat
from tests.fixtures import Table

pytestmark = pytest.mark.django_db


def _report(operator_user: User, path: str, **query: Any) -> dict[tuple[str, str], Any]:
    """Ids by type and way, and those of what was done, by type and kind."""
    since = timezone.now() - timedelta(days=2)
    response = api(operator_user).get(f"{path}/exposure", {"since": since.isoformat(), **query})
    assert response.status_code == 200, response.content
    told = response.json()
    return {
        (each["type"], each["through"]): (each["count"], each["ids"])
        for each in (*told["could_see"], *told["did"])
    }


@pytest.fixture
def granted(table: Table) -> Document:
    """Montenegro's document, which Serbia's seat was granted."""
    made = DocumentFactory(delegation=table.montenegro)
    grant(made, table.serbia)
    return made


def test_what_a_seat_could_see_by_scope_and_by_grant(
    table: Table, operator_user: User, granted: Document
):
    own = DocumentFactory(delegation=table.serbia, titles={"en": "Secret plan"})
    hidden = DocumentFactory(delegation=table.albania)

    report = _report(operator_user, f"delegations/{table.serbia.pk}")

    assert report["document", "scope"] == (1, [str(own.pk)])
    assert report["document", "grant"] == (1, [str(granted.pk)])
    assert report["forum", "scope"] == (1, [str(table.forum.pk)])
    assert str(hidden.pk) not in str(report)
    assert "Secret" not in str(report)


def test_a_grant_that_had_ended_before_or_came_after_is_not_in_it(
    table: Table, operator_user: User, granted: Document
):
    path = f"delegations/{table.serbia.pk}"
    now = timezone.now()
    before = {"since": (now - timedelta(days=9)).isoformat(), "until": now.isoformat()}
    DocumentGrant.objects.update(created_at=now - timedelta(days=8))
    assert ("document", "grant") in _report(operator_user, path, **before)
    DocumentGrant.objects.update(expires_at=now - timedelta(days=5))
    assert ("document", "grant") in _report(operator_user, path, **before)

    assert ("document", "grant") not in _report(operator_user, path)
    earlier = before | {"until": (now - timedelta(days=8, hours=1)).isoformat()}
    assert ("document", "grant") not in _report(operator_user, path, **earlier)


def test_it_is_the_same_while_the_seat_is_suspended(
    table: Table, operator_user: User, granted: Document
):
    path = f"delegations/{table.serbia.pk}"
    before = _report(operator_user, path)
    api(operator_user).post(f"{path}/suspend", {"reason": "Its keys were lost."})

    assert _report(operator_user, path) == before


def test_what_its_people_did_for_it_and_not_for_another_seat(table: Table, operator_user: User):
    both = delegate(table.serbia, "drafter")
    delegate(table.montenegro, "drafter", user=both.user)
    ours = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    theirs = DocumentFactory(delegation=table.montenegro)
    client = api(both)
    body = {"title": "Draft", "body": "Words.", "language": "en"}
    made = client.post(f"documents/{ours.pk}/sections", body).json()["id"]
    other = client.post(f"documents/{theirs.pk}/sections", body).json()["id"]
    SectionFactory(document=ours, delegation=table.albania)

    report = _report(operator_user, f"delegations/{table.serbia.pk}")

    done = {key: value for key, value in report.items() if "." in key[1]}
    assert done["section", "section.created"] == (1, [made])
    assert other not in str(report)


def test_a_country_is_reported_with_all_its_seats(
    table: Table, operator_user: User, granted: Document
):
    elsewhere = seat(table.decoy, table.serbia.country)
    second = DocumentFactory(delegation=elsewhere)
    first = DocumentFactory(delegation=table.serbia)

    report = _report(operator_user, "countries/RS")

    assert report["document", "scope"] == (2, sorted([str(first.pk), str(second.pk)]))
    assert report["document", "grant"] == (1, [str(granted.pk)])
    assert Delegation.objects.filter(country__code="RS").count() == 3


def test_the_time_is_asked_for_in_order(table: Table, operator_user: User):
    path = f"delegations/{table.serbia.pk}/exposure"
    now = timezone.now()
    assert codes(api(operator_user).get(path)) == [("?since", "required")]
    query = {"since": now.isoformat(), "until": (now - timedelta(days=1)).isoformat()}
    assert codes(api(operator_user).get(path, query)) == [("?since", "after_until")]


def test_it_is_for_operators(table: Table, access_manager: User, head: User, anonymous: ApiClient):
    query = {"since": timezone.now().isoformat()}
    for caller in (access_manager, head):
        seat_path = f"delegations/{table.serbia.pk}/exposure"
        assert refused(api(caller).get(seat_path, query)) == (403, "not_operator")
        assert refused(api(caller).get("countries/RS/exposure", query)) == (
            403,
            "operator_required",
        )
    assert refused(anonymous.get("countries/RS/exposure", query)) == (401, "not_authenticated")


def test_the_database_itself_tells_operators_alone(
    table: Table, operator_user: User, access_manager: User, head: User, granted: Document
):
    now = timezone.now()

    def told(user: User) -> dict[tuple[str, str], Any]:
        with acting(actor_of(user)), connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, through, ids FROM forums_exposure(%s::uuid[], %s, %s, 9)",
                [[table.serbia.pk], now - timedelta(days=1), now + timedelta(days=1)],
            )
            return {(name, through): ids for name, through, ids in cursor.fetchall()}

    assert told(operator_user)["documents_document", "grant"] == [granted.pk]
    assert told(access_manager) == told(head) == {}
