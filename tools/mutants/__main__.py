"""``python -m tools.mutants [--only TEXT] [--list]``: break each rule of access in turn.

Runs the tests that ought to notice, until the first that does, and writes docs/mutants.md.
What nobody notices is a survivor; the exit code is 1 if there is one. Takes an hour or more.
"""

import argparse
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from platform_api.ops.postgres import EmbeddedPostgres
from platform_api.ops.roles import bootstrap
from tests.postgres import DatabaseServer

from .catalogue import Mutant, of_the_database, of_the_sources

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "mutants.md"
LIMIT_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant: noticed_by names the first test that failed, or is empty."""

    mutant: Mutant
    noticed_by: str
    seconds: float


def main(arguments: Sequence[str]) -> int:
    """Run the mutants asked for; 0 when each was noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="those whose name contains this text")
    parser.add_argument("--list", action="store_true", help="only name them")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mutants-") as name, _server(Path(name)) as url:
        with _migrated(url) as connection:
            everything = [*of_the_database(connection), *of_the_sources()]
        wanted = [mutant for mutant in everything if given.only in mutant.name]
        if given.list:
            print("\n".join(mutant.name for mutant in wanted))
            return 0
        outcomes = []
        for number, mutant in enumerate(wanted, 1):
            outcome = _run(mutant, url, Path(name))
            outcomes.append(outcome)
            said = outcome.noticed_by or "SURVIVED"
            print(f"{number}/{len(wanted)} {mutant.name}: {said}", flush=True)
    if not given.only:
        TABLE.write_text(_table(outcomes), encoding="utf-8")
    survivors = [outcome for outcome in outcomes if not outcome.noticed_by]
    print(f"{len(outcomes)} mutants, {len(survivors)} survived")
    return 1 if survivors else 0


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with EmbeddedPostgres(
        folder / "data", password=secrets.token_urlsafe(), tuning="test"
    ) as server:
        yield server.superuser_url()


@contextmanager
def _migrated(url: str) -> Iterator[psycopg.Connection]:
    """A connection to a migrated database, to read the catalogue from."""
    passwords = {"owner": secrets.token_urlsafe(), "runtime": secrets.token_urlsafe()}
    server = DatabaseServer(url, "catalogue", "mutants", passwords)
    bootstrap(
        url,
        owner_password=passwords["owner"],
        runtime_password=passwords["runtime"],
        database=server.template,
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_ROLE": "owner",
        "DATABASE_OWNER_URL": server.url_of(server.template, "owner"),
        "DATABASE_URL": server.url_of(server.template, "runtime"),
    }
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "--no-input", "--verbosity=0"],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    with psycopg.connect(server.url_of(server.template)) as connection:
        yield connection


def _run(mutant: Mutant, url: str, folder: Path) -> Outcome:
    tree = _changed_tree(mutant, folder) if mutant.path else ROOT
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "--tb=no", *mutant.tests],
            cwd=tree,
            env=os.environ | {"TEST_DATABASE_URL": url, "TEST_MUTATION_SQL": mutant.sql},
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
    finally:
        if tree is not ROOT:
            shutil.rmtree(tree)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{mutant.name} could not be run:\n{done.stdout[-2000:]}{done.stderr}")
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if done.returncode == 1 and failed is None:
        raise SystemExit(f"{mutant.name} failed without a test:\n{done.stdout[-2000:]}")
    return Outcome(mutant, failed.group(1) if failed else "", time.monotonic() - begun)


def _changed_tree(mutant: Mutant, folder: Path) -> Path:
    """A copy of the tracked files with the mutant's replacement in it."""
    tree = folder / "tree"
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.split(b"\0")
    for name in filter(None, names):
        source, target = ROOT / os.fsdecode(name), tree / os.fsdecode(name)
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    changed = tree / mutant.path
    text = changed.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise SystemExit(f"{mutant.name}: the fragment does not stand once in {mutant.path}")
    changed.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    return tree


def _table(outcomes: Sequence[Outcome]) -> str:
    noticed = sum(1 for outcome in outcomes if outcome.noticed_by)
    lines = [
        "# Mutants",
        "",
        "Each predicate, policy and trigger of access, removed in turn, and the first test that",
        "turns red. Written by `make mutants`.",
        "",
        f"{noticed} of {len(outcomes)} were noticed.",
        "",
        "| removed | noticed by |",
        "|---|---|",
    ]
    for outcome in outcomes:
        by = f"`{outcome.noticed_by}`" if outcome.noticed_by else "**nobody**"
        lines.append(f"| {outcome.mutant.name} | {by} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
