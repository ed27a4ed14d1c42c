"""Reads the tables of expectations: aligned text that a person can review."""

from collections.abc import Iterator, Mapping, Sequence

DEFAULT = "everyone else"


def decisions(table: str, personas: Sequence[str] | None) -> tuple[list[str], dict[str, list[str]]]:
    """The abilities of a table, and each persona's cells in their order.

    personas: all there are; None for the rows as they stand. Raises ValueError for a row that is
    there twice, an unknown persona, and a table without a default.
    """
    first, *rest = [line for line in table.splitlines() if line.strip()]
    abilities = first.split()
    rows: dict[str, list[str]] = {}
    for line in rest:
        words = line.split()
        cells, name = words[-len(abilities) :], " ".join(words[: -len(abilities)])
        if name in rows or not (name == DEFAULT or personas is None or name in personas):
            raise ValueError(f"the row {name!r} is there twice, or nobody is called so")
        rows[name] = cells
    if DEFAULT not in rows:
        raise ValueError(f"a table has no row {DEFAULT!r}")
    if personas is None:
        return abilities, rows
    return abilities, {name: rows.get(name, rows[DEFAULT]) for name in personas}


def column(ability: str, cells: Mapping[str, str]) -> str:
    """A table of decisions on one ability, from each persona's cell."""
    return "\n".join([ability, *(f"{name} {cell}" for name, cell in cells.items())])


def columns(table: str) -> Iterator[Mapping[str, str]]:
    """The rows of a table whose columns are two or more spaces apart, by the heads' names."""
    first, *rest = [
        line for line in table.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    names = first.split()
    starts = [first.index(name) for name in names]
    for line in rest:
        ends = [*starts[1:], None]
        cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        yield dict(zip(names, cells, strict=True))


def beside(table: str, more: str) -> str:
    """A table of decisions with the columns of another one added.

    Who does not see the object is answered so in every added column; whoever has no row there is
    its "everyone else".
    """
    abilities, rows = decisions(table, None)
    further, added = decisions(more, None)
    view = abilities.index("view")
    lines = [" ".join((*abilities, *further))]
    names = {*rows, *(added if rows[DEFAULT][view] == "yes" else ())}
    for name in sorted(names, key=lambda each: each == DEFAULT):
        cells = rows.get(name, rows[DEFAULT])
        told = added.get(name, added[DEFAULT])
        if cells[view] != "yes":
            told = [cells[view]] * len(further)
        lines.append(" ".join((name, *cells, *told)))
    return "\n".join(lines)


def with_row(table: str, cells: Sequence[str]) -> str:
    """A table of columns with one row more. Raises ValueError for a cell that does not fit."""
    first = next(line for line in table.splitlines() if line.strip())
    row = ""
    for name, cell in zip(first.split(), cells, strict=True):
        at = first.index(name)
        if len(row) > at:
            raise ValueError(f"{row.strip()!r} is longer than its column")
        row = row.ljust(at) + cell
    return f"{table.rstrip()}\n{row}\n"
