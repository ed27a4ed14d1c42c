"""The figures of ``benchmarks.access`` as tables and curves.

``python -m benchmarks.access_tables`` prints the tables of the kept results and draws the curves.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .curves import Curve, drawing

RESULTS = Path(__file__).parent / "results"


def tables(figures: dict[str, Any]) -> str:
    """All tables, with the bars and how far they are kept."""
    rows = figures["rows"]
    parts = [
        ("Whole answers over HTTP, 50 documents a page, milliseconds: by the clock the least of "
        "several, by processors (ours and the database's) their mean, which the ratios are of"),
        _table(
            ("sees", "documents", "first page", "processors", "×", "deep page", "processors", "×",
             "`count=true`", "without RLS", "RLS ×"),
            [_answers(row, _least(rows, row)) for row in _ordered(rows)],
        ),
        ("Queries alone, milliseconds and pages of 8 kB touched; guardian finds and loads the same "
        "rows without row-level security"),
        _table(
            ("sees", "documents", "feed", "pages", "deep", "pages", "load", "pages", "guardian",
             "guardian's ×"),
            [_queries(row) for row in _ordered(rows)],
        ),
        "Filters (whole answers) and single checks, milliseconds",
        _table(
            ("sees", "documents", "a rare kind (indexed)", "a small forum (window)",
             "count, guardian", "`decide` with RLS", "`has_perm`", "guardian's check"),
            [_others(row) for row in _ordered(rows)],
        ),
        "Many grants at once, triggers and RLS on, milliseconds",
        _table(
            ("documents", "grants", "the service", "one statement", "`bulk_create`"),
            [
                (_number(row["documents"]), _number(row["grants"]), row.get("service_ms", "–"),
                 row["statement_ms"], row["bulk_create_ms"])
                for row in figures["bulk"]
            ],
        ),
        "\n".join(_bars(rows)),
    ]  # fmt: skip
    return "\n\n".join(parts)


def curves(figures: dict[str, Any]) -> str:
    """Our queries of a first page and guardian's over the number of documents, as SVG."""
    by_caller: dict[str, list[dict[str, Any]]] = {}
    for row in figures["rows"]:
        by_caller.setdefault(row["sees"], []).append(row)
    found = []
    for sees, rows in by_caller.items():
        ours = [(row["documents"], _ours(row)) for row in rows]
        found.append(Curve(f"{sees}: feed and load", ours, group=sees))
        peers = [
            (row["documents"], row["guardian_first_ms"])
            for row in rows
            if row.get("guardian_first_ms")
        ]
        if peers:
            found.append(Curve(f"{sees}: guardian", peers, group=sees, dashed=True))
    return drawing(found, across="documents", up="milliseconds")


def _answers(row: dict[str, Any], least: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["sees"], _number(row["documents"]),
        row["first_ms"], row["first_cpu_ms"], _ratio(row["first_cpu_ms"], least["first_cpu_ms"]),
        row["deep_ms"], row["deep_cpu_ms"], _ratio(row["deep_cpu_ms"], least["deep_cpu_ms"]),
        row["count_ms"], row["first_without_wall_cpu_ms"],
        _ratio(row["first_cpu_ms"], row["first_without_wall_cpu_ms"]),
    )  # fmt: skip


def _queries(row: dict[str, Any]) -> tuple[Any, ...]:
    peer = row.get("guardian_first_ms", "–")
    times = "–"
    if isinstance(peer, float):
        times = f"{peer / _ours(row):.0f}"
    return (
        row["sees"], _number(row["documents"]), row["first_query_ms"], row["first_buffers"],
        row["deep_query_ms"], row["deep_buffers"], row["load_query_ms"], row["load_buffers"],
        "stopped" if peer is None else peer, times,
    )  # fmt: skip


def _others(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["sees"], _number(row["documents"]), row["kind_ms"], row["forum_ms"],
        row.get("guardian_count_ms", "–"), row["check_ms"], row.get("has_perm_ms", "–"),
        row.get("guardian_check_ms", "–"),
    )  # fmt: skip


def _ours(row: dict[str, Any]) -> float:
    """What our two statements of a first page take, row-level security on."""
    return float(row["first_query_ms"] + row["load_query_ms"])


def _bars(rows: list[dict[str, Any]]) -> Iterable[str]:
    """The worst of the largest size against each bar."""
    largest = max(row["documents"] for row in rows)
    last = [row for row in rows if row["documents"] == largest]

    def worst(name: str) -> float:
        return max(row[name] / max(_least(rows, row)[name], 0.01) for row in last)

    answer = max(worst("first_cpu_ms"), worst("deep_cpu_ms"))
    query = max(worst("first_query_ms"), worst("deep_query_ms"))
    pages = max(row[f"{each}_buffers"] for row in last for each in ("first", "deep"))
    loading = max(row["load_buffers"] for row in last)
    wall = max(row["first_cpu_ms"] / row["first_without_wall_cpu_ms"] for row in last)
    yield f"- whole answer at {largest:,} against the least size: at most {answer:.2f} × (bar 2)"
    yield f"- feed query: at most {query:.2f} × (bar 4); pages touched: at most {pages} (bar 400)"
    yield f"- loading the page's documents by primary key touches at most {loading} pages"
    yield f"- row-level security on against off, whole answer: at most {wall:.2f} × (bar 2)"
    for row in last:
        if row.get("guardian_first_ms"):
            times = row["guardian_first_ms"] / _ours(row)
            alone = row["guardian_first_ms"] / row["first_query_ms"]
            yield (
                f"- guardian, {row['sees']}: {times:.0f} × our two statements, "
                f"{alone:.0f} × the feed (bar 100 where it walks)"
            )


def _least(rows: list[dict[str, Any]], row: dict[str, Any]) -> dict[str, Any]:
    return min(
        (each for each in rows if each["sees"] == row["sees"]), key=lambda each: each["documents"]
    )


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = list(dict.fromkeys(row["sees"] for row in rows))
    return sorted(rows, key=lambda row: (names.index(row["sees"]), row["documents"]))


def _ratio(this: float, that: float) -> str:
    return f"{this / that:.2f}"


def _number(value: int) -> str:
    return f"{value:,}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


if __name__ == "__main__":
    kept = json.loads((RESULTS / "access.json").read_text(encoding="utf-8"))
    (RESULTS / "access.svg").write_text(curves(kept), encoding="utf-8")
    print(tables(kept))
