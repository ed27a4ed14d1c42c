"""The function that changes an owner asks for itself: it runs where no policy holds.

Called in bare SQL, as by an application that had forgotten to ask.
"""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from documents.texts.models import Document, DocumentDelegation
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.factories import DocumentFactory, delegate
from tests.forums.marking.conftest import Table, table

from .test_transfers import _offer, _take

__all__ = ["table"]


def _hand_over(caller: User, offered: Any) -> str:
    with acting(actor_of(caller)), connection.cursor() as cursor:
        cursor.execute("SELECT documents_document_hand_over(%s)", [offered.json()["id"]])
        return str(cursor.fetchone()[0])


def _owner(document: Document) -> Any:
    return Document.objects.get(pk=document.pk).owner_delegation_id


def test_a_head_of_the_receiving_seat_alone_takes_it_and_nothing_else(table: Table) -> None:
    other = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    offered, _ = _offer(table, table.document), _offer(table, other)
    callers = [
        delegate(table.albania, "drafter").user,
        delegate(table.albania, "access_manager").user,
        delegate(table.serbia, "head").user,
        delegate(table.bosnia, "head").user,
    ]
    for caller in callers:
        with pytest.raises(ProgrammingError, match="only a head"), transaction.atomic():
            _hand_over(caller, offered)
    assert _owner(table.document) == table.serbia.pk

    assert _hand_over(delegate(table.albania, "head").user, offered) == "done"

    assert (_owner(table.document), _owner(other)) == (table.albania.pk, table.serbia.pk)


@pytest.mark.parametrize("act", ["decline", "withdraw"])
def test_an_offer_that_is_over_hands_nothing_over(table: Table, act: str) -> None:
    offered = _offer(table, table.document)
    assert _take(table, offered, "albania" if act == "decline" else "serbia", act).json()["state"]

    assert _hand_over(delegate(table.albania, "head").user, offered) == "gone"
    assert _owner(table.document) == table.serbia.pk


def test_what_changed_since_the_offer_is_looked_at_anew(table: Table) -> None:
    head = delegate(table.albania, "head").user
    offered = _offer(table, table.document)
    with writing():
        left = DocumentDelegation.objects.filter(
            document=table.document, delegation=table.albania
        ).delete()
    assert left[0] == 1
    assert _hand_over(head, offered) == "not_drafting_group"

    other = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    offered = _offer(table, other)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE documents_document SET owner_delegation_id = %s WHERE id = %s",
            [table.bosnia.pk, other.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert _hand_over(head, offered) == "gone"
    assert _owner(other) == table.bosnia.pk
