"""The matrix as a table for a spreadsheet. Pure."""

import csv
import io
from collections.abc import Iterable
from typing import Any

COLUMNS = (
    "type", "id", "owner", "title", "holder_kind", "holder", "delegation", "forum",
    "way", "scope", "level", "until", "inherited_from",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What a spreadsheet would run rather than show when a cell begins with it."""


def safe_cell(value: Any) -> str:
    """The text of a cell that no spreadsheet takes for a formula: such a one gets an apostrophe.

    Spaces before the sign do not hide it. None is the empty text.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text[:1] == "'" else text


def matrix_csv(rows: Iterable[Any]) -> str:
    """A line for each cell of the matrix (RFC 4180), and one for an object that nobody reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        of_object = [row.type, row.id, _party(row.owner), row.title]
        for line in [_line(cell) for cell in row.cells] or [[None] * (len(COLUMNS) - 4)]:
            writer.writerow([safe_cell(value) for value in (*of_object, *line)])
    return out.getvalue()


def _line(cell: Any) -> list[Any]:
    return [
        cell.holder.kind,
        _party(cell.holder),
        cell.holder.delegation,
        cell.holder.forum,
        cell.way,
        cell.scope,
        cell.level.name.lower(),
        cell.until and cell.until.isoformat(),
        " < ".join(f"{type_name}:{key}" for type_name, key in cell.inherited_from),
    ]


def _party(holder: Any) -> str | None:
    return None if holder is None else holder.country or holder.organisation
