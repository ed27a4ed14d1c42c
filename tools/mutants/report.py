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
    """The page; mutants without an outcome are told as such."""
    tried = [outcomes[mutant.digest] for mutant in mutants if mutant.digest in outcomes]
    noticed = sum(1 for outcome in tried if outcome.noticed_by)
    left = len(mutants) - len(tried)
    lines = [
        _HEAD,
        f"{noticed} of {len(mutants)} were noticed" + (f", {left} not tried yet." if left else "."),
        "",
        "| removed | noticed by |",
        "|---|---|",
    ]
    for mutant in mutants:
        outcome = outcomes.get(mutant.digest)
        by = "not tried" if outcome is None else _noticed(outcome)
        lines.append(f"| {_cell(mutant.name)} | {_cell(by)} |")
    return "\n".join([*lines, ""])


def _noticed(outcome: Outcome) -> str:
    return f"`{outcome.noticed_by}`" if outcome.noticed_by else "**nobody**"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
