"""Runs of tests against mutants: two processes at a time, many mutants in each."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from .mutant import Mutant, Outcome

ROOT = Path(__file__).parents[2]
AT_A_TIME = 2
IN_A_RUN = 60
"""Mutants that one process tries."""

LIMIT_SECONDS = 1200
"""In which a mutant has to be noticed, or all of its tests to pass."""

_SELECTION = "not contract and not browser"


class Runs:
    """Tries mutants and tells each outcome as it comes.

    kept: the folder of migrated clusters. told: called with each outcome, by one thread at a time.
    """

    def __init__(self, *, kept: Path, told: Callable[[Outcome], None]) -> None:
        self._kept = kept
        self._told = told
        self._lock = threading.Lock()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._cancelled = False

    def all_of(self, mutants: Iterable[Mutant]) -> None:
        """Try them all; raises RuntimeError when one could not be tried."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            runs = [pool.submit(self._run, batch) for batch in _batches(list(mutants))]
            try:
                for run in runs:
                    run.result()
            except BaseException:
                self._cancel()
                pool.shutdown(cancel_futures=True)
                raise

    def _cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            for child in self._children:
                child.terminate()

    def _run(self, batch: Sequence[Mutant]) -> None:
        with tempfile.TemporaryDirectory(prefix="mutants-") as name:
            names = Path(name) / "mutants.jsonl"
            names.write_text("\n".join(mutant.dumps() for mutant in batch), encoding="utf-8")
            with (Path(name) / "log").open("w+b") as log:
                told = self._listen(batch, names, log)
                log.seek(0)
                said = log.read().decode(errors="replace")
        if told < len(batch) and not self._cancelled:
            raise RuntimeError(f"“{batch[told].name}” could not be tried:\n{said[-4000:]}")

    def _listen(self, batch: Sequence[Mutant], names: Path, log: BinaryIO) -> int:
        """Start pytest and pass on what it tells; how many outcomes there were."""
        read, write = os.pipe()
        tests = dict.fromkeys(test.partition("[")[0] for mutant in batch for test in mutant.likely)
        command = [sys.executable, "-W", "ignore", "-m", "pytest", "-n", "0", "-q", "--tb=short"]
        plugin = ["-p", "tools.mutants.trial", "-p", "no:cacheprovider", "-m", _SELECTION]
        environment = {
            "TEST_POSTGRES_KEPT": str(self._kept),
            "MUTANTS_FILE": str(names),
            "MUTANTS_OUTCOMES": str(write),
        }
        with self._lock:
            if self._cancelled:
                return 0
            child = subprocess.Popen(
                [*command, *plugin, *tests],
                cwd=ROOT,
                env=os.environ | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[write],
            )
            self._children.add(child)
        os.close(write)
        told = 0
        with os.fdopen(read, encoding="utf-8") as outcomes:
            while line := _next_line(outcomes, child):
                told += 1
                with self._lock:
                    self._told(Outcome.loads(line))
        child.wait()
        with self._lock:
            self._children.discard(child)
        return told


def with_further_tests(mutants: Iterable[Mutant]) -> list[Mutant]:
    """The mutants that have further tests, with those in place of the likely ones."""
    return [replace(mutant, likely=mutant.further) for mutant in mutants if mutant.further]


def _next_line(outcomes: Iterable[str], child: subprocess.Popen[bytes]) -> str:
    """The next outcome; empty at the end, and when none comes in time."""
    patience = threading.Timer(LIMIT_SECONDS, child.terminate)
    patience.start()
    try:
        return next(iter(outcomes), "")
    finally:
        patience.cancel()


def _batches(mutants: Sequence[Mutant]) -> list[Sequence[Mutant]]:
    """Those with the same tests together, so that few tests are collected in each process."""
    alike = sorted(mutants, key=lambda each: (bool(each.path), each.likely))
    return [alike[at : at + IN_A_RUN] for at in range(0, len(alike), IN_A_RUN)]
