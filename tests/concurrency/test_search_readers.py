"""Two changes of who finds a text at one moment: whichever commits first, both are in the index."""

import threading
import time
from typing import Any

import psycopg
import pytest

from documents.texts.models import Document
from platform_api.core.access import permission_id
from platform_api.core.actor import Level
from platform_api.identity.groups import reader_groups_of
from tests.documents.desk import Desk
from tests.postgres import ClonedDatabase

pytestmark = pytest.mark.concurrency

GRANT = """
    INSERT INTO documents_documentgrant
        (id, permission_id, group_id, content_object_id, sort_at, kind, granted_by_id, reason,
         created_at)
    SELECT gen_random_uuid(), %(permission)s, %(group)s, d.id, now(), '', %(by)s, '', now()
    FROM documents_document d WHERE d.id = %(document)s
"""
RELEASE = """
    UPDATE documents_section SET state = 'released', inherits = true, effective_scope_id = null
    WHERE id = %(section)s
"""
ACCESS = "SELECT access FROM search_entry WHERE object_id = %(section)s"


@pytest.mark.parametrize("order", [(GRANT, RELEASE), (RELEASE, GRANT)], ids=["grant", "release"])
def test_a_release_and_a_grant_on_its_document_meet(
    cloned_db: ClonedDatabase, desk: Desk, order: Any
) -> None:
    given = {
        "section": desk.section(title="Quarterly").pk,
        "document": desk.document.pk,
        "by": desk.head.pk,
        "group": reader_groups_of([desk.montenegro.pk])[desk.montenegro.pk],
        "permission": permission_id(Document, Level.READ),
    }
    first, second = (cloned_db.connect("superuser") for _ in range(2))
    later = threading.Thread(target=lambda: (second.execute(order[1], given), second.commit()))
    with first, second:
        first.execute(order[0], given)
        later.start()
        _until_waiting(cloned_db, second)
        first.commit()
        later.join(20)
        assert not later.is_alive()
        (access,) = first.execute(ACCESS, given).fetchone() or ([],)

    assert f"@g{given['group']}" in access
    assert any(token.startswith("@s") for token in access)


def _until_waiting(database: ClonedDatabase, other: psycopg.Connection) -> None:
    """Return when the other connection waits for a lock."""
    waits = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
    with database.connect("superuser", autocommit=True) as watching:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            row = watching.execute(waits, [other.info.backend_pid]).fetchone()
            if row and row[0]:
                return
    pytest.fail("nothing waited")
