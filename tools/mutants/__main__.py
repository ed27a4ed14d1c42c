"""``python -m tools.mutants``: break each rule of access in turn, and see which test notices.

Runs the tests that are likely to notice, then further ones, until the first that does, and writes
docs/mutants.md when every mutant was tried. What nobody notices is a survivor; the exit code is 1
if there is one. Outcomes are kept as they come, so that ``--resume`` goes on after a run that was
cancelled, and tries survivors again.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from .catalogue import of_the_database, of_the_rules, of_the_sources
from .mutant import Mutant, Outcome
from .report import table
from .runs import ROOT, Runs, with_further_tests

KEPT = ROOT / "var" / "mutants" / "outcomes.jsonl"
TABLE = ROOT / "docs" / "mutants.md"


def main(arguments: Sequence[str]) -> int:
    """Run the mutants asked for; 0 when each was noticed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("--only", default="", help="those whose name contains this text")
    parser.add_argument("--list", action="store_true", help="only name them")
    parser.add_argument("--check", action="store_true", help="only break and mend each, once")
    parser.add_argument("--table", action="store_true", help="only write docs/mutants.md anew")
    parser.add_argument("--likely", action="store_true", help="ask the likely tests alone")
    parser.add_argument("--resume", action="store_true", help="leave out what was noticed already")
    given = parser.parse_args(arguments)
    os.nice(10)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    with _kept_clusters() as kept:
        everything = _catalogue(check=given.check)
        wanted = [mutant for mutant in everything if given.only in mutant.name]
        if given.list or given.check:
            print("\n".join(mutant.name for mutant in wanted))
            return 0
        if given.table:
            TABLE.write_text(table(everything, _outcomes()), encoding="utf-8")
            return 0
        if not given.resume and not given.only:
            KEPT.unlink(missing_ok=True)
        before = _outcomes()
        left = [
            mutant
            for mutant in wanted
            if not (given.resume and before.get(mutant.digest, _NOBODY).noticed_by)
        ]
        runs = Runs(kept=kept, told=_teller(left))
        runs.all_of(left)
        known = _outcomes()
        if not given.likely:
            unnoticed = [mutant for mutant in left if not known[mutant.digest].noticed_by]
            runs.all_of(with_further_tests(unnoticed))
    known = _outcomes()
    if all(mutant.digest in known for mutant in everything):
        TABLE.write_text(table(everything, known), encoding="utf-8")
    survivors = [mutant for mutant in wanted if not known[mutant.digest].noticed_by]
    print(f"{len(wanted)} mutants, {len(survivors)} survived")
    return 1 if survivors else 0


_NOBODY = Outcome("", "", 0, 0.0)


@contextmanager
def _kept_clusters() -> Iterator[Path]:
    """The folder of migrated clusters: the one that is given, or one for this run."""
    given = os.environ.get("TEST_POSTGRES_KEPT", "")
    if given:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        os.environ["TEST_POSTGRES_KEPT"] = name
        yield Path(name)


def _catalogue(*, check: bool) -> list[Mutant]:
    """Every mutant. check: break the database by each of its mutants, and mend it."""
    from tests.postgres import migrated_server

    with (
        migrated_server("tests.settings") as server,
        psycopg.connect(server.url_of(server.template)) as connection,
    ):
        everything = [*of_the_database(connection), *of_the_rules(), *of_the_sources()]
        for mutant in everything:
            if check and mutant.sql:
                connection.execute(mutant.sql)
                connection.execute(mutant.undo)
                connection.commit()
    return everything


def _teller(mutants: Sequence[Mutant]) -> Callable[[Outcome], None]:
    """Keeps and prints each outcome."""
    names = {mutant.digest: mutant.name for mutant in mutants}
    begun, done = time.monotonic(), set[str]()
    KEPT.parent.mkdir(parents=True, exist_ok=True)

    def told(outcome: Outcome) -> None:
        done.add(outcome.digest)
        with KEPT.open("a", encoding="utf-8") as kept:
            kept.write(f"{outcome.dumps()}\n")
        said = outcome.noticed_by or f"SURVIVED {outcome.asked} tests"
        minutes = (time.monotonic() - begun) / 60
        print(
            f"{len(done)}/{len(names)} {minutes:.1f} min  {names[outcome.digest]}: "
            f"{said} ({outcome.seconds:.1f} s)",
            flush=True,
        )

    return told


def _outcomes() -> dict[str, Outcome]:
    """The last outcome of each mutant that was ever tried."""
    if not KEPT.exists():
        return {}
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return {outcome.digest: outcome for outcome in map(Outcome.loads, lines)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
