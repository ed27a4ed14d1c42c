"""Taking the words out of everything that holds them. Called within services of purging."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from documents.texts.models import Revision
from documents.texts.purgeable import PURGEABLE
from platform_api.core.actor import Actor
from platform_api.core.registry import registry
from platform_api.ledger.idempotency import forget_answers
from platform_api.ledger.models import Detail, Entry
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


def heads_cut(purge: Purge) -> list[UUID]:
    """Empty the titles and labels of a document's versions that hold the passage; their keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_purge_cut_heads(%s)", [purge.pk])
        gone: list[UUID] = cursor.fetchone()[0]
    return gone


def files_emptied(purge: Purge, files: Sequence[UUID]) -> list[str]:
    """Make tombstones of attached files; the names in the storage that they had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_purge_empty_files(%s, %s)", [purge.pk, list(files)])
        stored: list[str] = cursor.fetchone()[0]
    return stored


def forgotten(
    actor: Actor,
    purge: Purge,
    passage: str,
    held_by: Mapping[str, Sequence[UUID]],
    revisions: Sequence[Revision] = (),
) -> None:
    """Cut the passage out of what hangs on the text, and forget what was kept beside it.

    held_by: the keys of what itself held the passage, by type name. revisions: those purged.
    Details of ledger entries can't be cut without breaking their hash: they are erased, those of
    a purged revision's note, too.
    """
    tokens = [f"{'h' if row.at_home else ''}{row.number}" for row in revisions]
    for type_name, keys in held_by.items():
        _erase(actor, purge, type_name, keys, passage, tokens)
    for model, purgeable in PURGEABLE.items():
        if purgeable.own_way or not purgeable.columns:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {model._meta.db_table}_purge(%s)", [purge.pk])
            rows: list[UUID] = cursor.fetchone()[0]
        if rows:
            _erase(actor, purge, registry.protection_of(model).type_name, rows, passage, [])
    kept = [(name, str(key)) for name, keys in held_by.items() for key in keys]
    kept += [("revision", str(row.pk)) for row in revisions]
    forget_answers(resources=kept, passage=passage)


def files_forgotten(actor: Actor, purge: Purge, files: Sequence[UUID]) -> None:
    """Erase what the ledger's details and kept answers say of purged files: their names."""
    keys = [str(key) for key in files]
    named = Detail.objects.filter(
        entry__object_type="attachment", entry__object_id__in=keys, payload__has_key="name"
    )
    _erase_entries(actor, purge, list(named.values_list("entry_id", flat=True)))
    forget_answers(resources=[("attachment", key) for key in keys])


def _erase(
    actor: Actor,
    purge: Purge,
    object_type: str,
    objects: Sequence[UUID],
    passage: str,
    tokens: Sequence[str],
) -> None:
    with connection.cursor() as cursor:
        keys = [str(key) for key in objects]
        cursor.execute(_DETAILS, [object_type, keys, passage, list(tokens)])
        found = [row[0] for row in cursor.fetchall()]
    _erase_entries(actor, purge, found)


def _erase_entries(actor: Actor, purge: Purge, found: Sequence[UUID]) -> None:
    reason = erasure_reason(purge)
    for entry in Entry.objects.filter(pk__in=found).order_by("id"):
        detail_erase(actor=actor, entry=entry, reason=reason, seat_id=purge.delegation_id)
