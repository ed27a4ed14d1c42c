"""Reads of purges that are more than a queryset."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from platform_api.ledger.models import Detail

from .models import Purge, PurgedRow, PurgeState


def purged_since(since: datetime | None) -> Iterator[Mapping[str, Any]]:
    """What was purged, and must be again in a database that was restored from before, oldest
    first: the keys of revisions, versions, files, other rows and ledger entries, without content.

    For the owner's role, which sees every row.
    """
    purges = Purge.objects.filter(state=PurgeState.CARRIED_OUT).order_by("decided_at", "id")
    if since is not None:
        purges = purges.filter(decided_at__gte=since)
    for purge in purges.iterator(100):
        assert purge.decided_at is not None
        rows: dict[str, list[str]] = {}
        touched = PurgedRow.objects.filter(purge=purge).order_by("id")
        for table, row in touched.values_list("table_name", "row_id").iterator():
            rows.setdefault(table, []).append(str(row))
        erasures = Detail.objects.filter(
            entry__kind="detail.erased", payload={"reason": erasure_reason(purge)}
        )
        entries = erasures.order_by("entry_id").values_list("entry__object_id", flat=True)
        if entries:
            rows["ledger_detail"] = list(entries)
        yield {
            "purge": str(purge.pk),
            "section": str(purge.section_id) if purge.section_id else None,
            "document": str(purge.document_id) if purge.document_id else None,
            "by": str(purge.delegation_id),
            "at": purge.decided_at.isoformat().replace("+00:00", "Z"),
            "rows": rows,
        }


def erasure_reason(purge: Purge) -> str:
    """What the ledger is told of details that a purge erases; others read it, too."""
    return f"Purge {purge.pk}."
