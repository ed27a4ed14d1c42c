"""The table of docs/mutants.md."""

from collections.abc import Mapping, Sequence

from .mutant import Mutant, Outcome

_HEAD = """# Mutants

Each predicate, policy, trigger and rule of access, removed in turn, and the first test that turns
red. Written by `make mutants`.

- `policy …`: it lets every row through; with a condition behind the colon, it lacks that one.
- `trigger …`: it is switched off.
- `…grant_end(): …`: a function of the database lacks a condition. Functions that one template
  makes for each table lose it together.
- `rule …`: a line of a rule table asks for less.
- a path: a predicate of the application is left out.
"""


def table(mutants: Sequence[Mutant], outcomes: Mapping[str, Outcome]) -> str:
    """The page. Each mutant has an outcome."""
    noticed = sum(1 for mutant in mutants if outcomes[mutant.digest].noticed_by)
    lines = [
        _HEAD,
        f"{noticed} of {len(mutants)} were noticed.",
        "",
        "| removed | noticed by |",
        "|---|---|",
    ]
    for mutant in mutants:
        by = outcomes[mutant.digest].noticed_by
        lines.append(f"| {_cell(mutant.name)} | {_cell(f'`{by}`' if by else '**nobody**')} |")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
