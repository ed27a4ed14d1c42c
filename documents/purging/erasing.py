"""Taking the words out of everything that holds them. Called within services of purging."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from documents.texts.models import Revision
from documents.texts.purgeable import PURGEABLE
from platform_api.core.actor import Actor
from platform_api.core.registry import registry
from platform_api.ledger.idempotency import forget_answers
from platform_api.ledger.models import Entry
from platform_api.ledger.services import detail_erase

from .models import Purge
from .selectors import erasure_reason

_BLANK = re.compile(r"[ \t\n\r\f\v]+")

_DETAILS = """
SELECT e.id FROM ledger_entry e JOIN ledger_detail d ON d.entry_id = e.id
WHERE e.object_type = %s AND e.object_id = any(%s) AND (
    documents_holds(d.payload, %s)
    OR (d.payload ->> 'revision' = any(%s) AND coalesce(d.payload ->> 'note', '') <> ''))
ORDER BY e.id
"""


def squeezed(text: str) -> str:
    """A passage in the form in which it is looked for: its white space single, none around it."""
    return _BLANK.sub(" ", text).strip(" ")


def holds(text: str, passage: str) -> bool:
    """Whether a text holds a passage, whatever the white space in it."""
    return passage != "" and passage in _BLANK.sub(" ", text)


def without(text: str, passage: str) -> str:
    """A text without a passage, cut as the database cuts it everywhere else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_without(%s::text, %s)", [text, passage])
        cut: str = cursor.fetchone()[0]
    return cut


def carried_out(purge: Purge) -> list[UUID]:
    """Empty the revisions and what versions hold of them; the keys of those revisions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_purge_carry_out(%s)", [purge.pk])
        gone: list[UUID] = cursor.fetchone()[0]
    return gone


def forgotten(actor: Actor, purge: Purge, passage: str, revisions: Sequence[Revision]) -> None:
    """Cut the passage out of what hangs on the section, and forget what was kept beside it.

    Details of ledger entries can't be cut without breaking their hash: they are erased, those of
    a purged revision's note, too.
    """
    tokens = [f"{'h' if row.at_home else ''}{row.number}" for row in revisions]
    reason = erasure_reason(purge)
    _erase(actor, purge, reason, "section", [purge.section_id], passage, tokens)
    for model, purgeable in PURGEABLE.items():
        if purgeable.own_way or not purgeable.columns:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {model._meta.db_table}_purge(%s)", [purge.pk])
            rows: list[UUID] = cursor.fetchone()[0]
        type_name = registry.protection_of(model).type_name
        _erase(actor, purge, reason, type_name, rows, passage, [])
    kept = [("section", str(purge.section_id)), *(("revision", str(row.pk)) for row in revisions)]
    forget_answers(resources=kept, passage=passage)


def _erase(
    actor: Actor,
    purge: Purge,
    reason: str,
    object_type: str,
    objects: Sequence[UUID],
    passage: str,
    tokens: Sequence[str],
) -> None:
    with connection.cursor() as cursor:
        keys = [str(key) for key in objects]
        cursor.execute(_DETAILS, [object_type, keys, passage, list(tokens)])
        found = [row[0] for row in cursor.fetchall()]
    for entry in Entry.objects.filter(pk__in=found).order_by("id"):
        detail_erase(actor=actor, entry=entry, reason=reason, seat_id=purge.delegation_id)
