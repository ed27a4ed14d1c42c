"""The functions behind a review ask for themselves: they run where no policy holds.

Called in bare SQL, as by an application that had forgotten to ask.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from documents.texts.models import DocumentGrant
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.factories import DocumentFactory, delegate, grant

from .conftest import Desk

pytestmark = pytest.mark.django_db


def _ask(caller: User, query: str, *values: Any) -> list[Any]:
    with acting(actor_of(caller)), connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _strangers(desk: Desk) -> list[User]:
    """Who does not manage Serbia's access: one of the seat, and managers elsewhere."""
    elsewhere = [desk.table.albania, desk.table.montenegro]
    return [desk.head.user, *(delegate(seat, "access_manager").user for seat in elsewhere)]


def test_the_grants_of_a_seat_are_told_to_its_managers_and_operators(
    desk: Desk, operator_user: User
):
    decoy = DocumentFactory(delegation=desk.table.montenegro)
    grant(decoy, desk.table.albania)
    grants = DocumentGrant.objects.filter(content_object=desk.given)
    past = grants.exclude(permission__codename="view_document").first()
    assert past is not None
    DocumentGrant.objects.filter(pk=past.pk).update(expires_at=timezone.now())
    query = "SELECT object_id, grant_id FROM forums_review_grants(%s)"

    for caller in (desk.manager, operator_user):
        told = _ask(caller, query, desk.table.serbia.pk)
        assert {each for each, _ in told} == {desk.given.pk, desk.received.pk}
        assert past.pk not in {each for _, each in told}
    for stranger in _strangers(desk):
        assert _ask(stranger, query, desk.table.serbia.pk) == []


def test_nobody_else_moves_an_end_and_nobody_that_of_others(desk: Desk):
    later = timezone.now() + timedelta(days=9)
    own = DocumentGrant.objects.filter(content_object=desk.given)
    decoy = DocumentFactory(delegation=desk.table.montenegro)
    grant(decoy, desk.table.albania)
    foreign = DocumentGrant.objects.filter(content_object=decoy)

    def move(caller: User, rows: Any) -> None:
        ids = list(rows.values_list("pk", flat=True))
        _ask(
            caller,
            "SELECT forums_review_set_ends(%s, 'documents_documentgrant', %s::uuid[],"
            " %s::timestamptz[])",
            desk.table.serbia.pk,
            ids,
            [later] * len(ids),
        )

    for stranger in _strangers(desk):
        move(stranger, own)
    move(desk.manager, foreign)
    assert not DocumentGrant.objects.filter(expires_at__isnull=False).exists()

    move(desk.manager, own)
    assert set(own.values_list("expires_at", flat=True)) == {later}
