"""POST /api/v1/access/grants/end"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from documents.texts.models import DocumentGrant
from forums.membership.models import Office
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.models import Entry
from tests.api import api, codes, refused
from tests.factories import DocumentFactory, delegate, grant

from .conftest import Registry

pytestmark = pytest.mark.django_db


def _end(client, desk: Registry, **holder):
    named = holder or {"delegation": str(desk.croatia.pk)}
    return client.post("access/grants/end", {"object": desk.named, "reason": "Over.", **named})


@pytest.mark.parametrize("who", ["manager", "secretary", "croatian"])
def test_owner_secretariat_and_holder_end_a_grant_at_once(desk: Registry, who: str) -> None:
    grant(desk.document, desk.croatia, level=3)
    grant(desk.document, desk.table.montenegro)

    answer = _end(getattr(desk, who), desk)

    assert (answer.status_code, answer.content) == (204, b"")
    assert desk.reader.get(f"documents/{desk.document.pk}").status_code == 404
    left = DocumentGrant.objects.get(content_object=desk.document)
    assert left.group.name.startswith(f"seat:{desk.table.montenegro.pk}")
    entry = Entry.objects.get(kind="grant.ended")
    seats = {
        "manager": desk.table.serbia,
        "croatian": desk.croatia,
        "secretary": desk.secretariat,
    }
    assert (entry.owner_seat_id, entry.seat_id) == (desk.table.serbia.pk, seats[who].pk)
    for told in ("manager", "croatian", "reader"):
        assert desk.told(told, "grant.ended") == {str(desk.document.pk)}
    assert desk.told("foreign", "grant.ended") == set()


def test_others_end_nothing(desk: Registry) -> None:
    grant(desk.document, desk.croatia)
    albanian_head = api(delegate(desk.table.albania, "head").user)

    assert refused(_end(albanian_head, desk)) == (403, "not_keeper")
    assert refused(_end(desk.reader, desk)) == (403, "access_manager_required")
    for client in (desk.albanian, desk.foreign):
        assert codes(_end(client, desk))[0][1] == "unknown"
    assert DocumentGrant.objects.filter(content_object=desk.document).exists()


@pytest.mark.parametrize("who", ["manager", "secretary", "croatian"])
def test_the_database_ends_it_for_keepers_and_holders_alone_and_on_that_object(
    desk: Registry, who: str
) -> None:
    other = DocumentFactory(delegation=desk.table.serbia)
    for document in (desk.document, other):
        grant(document, desk.croatia)
    groups = list(DocumentGrant.objects.values_list("group_id", flat=True).distinct())

    def end(caller: str) -> list[Any]:
        with acting(actor_of(desk.people[caller])), connection.cursor() as cursor:
            cursor.execute(
                "SELECT ended FROM documents_documentgrant_end(%s, %s)", [desk.document.pk, groups]
            )
            return cursor.fetchall()

    for caller in ("albanian", "foreign", "reader"):
        assert end(caller) == []
    assert DocumentGrant.objects.filter(content_object=desk.document).exists()

    assert end(who) == [(1,)]

    assert set(DocumentGrant.objects.values_list("content_object", flat=True)) == {other.pk}


@pytest.mark.parametrize("change", ["kind", "since", "until"])
def test_who_is_not_the_secretariat_today_ends_nothing(desk: Registry, change: str) -> None:
    grant(desk.document, desk.croatia)
    today = datetime.now(UTC).date()
    changed = {"kind": Office.Kind.CHAIR, "since": today + timedelta(days=1), "until": today}
    with writing():
        assert Office.objects.update(**{change: changed[change]}) == 1

    assert codes(_end(desk.secretary, desk)) == [("/object", "unknown")]
    with acting(actor_of(desk.people["secretary"])):
        assert not DocumentGrant.objects.exists()
    assert DocumentGrant.objects.filter(content_object=desk.document).exists()


def test_what_was_not_granted_is_not_ended(desk: Registry) -> None:
    assert refused(_end(desk.manager, desk)) == (409, "not_granted")
    # Whose own seat holds nothing learns nothing of the object.
    assert codes(_end(desk.croatian, desk)) == [("/object", "unknown")]
    assert codes(_end(desk.secretary, desk)) == [("/object", "unknown")]


def test_the_owners_own_sight_is_no_grant_to_end(desk: Registry) -> None:
    grant(desk.document, desk.table.serbia)
    grant(desk.document, desk.croatia)

    for client in (desk.manager, desk.secretary):
        answer = _end(client, desk, delegation=str(desk.table.serbia.pk))
        assert refused(answer) == (409, "not_granted")
    assert DocumentGrant.objects.filter(content_object=desk.document).count() == 2
