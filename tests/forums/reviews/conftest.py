"""What the tests of access reviews share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from documents.texts.models import Document, DocumentGrant
from forums.membership.models import Delegate
from forums.reviews.models import AccessReview
from platform_api.core.actor import Level
from platform_api.identity.models import Client, User
from tests.api import api
from tests.factories import DocumentFactory, delegate, grant, service_client
from tests.fixtures import Table
from tests.laying import laid

PASSING = {
    "documents_documentgrant": ("expires_at",),
    "forums_delegate": ("valid_from", "valid_until"),
    "identity_membership": ("valid_from", "valid_until"),
    "identity_client": ("expires_at",),
    "forums_accessreview": ("created_at", "due_at"),
}


@dataclass(frozen=True)
class Desk:
    """Serbia with all kinds of access: two managers, a head, a drafter, a client, grants both ways.

    given: Serbia's document, which Albania may draft in. received: Albania's, which Serbia reads.
    """

    table: Table
    manager: User
    second: User
    head: Delegate
    client: Client
    given: Document
    received: Document
    due: datetime

    def open(self, caller: User | None = None) -> Any:
        """Open a review of Serbia's seat."""
        body = {"delegation": str(self.table.serbia.pk), "due_at": self.due.isoformat()}
        response = api(caller or self.manager).post("access-reviews", body)
        assert response.status_code == 201, response.content
        return response

    def items(self, caller: User | None = None) -> dict[str, dict[str, Any]]:
        """The items of the one review by kind; of delegates, by kind and role."""
        review = AccessReview.objects.get(delegation=self.table.serbia)
        told = api(caller or self.manager).get(f"access-reviews/{review.pk}/items").json()["items"]
        names = {str(self.manager.pk): " first", str(self.second.pk): " second"}
        found = {}
        for each in told:
            role = f" {each['role']}" if each["kind"] == "delegate" else ""
            found[each["kind"] + role + names.get((each["user"] or {}).get("id"), "")] = each
        return found

    def ends(self) -> set[datetime | None]:
        """The ends of everything of Serbia's."""
        return {
            *DocumentGrant.objects.values_list("expires_at", flat=True),
            *Delegate.objects.filter(delegation=self.table.serbia).values_list(
                "valid_until", flat=True
            ),
            Client.objects.get(pk=self.client.pk).expires_at,
        }


@laid
def desk(table: Table) -> Desk:
    given = DocumentFactory(delegation=table.serbia)
    received = DocumentFactory(delegation=table.albania)
    grant(given, table.albania, Level.DRAFT)
    grant(received, table.serbia)
    return Desk(
        table=table,
        manager=delegate(table.serbia, "access_manager").user,
        second=delegate(table.serbia, "access_manager").user,
        head=delegate(table.serbia, "head"),
        client=service_client(table.serbia, "reader"),
        given=given,
        received=received,
        due=timezone.now() + timedelta(days=30),
    )


@pytest.fixture
def days_pass(db: None) -> Callable[[int], None]:
    """Let days go by: every time of the tables concerned moves into the past."""

    def passing(days: int) -> None:
        with connection.cursor() as cursor:
            for table, columns in PASSING.items():
                moved = ", ".join(f"{each} = {each} - %s" for each in columns)
                cursor.execute(f"UPDATE {table} SET {moved}", [timedelta(days=days)] * len(columns))

    return passing
