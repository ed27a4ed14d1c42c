"""Ten thousand grants at once: by the service, and its rows alone by one statement and by the
ORM's bulk insert.

All run as the runtime role with every trigger on, and are taken back. The service locks and judges
each object, and records, tells and notifies beside.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from .populated import Place

GRANTS = 10_000
REPEATS = 3

_STATEMENT = """
INSERT INTO documents_documentgrant (id, sort_at, kind, reason, created_at, content_object_id,
    granted_by_id, group_id, permission_id)
SELECT uuidv7(), d.created_at, d.kind, '', now(), d.id, %(user)s, %(group)s, %(permission)s
FROM documents_document d WHERE d.id = ANY(%(ids)s)
"""


def bulk_grant(place: Place, size: int) -> dict[str, Any]:
    """Milliseconds of granting ``grants`` documents to a group that saw none of them."""
    from django.db import connection

    from documents.texts.models import Document, DocumentGrant
    from forums.granting.services import grants_give
    from forums.membership.models import Delegation
    from platform_api.core.access import permission_id
    from platform_api.core.actor import Level, Role
    from platform_api.core.ids import new_id
    from platform_api.core.service import writing
    from platform_api.identity.actors import actor_of
    from platform_api.identity.models import RoleGroup
    from tests.factories import actor_at

    by = {caller.sees: caller for caller in place.callers}
    group, user = by["none"].group, by["all"].user
    permission = permission_id(Document, Level.READ)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, created_at, kind FROM documents_document WHERE created_at < '2026-01-01' "
            "ORDER BY created_at DESC LIMIT %s",
            [min(GRANTS, size)],
        )
        documents = cursor.fetchall()
    ids = [id_ for id_, _, _ in documents]

    def statement() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                _STATEMENT,
                {"ids": ids, "user": user.pk, "group": group, "permission": permission},
            )
            assert cursor.rowcount == len(ids)

    def rows() -> None:
        with writing():
            DocumentGrant.objects.bulk_create(
                DocumentGrant(
                    id=new_id(), content_object_id=id_, group_id=group, granted_by_id=user.pk,
                    permission_id=permission, sort_at=made, kind=kind,
                )
                for id_, made, kind in documents
            )  # fmt: skip

    holder = Delegation.objects.get(pk=RoleGroup.objects.get(group=group).holder_id)
    manager = actor_at(place.seat, Role.ACCESS_MANAGER)

    def service() -> None:
        given = grants_give(
            actor=manager, type_name="document", objects=ids, holders=[holder], level=Level.READ
        )
        assert given == len(ids)

    actor = actor_of(user)
    found = {
        "grants": len(ids),
        "statement_ms": _milliseconds(actor, statement),
        "bulk_create_ms": _milliseconds(actor, rows),
    }
    with _read_by_their_owner(ids, place):
        found["service_ms"] = _milliseconds(manager, service)
    return found


@contextmanager
def _read_by_their_owner(ids: list[Any], place: Place) -> Iterator[None]:
    """Let the owner's seat read documents meanwhile, which it has to for giving access to them."""
    from django.db import connection

    def put(keys: list[Any], scope: int | None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(
                "UPDATE documents_document SET effective_scope_id = %s WHERE id = ANY(%s)",
                [scope, keys],
            )
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("ANALYZE documents_document")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM documents_document WHERE id = ANY(%s) AND effective_scope_id = %s",
            [ids, place.wide_scope],
        )
        wide = [key for (key,) in cursor.fetchall()]
    put(ids, place.drafting_scope.pk)
    try:
        yield
    finally:
        put(ids, None)
        put(wide, place.wide_scope)


def _milliseconds(actor: Any, work: Callable[[], None]) -> float:
    from django.db import transaction

    from platform_api.core.transaction import acting

    taken = []
    for _ in range(REPEATS):
        with acting(actor):
            begin = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begin) * 1000)
            transaction.set_rollback(True)
    return round(min(taken), 1)
